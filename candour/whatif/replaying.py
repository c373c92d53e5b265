"""Replays cases under a draft: here, or in several processes that each read for themselves."""

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path

from candour import policies
from candour.engine import EngineError, Procedure, Standing, kinds_alike, what_if
from candour.whatif.tally import Asked, Subject, Tally

AT_ONCE = 100  # cases read with two queries
WORTH_PROCESSES = 1_000  # cases; below that starting processes takes longer than it saves
MOST_PROCESSES = 4
MOST_PAIRS = 16  # of procedures whose kinds are remembered as alike; each keeps a draft in memory

Progress = Callable[[int, int], None]  # cases done, of how many


def replay(asked: Asked, tally: Tally, cases: Iterable[tuple[Subject, Standing]]) -> None:
    """Count what the draft would change in each of these cases."""
    for subject, standing in cases:
        try:
            alike = _alike(asked.draft, standing.procedure)
            tally.take(subject, what_if(standing, asked.draft, asked.as_of, alike))
        except EngineError as error:
            tally.cannot(subject, str(error))


_kinds_alike: dict[tuple[int, int], tuple[Procedure, Procedure, frozenset[str]]] = {}


def _alike(draft: Procedure, present: Procedure) -> frozenset[str]:
    """Return the kinds that both have alike, worked out once for every two that are met."""
    key = (id(draft), id(present))  # both are kept beside it, so no other can have their number
    if key not in _kinds_alike:
        if len(_kinds_alike) >= MOST_PAIRS:
            _kinds_alike.clear()
        _kinds_alike[key] = (draft, present, kinds_alike(draft, present))
    return _kinds_alike[key][2]


def replay_caseload(asked: Asked, using: str, numbers: Sequence[int], progress: Progress) -> Tally:
    """Return what the draft would change in these cases, replayed in this process.

    The caller has opened the transaction, and so says which cases may be seen.
    """
    tally = asked.tally()
    for done, chunk in _chunks(numbers):
        _replay_chunk(asked, tally, using, chunk)
        progress(done, len(numbers))
    return tally


@dataclass(frozen=True, slots=True)
class Errand:
    """What another process is told: where the draft lies, and the rest of what is asked."""

    draft: Path
    instead_of: str
    as_of: datetime
    weeks: int

    def asked(self) -> Asked:
        """Return what is asked, with the draft read."""
        return Asked(policies.load(self.draft), self.instead_of, self.as_of, self.weeks)


def replay_in_processes(
    errand: Errand, using: str, numbers: Sequence[int], progress: Progress, processes: int = 0
) -> Tally:
    """Return what `replay_caseload` does, shared out over processes with a connection each.

    Every process reads, in transactions in which the database refuses to write.
    """
    asked = errand.asked()
    processes = processes or min(MOST_PROCESSES, os.cpu_count() or 1)
    from candour.whatif.caseload import reading_only  # noqa: PLC0415  # needs Django set up

    if processes == 1 or len(numbers) < WORTH_PROCESSES:
        with reading_only(using):
            return replay_caseload(asked, using, numbers, progress)
    total, done = asked.tally(), 0
    pool = ProcessPoolExecutor(processes, get_context("spawn"), _begin, (errand, using))
    with pool:
        waiting = {pool.submit(_one_chunk, chunk): len(chunk) for _, chunk in _chunks(numbers)}
        for finished in as_completed(waiting):
            total.add(finished.result())
            done += waiting[finished]
            progress(done, len(numbers))
    return total


def _chunks(numbers: Sequence[int]) -> Iterator[tuple[int, Sequence[int]]]:
    for start in range(0, len(numbers), AT_ONCE):
        chunk = numbers[start : start + AT_ONCE]
        yield start + len(chunk), chunk


def _replay_chunk(asked: Asked, tally: Tally, using: str, numbers: Sequence[int]) -> None:
    from candour.whatif.caseload import read  # noqa: PLC0415  # needs Django set up

    for case in read(using, numbers, asked.as_of):
        try:
            replay(asked, tally, [(case.subject, case.standing())])
        except EngineError as error:
            tally.cannot(case.subject, str(error))


_told: tuple[Asked, str]


def _begin(errand: Errand, using: str) -> None:
    """Make this new process ready: Django, and the draft read once."""
    global _told  # noqa: PLW0603  # how a process of a pool keeps what it was told
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "candour.site.settings")
    import django  # noqa: PLC0415  # only here is it known to be wanted

    django.setup()
    _told = (errand.asked(), using)
    gc.freeze()  # what is loaded by now stays, so no collection need look through it again


def _one_chunk(numbers: Sequence[int]) -> Tally:
    from candour.whatif.caseload import reading_only  # noqa: PLC0415  # needs Django set up

    asked, using = _told
    tally = asked.tally()
    with reading_only(using):
        _replay_chunk(asked, tally, using, numbers)
    return tally
