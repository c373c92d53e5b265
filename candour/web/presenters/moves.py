"""What can be done next: the moves that are open, and what stands in the way of the others."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from candour.engine import Draft, Procedure, Standing, moving_kind
from candour.engine.conditions import (
    AllOf,
    AnyOf,
    Condition,
    DutiesMet,
    Elapsed,
    Latest,
    OnePerMember,
    Recorded,
    RestrictionInForce,
    Situation,
)
from candour.engine.patterns import Pattern
from candour.engine.procedure import Gate, Move
from candour.web import dates
from candour.web.presenters.addresses import move_page
from candour.web.presenters.conditions import as_it_holds, must_hold
from candour.web.presenters.dues import Action, ways_to_meet, ways_to_record
from candour.web.presenters.naming import role_title
from candour.web.presenters.rules import Rule, rules
from candour.web.presenters.sight import Sight
from candour.web.spoken import said


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that must hold: whether it does, and what would bring it about.

    `later` is when time alone will; `asked` marks what can only be told once the form is sent.
    """

    words: str
    holds: bool
    asked: bool = False
    ways: tuple[Action, ...] = ()
    later: str = ""


@dataclass(frozen=True, slots=True)
class MoveLine:
    """A move from the present step, open or blocked."""

    id: str
    title: str
    to: str
    is_open: bool
    deciders: str
    mine: bool
    overridable: bool
    overriders: str
    rationale: bool
    address: str
    needs: tuple[Need, ...]
    rules: tuple[Rule, ...]


def move_lines(standing: Standing, sight: Sight) -> tuple[MoveLine, ...]:
    """Return a line for each move from the present step: open ones first."""
    lines = [move_line(standing, at.move, sight) for at in standing.moves_at(sight.moment)]
    return tuple(sorted(lines, key=lambda line: not line.is_open))


def move_line(standing: Standing, move: Move, sight: Sight) -> MoveLine:
    """Return one move as it stands."""
    procedure = standing.procedure
    needs = tuple(_all_needs(standing, move, sight))
    return MoveLine(
        id=move.id,
        title=said(move.title),
        to=said(procedure.steps[move.to].title),
        is_open=all(need.holds for need in needs),
        deciders=deciders(procedure, move),
        mine=may_decide(move, sight),
        overridable=_overridable(standing, move, sight),
        overriders=_overriders(standing, move, sight),
        rationale=move.rationale,
        address=move_page(sight.ref, move.id),
        needs=needs,
        rules=rules(procedure, _clauses(standing, move, sight)),
    )


def deciders(procedure: Procedure, move: Move) -> str:
    """Return who may decide a move, in words; nothing where anybody may."""
    return _(" or ").join(role_title(procedure, role) for role in move.decided_by)


def may_decide(move: Move, sight: Sight) -> bool:
    """Return whether the reader holds a role that may decide it."""
    return sight.may_act and (
        not move.decided_by or bool(sight.roles.intersection(move.decided_by))
    )


def _overridable(standing: Standing, move: Move, sight: Sight) -> bool:
    """Return whether a written rationale from the reader would pass everything that fails."""
    rules_met = _rules(standing, move, sight)
    failing = [rule for rule in rules_met if standing.reasons(rule, sight.moment)]
    return may_decide(move, sight) and all(
        rule.override and (not rule.override_by or sight.roles.intersection(rule.override_by))
        for rule in failing
    )


def _overriders(standing: Standing, move: Move, sight: Sight) -> str:
    """Return who may go past what fails, in words; nothing where nobody may."""
    failing = [r for r in _rules(standing, move, sight) if standing.reasons(r, sight.moment)]
    if not failing or not all(rule.override for rule in failing):
        return ""
    allowed = [set(rule.override_by or move.decided_by) for rule in failing]
    procedure = standing.procedure
    both = [role for role in procedure.roles if all(role in roles for roles in allowed)]
    return _(" or ").join(role_title(procedure, role) for role in both)


def _rules(standing: Standing, move: Move, sight: Sight) -> list[Move | Gate]:
    """Return everything whose needs the move has to meet."""
    return [move, *_gates(standing, move, sight)]


def _gates(standing: Standing, move: Move, sight: Sight) -> list[Gate]:
    """Return the gates that a move has to pass besides its own needs."""
    tried = Draft(
        id="",
        kind=moving_kind(standing, move),
        happened_at=sight.moment,
        author="",
        role=next(iter(sorted(sight.roles)), ""),
        data={"move": move.id, "step": move.to},
    )
    return [gate for gate in standing.procedure.gates if gate.on.matches(tried)]


def _clauses(standing: Standing, move: Move, sight: Sight) -> list[str]:
    gates = _gates(standing, move, sight)
    return [*move.clauses, *(clause for gate in gates for clause in gate.clauses)]


def _all_needs(standing: Standing, move: Move, sight: Sight) -> Iterator[Need]:
    for rule in _rules(standing, move, sight):
        for condition in rule.needs:
            yield need(standing, condition, sight)


def need(standing: Standing, condition: Condition, sight: Sight) -> Need:
    """Return one condition as it stands, with what would make it hold."""
    unmet = condition.unmet(Situation(standing, sight.moment))
    if not unmet:
        if condition.about_draft:
            return Need(must_hold(standing.procedure, condition), holds=True, asked=True)
        return Need(as_it_holds(standing, condition, sight.moment), holds=True)
    ways = tuple(dict.fromkeys(_ways(standing, condition, sight))) if sight.may_act else ()
    words = " ".join(said(text) for text in unmet)
    return Need(words, holds=False, ways=ways, later=_later(standing, condition, sight))


def _ways(standing: Standing, condition: Condition, sight: Sight) -> Iterator[Action]:
    """Yield what somebody can record so that a condition comes to hold."""
    situation = Situation(standing, sight.moment)
    if isinstance(condition, AllOf | AnyOf):
        for part in condition.parts:
            if part.unmet(situation):
                yield from _ways(standing, part, sight)
    elif isinstance(condition, DutiesMet):
        for duty in condition.duties:
            for key in standing.open_keys(duty):
                yield from ways_to_meet(standing, standing.duties[key], sight.ref)
    else:
        pattern = _wanted(condition)
        if pattern is not None:
            yield from ways_to_record(standing, pattern, sight.ref)


def _wanted(condition: Condition) -> Pattern | None:
    """Return what would have to be recorded, where one entry can make the condition hold."""
    if isinstance(condition, Recorded | OnePerMember):
        return condition.pattern
    if isinstance(condition, Latest):
        return Pattern(condition.pattern.kind, (*condition.pattern.where, *condition.has))
    if isinstance(condition, RestrictionInForce):
        return Pattern("restriction_imposed")
    return None


def _later(standing: Standing, condition: Condition, sight: Sight) -> str:
    """Return when time alone will make a condition hold, if it will."""
    if not isinstance(condition, Elapsed):
        return ""
    instants = [instant for instant in condition.flips(standing) if instant > sight.moment]
    if not instants:
        return ""
    return _("This holds from %(when)s.") % {"when": dates.moment(min(instants))}
