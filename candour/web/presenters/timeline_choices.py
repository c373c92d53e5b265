"""What a timeline can be narrowed by, from the case itself; and what it is, in words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from candour.engine import SYSTEM, Entry, Standing
from candour.engine.corrections import CORRECTION
from candour.engine.fields import blank
from candour.engine.meeting_rules import Part
from candour.engine.meetings import meetings, said_in
from candour.engine.vocabulary import GROUPS, KINDS
from candour.web import dates
from candour.web.presenters.agendas import meeting_title, part_words
from candour.web.presenters.naming import role_title, value_lines
from candour.web.spoken import said
from candour.web.spoken import told as _
from candour.web.timeline_filter import (
    BODY,
    OF_PART,
    PERSON,
    ROLE,
    TimelineFilter,
    entries_of,
    named_in,
)

AGENCY_FIELDS = ("agency", "agencies", "agencies_invited", "lead_agency", "present")
MOST_NAMED = 60  # bodies to choose from; the rest are found on the chronology


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: its value in the address, and its words."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Chip:
    """Something the timeline is narrowed by, and the address without it."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything to choose from, and what is chosen."""

    sorts: tuple[Choice, ...]
    who: tuple[Choice, ...]
    meetings: tuple[Choice, ...]
    chips: tuple[Chip, ...]


def choices(
    standing: Standing,
    asked: TimelineFilter,
    names: Mapping[str, str],
    *,
    anchor: str = "",
    extra: Mapping[str, str] | None = None,
) -> Choices:
    """Return what the timeline of a case can be narrowed by.

    Args:
        standing: the case.
        asked: what is chosen already.
        names: the names of the people who recorded, by their numbers.
        anchor: the part of the page to come back to when something is taken away.
        extra: what the address holds besides, and keeps.
    """
    told = [entry for entry in standing.chronicle if entry.kind != CORRECTION]
    found = Choices(
        sorts=tuple(_sorts(told)),
        who=tuple(_who(standing, told, names)),
        meetings=tuple(_meetings(standing)),
        chips=(),
    )
    return replace(found, chips=tuple(_chips(asked, found, _Back(anchor, extra or {}))))


def _counted(words: str, number: int) -> str:
    return f"{words} ({number})"


def _sorts(told: Sequence[Entry]) -> Iterator[Choice]:
    """Yield each group of kinds that the case has, and under it the kinds themselves."""
    kinds = Counter(entry.kind for entry in told)
    for group, words in GROUPS.items():
        own = {name: number for name, number in kinds.items() if KINDS[name].group == group}
        if own:
            yield Choice(group, _counted(said(words), sum(own.values())))
        if len(own) > 1:
            for name, number in own.items():
                yield Choice(name, _counted(f"– {said(KINDS[name].title)}", number))


def _who(standing: Standing, told: Sequence[Entry], names: Mapping[str, str]) -> Iterator[Choice]:
    people = Counter(entry.author for entry in told if entry.author != SYSTEM)
    for author, number in sorted(people.items(), key=lambda pair: names.get(pair[0], "")):
        if author in names:
            yield Choice(f"{PERSON}:{author}", _counted(names[author], number))
    roles = Counter(entry.role for entry in told)
    for role, number in roles.items():
        yield Choice(f"{ROLE}:{role}", _counted(role_title(standing.procedure, role), number))
    bodies = Counter(
        name
        for entry in told
        for name in set(named_in(standing.procedure_of(entry.id).kind(entry.kind), entry))
    )
    for name, number in sorted(bodies.most_common(MOST_NAMED)):
        yield Choice(f"{BODY}:{name}", _counted(name, number))


def agencies_of(standing: Standing) -> list[str]:
    """Return the agencies that a case names as such: called on, invited, there, or leading."""
    found = Counter(
        line
        for entry in standing.chronicle
        for known in standing.procedure_of(entry.id).kind(entry.kind).fields
        if known.name in AGENCY_FIELDS and not blank(entry.data.get(known.name))
        for line in value_lines(known, entry.data[known.name])
    )
    return sorted(found)


def _meetings(standing: Standing) -> Iterator[Choice]:
    """Yield each meeting, the latest first, with its parts where it was held in parts."""
    for meeting in reversed(meetings(standing)):
        day = dates.day(meeting.began_at)
        title = f"{meeting_title(standing, meeting.name)}, {day}"
        yield Choice(meeting.began_by.id, _counted(title, len(entries_of(standing, meeting))))
        within = Counter(each.part for each in said_in(standing, meeting))
        for part in Part:
            if within[part]:
                words = f"– {part_words(part)}, {day}"
                value = f"{meeting.began_by.id}{OF_PART}{part}"
                yield Choice(value, _counted(words, within[part]))


@dataclass(frozen=True, slots=True)
class _Back:
    """Where somebody is when they have taken a choice away."""

    anchor: str
    extra: Mapping[str, str]

    def to(self, asked: TimelineFilter) -> str:
        query = asked.query(**self.extra) or "?"
        return f"{query}#{self.anchor}" if self.anchor else query


def _chips(asked: TimelineFilter, found: Choices, back: _Back) -> Iterator[Chip]:
    for name, offered in (("sort", found.sorts), ("who", found.who), ("meeting", found.meetings)):
        if value := asked.value(name):
            yield Chip(_words(offered, value), back.to(asked.without(name)))
    for name, words in (("since", _("From %(day)s")), ("until", _("To %(day)s"))):
        if on := asked.day(name):
            yield Chip(words % {"day": dates.day(on)}, back.to(asked.without(name)))


def _words(offered: Iterable[Choice], value: str) -> str:
    known = next((choice.words for choice in offered if choice.value == value), "")
    return known.removeprefix("– ").rpartition(" (")[0] or _("Nothing in this case")
