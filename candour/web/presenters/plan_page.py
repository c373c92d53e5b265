"""The page of a case's plans: both side by side, each action's status, and a small time line."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from candour.engine import Standing
from candour.engine.fields import as_values
from candour.engine.london import local
from candour.engine.plans import Action as Planned
from candour.engine.plans import Plan, plans
from candour.web import dates
from candour.web.presenters.actions import Action
from candour.web.presenters.addresses import (
    entry_place,
    recording_page,
)
from candour.web.presenters.dues import due_words, soonness, ways_to_meet
from candour.web.presenters.plan_actions import ActionLine, action_line, numbered
from candour.web.presenters.plan_drawing import Drawing, drawing
from candour.web.presenters.sight import Sight
from candour.web.spoken import said

PLANS = ("dap", "cap")


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A progress report or another thing owed on a plan."""

    what: str
    status: str
    when: str
    actions: tuple[Action, ...]


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
    reports: tuple[ReportLine, ...]
    short: int
    agree: str
    add: str
    sign_off: str


@dataclass(frozen=True, slots=True)
class PlanPage:
    """Everything that the page says."""

    sides: tuple[PlanSide, ...]
    drawing: Drawing | None
    sustained: str
    notices: tuple[tuple[str, str], ...]
    may_act: bool


def plan_page(standing: Standing, sight: Sight) -> PlanPage:
    """Return the page of a case's plans."""
    found = {plan.name: plan for plan in plans(standing, sight.moment)}
    offered = [*PLANS, *([""] if "" in found else [])]
    sides = tuple(
        _side(standing, found.get(name) or Plan(name, None, None, (), ()), sight)
        for name in offered
    )
    return PlanPage(
        sides=sides,
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
    )


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


def _side(standing: Standing, plan: Plan, sight: Sight) -> PlanSide:
    status, words = _plan_status(plan)
    may = sight.may_act and not standing.closed
    extra = {"plan": plan.name} if plan.name else {}
    lines = tuple(
        action_line(standing, plan.name, number, action, sight)
        for number, action in enumerate(plan.actions, start=1)
    )
    open_lines = [line for line in lines if line.shortfalls and line.status != "met"]
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
        lines=lines,
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
