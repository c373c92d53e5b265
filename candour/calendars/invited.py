"""Whom a call invites by mail, each to the part that they attend; whom it cannot reach, and why.

A line of a call may end in an address: “Advocacy: Jane Roe <jane@advocacy.example>”. Agencies that
were ticked are reached by their contacts in the directory. Of a meeting in parts, nobody gets the
members' invitation unless it is known that they are no guest of the provider's part: by the
agency that the line names, or by the directory.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from candour.engine import Entry, Procedure
from candour.engine.fields import as_values
from candour.engine.meeting_rules import MeetingRule
from candour.engine.procedure_words import AGENCIES
from candour.engine.words import Language, same

_LINE = re.compile(
    r"(?P<who>[^<>]*?)[\s,(]*<?(?P<email>[^\s<>,()@]+@[^\s<>,()@]+\.[^\s<>,()@]+)[>)]?"
)
_AROUND = " :,;-–"  # what may stand between an agency and a name
# Addresses there say nothing about whom somebody works for.
_ANYBODYS = frozenset(
    {
        *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "hotmail.co.uk", "live.com"),
        *("live.co.uk", "yahoo.com", "yahoo.co.uk", "icloud.com", "me.com", "aol.com", "gmx.com"),
        *("btinternet.com", "proton.me", "protonmail.com"),
    }
)


class Why(StrEnum):
    """Why somebody who is invited gets no invitation by mail."""

    NO_ADDRESS = "no_address"
    WHOSE_GUEST = "whose_guest"


@dataclass(frozen=True, slots=True)
class Known:
    """An address that the directory knows, and whose it is.

    Attributes:
        agency: the role of the contact there, which may be the id of an agency; empty for staff.
        of_provider: it is the provider's.
        language: the language that its holder chose; None where nobody knows.
    """

    email: str
    name: str
    agency: str = ""
    of_provider: bool = False
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who gets an invitation, and to which part; `email` in small letters."""

    name: str
    email: str
    with_provider: bool
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Unreached:
    """Somebody invited who gets no invitation by mail."""

    who: str
    why: Why


@dataclass(frozen=True, slots=True)
class Guests:
    """Whom a call invites."""

    to: tuple[Guest, ...]
    unreached: tuple[Unreached, ...]


def guests(procedure: Procedure, call: Entry, known: Iterable[Known], provider: str = "") -> Guests:
    """Return whom a call invites.

    Args:
        procedure: the one that the case runs on.
        call: the call as it holds now.
        known: the addresses that the directory knows of the case's bodies on the day.
        provider: the name of the provider whose service it is about.
    """
    rule = procedure.meetings.get(str(call.data["meeting"]))
    sorting = _Sorting(procedure, rule, tuple(known), same(provider))
    to: dict[str, Guest] = {}
    unreached: list[Unreached] = []
    agencies = tuple(str(agency) for agency in as_values(call.data.get("agencies_invited")))
    for found in (
        *(each for agency in agencies for each in sorting.of_agency(agency)),
        *(
            each
            for line in as_values(call.data.get("invited"))
            for each in sorting.of_line(str(line), agencies)
        ),
    ):
        if isinstance(found, Unreached):
            unreached.append(found)
        else:
            # Invited twice, somebody who is the provider's guest by either is that.
            before = to.get(found.email)
            to[found.email] = found if before is None or found.with_provider else before
    return Guests(tuple(to.values()), tuple(dict.fromkeys(unreached)))


@dataclass(frozen=True)
class _Sorting:
    """What tells the members of a meeting from the provider's guests."""

    procedure: Procedure
    rule: MeetingRule | None
    known: tuple[Known, ...]
    provider: str

    @property
    def in_parts(self) -> bool:
        return self.rule is not None and self.rule.in_parts

    def of_agency(self, agency: str) -> Iterator[Guest | Unreached]:
        """Yield those by whom an agency is reached: of a provider's, the provider's own alone."""
        theirs = self.rule is not None and agency in self.rule.second_part_only
        reached = [k for k in self.known if k.agency == agency and k.of_provider == theirs]
        for each in reached:
            yield Guest(each.name, each.email.lower(), theirs, each.language)
        if not reached:
            label = self._labels.get(agency)
            yield Unreached(label[0] if label else agency, Why.NO_ADDRESS)

    def of_line(self, line: str, ticked: Container[str]) -> Iterator[Guest | Unreached]:
        """Yield whom a line invites; nobody where it only repeats an agency that was ticked."""
        written = _LINE.fullmatch(line.strip())
        if written is None:
            agency, _rest = self._agency_named(line)
            if agency and agency not in ticked:
                yield from self.of_agency(agency)
            elif not agency:
                yield Unreached(line.strip(), Why.NO_ADDRESS)
            return
        who, email = written["who"].strip(_AROUND), written["email"].lower()
        side = self._provider_s(who, email)
        if side is None:
            yield Unreached(line.strip(), Why.WHOSE_GUEST)
            return
        agency, rest = self._agency_named(who)
        language = next((k.language for k in self.known if k.email.lower() == email), None)
        yield Guest(rest or who, email, side, language)

    def _provider_s(self, who: str, email: str) -> bool | None:
        """Return whether somebody is the provider's guest; None where nothing tells."""
        if not self.in_parts or self.rule is None:
            return False
        agency, _rest = self._agency_named(who)
        holder = self._holder(email)
        named_so = bool(self.provider) and self.provider in same(who)
        if named_so or agency in self.rule.second_part_only or (holder and holder.of_provider):
            return True
        return False if agency or holder else None

    def _agency_named(self, who: str) -> tuple[str, str]:
        """Return the agency by whose name a line begins, and what follows; or nothing and all."""
        for name, agency in self._names:
            rest = " ".join(who.split())[len(name) :]
            if same(who).startswith(name) and not rest[:1].isalnum():
                return agency, rest.strip(_AROUND)
        return "", who

    def _holder(self, email: str) -> Known | None:
        """Return who holds an address, or one at the same organisation; the provider's first."""
        domain = email.rpartition("@")[2]
        exact = [k for k in self.known if k.email.lower() == email]
        near = [
            k
            for k in self.known
            if domain not in _ANYBODYS and k.email.lower().rpartition("@")[2] == domain
        ]
        found = sorted(exact or near, key=lambda k: not k.of_provider)
        return found[0] if found else None

    @cached_property
    def _labels(self) -> Mapping[str, tuple[str, ...]]:
        options = self.procedure.options.get(AGENCIES, ())
        return {option.id: (option.label.en, option.label.cy) for option in options}

    @cached_property
    def _names(self) -> tuple[tuple[str, str], ...]:
        """Every name that an agency goes by, the longest first: “Provider: manager”, “manager”."""
        names = {
            same(short): agency
            for agency, labels in self._labels.items()
            for label in labels
            for short in (label, label.partition(": ")[2], label.partition(" (")[0])
            if short
        }
        return tuple(sorted(names.items(), key=lambda pair: -len(pair[0])))
