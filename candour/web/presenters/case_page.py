"""The page of a case: what is due, what can be done next, what has happened."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from candour.engine import Entry, Procedure, Restriction, Snapshot, Standing
from candour.engine.procedure import Auto
from candour.engine.vocabulary import MOVING
from candour.web import dates
from candour.web.presenters.actions import Action
from candour.web.presenters.addresses import (
    REFERS,
    entry_anchor,
    entry_place,
    move_page,
    recording_page,
)
from candour.web.presenters.case_status import status_sentence
from candour.web.presenters.due_groups import DueGroup, due_list
from candour.web.presenters.dues import DueLine
from candour.web.presenters.moves import MoveLine, move_lines
from candour.web.presenters.naming import role_title
from candour.web.presenters.rules import Rule, rules
from candour.web.presenters.sight import Sight
from candour.web.presenters.timeline import Telling, TimelineItem, timeline
from candour.web.presenters.workspace import Panel, page_of, panels
from candour.web.spoken import said
from candour.web.spoken import told as _

ANSWERING = "suggestion_answered"


@dataclass(frozen=True, slots=True)
class RestrictionLine:
    """A restriction in force."""

    what: str
    scope: str
    since: str
    reviewed: str
    address: str
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the procedure proposes now: somebody takes it up, or answers why not."""

    title: str
    who: str
    mine: bool
    take: str
    decline: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything that the page of a case says, in the words to say it in.

    `owed` is how many things are due; `due` shows them, many times of one duty as a group.
    """

    status: str
    step: str
    step_describes: str
    closed: bool
    may_act: bool
    late: int
    owed: int
    due: tuple[DueLine | DueGroup, ...]
    suggestions: tuple[Suggestion, ...]
    open_moves: tuple[MoveLine, ...]
    blocked_moves: tuple[MoveLine, ...]
    restrictions: tuple[RestrictionLine, ...]
    panels: tuple[Panel, ...]
    happened: tuple[TimelineItem, ...]
    entries: int


def case_page(
    snapshot: Snapshot,
    telling: Telling,
    *,
    newest: int | None,
    only: Callable[[Entry], bool] | None = None,
) -> CasePage:
    """Return the page of the case that `telling` looks at, as `snapshot` has it at that moment.

    Its timeline is cut to the `newest`, and holds `only` the entries that are asked for.
    """
    standing, sight = telling.standing, telling.sight
    due = due_list(standing, snapshot.duties, sight)
    moves = move_lines(standing, snapshot.moves, sight)
    return CasePage(
        status=status_sentence(standing, snapshot),
        step=said(snapshot.step.title),
        step_describes=said(snapshot.step.describes),
        closed=standing.closed,
        may_act=sight.may_act,
        late=sum(line.soon == "late" for line in due.lines),
        owed=len(due.lines),
        due=due.shown,
        suggestions=suggestions(standing, snapshot.autos, sight),
        open_moves=tuple(line for line in moves if line.is_open),
        blocked_moves=tuple(line for line in moves if not line.is_open),
        restrictions=tuple(
            _restriction(standing.procedure, held, sight) for held in snapshot.restrictions
        ),
        panels=panels(standing, sight),
        happened=timeline(telling, newest=newest, also=due.triggers, only=only),
        entries=len(standing.recorded),
    )


def suggestions(standing: Standing, autos: Iterable[Auto], sight: Sight) -> tuple[Suggestion, ...]:
    """Return what the procedure puts to people now."""
    return tuple(_suggestion(standing, auto, sight) for auto in autos if auto.mode == "propose")


def _suggestion(standing: Standing, auto: Auto, sight: Sight) -> Suggestion:
    procedure = standing.procedure
    answerable = sight.may_act and ANSWERING in procedure.kinds
    return Suggestion(
        title=said(auto.title),
        who=role_title(procedure, auto.to_role) if auto.to_role else "",
        mine=auto.to_role in sight.roles,
        take=_taking(auto, sight) if sight.may_act else "",
        decline=recording_page(sight.ref, ANSWERING, extra={"auto": auto.id, "taken": "no"})
        if answerable
        else "",
        rules=rules(procedure, auto.clauses),
    )


def _taking(auto: Auto, sight: Sight) -> str:
    """Return where a suggestion is taken up: the move it proposes, or the form of its entry."""
    if auto.kind in MOVING:
        return move_page(sight.ref, str(auto.data.get("move")))
    plain = {name: str(value) for name, value in auto.data.items() if isinstance(value, str)}
    return recording_page(sight.ref, auto.kind, extra=plain)


def _restriction(procedure: Procedure, held: Restriction, sight: Sight) -> RestrictionLine:
    labels = {
        option.id: said(option.label)
        for known in procedure.kind("restriction_imposed").fields
        for option in known.options
    }
    return RestrictionLine(
        what=labels.get(held.restriction, held.restriction),
        scope=held.scope,
        since=dates.day(held.since),
        reviewed=dates.day(held.reviewed_at) if held.reviewed_at else "",
        address=_place_of(held, sight),
        actions=tuple(_on_restriction(procedure, held, sight)),
    )


def _place_of(held: Restriction, sight: Sight) -> str:
    """Return where the whole of a restriction stands: on its own page, or else as it was made."""
    page = page_of("case-restrictions", sight.ref)
    anchor = entry_anchor(held.imposed_by)
    return f"{page}#{anchor}" if page else entry_place(sight.ref, held.imposed_by)


def _on_restriction(procedure: Procedure, held: Restriction, sight: Sight) -> Iterable[Action]:
    words = {"restriction_reviewed": _("Review it"), "restriction_lifted": _("Lift it")}
    for kind, label in words.items():
        if sight.may_act and kind in procedure.kinds:
            yield Action(label, recording_page(sight.ref, kind, extra={REFERS: held.imposed_by}))
