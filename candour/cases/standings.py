"""Standings kept from one question to the next, so that a case is folded once and then added to.

A kept standing is used only where the log still holds the very entries it was folded from: its
end must be the log's end, or the log must go on from it. Readers reach this with a `Head` that row
security let them read, so nothing is shown that they may not see.
"""

from collections import OrderedDict
from dataclasses import dataclass, replace
from threading import Lock

from candour.cases import chain
from candour.cases.log import Head, Logged, entries_after
from candour.cases.procedures import unread
from candour.cases.projections import Settled
from candour.engine import Procedure, Standing, fold

MOST = 256  # cases; one of 100 entries takes some 200 kB


class LogChanged(RuntimeError):
    """A log and the end that its case gives do not belong together."""

    def __init__(self, head: Head) -> None:
        super().__init__(
            f"The log of {head.ref} does not end where its case says. Nothing was recorded. "
            f"Run: candour verify --case {head.ref}"
        )


@dataclass(frozen=True, slots=True)
class Kept:
    """A standing, and the end of the log that it was folded from.

    `head` is the case's as it was when last read or written, and `settled` what goes with it.
    """

    seq: int
    hash: bytes
    standing: Standing
    settled: Settled | None = None
    head: Head | None = None


_kept: OrderedDict[int, Kept] = OrderedDict()
_lock = Lock()


def standing_at(head: Head) -> Standing:
    """Return the standing of a case whose log ends at `head`: at most one query, often none.

    Raises:
        LogChanged: the log does not end there.
    """
    procedure = head.procedure
    kept = _find(head, procedure)
    if kept is None or kept.seq > head.seq:
        kept = _from_the_start(head, procedure)
    elif kept.seq < head.seq:
        kept = _with_tail(kept, head) or _from_the_start(head, procedure)
    if (kept.seq, kept.hash) != (head.seq, head.hash):
        kept = _from_the_start(head, procedure)
    keep(head.case_id, replace(kept, head=head))
    return kept.standing


def settled_at(head: Head) -> Settled:
    """Return the standing of a case with the instant it was last settled at, as `standing_at`.

    Raises:
        LogChanged: the log does not end at `head`.
    """
    standing = standing_at(head)
    with _lock:
        kept = _kept.get(head.case_id)
    found = kept.settled if kept else None
    if found is None or found.standing is not standing or found.at != head.settled_at:
        return Settled(standing, head.settled_at)
    return found


def remembered(case_id: int) -> Head | None:
    """Return the head of a case as it was last read or written, if its standing is kept.

    Others may have moved it since, or what was written may have been rolled back: only to be
    used where the database then checks it.
    """
    with _lock:
        kept = _kept.get(case_id)
    return kept.head if kept else None


def keep(case_id: int, kept: Kept) -> None:
    """Remember a standing, letting go of the one used longest ago."""
    with _lock:
        _kept[case_id] = kept
        _kept.move_to_end(case_id)
        if len(_kept) > MOST:
            _kept.popitem(last=False)


def forget(case_id: int) -> None:
    """Let go of the standing of one case."""
    with _lock:
        _kept.pop(case_id, None)


def forget_all() -> None:
    """Let go of every standing kept, so that the next question folds from the log."""
    with _lock:
        _kept.clear()


def _find(head: Head, procedure: Procedure) -> Kept | None:
    with _lock:
        kept = _kept.get(head.case_id)
    return kept if kept is not None and kept.standing.procedure is procedure else None


def _with_tail(kept: Kept, head: Head) -> Kept | None:
    """Return what is kept with the entries since, or None where they do not follow from it."""
    tail = list(entries_after(head.case_id, kept.seq))
    if not tail or kept.seq + len(tail) < head.seq:
        return None
    tail = tail[: head.seq - kept.seq]
    return _folded(kept, tail) if tail[-1].hash == head.hash and _follows(kept, tail) else None


def _follows(kept: Kept, tail: list[Logged]) -> bool:
    """Whether the first new entry follows the last one kept: a rolled-back one may differ."""
    return chain.link(kept.hash, tail[0].canonical) == tail[0].hash


def _from_the_start(head: Head, procedure: Procedure) -> Kept:
    logged = list(entries_after(head.case_id))[: head.seq]
    if len(logged) < head.seq or (logged and logged[-1].hash != head.hash):
        raise LogChanged(head)
    entries = [one.entry for one in logged]
    standing = fold(procedure, entries, onto=unread(procedure, entries))
    return Kept(len(logged), logged[-1].hash if logged else chain.start(head.ref), standing)


def _folded(kept: Kept, tail: list[Logged]) -> Kept:
    standing = fold(kept.standing.procedure, (logged.entry for logged in tail), onto=kept.standing)
    return Kept(kept.seq + len(tail), tail[-1].hash, standing)
