"""Many open times of one duty as one line: how many, the earliest date, and each when opened.

A home that closes owes the same thing for every resident. One by one they would hide everything
else that is due.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import ngettext

from candour.engine import DutyAt, Standing
from candour.web.presenters.addresses import due_date_page
from candour.web.presenters.dues import DueLine, due_lines
from candour.web.presenters.sight import Sight
from candour.web.spoken import said

MANY = 4  # so many open times of a duty stand as one line


@dataclass(frozen=True, slots=True)
class OneOfMany:
    """One time of a duty in its group, and the page that says why it is due then."""

    line: DueLine
    why_page: str


@dataclass(frozen=True, slots=True)
class DueGroup:
    """The open times of one duty: `first` is the earliest, `late` how many are late already.

    `number` says how many they are, in words.
    """

    what: str
    number: str
    first: DueLine
    late: str
    times: tuple[OneOfMany, ...]


@dataclass(frozen=True, slots=True)
class DueList:
    """What is due, times of one duty together; `lines` are all of them, one by one.

    `triggers` are the ids of the entries that the reasons on the page lead back to.
    """

    lines: tuple[DueLine, ...]
    shown: tuple[DueLine | DueGroup, ...]
    triggers: frozenset[str]


def due_list(standing: Standing, duties: tuple[DutyAt, ...], sight: Sight) -> DueList:
    """Return what is due, in the order given; a group stands where its earliest would."""
    many = _many(at.owed.duty.id for at in duties)
    in_order = _as_opened(standing, duties)
    proved = _proved(in_order, many)
    lines = due_lines(standing, duties, sight, proved)
    grouped = _groups(in_order, {line.key: line for line in lines}, sight, many)
    return DueList(
        lines=lines,
        shown=tuple(grouped.get(line.duty, line) for line in lines if line.key in proved),
        triggers=frozenset(at.owed.trigger for at in duties if at.owed.key in proved),
    )


def _many(duties: Iterable[str]) -> set[str]:
    return {duty for duty, times in Counter(duties).items() if times >= MANY}


def _as_opened(standing: Standing, duties: Iterable[DutyAt]) -> list[DutyAt]:
    """Return them soonest first; of one date, in the order that a list or checklist gave them."""
    places = {key: place for place, key in enumerate(standing.duties)}
    return sorted(
        duties,
        key=lambda at: (
            at.owed.due.late_from is None,
            at.owed.due.late_from,
            places[at.owed.key],
        ),
    )


def _proved(duties: Iterable[DutyAt], many: set[str]) -> set[str]:
    """Return the keys of the times whose days are drawn: of many, only of the earliest."""
    first: dict[str, str] = {}
    for at in duties:
        owed = at.owed
        first.setdefault(owed.duty.id if owed.duty.id in many else owed.key, owed.key)
    return set(first.values())


def _groups(
    duties: Iterable[DutyAt], lines: Mapping[str, DueLine], sight: Sight, many: set[str]
) -> dict[str, DueGroup]:
    """Return the groups by the ids of their duties; `lines` are by the keys of their times."""
    held: dict[str, list[DutyAt]] = {}
    for at in duties:
        if at.owed.duty.id in many:
            held.setdefault(at.owed.duty.id, []).append(at)
    return {
        duty: _group(said(times[0].owed.duty.title), [lines[at.owed.key] for at in times], sight)
        for duty, times in held.items()
    }


def _group(title: str, lines: list[DueLine], sight: Sight) -> DueGroup:
    late = sum(line.soon == "late" for line in lines)
    return DueGroup(
        what=title,
        number=times_words(len(lines)),
        first=lines[0],
        late=late_words(late) if late else "",
        times=tuple(OneOfMany(line, due_date_page(sight.ref, line.key)) for line in lines),
    )


def times_words(number: int) -> str:
    """Return how often something is owed: “17 times”."""
    return ngettext("%(n)s time", "%(n)s times", number) % {"n": number}


def late_words(number: int) -> str:
    """Return how many are late: “3 late”."""
    return ngettext("%(n)s late", "%(n)s late", number) % {"n": number}
