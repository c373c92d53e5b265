"""Kinds for what is put to others and how they answer: recommendations, requests, reports.

Each recipient has an entry of its own, so that each has its own basis, day of receipt and clocks.
A further recipient of the same report or recommendation is a `recommendation_issued` that refers
to the first; a recipient that passes it on is a `recommendation_forwarded`. What recipients say is
recorded with a reference to the entry by which it reached them.
"""

from candour.engine.fields import Field, Needed
from candour.engine.fields import FieldType as T
from candour.engine.vocabulary.shorthand import fld, kind, opt

GROUP = "responses"
PUT_TO = ("recommendation_issued", "recommendation_forwarded")  # one for each recipient


def _recipient() -> tuple[Field, ...]:
    """Return the fields of one recipient: who, when received, on what basis to answer and when."""
    return (
        fld("to", T.LINE, "To whom", "I bwy", required=True),
        fld(
            "recipient_kind",
            T.CHOICE,
            "What sort of body is it?",
            "Pa fath o gorff ydyw?",
            options_list="recipient_kinds",
        ),
        fld(
            "response_basis",
            T.CHOICE,
            "Basis for a response",
            "Sail dros ymateb",
            options=(
                opt("statutory", "Statutory", "Statudol"),
                opt("contractual", "Contractual", "Contractiol"),
                opt("voluntary", "Voluntary", "Gwirfoddol"),
            ),
        ),
        fld("received_on", T.DATE, "Received on", "Derbyniwyd ar"),
        fld("respond_by", T.DATE, "Shorter period: respond by", "Cyfnod byrrach: ymateb erbyn"),
        fld("respond_by_reason", T.TEXT, "Reason for the period", "Rheswm dros y cyfnod"),
    )


KINDS = (
    kind(
        "recommendation_issued",
        "Concern or recommendation put",
        "Pryder neu argymhelliad wedi’i gyflwyno",
        GROUP,
        *_recipient(),
        fld("tier", T.CHOICE, "Tier", "Haen", required=True, options_list="tiers"),
        fld("about", T.CHOICES, "What it is about", "Am beth y mae", options_list="concern_about"),
        fld(
            "arranged_by_several",
            T.YES_NO,
            "Is the service arranged by more than one body?",
            "A yw’r gwasanaeth yn cael ei drefnu gan fwy nag un corff?",
        ),
        fld(
            "may_consult_nhs_england",
            T.YES_NO,
            "May the integrated care board reasonably need to consult NHS England?",
            "A allai fod angen i’r bwrdd gofal integredig ymgynghori â GIG Lloegr?",
        ),
        fld("what_is_asked", T.TEXT, "What is asked", "Yr hyn a ofynnir", required=True),
        refers=("recommendation_issued", "visit_reported"),
        describes="A concern, report or recommendation put to one organisation that should answer. "
        "Another recipient of the same one is a further entry that refers to the first.",
    ),
    kind(
        "acknowledgement_received",
        "Receipt acknowledged",
        "Derbyniad wedi’i gydnabod",
        GROUP,
        fld(
            "responsible",
            T.YES_NO,
            "Does the recipient say that it is responsible for the matter?",
            "A yw’r derbynnydd yn dweud ei fod yn gyfrifol am y mater?",
        ),
        fld("notes", T.TEXT, "What it says", "Yr hyn a ddywed"),
        refers=PUT_TO,
        must_refer=True,
        describes="A recipient says that it received what was put to it; no explanation yet.",
    ),
    kind(
        "recommendation_forwarded",
        "Passed on by its recipient",
        "Wedi’i drosglwyddo gan ei dderbynnydd",
        GROUP,
        *_recipient(),
        fld("notes", T.TEXT, "What the recipient told us", "Yr hyn a ddywedodd y derbynnydd"),
        refers=PUT_TO,
        must_refer=True,
        describes="A recipient with no responsibility passed it on to the body that has, and told "
        "us. The clocks of that body run from its own day of receipt.",
    ),
    kind(
        "extension_agreed",
        "Longer period agreed",
        "Cytunwyd ar gyfnod hwy",
        GROUP,
        fld("agreed_with", T.LINE, "Agreed with", "Cytunwyd â", required=True),
        fld("reason", T.TEXT, "Reason", "Rheswm", required=True),
        refers=PUT_TO,
        must_refer=True,
        describes="The longer period that the rule itself allows, agreed with one recipient.",
    ),
    kind(
        "lead_responder_agreed",
        "Lead responder agreed",
        "Ymatebwr arweiniol wedi’i gytuno",
        GROUP,
        fld("agreed_by", T.LINES, "Agreed by", "Cytunwyd gan", required=True),
        refers=PUT_TO,
        must_refer=True,
        describes="The recipients agreed that the one referred to explains for all of them.",
    ),
    kind(
        "response_received",
        "Response received",
        "Ymateb wedi dod i law",
        GROUP,
        fld("from_whom", T.LINE, "From whom", "Gan bwy", required=True),
        fld(
            "intends",
            T.CHOICE,
            "What they intend",
            "Yr hyn y maent yn ei fwriadu",
            options=(
                opt("all", "To do all that was asked", "Gwneud popeth a ofynnwyd"),
                opt("part", "To do some of it", "Gwneud rhan ohono"),
                opt("nothing", "To do nothing, with reasons", "Gwneud dim, gyda rhesymau"),
                opt("unclear", "They do not say", "Nid ydynt yn dweud"),
            ),
        ),
        fld("response", T.TEXT, "What they say", "Yr hyn a ddywedant", required=True),
        refers=(*PUT_TO, "information_requested"),
        describes="What the organisation says it will do, or why nothing.",
    ),
    kind(
        "response_judged",
        "Response judged",
        "Ymateb wedi’i farnu",
        GROUP,
        fld("tier", T.CHOICE, "Tier", "Haen", required=True, options_list="tiers"),
        fld("satisfactory", T.YES_NO, "Satisfactory?", "Boddhaol?", required=True),
        fld("reason", T.TEXT, "Reason", "Rheswm", required=True),
        refers=("response_received", *PUT_TO),
        describes="Whether a response, or the lack of one, is satisfactory, and why.",
    ),
    kind(
        "information_requested",
        "Information requested",
        "Gwybodaeth wedi’i cheisio",
        GROUP,
        fld("to", T.LINE, "From which body", "Gan ba gorff", required=True),
        fld("what", T.TEXT, "What is asked for", "Yr hyn y gofynnir amdano", required=True),
        fld(
            "request_basis",
            T.CHOICE,
            "Under what",
            "O dan beth",
            required=True,
            options=(
                opt("freedom_of_information", "Freedom of information", "Rhyddid gwybodaeth"),
                opt("request", "A request; no law sets a time", "Cais; dim amser yn ôl y gyfraith"),
            ),
        ),
        fld("received_on", T.DATE, "Received on", "Derbyniwyd ar"),
        describes="Information asked of a body, by freedom of information or as a plain request.",
    ),
    kind(
        "report_published",
        "Report published",
        "Adroddiad wedi’i gyhoeddi",
        GROUP,
        fld("title", T.LINE, "Title", "Teitl", required=True),
        fld("report", T.CHOICE, "Sort of report", "Math o adroddiad", options_list="reports"),
        fld("where", T.LINE, "Where it can be read", "Ble y gellir ei ddarllen", required=True),
        fld(
            "responses_included",
            T.YES_NO,
            "Does it include the responses?",
            "A yw’n cynnwys yr ymatebion?",
            required=True,
        ),
        fld(
            "none_included_reason",
            T.TEXT,
            "If not, why not",
            "Os na, pam",
            needed_when=Needed("responses_included", (False,)),
        ),
        refers=("recommendation_issued", "visit_reported"),
        after_closing=True,
        describes="A report made public, with the responses to its recommendations.",
    ),
)
