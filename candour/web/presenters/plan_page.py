"""The page of a case's plans: both side by side as a board or in a table, and a small time line."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from candour.engine import Standing
from candour.engine.fields import as_values
from candour.engine.london import local
from candour.engine.plans import Action as Planned
from candour.engine.plans import Plan, plans
from candour.engine.rag import Lane
from candour.web import dates
from candour.web.presenters.actions import Action
from candour.web.presenters.addresses import BACK_TO, entry_place, of_case, recording_page
from candour.web.presenters.asked_outside import AskedOutside, outsiders
from candour.web.presenters.dues import due_words, soonness, ways_to_meet
from candour.web.presenters.plan_actions import ActionLine, action_line, numbered
from candour.web.presenters.plan_drawing import Drawing, drawing
from candour.web.presenters.plan_ways import ROOM
from candour.web.presenters.rag import LANE_SHAPES, lane_lead, lane_title
from candour.web.presenters.sight import Sight
from candour.web.presenters.worklist import Tab
from candour.web.spoken import said

PLANS = ("dap", "cap")
BOARD, TABLE = "board", "table"
BAR = 400


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A progress report or another thing owed on a plan."""

    what: str
    status: str
    when: str
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class LaneLines:
    """The actions of one plan that stand in one column of the board."""

    title: str
    lead: str
    shape: str
    lines: tuple[ActionLine, ...]
    folded: bool


@dataclass(frozen=True, slots=True)
class Share:
    """How many actions of a plan stand in one column, drawn as a part of a bar of `BAR`."""

    lane: Lane
    words: str
    shape: str
    number: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class PlanSide:
    """One of the two plans."""

    name: str
    title: str
    status: str
    status_words: str
    facts: tuple[tuple[str, str], ...]
    summary: str
    lines: tuple[ActionLine, ...]
    lanes: tuple[LaneLines, ...]
    shares: tuple[Share, ...]
    reports: tuple[ReportLine, ...]
    short: int
    agree: str
    add: str
    sign_off: str


@dataclass(frozen=True, slots=True)
class PlanPage:
    """Everything that the page says."""

    sides: tuple[PlanSide, ...]
    counts: tuple[Tab, ...]
    views: tuple[Tab, ...]
    view: str
    everything: str
    drawing: Drawing | None
    sustained: str
    notices: tuple[tuple[str, str], ...]
    may_act: bool
    outside: AskedOutside


def plan_page(
    standing: Standing, sight: Sight, view: str = BOARD, only: Lane | None = None
) -> PlanPage:
    """Return the page of a case's plans; `only` one column of the board, or None for all."""
    found = {plan.name: plan for plan in plans(standing, sight.moment)}
    offered = [*PLANS, *([""] if "" in found else [])]
    sides = tuple(
        _side(standing, found.get(name) or Plan(name, None, None, (), ()), sight, only)
        for name in offered
    )
    return PlanPage(
        sides=sides,
        counts=tuple(_counts(sides, sight.ref, view, only)),
        views=tuple(_views(sight.ref, view, only)),
        view=view,
        everything=_address(sight.ref, view, None) if only else "",
        drawing=drawing(_drawn(found, offered), local(sight.moment).date()),
        sustained=_sustained(standing),
        notices=tuple(
            (
                _("Contract default notice, %(day)s") % {"day": dates.day(entry.happened_at)},
                entry_place(sight.ref, entry.id),
            )
            for entry in standing.by_kind.get("default_notice_issued", ())
        ),
        may_act=sight.may_act,
        outside=outsiders(standing, sight).about_the_plan(),
    )


def _counts(sides: tuple[PlanSide, ...], ref: str, view: str, only: Lane | None) -> Iterator[Tab]:
    """Yield how many actions of both plans stand in each column, each a way to see only those."""
    for lane in Lane:
        number = sum(share.number for side in sides for share in side.shares if share.lane is lane)
        address = _address(ref, view, None if lane is only else lane)
        yield Tab(lane_title(lane), str(number), address, lane is only, LANE_SHAPES[lane])


def _views(ref: str, view: str, only: Lane | None) -> Iterator[Tab]:
    for name, words in ((BOARD, _("Board")), (TABLE, _("Table"))):
        yield Tab(words, "", _address(ref, name, only), name == view, "")


def _address(ref: str, view: str, only: Lane | None) -> str:
    asked = {"view": "" if view == BOARD else view, "show": only.value if only else ""}
    query = urlencode({name: value for name, value in asked.items() if value})
    return of_case("case-plan", ref) + (f"?{query}" if query else "")


def _drawn(found: dict[str, Plan], offered: list[str]) -> Iterator[tuple[str, Planned]]:
    for name in offered:
        for number, action in enumerate(found[name].actions if name in found else (), start=1):
            yield numbered(name, number), action


def plan_title(standing: Standing, plan: str) -> str:
    """Return what a plan is called; actions of neither stand by themselves."""
    labels = {
        option.id: said(option.label)
        for known in standing.procedure.kind("plan_agreed").fields
        if known.name == "plan"
        for option in known.options
    }
    return labels.get(plan, _("Actions of neither plan"))


def _side(standing: Standing, plan: Plan, sight: Sight, only: Lane | None) -> PlanSide:
    status, words = _plan_status(plan)
    may = sight.may_act and not standing.closed
    extra = {BACK_TO: ROOM, **({"plan": plan.name} if plan.name else {})}
    lines = tuple(
        action_line(standing, plan.name, number, action, sight)
        for number, action in enumerate(plan.actions, start=1)
    )
    open_lines = [line for line in lines if line.shortfalls and line.lane is not Lane.DONE]
    done = sum(action.completed is not None for action in plan.actions)
    return PlanSide(
        name=plan.name,
        title=plan_title(standing, plan.name),
        status=status,
        status_words=words,
        facts=tuple(_facts(plan)),
        summary=ngettext(
            "%(done)s of %(n)s action done", "%(done)s of %(n)s actions done", len(lines)
        )
        % {"done": done, "n": len(lines)}
        if lines
        else "",
        lines=tuple(line for line in lines if only in (None, line.lane)),
        lanes=tuple(_lanes(lines, only)),
        shares=tuple(_shares(lines)),
        reports=tuple(_reports(standing, plan, sight)),
        short=len(open_lines),
        agree=recording_page(sight.ref, "plan_agreed", extra=extra)
        if may and plan.name and plan.agreed is None
        else "",
        add=recording_page(sight.ref, "action_added", extra=extra) if may else "",
        sign_off=recording_page(sight.ref, "plan_signed_off", extra=extra)
        if may and plan.agreed is not None and plan.signed_off is None
        else "",
    )


def _lanes(lines: tuple[ActionLine, ...], only: Lane | None) -> Iterator[LaneLines]:
    """Yield the columns that hold anything; what is done is folded unless it is asked for."""
    for lane in Lane:
        held = tuple(line for line in lines if line.lane is lane)
        if held and only in (None, lane):
            yield LaneLines(
                title=lane_title(lane),
                lead=lane_lead(lane),
                shape=LANE_SHAPES[lane],
                lines=held,
                folded=lane is Lane.DONE and only is None,
            )


def _shares(lines: tuple[ActionLine, ...]) -> Iterator[Share]:
    """Yield the parts of the bar that shows how far a plan has come, what is done first."""
    x = 0.0
    for lane in reversed(Lane):
        number = sum(line.lane is lane for line in lines)
        if number:
            width = round(BAR * number / len(lines), 1)
            yield Share(lane, lane_title(lane), LANE_SHAPES[lane], number, round(x, 1), width)
            x += width


def _plan_status(plan: Plan) -> tuple[str, str]:
    if plan.signed_off is not None:
        return "met", _("Signed off")
    if plan.agreed is not None:
        return "open", _("Signed by both sides")
    return ("attention", _("Being drawn up")) if plan.actions else ("cancelled", _("None"))


def _facts(plan: Plan) -> Iterator[tuple[str, str]]:
    agreed, signed = plan.agreed, plan.signed_off
    if agreed is not None:
        yield _("Agreed"), dates.day(agreed.happened_at)
        yield _("Signed by"), ", ".join(str(name) for name in as_values(agreed.data["signed_by"]))
        if ends := agreed.data.get("ends_on"):
            yield _("Runs until"), dates.day(date.fromisoformat(ends))
        yield _("Monitored"), str(agreed.data["monitored_by"])
        if beside := as_values(agreed.data.get("co_ordinated_with")):
            yield _("Co-ordinated with"), ", ".join(str(name) for name in beside)
    if plan.progress:
        last = plan.progress[-1]
        yield _("Last report"), f"{dates.day(last.happened_at)}: {last.data['progress']}"
    if signed is not None:
        yield _("Signed off"), f"{dates.day(signed.happened_at)}: {signed.data['evidence']}"


def _reports(standing: Standing, plan: Plan, sight: Sight) -> Iterator[ReportLine]:
    """Yield what is owed on the plan as agreed: its progress reports."""
    for owed in standing.owed():
        if plan.agreed is not None and owed.trigger == plan.agreed.id:
            yield ReportLine(
                what=said(owed.title),
                status=soonness(owed.due, sight.moment),
                when=due_words(owed.due),
                actions=tuple(ways_to_meet(standing, owed, sight.ref)) if sight.may_act else (),
            )


def _sustained(standing: Standing) -> str:
    """Return whether progress was last found to be kept up; nothing while nobody has looked."""
    reports = standing.by_kind.get("report_made", ())
    looked = [entry for entry in reports if entry.data.get("progress_sustained") is not None]
    if not looked:
        return ""
    day = dates.day(looked[-1].happened_at)
    if looked[-1].data["progress_sustained"]:
        return _("On %(day)s progress was found to be kept up.") % {"day": day}
    return _("On %(day)s progress was found not to be kept up.") % {"day": day}
