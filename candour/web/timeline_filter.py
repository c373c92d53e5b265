"""What a timeline was asked for: sort of entry, person or body, days, meeting; kept in the address.

`TimelineFilter` reads it; whether an entry passes is asked of it one by one.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from candour.documents.facts.seen import closed_field
from candour.engine import Entry, Standing
from candour.engine.fields import blank
from candour.engine.kinds import Kind
from candour.engine.london import local
from candour.engine.meetings import Meeting, meetings, said_in
from candour.engine.templates import Audience
from candour.web.forms.days import PARTS
from candour.web.forms.spans import boxes_of, day_of, faults_of
from candour.web.presenters.naming import value_lines

CHOICES = ("sort", "who", "meeting")
DAYS = ("since", "until")
PERSON, ROLE, BODY = "person", "role", "body"  # what `who` names, before a colon
OF_PART = "~"  # between a meeting and one of its parts
LONGEST = 300

# Fields whose values are bodies, or people who speak for one.
NAMING = frozenset(
    {
        *("agency", "agencies", "agencies_invited", "lead_agency", "to_body"),
        *("present", "apologies", "to", "from_whom", "with_whom", "by_whom", "sent_to"),
        *("jointly_with", "co_ordinated_with", "sender", "signed_by"),
    }
)


@dataclass(frozen=True, slots=True)
class TimelineFilter:
    """What is asked for, as it was typed; what makes no sense there narrows nothing."""

    typed: Mapping[str, str]

    @classmethod
    def from_query(cls, query: QueryDict) -> "TimelineFilter":
        """Return the filter in an address."""
        days = [f"{name}-{part}" for name in DAYS for part in PARTS]
        read = {name: _plain(query.get(name, "")) for name in (*CHOICES, *days)}
        return cls({name: value for name, value in read.items() if value})

    def __bool__(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.typed)

    def value(self, name: str) -> str:
        """Return what was chosen under a name, or nothing."""
        return self.typed.get(name, "")

    def day_parts(self, name: str) -> dict[str, str]:
        """Return the boxes of a day as they were typed."""
        return boxes_of(self.typed, name)

    def day(self, name: str) -> date | None:
        """Return the day typed, or None when there is none or it cannot be read."""
        return day_of(self.typed, name)

    def faults(self) -> dict[str, str]:
        """Return what is wrong with the days, under the names of their fields."""
        in_order = _("To must be the same day as “From” or later")
        return faults_of(self.typed, _("From"), _("To"), in_order)

    def without(self, name: str) -> "TimelineFilter":
        """Return the same without one of its parts."""
        own = {name, *(f"{name}-{part}" for part in PARTS)}
        return replace(self, typed={k: v for k, v in self.typed.items() if k not in own})

    def query(self, **more: str) -> str:
        """Return it as the query of an address, with its question mark, or nothing."""
        parts = {**self.typed, **{name: value for name, value in more.items() if value}}
        return f"?{urlencode(parts)}" if parts else ""

    def passing(self, standing: Standing) -> "Passing":
        """Return what decides which entries of a case are shown."""
        name, _tilde, part = self.value("meeting").partition(OF_PART)
        chosen = next((m for m in meetings(standing) if m.began_by.id == name), None)
        return Passing(
            asked=self,
            standing=standing,
            since=self.day("since"),
            until=self.day("until"),
            in_meeting=entries_of(standing, chosen, part) if chosen else None,
        )


@dataclass(frozen=True, slots=True)
class Passing:
    """Decides which entries of a case a filter lets through."""

    asked: TimelineFilter
    standing: Standing
    since: date | None
    until: date | None
    in_meeting: frozenset[str] | None

    def __call__(self, entry: Entry) -> bool:
        """Say whether an entry, as it holds after corrections, is one of those asked for."""
        on = local(entry.happened_at).date()
        return (
            (self.in_meeting is None or entry.id in self.in_meeting)
            and (self.since is None or on >= self.since)
            and (self.until is None or on <= self.until)
            and self._is_of_sort(entry)
            and self._is_of(entry)
        )

    def _is_of_sort(self, entry: Entry) -> bool:
        sort = self.asked.value("sort")
        return not sort or sort in (
            entry.kind,
            self.standing.procedure_of(entry.id).kind(entry.kind).group,
        )

    def _is_of(self, entry: Entry) -> bool:
        sort, _colon, name = self.asked.value("who").partition(":")
        match sort:
            case "person":
                return entry.author == name
            case "role":
                return entry.role == name
            case "body":
                kind = self.standing.procedure_of(entry.id).kind(entry.kind)
                return name in named_in(kind, entry)
            case _:
                return True


def named_in(kind: Kind, entry: Entry) -> Iterator[str]:
    """Yield the bodies that an entry names, in the language of the page.

    Who reported something is none of them: a list to choose from would put every name side by side.
    """
    for known in kind.fields:
        if known.name not in NAMING or closed_field(entry.kind, known, Audience.PROVIDER):
            continue
        value = entry.data.get(known.name)
        if not blank(value):
            yield from (line for line in value_lines(known, value) if line)


def entries_of(standing: Standing, meeting: Meeting, part: str = "") -> frozenset[str]:
    """Return the ids of the entries of a meeting, or of what was said in one of its parts."""
    told = {each.entry.id: each.part for each in said_in(standing, meeting)}
    if part:
        return frozenset(entry for entry, within in told.items() if within == part)
    own = [meeting.began_by, *filter(None, (meeting.called, meeting.held))]
    about = {entry.id for entry in own}
    return frozenset({*about, *told, *_referring(standing, about)})


def _referring(standing: Standing, about: Iterable[str]) -> Iterator[str]:
    wanted = set(about)
    return (entry.id for entry in standing.chronicle if wanted.intersection(entry.refers_to))


def _plain(typed: str) -> str:
    return typed.replace("\x00", "").strip()[:LONGEST]
