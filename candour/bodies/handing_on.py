"""How a function passes from body to body, and who holds it on a day.

Pure: bodies are numbers, successions are steps. A function may pass on several times, be shared out
among several bodies, or come back.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from candour.bodies.effective import is_effective


@dataclass(frozen=True, slots=True)
class Step:
    """One body takes a function over from another; `on` is the first day of the one after."""

    before: int
    after: int
    on: date


@dataclass(frozen=True, slots=True)
class Held:
    """A row that says that a body holds a function, from one day to another."""

    row: int
    body: int
    begins: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """Who holds a function on a day, and by which row: `inherited` where it is a predecessor's."""

    body: int
    row: int
    inherited: bool = False


def steps_by_body(steps: Iterable[Step]) -> Mapping[int, Sequence[Step]]:
    """Return steps by the body that hands on, as the functions of this module take them."""
    found: dict[int, list[Step]] = defaultdict(list)
    for step in steps:
        found[step.before].append(step)
    return found


def holders(
    body: int, steps: Mapping[int, Sequence[Step]], day: date, *, since: date = date.min
) -> set[int]:
    """Return who holds on a day what a body held from `since` on; nobody where it goes in a circle.

    Args:
        body: the body that held it.
        steps: every step, by the body that hands on.
        day: a step counts from its own day on.
        since: steps before it are no longer asked about.
    """
    found: set[int] = set()
    waiting, seen = [(body, since)], {(body, since)}
    while waiting:
        holder, begun = waiting.pop()
        onward = [step for step in steps.get(holder, ()) if begun <= step.on <= day]
        if not onward:
            found.add(holder)
        for step in onward:
            if (step.after, step.on) not in seen:
                seen.add((step.after, step.on))
                waiting.append((step.after, step.on))
    return found


def holding_on(
    rows: Sequence[Held],
    steps: Mapping[int, Sequence[Step]],
    day: date,
    *,
    keeping: Collection[int] = (),
) -> list[Holding]:
    """Return who holds a function on a day, row by row, those who hold by their own rows first.

    A body whose own row holds comes by that row. What a row's body has handed on comes to whoever
    came after it, unless that one keeps rows of its own for the function: those say where it holds
    it.

    Args:
        rows: rows of one function that have begun, for the area or service asked about.
        steps: the steps of that function, by the body that hands on.
        day: the London day asked about.
        keeping: bodies with rows of their own for the function on that day, wherever they are for.
    """
    own: list[Holding] = []
    later: list[Holding] = []
    for row in rows:
        onward = _handed_on(row, steps, day)
        if not onward:
            if is_effective(day, row.begins, row.ends):
                own.append(Holding(row.body, row.row))
            continue
        after = {body for step in onward for body in holders(step.after, steps, day, since=step.on)}
        later += [Holding(body, row.row, inherited=True) for body in sorted(after - {*keeping})]
    holding = {each.body for each in own}
    return [*own, *(each for each in later if each.body not in holding)]


def _handed_on(row: Held, steps: Mapping[int, Sequence[Step]], day: date) -> list[Step]:
    """Return the first steps by which a row's body handed on what the row says that it held.

    A row that ended before the step was not handed on; nor one that began on its day or later.
    """
    last = date.max if row.ends is None or row.ends == date.max else row.ends + timedelta(days=1)
    found = [
        step
        for step in steps.get(row.body, ())
        if step.on <= min(day, last) and (row.begins is None or step.on > row.begins)
    ]
    first = min((step.on for step in found), default=None)
    return [step for step in found if step.on == first]
