"""Kinds for the people of a closing service, each by a number: what is arranged for every one."""

from candour.engine.fields import FieldType as T
from candour.engine.fields import Needed
from candour.engine.vocabulary.shorthand import fld, kind, opt

GROUP = "closures"

# Numbers and never names: who is behind a number is in the care record, and not here.
RESIDENT = fld(
    "resident",
    T.LINE,
    "Resident (a number, not a name)",
    "Preswylydd (rhif, nid enw)",
    required=True,
)

KINDS = (
    kind(
        "residents_listed",
        "Residents listed",
        "Preswylwyr wedi’u rhestru",
        GROUP,
        fld(
            "residents",
            T.LINES,
            "Residents (numbers, never names), one to a line",
            "Preswylwyr (rhifau, byth enwau), un i bob llinell",
            required=True,
        ),
        fld(
            "self_funders",
            T.LINES,
            "Those of them who pay for themselves",
            "Y rhai ohonynt sy’n talu drostynt eu hunain",
        ),
        fld("move_by", T.DATE, "Everybody has moved by", "Pawb wedi symud erbyn", required=True),
        describes="Everybody whom a closing service supports, so that nobody is forgotten; a later"
        " list adds those who were missed.",
    ),
    kind(
        "relocation_planned",
        "Relocation planned",
        "Adleoli wedi’i gynllunio",
        GROUP,
        RESIDENT,
        fld("case_manager", T.LINE, "Case manager", "Rheolwr achos", required=True),
        fld("nurse_assessor", T.LINE, "Nurse assessor", "Asesydd nyrsio"),
        fld("advocate_needed", T.YES_NO, "Is an advocate needed?", "A oes angen eiriolwr?"),
        fld("advocate", T.LINE, "Advocate", "Eiriolwr"),
        fld("placing_authority", T.LINE, "Placing authority", "Awdurdod lleoli"),
        fld("self_funding", T.YES_NO, "Self-funding?", "Yn hunan-ariannu?"),
        fld("moves_to", T.LINE, "New home", "Cartref newydd"),
        fld("moves_on", T.DATE, "Day of the move", "Diwrnod y symud"),
        fld(
            "needs",
            T.TEXT,
            "Needs, capacity and risk of moving, in short",
            "Anghenion, galluedd a risg symud, yn fyr",
        ),
        describes="One resident’s relocation: who is responsible.",
    ),
    kind(
        "needs_assessed",
        "Needs assessed",
        "Anghenion wedi’u hasesu",
        GROUP,
        RESIDENT,
        fld(
            "critical_facts",
            T.CHOICES,
            "Which critical facts are now on record?",
            "Pa ffeithiau hanfodol sydd bellach wedi’u cofnodi?",
            required=True,
            options_list="critical_facts",
        ),
        fld("capacity", T.TEXT, "Mental capacity", "Galluedd meddyliol"),
        fld("risk_of_moving", T.TEXT, "Risk of moving", "Risg symud"),
        fld(
            "equality",
            T.TEXT,
            "Impact on equality, and what is done about it",
            "Effaith ar gydraddoldeb, a’r hyn a wneir yn ei chylch",
        ),
        describes="What is known of one resident’s needs; several entries may add up.",
    ),
    kind(
        "support_offered",
        "Support offered",
        "Cymorth wedi’i gynnig",
        GROUP,
        RESIDENT,
        fld(
            "offers",
            T.CHOICES,
            "What was offered",
            "Yr hyn a gynigiwyd",
            required=True,
            options_list="self_funder_offers",
        ),
        fld(
            "answer",
            T.CHOICE,
            "What they said",
            "Eu hateb",
            required=True,
            options=(
                opt("accepted", "Accepted", "Derbyn"),
                opt("refused", "Refused", "Gwrthod"),
                opt("thinking", "Not decided yet", "Heb benderfynu eto"),
            ),
        ),
        fld(
            "refused_why",
            T.TEXT,
            "What they said when refusing",
            "Yr hyn a ddywedasant wrth wrthod",
            needed_when=Needed("answer", ("refused",)),
        ),
        describes="Support offered to a resident who pays for themselves, with the answer.",
    ),
    kind(
        "resident_moved",
        "Resident moved",
        "Preswylydd wedi symud",
        GROUP,
        RESIDENT,
        fld("plan_shared_with", T.LINE, "New provider", "Darparwr newydd"),
        fld(
            "last",
            T.YES_NO,
            "Was this the last resident? (only where no list was made)",
            "Ai hwn oedd y preswylydd olaf? (dim ond lle na wnaed rhestr)",
        ),
        refers=("relocation_planned",),
        describes="A resident has moved. Which move is the last follows from the list.",
    ),
    kind(
        "care_plan_shared",
        "New care plan shared",
        "Cynllun gofal newydd wedi’i rannu",
        GROUP,
        RESIDENT,
        fld(
            "shared_with",
            T.LINE,
            "New provider it is shared with",
            "Y darparwr newydd y’i rhennir ag ef",
            required=True,
        ),
        fld(
            "transition",
            T.TEXT,
            "Support, monitoring and review agreed for the transition",
            "Cymorth, monitro ac adolygu y cytunwyd arnynt ar gyfer y pontio",
            required=True,
        ),
        fld("review_on", T.DATE, "Transition reviewed by", "Adolygu’r pontio erbyn"),
        after_closing=True,
        describes="A new assessment and care plan, shared with the new provider.",
    ),
    kind(
        "transition_reviewed",
        "Transition reviewed",
        "Pontio wedi’i adolygu",
        GROUP,
        RESIDENT,
        fld("how", T.TEXT, "How the person is", "Sut mae’r person", required=True),
        after_closing=True,
        describes="How a person is in the new home.",
    ),
)
