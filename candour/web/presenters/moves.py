"""What can be done next: the moves that are open, and what stands in the way of the others."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from candour.engine import Draft, MoveAt, Procedure, Standing, moving_kind
from candour.engine.conditions import (
    AllOf,
    AnyOf,
    Condition,
    DuePassed,
    DutiesMet,
    Elapsed,
    Latest,
    NotStale,
    OnePerMember,
    Recorded,
    RestrictionInForce,
    Situation,
)
from candour.engine.patterns import Pattern
from candour.engine.procedure import Gate, Move
from candour.engine.rated import stale_since
from candour.engine.supporting import agreed_now, rests_on_rating, supported_by
from candour.web import dates
from candour.web.presenters.actions import Action
from candour.web.presenters.addresses import move_page
from candour.web.presenters.conditions import as_it_holds, must_hold
from candour.web.presenters.dues import ways_to_meet, ways_to_record
from candour.web.presenters.naming import entry_name, role_title
from candour.web.presenters.rules import Rule, rules
from candour.web.presenters.sight import Sight
from candour.web.spoken import said
from candour.web.spoken import told as _


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
    rating: str = ""


def move_lines(standing: Standing, moves: Iterable[MoveAt], sight: Sight) -> tuple[MoveLine, ...]:
    """Return a line for each of these moves from the present step: open ones first."""
    lines = [move_line(standing, at.move, sight) for at in moves]
    return tuple(sorted(lines, key=lambda line: not line.is_open))


def move_line(standing: Standing, move: Move, sight: Sight) -> MoveLine:
    """Return one move as it stands."""
    procedure = standing.procedure
    rules_met = _rules(standing, move, sight)
    needs = {
        rule.id: tuple(need(standing, condition, sight) for condition in rule.needs)
        for rule in rules_met
    }
    failing = [rule for rule in rules_met if not all(known.holds for known in needs[rule.id])]
    may_override = _may_override(procedure, move, failing)
    return MoveLine(
        id=move.id,
        title=said(move.title),
        to=said(procedure.steps[move.to].title),
        is_open=not failing,
        deciders=deciders(procedure, move),
        mine=may_decide(move, sight),
        overridable=may_decide(move, sight) and bool(sight.roles.intersection(may_override)),
        overriders=_(" or ").join(role_title(procedure, role) for role in may_override),
        rationale=move.rationale,
        address=move_page(sight.ref, move.id),
        needs=tuple(known for rule in rules_met for known in needs[rule.id]),
        rules=rules(procedure, (clause for rule in rules_met for clause in rule.clauses)),
        rating=_rating(standing, move),
    )


def _rating(standing: Standing, move: Move) -> str:
    """Return how the latest agreed rating stands to a move that rests on one."""
    agreed = agreed_now(standing) if rests_on_rating(move) else None
    if agreed is None:
        return ""
    name = entry_name(standing, agreed)
    if move in supported_by(standing, agreed):
        return _("Supported by: %(rating)s") % {"rating": name}
    if stale_since(standing, agreed) is not None:
        return _("Not supported: the latest rating is stale (%(rating)s)") % {"rating": name}
    return _("Not supported by the latest rating: %(rating)s") % {"rating": name}


def deciders(procedure: Procedure, move: Move) -> str:
    """Return who may decide a move, in words; nothing where anybody may."""
    return _(" or ").join(role_title(procedure, role) for role in move.decided_by)


def may_decide(move: Move, sight: Sight) -> bool:
    """Return whether the reader holds a role that may decide it."""
    if not move.decided_by:
        return sight.may_act
    return bool(sight.roles.intersection(move.decided_by))


def _may_override(
    procedure: Procedure, move: Move, failing: Sequence[Move | Gate]
) -> tuple[str, ...]:
    """Return the roles that may decide the move and go past everything that fails."""
    if not failing or not all(rule.override for rule in failing):
        return ()
    deciding = set(move.decided_by or procedure.roles)
    allowed = [set(rule.override_by or deciding) for rule in failing]
    return tuple(
        role for role in procedure.roles if role in deciding and all(role in a for a in allowed)
    )


def _rules(standing: Standing, move: Move, sight: Sight) -> list[Move | Gate]:
    """Return everything whose needs the move has to meet: itself, and the gates before it."""
    tried = Draft(
        id="",
        kind=moving_kind(standing, move),
        happened_at=sight.moment,
        author="",
        role=next(iter(sorted(sight.roles)), ""),
        data={"move": move.id, "step": move.to},
    )
    return [move, *(gate for gate in standing.procedure.gates if gate.on.matches(tried))]


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
    if isinstance(condition, Recorded | OnePerMember | NotStale):
        return condition.pattern
    if isinstance(condition, Latest):
        return Pattern(condition.pattern.kind, (*condition.pattern.where, *condition.has))
    if isinstance(condition, RestrictionInForce):
        return Pattern("restriction_imposed")
    return None


def _later(standing: Standing, condition: Condition, sight: Sight) -> str:
    """Return when time alone will make a condition hold, if it will."""
    if not isinstance(condition, Elapsed | DuePassed):
        return ""
    instants = [instant for instant in condition.flips(standing) if instant > sight.moment]
    if not instants:
        return ""
    return _("This holds from %(when)s.") % {"when": dates.moment(min(instants))}
