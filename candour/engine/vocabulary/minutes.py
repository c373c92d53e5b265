"""Kinds for the minutes of a meeting: sent out, in versions, and approved at the next."""

from candour.engine.fields import FieldType as T
from candour.engine.vocabulary.shorthand import fld, kind, opt

GROUP = "meetings"

KINDS = (
    kind(
        "minutes_circulated",
        "Minutes circulated",
        "Cofnodion wedi’u dosbarthu",
        GROUP,
        fld(
            "part",
            T.CHOICE,
            "What was circulated",
            "Beth a ddosbarthwyd",
            required=True,
            options=(
                opt("decisions", "Decisions and actions", "Penderfyniadau a chamau"),
                opt("summary", "Summary of agreed actions", "Crynodeb o’r camau"),
                opt("minutes", "Full minutes", "Cofnodion llawn"),
            ),
        ),
        fld("to", T.LINES, "To whom", "I bwy", required=True),
        fld(
            "copy",
            T.CHOICE,
            "Whose copy",
            "Copi pwy",
            options=(
                opt("members", "The members’: both parts", "Yr aelodau: y ddwy ran"),
                opt("provider", "The provider’s: its own part", "Y darparwr: ei ran ei hun"),
            ),
        ),
        fld("text", T.TEXT, "Text", "Testun"),
        fld(
            "corrects",
            T.TEXT,
            "What this version puts right",
            "Yr hyn a gywirir",
        ),
        refers=("meeting_held", "minutes_circulated"),
        after_closing=True,
        describes="Decisions, summary or minutes of a meeting sent to those entitled to them. A "
        "new version refers to the one that it replaces.",
    ),
    kind(
        "minutes_approved",
        "Minutes approved",
        "Cofnodion wedi’u cymeradwyo",
        GROUP,
        fld(
            "said",
            T.TEXT,
            "What was said about them",
            "Yr hyn a ddywedwyd amdanynt",
        ),
        refers=("minutes_circulated", "meeting_opened", "meeting_held"),
        must_refer=True,
        after_closing=True,
        describes="A later meeting finds that the minutes, in the version that it refers to, are a "
        "true record.",
    ),
)
