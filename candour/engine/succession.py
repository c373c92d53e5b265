"""A case goes on under another procedure: what is carried over, and what fits.

What was done stays done. What is owed is owed by the new rules, counted from the same beginnings,
and nothing becomes late through a rule that did not hold when its time ran out.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from candour.engine.duties import OpenDuty
from candour.engine.entries import Entry
from candour.engine.fields import Problem
from candour.engine.procedure import Procedure


def fitting(entry: Entry, wrong: Iterable[Problem]) -> Entry:
    """Return the entry without the values that are `wrong` under another procedure."""
    names = {problem.field for problem in wrong}
    if not names:
        return entry
    data = {name: value for name, value in entry.data.items() if name not in names}
    return replace(entry, data=data)


def misfits(procedure: Procedure, entry: Entry) -> Iterator[Problem]:
    """Yield what is wrong with an entry under a procedure that it was not recorded under."""
    if entry.kind not in procedure.kinds:
        title = procedure.kind(entry.kind).title.en
        yield Problem("kind", f"“{title}” is not recorded under this procedure.")
    yield from procedure.kind(entry.kind).problems(entry.data)


def carried_over(
    before: Mapping[str, OpenDuty], recounted: Mapping[str, OpenDuty], change: Entry
) -> dict[str, OpenDuty]:
    """Return the duties of a case once `change` has put another procedure in force.

    Args:
        before: the duties as they stood, by key.
        recounted: the duties as they would stand had the new procedure always held.
        change: the entry that changed to it.
    """
    after = {
        key: owed if not owed.is_open else _still_owed(owed, recounted.get(key), change)
        for key, owed in before.items()
    }
    for key, now in recounted.items():
        if not now.is_open or (key in before and before[key].is_open):
            continue
        if key not in before and not _over(now, change):
            after[key] = now
        elif key in before and now.duty.clock.repeats:
            again = f"{key}:{change.id}"  # this time of it was done under the old rule
            after[again] = now._replace(key=again)
    return after


def _still_owed(owed: OpenDuty, now: OpenDuty | None, change: Entry) -> OpenDuty:
    """Return a duty that was owed as it is owed from now on, or as ended where it is not."""
    if now is None:
        return owed._replace(ended_by=change.id)
    if _over(now, change) and not _over(owed, change):
        return now._replace(due=owed.due, fixed_by=owed.fixed_by or change.id)
    return now


def _over(owed: OpenDuty, change: Entry) -> bool:
    """Say whether the time of a duty had run out by the change."""
    late_from = owed.due.late_from
    return owed.is_open and late_from is not None and late_from <= change.happened_at
