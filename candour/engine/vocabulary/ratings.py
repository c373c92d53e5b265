"""Kinds for rating risk: who is called on, each agency’s own rating, and the agreed one.

A rating under seal is three kinds of entry. `rating_sealed` says who rated for which agency, and
carries a commitment to what they rated; `ratings_opened` ends the sealing; and then the system
records each `risk_rated` with the salt that shows it to be what was sealed (`engine.sealing`).
"""

from candour.engine.fields import FieldType as T
from candour.engine.vocabulary.shorthand import fld, kind

GROUP = "meetings"
CALLED, SEALED, OPENED, RATED = "ratings_called", "rating_sealed", "ratings_opened", "risk_rated"
AGREED, CONFLICT = "rating_agreed", "conflict_declared"

# The two sides of a rating, whether one agency’s or the agreed one.
IMPACT = fld(
    "impact",
    T.CHOICE,
    "Impact on people",
    "Effaith ar bobl",
    required=True,
    options_list="impact",
)
ENGAGEMENT = fld(
    "engagement",
    T.CHOICE,
    "Provider’s engagement",
    "Ymgysylltiad y darparwr",
    required=True,
    options_list="engagement",
)

KINDS = (
    kind(
        CALLED,
        "Ratings called for",
        "Galw am sgoriau",
        GROUP,
        fld(
            "meeting",
            T.CHOICE,
            "For which meeting",
            "Ar gyfer pa gyfarfod",
            options_list="meetings",
        ),
        fld(
            "agencies",
            T.LINES,
            "Agencies called on to rate, one to a line",
            "Asiantaethau y gelwir arnynt i sgorio, un i bob llinell",
            required=True,
        ),
        fld(
            "rates_for",
            T.LINES,
            "Their numbers in the directory",
            "Eu rhifau yn y cyfeiriadur",
            by_system=True,
        ),
        fixed=True,
        describes="A round of rating under seal: each agency named rates before it sees another's.",
    ),
    kind(
        SEALED,
        "Rating sealed",
        "Sgôr wedi’i selio",
        GROUP,
        fld("agency", T.LINE, "Agency rating", "Asiantaeth sy’n sgorio", required=True),
        fld("commitment", T.LINE, "Seal", "Sêl", required=True),
        refers=(CALLED,),
        must_refer=True,
        fixed=True,
        describes="An agency has rated. What it rated stays sealed until the round is opened.",
    ),
    kind(
        OPENED,
        "Ratings opened",
        "Agorwyd y sgoriau",
        GROUP,
        fld("reason", T.TEXT, "Why they are opened", "Pam y’u hagorir", required=True),
        refers=(CALLED,),
        must_refer=True,
        fixed=True,
        describes="The end of a round: all who were called on have rated, or the chair opened it.",
    ),
    kind(
        RATED,
        "Risk rated",
        "Risg wedi’i sgorio",
        GROUP,
        fld("agency", T.LINE, "Agency rating", "Asiantaeth sy’n sgorio", required=True),
        IMPACT,
        ENGAGEMENT,
        fld(
            "support_weighed", T.TEXT, "Support already given, and its effect", "Cymorth a roddwyd"
        ),
        fld("rationale", T.TEXT, "Rationale", "Rhesymeg", required=True),
        fld("salt", T.LINE, "Salt of the seal", "Halen y sêl", by_system=True),
        describes="One agency’s own rating of risk, before the group agrees one.",
    ),
    kind(
        AGREED,
        "Rating agreed",
        "Sgôr wedi’i chytuno",
        GROUP,
        IMPACT,
        ENGAGEMENT,
        fld(
            "outcome",
            T.CHOICE,
            "What the rating supports",
            "Yr hyn y mae’r sgôr yn ei gefnogi",
            required=True,
            options_list="rating_outcomes",
        ),
        fld("final", T.YES_NO, "Final, fresh and stand-alone?", "Terfynol, newydd ac annibynnol?"),
        fld("risk_reduced", T.YES_NO, "Has risk fallen?", "A yw’r risg wedi gostwng?"),
        fld("rationale", T.TEXT, "Rationale", "Rhesymeg", required=True),
        describes="The rating the meeting agrees; the final one is fresh and stands alone.",
    ),
    kind(
        CONFLICT,
        "Conflict of interest declared",
        "Gwrthdaro buddiannau wedi’i ddatgan",
        GROUP,
        fld("who", T.LINE, "Who", "Pwy", required=True),
        fld("agency", T.LINE, "For which agency", "Dros ba asiantaeth"),
        fld(
            "may_rate",
            T.YES_NO,
            "May they rate all the same, with this shown beside the rating?",
            "A gânt sgorio er hynny, gyda hyn wedi’i ddangos wrth y sgôr?",
        ),
        fld("handled", T.TEXT, "How it is handled", "Sut yr ymdrinnir ag ef", required=True),
        describes="A member’s conflict of interest and how it is handled.",
    ),
)
