"""Kinds for a visit of authorised people: its plan, what they note down there, and its report.

The visit itself is `visit_made` (vocabulary/concerns.py), which may refer to its plan. What is
noted on the spot refers to the plan too, so that notes that arrive late, from a phone that had no
signal, still find their visit. What comes of a report goes into the register of recommendations.
"""

from candour.engine.fields import FieldType as T
from candour.engine.fields import Needed
from candour.engine.vocabulary.shorthand import fld, kind, opt

GROUP = "concerns"
PLANNED, CALLED_OFF = "visit_planned", "visit_called_off"
NOTED, MADE = "observation_made", "visit_made"
REPORTED, COMMENTED = "visit_reported", "visit_commented"
DRAFT, FINAL = "draft", "final"

KINDS = (
    kind(
        PLANNED,
        "Visit planned",
        "Ymweliad wedi’i gynllunio",
        GROUP,
        fld("premises", T.LINE, "Premises", "Eiddo", required=True),
        fld(
            "planned_for", T.MOMENT, "Date and time of the visit", "Dyddiad ac amser", required=True
        ),
        fld("visitors", T.LINES, "Who goes", "Pwy sy’n mynd", required=True),
        fld("purpose", T.TEXT, "Purpose of the visit", "Diben yr ymweliad", required=True),
        fld(
            "areas",
            T.LINES,
            "What to look at, and what to ask",
            "Beth i edrych arno, a beth i’w ofyn",
            required=True,
        ),
        fld("announced", T.YES_NO, "Announced?", "Wedi’i gyhoeddi?", required=True),
        fld(
            "unannounced_reason",
            T.TEXT,
            "If not, why not",
            "Os na, pam",
            needed_when=Needed("announced", (False,)),
        ),
        fld("told_before", T.LINES, "Who is told before", "Pwy sy’n cael gwybod ymlaen llaw"),
        refers=("decision_made",),
        describes="A visit to come: where and when, who goes, what they look at and ask, whether "
        "it is announced, and who is told before.",
    ),
    kind(
        CALLED_OFF,
        "Visit called off",
        "Ymweliad wedi’i ganslo",
        GROUP,
        fld("reason", T.TEXT, "Reason", "Rheswm", required=True),
        refers=(PLANNED,),
        must_refer=True,
        describes="A planned visit that does not take place, and why.",
    ),
    kind(
        NOTED,
        "Observation on a visit",
        "Arsylwad ar ymweliad",
        GROUP,
        fld("area", T.LINE, "What it is about", "Am beth y mae", required=True),
        fld(
            "known_by",
            T.CHOICE,
            "How do you know?",
            "Sut y gwyddoch?",
            required=True,
            options=(
                opt("seen", "Seen for ourselves", "Gwelsom drosom ein hunain"),
                opt("people", "Told by people who use it", "Gan bobl sy’n ei ddefnyddio"),
                opt("families", "Told by families", "Gan deuluoedd"),
                opt("staff", "Told by staff", "Gan staff"),
            ),
        ),
        fld(
            "impression",
            T.CHOICE,
            "How is it?",
            "Sut y mae?",
            required=True,
            options=(
                opt("good", "Good", "Da"),
                opt("neither", "Neither good nor bad", "Nid da na drwg"),
                opt("worrying", "A worry", "Yn bryder"),
            ),
        ),
        fld("observed", T.TEXT, "What you saw or heard", "Yr hyn a welsoch", required=True),
        refers=(PLANNED,),
        must_refer=True,
        describes="One thing noted down on a visit: where, how it is known, good or a worry.",
    ),
    kind(
        REPORTED,
        "Report of a visit",
        "Adroddiad ymweliad",
        GROUP,
        fld(
            "stage",
            T.CHOICE,
            "Draft or final?",
            "Drafft neu derfynol?",
            required=True,
            options=(
                opt(
                    DRAFT, "Draft, for the provider to comment", "Drafft, i’r darparwr roi sylwadau"
                ),
                opt(FINAL, "Final", "Terfynol"),
            ),
        ),
        fld("report", T.TEXT, "What it says", "Yr hyn a ddywed", required=True),
        fld("recommendations", T.LINES, "Recommendations", "Argymhellion"),
        fld(
            "changed",
            T.TEXT,
            "What was changed after the provider’s comments, and what was not",
            "Yr hyn a newidiwyd ar ôl sylwadau’r darparwr, a’r hyn na newidiwyd",
            needed_when=Needed("stage", (FINAL,)),
        ),
        refers=(MADE,),
        must_refer=True,
        describes="What is reported of a visit: in draft for the provider’s comments, then final.",
    ),
    kind(
        COMMENTED,
        "Comments on a draft report",
        "Sylwadau ar adroddiad drafft",
        GROUP,
        fld("from_whom", T.LINE, "From whom", "Gan bwy", required=True),
        fld("comments", T.TEXT, "What they say", "Yr hyn a ddywedant", required=True),
        refers=(REPORTED,),
        must_refer=True,
        describes="What the provider says of the draft: what is not right as a matter of fact.",
    ),
)
