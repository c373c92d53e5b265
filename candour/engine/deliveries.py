"""Deliveries: which tellings did not arrive, and which of those were made good by telling again.

A failure (`delivery_failed`) refers to the entry that told, or to the `sent_again` that repeated
it; a `sent_again` refers to the failure that it answers. A telling to several may fail for some of
them; it is made good once every failure is answered.
"""

from collections.abc import Mapping, Sequence

from candour.engine.entries import Entry
from candour.engine.vocabulary.delivering import AGAIN, FAILED

ByKind = Mapping[str, Sequence[Entry]]


def told_at_bottom(entry: Entry, by_kind: ByKind) -> tuple[str, ...]:
    """Return the tellings that a failure or a sending again is about, each once."""
    between = {e.id: e for kind in (FAILED, AGAIN) for e in by_kind.get(kind, ())}
    found: dict[str, None] = {}
    waiting = list(entry.refers_to)
    while waiting:
        ref = waiting.pop()
        if ref in between:
            waiting.extend(between[ref].refers_to)
        else:
            found[ref] = None
    return tuple(found)


def told_again(told: str, by_kind: ByKind) -> list[Entry]:
    """Return each time that this was sent again, in order."""
    return [e for e in by_kind.get(AGAIN, ()) if told in told_at_bottom(e, by_kind)]


def carriers(told: str, by_kind: ByKind) -> frozenset[str]:
    """Return the entries by which this was told: itself, and each time that it was sent again."""
    return frozenset((told, *(again.id for again in told_again(told, by_kind))))


def undelivered(told: str, by_kind: ByKind) -> bool:
    """Whether somebody whom this should have told has still not been reached."""
    answered = {ref for entry in by_kind.get(AGAIN, ()) for ref in entry.refers_to}
    return any(
        failed.id not in answered and told in told_at_bottom(failed, by_kind)
        for failed in by_kind.get(FAILED, ())
    )
