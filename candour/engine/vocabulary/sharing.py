"""Kinds for what is shared with whom and what is not, and for how long a record is kept."""

from candour.engine.fields import FieldType as T
from candour.engine.fields import Needed
from candour.engine.partners import ENDED, MEMBERS, PARTNERS, SHARED
from candour.engine.vocabulary.shorthand import LEGAL_BASES, fld, kind, opt

GROUP = "sharing"

# The kinds that may be about any entry of a case: what they share, or close, or open.
ABOUT_ANY = ("information_shared", "information_withheld", "sharing_allowed")

RECIPIENTS = (
    opt("provider", "Provider", "Darparwr"),
    opt("regulator", "Regulator or inspectorate", "Rheoleiddiwr neu arolygiaeth"),
    opt("commissioners", "Commissioners", "Comisiynwyr"),
    opt("safeguarding", "Safeguarding", "Diogelu"),
    opt("police", "Police", "Yr heddlu"),
    opt("health", "Health bodies", "Cyrff iechyd"),
    opt("scrutiny", "Scrutiny or ombudsman", "Craffu neu ombwdsmon"),
    opt("national_body", "National body", "Corff cenedlaethol"),
    opt("people_and_families", "People supported and families", "Pobl a gefnogir a theuluoedd"),
    opt("reporter", "The person who reported", "Y person a adroddodd"),
    opt("others", "Others", "Eraill"),
)

KINDS = (
    kind(
        "information_shared",
        "Information shared",
        "Gwybodaeth wedi’i rhannu",
        GROUP,
        fld("what", T.TEXT, "What was shared", "Yr hyn a rannwyd", required=True),
        fld("documents", T.LINES, "Letters, forms or files shared", "Llythyrau neu ffeiliau"),
        fld("to", T.LINES, "With whom", "Gyda phwy", required=True),
        fld(
            "recipients",
            T.CHOICES,
            "Kind of recipient",
            "Math o dderbynnydd",
            options=RECIPIENTS,
        ),
        fld("purpose", T.TEXT, "Purpose", "Diben", required=True),
        fld(
            "legal_basis",
            T.CHOICE,
            "Legal basis",
            "Sail gyfreithiol",
            required=True,
            options=LEGAL_BASES,
        ),
        fld("person_informed", T.YES_NO, "Was the person informed?", "A hysbyswyd y person?"),
        fld(
            "not_informed_reason",
            T.TEXT,
            "If not, why not",
            "Os na, pam",
            needed_when=Needed("person_informed", (False,)),
        ),
        after_closing=True,
        describes="What was shared, when, with whom, for what purpose and on what legal basis; "
        "it refers to the entries that were shared.",
    ),
    kind(
        SHARED,
        "Case shared with another body",
        "Achos wedi’i rannu â chorff arall",
        GROUP,
        fld("with_body", T.LINE, "With which body", "Â pha gorff", required=True),
        fld(
            "with_body_number", T.WHOLE, "Number of that body", "Rhif y corff hwnnw", required=True
        ),
        fld(
            "seen_as",
            T.CHOICE,
            "What it sees",
            "Yr hyn y mae’n ei weld",
            required=True,
            options=(
                opt(
                    PARTNERS,
                    "What partners may be told",
                    "Yr hyn y caniateir ei ddweud wrth bartneriaid",
                ),
                opt(
                    MEMBERS,
                    "All of it: it takes part as one of the agencies",
                    "Y cyfan: mae’n cymryd rhan fel un o’r asiantaethau",
                ),
            ),
        ),
        fld("purpose", T.TEXT, "Purpose", "Diben", required=True),
        fld(
            "legal_basis",
            T.CHOICE,
            "Legal basis",
            "Sail gyfreithiol",
            required=True,
            options=LEGAL_BASES,
        ),
        fld("until", T.DATE, "Last day on which it sees it", "Y diwrnod olaf y mae’n ei weld"),
        after_closing=True,
        fixed=True,
        describes="Another body is let into the case, for a purpose and on a legal basis, until it "
        "is ended or its last day is over.",
    ),
    kind(
        ENDED,
        "Sharing of the case ended",
        "Rhannu’r achos wedi dod i ben",
        GROUP,
        fld("reason", T.TEXT, "Reason", "Rheswm", required=True),
        refers=(SHARED,),
        must_refer=True,
        after_closing=True,
        fixed=True,
        describes="A body that was let into the case sees it no more.",
    ),
    kind(
        "information_withheld",
        "Information withheld",
        "Gwybodaeth wedi’i hatal",
        GROUP,
        fld("what", T.TEXT, "What was not shared", "Yr hyn na rannwyd", required=True),
        fld(
            "from_whom",
            T.LINES,
            "With whom it was not shared",
            "Gyda phwy na’i rhannwyd",
            required=True,
        ),
        fld(
            "recipients",
            T.CHOICES,
            "Kind of recipient",
            "Math o dderbynnydd",
            options=RECIPIENTS,
        ),
        fld("reason", T.TEXT, "Reason", "Rheswm", required=True),
        after_closing=True,
        describes="A decision not to share, and why. The entries that it refers to are closed to "
        "the recipients it names until a later decision allows it.",
    ),
    kind(
        "sharing_allowed",
        "Sharing allowed",
        "Caniatáu rhannu",
        GROUP,
        fld(
            "recipients",
            T.CHOICES,
            "Who may now see it",
            "Pwy a gaiff ei weld bellach",
            required=True,
            options=RECIPIENTS,
        ),
        fld("reason", T.TEXT, "Reason", "Rheswm", required=True),
        must_refer=True,
        after_closing=True,
        describes="A decision that these recipients may see the entries it refers to.",
    ),
    kind(
        "recall_sent",
        "Recall notice sent",
        "Hysbysiad adalw wedi’i anfon",
        GROUP,
        fld("to", T.LINES, "To whom", "I bwy", required=True),
        fld("what_is_right", T.TEXT, "What is right", "Yr hyn sy’n gywir", required=True),
        fld(
            "copies",
            T.CHOICE,
            "What becomes of their copies",
            "Beth a ddaw o’u copïau",
            options=(
                opt("corrected", "They are to correct them", "Maent i’w cywiro"),
                opt("destroyed", "They are to destroy them", "Maent i’w dinistrio"),
                opt("returned", "They are to return them", "Maent i’w dychwelyd"),
            ),
        ),
        refers=("information_shared",),
        must_refer=True,
        after_closing=True,
        describes="Those with whom something was shared are told that it has been corrected.",
    ),
    kind(
        "retention_reviewed",
        "Retention reviewed",
        "Cadw’r cofnod wedi’i adolygu",
        GROUP,
        fld(
            "outcome",
            T.CHOICE,
            "What becomes of the record",
            "Beth a ddaw o’r cofnod",
            required=True,
            options=(
                opt("keep", "It is kept", "Fe’i cedwir"),
                opt("destroy", "It is to be destroyed", "Caiff ei ddinistrio"),
                opt("archive", "It goes to an archive", "Mae’n mynd i archif"),
            ),
        ),
        fld(
            "keep_until",
            T.DATE,
            "Look at it again on",
            "Edrych arno eto ar",
            needed_when=Needed("outcome", ("keep",)),
        ),
        fld("reason", T.TEXT, "Reason", "Rheswm", required=True),
        after_closing=True,
        describes="Whether the record of a case is still needed, decided when its time is up.",
    ),
    kind(
        "hold_placed",
        "Legal hold placed",
        "Cadw cyfreithiol wedi’i osod",
        GROUP,
        fld("by_whom", T.LINE, "Asked for by", "Ar gais", required=True),
        fld("reason", T.TEXT, "Reason", "Rheswm", required=True),
        after_closing=True,
        describes="The record must be kept whatever its age: a court, an inquiry, a claim.",
    ),
    kind(
        "hold_lifted",
        "Legal hold lifted",
        "Cadw cyfreithiol wedi’i godi",
        GROUP,
        fld("reason", T.TEXT, "Reason", "Rheswm", required=True),
        refers=("hold_placed",),
        must_refer=True,
        after_closing=True,
        describes="A legal hold ends; how long the record is kept is looked at again.",
    ),
)
