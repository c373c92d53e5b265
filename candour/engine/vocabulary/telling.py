"""Kinds for notices, records and reports, and for clocks put off or paused."""

from candour.engine.fields import FieldType as T
from candour.engine.vocabulary.shorthand import fld, kind
from candour.engine.vocabulary.signing import AWAITS, SIGNATURE

TELLING = "telling"
CLOCKS = "clocks"

KINDS = (
    kind(
        "notice_sent",
        "Notice sent",
        "Hysbysiad wedi’i anfon",
        TELLING,
        fld("notice", T.CHOICE, "Notice", "Hysbysiad", required=True, options_list="notices"),
        fld("to", T.LINES, "To whom", "I bwy", required=True),
        fld("copied_to", T.LINES, "Copied to", "Copïwyd at"),
        fld("by", T.LINE, "By (email, letter, phone)", "Drwy"),
        fld("text", T.TEXT, "What it says", "Yr hyn a ddywed"),
        after_closing=True,
        describes="A letter, email or call that tells somebody what they must be told.",
    ),
    kind(
        "record_signed",
        "Record signed",
        "Cofnod wedi’i lofnodi",
        TELLING,
        fld("record", T.CHOICE, "Record", "Cofnod", required=True, options_list="records"),
        fld("signed_by", T.LINES, "Signed by", "Llofnodwyd gan", required=True),
        *SIGNATURE,
        after_closing=True,
        unfinished_while=AWAITS,
        describes="A record agreed and signed.",
    ),
    kind(
        "report_made",
        "Report made",
        "Adroddiad wedi’i wneud",
        TELLING,
        fld("report", T.CHOICE, "Report", "Adroddiad", required=True, options_list="reports"),
        fld("to", T.LINES, "To whom", "I bwy", required=True),
        fld("text", T.TEXT, "What it says", "Yr hyn a ddywed"),
        after_closing=True,
        describes="A report to a board, network or regulator.",
    ),
    kind(
        "timescale_extended",
        "Timescale extended",
        "Amserlen wedi’i hymestyn",
        CLOCKS,
        fld("duty", T.DUTY, "What is extended", "Beth a estynnir", required=True),
        fld("new_date", T.DATE, "New date", "Dyddiad newydd", required=True),
        fld("reason", T.TEXT, "Why it is justified", "Pam y gellir ei gyfiawnhau", required=True),
        fld("endorsed_by", T.ROLE, "Endorsed by", "Ardystiwyd gan"),
        describes="A due date moved later, with its reason and who endorsed it.",
    ),
    kind(
        "clock_paused",
        "Clock paused",
        "Cloc wedi’i oedi",
        CLOCKS,
        fld("duty", T.DUTY, "Which clock (all when empty)", "Pa gloc"),
        fld("reason", T.TEXT, "Reason", "Rheswm", required=True),
        describes="Time stops counting towards a duty, or towards all.",
    ),
    kind(
        "clock_resumed",
        "Clock resumed",
        "Cloc wedi ailddechrau",
        CLOCKS,
        fld("duty", T.DUTY, "Which clock (all when empty)", "Pa gloc"),
        fld("reason", T.TEXT, "Reason", "Rheswm"),
        describes="Time counts again.",
    ),
    kind(
        "suggestion_answered",
        "Suggestion answered",
        "Awgrym wedi’i ateb",
        CLOCKS,
        fld("auto", T.LINE, "Which suggestion", "Pa awgrym", required=True),
        fld("taken", T.YES_NO, "Is it taken up?", "A gaiff ei dderbyn?", required=True),
        fld("reason", T.TEXT, "Reason", "Rheswm", required=True),
        describes="Somebody decides what to do with something the procedure proposed.",
    ),
)
