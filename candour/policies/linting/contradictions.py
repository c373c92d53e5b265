"""Conditions that can never hold: on impossible entries, or against each other."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import cast

from candour.engine.conditions import (
    UNSAID,
    AllOf,
    AllowedFirst,
    Among,
    AnyOf,
    AtStep,
    Condition,
    Elapsed,
    FitsMatrix,
    Latest,
    NoneForMember,
    Not,
    NotCopied,
    NotMilder,
    NotStale,
    OnePerMember,
    ProcessRunning,
    Proposed,
    Recorded,
    RestrictionInForce,
)
from candour.engine.patterns import ANY_VALUE, Pattern, Where
from candour.policies.linting.possible import Possible

ONCE = "case_opened"  # the kind that stands exactly once in every case


@dataclass(frozen=True)
class Setting:
    """Where conditions stand: the steps a case can be at then, and the entry proposed, if any."""

    possible: Possible
    steps: frozenset[str]
    proposing: Pattern | None = None
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Literal:
    """A condition that must hold, or must not."""

    holds: bool
    condition: Condition


def never(needs: Iterable[Condition], setting: Setting) -> str:
    """Return why `needs` can never all hold; empty when, as far as can be told, they can."""
    literals = [literal for need in needs for literal in _literals(need, holds=True)]
    alone = (_alone(literal, setting) for literal in literals)
    clashes = (_clash(one, other) for one, other in combinations(literals, 2))
    return next((why for whys in (alone, clashes) for why in whys if why), "")


def _literals(condition: Condition, *, holds: bool) -> Iterator[Literal]:
    """Yield what must hold and what must not, for `condition` to hold (or not to)."""
    if isinstance(condition, Not):
        yield from _literals(condition.part, holds=not holds)
    elif isinstance(condition, AllOf if holds else AnyOf):
        for part in condition.parts:
            yield from _literals(part, holds=holds)
    else:
        yield Literal(holds, condition)


def _alone(literal: Literal, setting: Setting) -> str:
    condition = literal.condition
    if not literal.holds:
        return _always(condition, setting)
    if isinstance(condition, AnyOf):
        ways = [never([part], setting) for part in condition.parts]
        return "; ".join(ways) if all(ways) else ""
    if isinstance(condition, AtStep):
        return _nowhere(condition, setting)
    if isinstance(condition, Proposed):
        return _never_proposed(condition, setting)
    return _missing(condition, setting.possible)


def _missing(condition: Condition, possible: Possible) -> str:
    """Return what a condition asks for that there can never be."""
    if (
        isinstance(condition, FitsMatrix | NotMilder | NotStale)
        and possible.procedure.matrix is None
    ):
        return "the procedure has no matrix"
    often = condition.at_least if isinstance(condition, Recorded) else 1
    patterns = list(_patterns(condition))
    if often > 1 and patterns[0].kind == ONCE:
        return f"“{ONCE}” is recorded once in a case, never {often} times"
    return next(filter(None, (possible.why_not(pattern) for pattern in patterns)), "")


def _always(condition: Condition, setting: Setting) -> str:
    """Return why a condition holds whenever it is asked, so that its opposite never does."""
    if isinstance(condition, AtStep) and setting.steps <= set(condition.steps):
        return f"the case is always at {' or '.join(sorted(setting.steps))} then"
    if isinstance(condition, Recorded) and condition.pattern == Pattern(ONCE):
        return "every case has been opened"
    return ""


def _nowhere(condition: AtStep, setting: Setting) -> str:
    if setting.steps & set(condition.steps):
        return ""
    here = ", ".join(sorted(setting.steps)) or "no step"
    return f"it asks for the step {' or '.join(condition.steps)}, but can only be at {here}"


def _never_proposed(condition: Proposed, setting: Setting) -> str:
    if setting.proposing is None:
        return "nobody proposes an entry here"
    if setting.roles and condition.roles and not set(setting.roles) & set(condition.roles):
        return f"it asks for {', '.join(condition.roles)}, who may not decide it"
    kind, own = setting.proposing.kind, setting.proposing.where
    clash = next((f for f in (_disjoint(a, b) for a in own for b in condition.has) if f), "")
    return clash or setting.possible.why_not(Pattern(kind, condition.has))


def _patterns(condition: Condition) -> Iterator[Pattern]:
    """Yield the patterns that must be possible for a condition to hold."""
    if isinstance(condition, Latest):
        yield condition.pattern
        yield replace(condition.pattern, where=condition.has)
        yield from filter(None, [condition.since])
    elif isinstance(condition, OnePerMember):
        yield from (condition.pattern, condition.members)
        yield from filter(None, [condition.excused])
    elif isinstance(condition, Recorded | Elapsed):
        yield condition.pattern
        if condition.since is not None:
            yield condition.since
    elif isinstance(condition, RestrictionInForce):
        kinds = (Where("restriction", condition.kinds),) if condition.kinds else ()
        yield Pattern("restriction_imposed", kinds)
    elif isinstance(condition, ProcessRunning):
        kinds = (Where("process", condition.kinds),) if condition.kinds else ()
        yield Pattern("process_started", kinds)
    elif isinstance(condition, AllowedFirst):
        to = (Where("recipients", (condition.recipient,)),)
        yield from (*condition.patterns, Pattern("sharing_allowed", to, condition.roles))
    elif isinstance(condition, Among):
        yield condition.pattern
    else:
        yield from _of_ratings(condition)


def _of_ratings(condition: Condition) -> Iterator[Pattern]:
    if isinstance(condition, NotMilder):
        yield condition.pattern
        yield from filter(None, [condition.meeting])
    elif isinstance(condition, NotStale | NoneForMember):
        yield condition.pattern
    elif isinstance(condition, NotCopied):
        yield from condition.of


def _clash(one: Literal, other: Literal) -> str:
    """Return why two literals cannot both hold; empty when they can."""
    if one.holds and other.holds:
        return _both(one.condition, other.condition)
    if one.holds == other.holds:
        return ""
    yes, no = (one, other) if one.holds else (other, one)
    if _bare(yes.condition) == _bare(no.condition) or _implied(yes.condition, no.condition):
        return f"it asks for {_named(yes.condition)} and for its opposite"
    return ""


def _both(one: Condition, other: Condition) -> str:
    if isinstance(one, AtStep) and isinstance(other, AtStep):
        if set(one.steps) & set(other.steps):
            return ""
        return f"a case cannot be at {' or '.join(one.steps)} and at {' or '.join(other.steps)}"
    if isinstance(one, Latest) and isinstance(other, Latest) and one.pattern == other.pattern:
        pairs = (_disjoint(a, b) for a in one.has for b in other.has)
        return next(filter(None, pairs), "")
    return ""


def _disjoint(one: Where, other: Where) -> str:
    """Return why one field cannot have both values; lists can, so they are never disjoint here."""
    free = ANY_VALUE in (*one.values, *other.values)
    if one.field != other.field or free or set(one.values) & set(other.values):
        return ""
    values = f"{' or '.join(map(str, one.values))} and {' or '.join(map(str, other.values))}"
    return f"“{one.field}” cannot be {values} at once"


def _implied(yes: Condition, no: Condition) -> bool:
    """Say whether what must hold makes true what must not."""
    if not (isinstance(yes, Recorded) and isinstance(no, Recorded)):
        return False
    enough = yes.at_least >= no.at_least and no.since in (None, yes.since)
    return enough and _narrower(yes.pattern, no.pattern)


def _narrower(pattern: Pattern, wide: Pattern) -> bool:
    """Say whether everything that fits `pattern` also fits `wide`."""
    if pattern.kind != wide.kind:
        return False
    if wide.roles and not (pattern.roles and set(pattern.roles) <= set(wide.roles)):
        return False
    own = {where.field: where.values for where in pattern.where}
    return all(
        where.field in own
        and (where.values == (ANY_VALUE,) or set(own[where.field]) <= set(where.values))
        for where in wide.where
    )


def _bare(condition: Condition) -> object:
    """Return a condition without what it says to people, so that like ones are equal."""
    if isinstance(condition, AllOf | AnyOf):
        return type(condition).__name__, tuple(_bare(part) for part in condition.parts)
    if isinstance(condition, Not):
        return "Not", _bare(condition.part)
    # Every condition is a frozen dataclass; the protocol cannot say so.
    return replace(cast("Recorded", condition), says=UNSAID)


def _named(condition: Condition) -> str:
    said = condition.says.en.rstrip(".")
    pattern = getattr(condition, "pattern", None)
    return f"“{said}”" if said else f"{pattern or type(condition).__name__}"
