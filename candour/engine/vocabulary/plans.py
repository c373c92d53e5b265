"""Kinds for plans and their actions."""

from candour.engine.fields import FieldType as T
from candour.engine.vocabulary.shorthand import fld, kind, opt

GROUP = "plans"

_PLAN = (
    opt("dap", "Developmental action plan", "Cynllun gweithredu datblygiadol"),
    opt("cap", "Corrective action plan", "Cynllun gweithredu unioni"),
)

KINDS = (
    kind(
        "plan_agreed",
        "Plan agreed",
        "Cynllun wedi’i gytuno",
        GROUP,
        fld("plan", T.CHOICE, "Plan", "Cynllun", required=True, options=_PLAN),
        fld("signed_by", T.LINES, "Signed by", "Llofnodwyd gan", required=True),
        fld(
            "monitored_by",
            T.TEXT,
            "How it will be monitored",
            "Sut y caiff ei fonitro",
            required=True,
        ),
        fld(
            "co_ordinated_with", T.LINES, "Other plans it is co-ordinated with", "Cynlluniau eraill"
        ),
        fld("ends_on", T.DATE, "The plan runs until", "Mae’r cynllun yn rhedeg tan"),
        describes="A developmental or corrective action plan agreed and signed by both sides.",
    ),
    kind(
        "plan_shared",
        "Plan shared",
        "Cynllun wedi’i rannu",
        GROUP,
        fld("to", T.LINES, "To whom", "I bwy", required=True),
        refers=("plan_agreed",),
        describes="The plan and how it is monitored sent to the wider meeting.",
    ),
    kind(
        "action_added",
        "Action added",
        "Cam gweithredu wedi’i ychwanegu",
        GROUP,
        fld("action", T.TEXT, "Action (specific)", "Cam (penodol)", required=True),
        fld("outcome", T.TEXT, "Measurable outcome", "Canlyniad mesuradwy", required=True),
        fld(
            "owner",
            T.LINE,
            "One named accountable person",
            "Un person atebol a enwir",
            required=True,
        ),
        fld("due_on", T.DATE, "Target date", "Dyddiad targed", required=True),
        fld(
            "support",
            T.LINE,
            "Support, and who gives it (or that none is needed)",
            "Cymorth, a phwy sy’n ei roi (neu nad oes angen dim)",
        ),
        fld("plan", T.CHOICE, "Plan", "Cynllun", options=_PLAN),
        refers=("plan_agreed", "meeting_opened", "meeting_held", "point_noted"),
        describes="A SMART action with one named accountable person.",
    ),
    kind(
        "action_progressed",
        "Progress reported",
        "Cynnydd wedi’i adrodd",
        GROUP,
        fld("plan", T.CHOICE, "Plan", "Cynllun", options=_PLAN),
        fld("progress", T.TEXT, "Progress and evidence", "Cynnydd a thystiolaeth", required=True),
        fld(
            "cannot_comply",
            T.YES_NO,
            "Has the provider said it cannot comply?",
            "A ddywedodd y darparwr na all gydymffurfio?",
        ),
        fld(
            "says_done",
            T.YES_NO,
            "Does the provider say that the action is done?",
            "A yw’r darparwr yn dweud bod y cam wedi’i wneud?",
        ),
        refers=("plan_agreed", "action_added"),
        describes="A progress report on a plan or an action. An action that the provider says is"
        " done waits until an officer has seen to it that it is.",
    ),
    kind(
        "action_sent_back",
        "Action sent back: not done yet",
        "Cam wedi’i anfon yn ôl: heb ei wneud eto",
        GROUP,
        fld("missing", T.TEXT, "What is still missing", "Yr hyn sy’n dal ar goll", required=True),
        refers=("action_added", "action_progressed"),
        must_refer=True,
        describes="An officer looked at an action that was said to be done, and it is not.",
    ),
    kind(
        "more_time_asked",
        "More time asked for",
        "Gofyn am fwy o amser",
        GROUP,
        fld("wanted_by", T.DATE, "The new date asked for", "Y dyddiad newydd", required=True),
        fld("reason", T.TEXT, "Why more time is needed", "Pam mae angen amser", required=True),
        refers=("action_added",),
        must_refer=True,
        describes="The provider asks for more time for an action. A longer timescale, or a no with"
        " its reason, answers it.",
    ),
    kind(
        "more_time_refused",
        "More time refused",
        "Gwrthod mwy o amser",
        GROUP,
        fld("reason", T.TEXT, "Why the date stands", "Pam mae’r dyddiad yn sefyll", required=True),
        refers=("action_added", "more_time_asked"),
        must_refer=True,
        describes="The date of an action stands, although more time was asked for.",
    ),
    kind(
        "action_completed",
        "Action completed",
        "Cam gweithredu wedi’i gwblhau",
        GROUP,
        fld("evidence", T.TEXT, "Evidence", "Tystiolaeth", required=True),
        fld(
            "risk_review", T.TEXT, "What it does to the risk", "Ei effaith ar y risg", required=True
        ),
        refers=("action_added",),
        must_refer=True,
        describes="A completed action, with evidence, and its risks reviewed.",
    ),
    kind(
        "plan_signed_off",
        "Plan signed off",
        "Cynllun wedi’i gymeradwyo",
        GROUP,
        fld("plan", T.CHOICE, "Plan", "Cynllun", required=True, options=_PLAN),
        fld(
            "result",
            T.CHOICE,
            "Result",
            "Canlyniad",
            required=True,
            options=(
                opt("completed", "Completed", "Wedi’i gwblhau"),
                opt(
                    "significant_progress",
                    "Significant progress; routine monitoring resumes",
                    "Cynnydd sylweddol; monitro arferol",
                ),
            ),
        ),
        fld("evidence", T.TEXT, "Evidence", "Tystiolaeth", required=True),
        fld(
            "sustainable",
            T.YES_NO,
            "Is the improvement adequate, and will it last?",
            "A yw’r gwelliant yn ddigonol, ac a fydd yn para?",
        ),
        refers=("plan_agreed",),
        describes="A plan signed off, or significant progress recorded.",
    ),
    kind(
        "default_notice_issued",
        "Contract default notice issued",
        "Hysbysiad diffygdalu contract wedi’i gyhoeddi",
        GROUP,
        fld("to", T.LINE, "To", "At", required=True),
        fld("reason", T.TEXT, "Reason", "Rheswm", required=True),
        refers=("action_added",),
        describes="A notice that the provider is in default of its contract.",
    ),
)
