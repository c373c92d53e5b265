"""Which moves an agreed rating supports: read from what the moves themselves need."""

from collections.abc import Iterator

from candour.engine.conditions import AllOf, AnyOf, Condition, Latest, Recorded
from candour.engine.entries import Entry
from candour.engine.patterns import Pattern
from candour.engine.procedure import Move
from candour.engine.rated import stale_since
from candour.engine.standing import Standing
from candour.engine.vocabulary.ratings import AGREED


def agreed_now(standing: Standing) -> Entry | None:
    """Return the latest rating agreed, fresh or stale, or None."""
    return standing.latest(Pattern(AGREED))


def supported_by(standing: Standing, agreed: Entry) -> tuple[Move, ...]:
    """Return the moves from the present step that ask for a rating such as this one.

    A stale rating supports none. What else a move needs is not looked at here.
    """
    if stale_since(standing, agreed) is not None:
        return ()
    return tuple(
        move
        for move in standing.procedure.moves.values()
        if standing.step in move.from_steps
        and any(wanted.matches(agreed) for need in move.needs for wanted in _wanted(need))
    )


def rests_on_rating(move: Move) -> bool:
    """Say whether a move asks for an agreed rating at all."""
    return any(True for need in move.needs for _ in _wanted(need))


def _wanted(condition: Condition) -> Iterator[Pattern]:
    if isinstance(condition, AllOf | AnyOf):
        for part in condition.parts:
            yield from _wanted(part)
    elif isinstance(condition, Recorded | Latest) and condition.pattern.kind == AGREED:
        yield condition.pattern
