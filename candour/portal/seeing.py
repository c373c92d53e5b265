"""What somebody outside may see of a case, and what they can be asked about each entry of it.

The rules are those of letters (`candour.documents.facts.seen`): who may not be written something is
not shown it here either. Of what they may see they are shown what somebody chose, and no more.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from candour.documents.facts.seen import Sight, closed_field
from candour.engine import Entry, Standing
from candour.engine.fields import Field, blank
from candour.engine.plans import Action, plans
from candour.engine.templates import Audience
from candour.engine.vocabulary.delivering import SENDING
from candour.engine.vocabulary.outside import KINDS as OUTSIDE_KINDS

# As whom each kind of recipient looks at a case. Whoever is unknown sees no more than the public
# at large could be told in person.
AS_WHOM: Final[Mapping[str, Audience]] = MappingProxyType(
    {
        "provider": Audience.PROVIDER,
        "people_and_families": Audience.PEOPLE,
        "reporter": Audience.PEOPLE,
        "others": Audience.PEOPLE,
        **dict.fromkeys(
            (
                *("regulator", "commissioners", "safeguarding", "police"),
                *("health", "scrutiny", "national_body"),
            ),
            Audience.PARTNERS,
        ),
    }
)
# One recipient of each sort that looks at a case in a way of its own.
ONE_OF_EACH: Final = ("provider", "regulator", "others")
# Whose actions the plan holds; nobody else reports on them.
OF_THE_PLAN: Final = "provider"

# What may be shown beside what was sent to somebody: facts that can be wrong.
TOLD: Final = (
    "concern_raised",
    "evidence_added",
    "visit_made",
    "meeting_held",
    "minutes_circulated",
    "decision_made",
    "restriction_imposed",
    "restriction_varied",
    "restriction_lifted",
    "plan_agreed",
)
MOST: Final = 40
_NEVER: Final = tuple(kind.name for kind in OUTSIDE_KINDS)


class Way(StrEnum):
    """What somebody outside can do about an entry."""

    ACKNOWLEDGE = "acknowledge"
    ANSWER = "answer"
    DISPUTE = "dispute"
    REPORT = "report"  # on an action of the plan
    MORE_TIME = "time"  # for one


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field of an entry that may be shown, with its value."""

    known: Field
    value: object


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """An entry as somebody outside is shown it: as it holds now, with what they can do about it."""

    entry: Entry
    fields: tuple[ShownField, ...]
    ways: tuple[Way, ...]


def sight_of(standing: Standing, sort: str, moment: datetime) -> Sight:
    """Return how a kind of recipient looks at a case."""
    return Sight(standing, AS_WHOM.get(sort, Audience.PEOPLE), (sort,), moment)


def showable(standing: Standing, sort: str, moment: datetime) -> list[Entry]:
    """Return the newest entries that a kind of recipient may be shown, newest first."""
    sight = sight_of(standing, sort, moment)
    kinds = (*SENDING, *TOLD)
    found = [e for e in standing.chronicle if e.kind in kinds and sight.sees(e)]
    return found[::-1][:MOST]


def askable(standing: Standing, moment: datetime) -> list[Entry]:
    """Return the entries that somebody outside, of whatever sort, may be shown, newest first."""
    seen = {entry.id for sort in ONE_OF_EACH for entry in showable(standing, sort, moment)}
    return [entry for entry in reversed(standing.chronicle) if entry.id in seen]


def shown(
    standing: Standing, asked: Iterable[str], sort: str, moment: datetime
) -> tuple[ShownEntry, ...]:
    """Return those of the entries asked about that may be seen at this moment, as they hold now.

    What was withdrawn, closed or withheld since they were asked is not shown any more.
    """
    wanted = frozenset(asked)
    sight = sight_of(standing, sort, moment)
    found = (entry for entry in standing.chronicle if entry.id in wanted and sight.sees(entry))
    return tuple(
        ShownEntry(entry, tuple(_fields(standing, entry, sight.audience)), ways_for(entry.kind))
        for entry in found
        if entry.kind not in _NEVER
    )


def ways_for(kind: str) -> tuple[Way, ...]:
    """Return what can be done about an entry of a kind: what was sent to them wants an answer."""
    if kind in SENDING:
        return (Way.ACKNOWLEDGE, Way.ANSWER, Way.DISPUTE)
    return (Way.DISPUTE,)


def actions_shown(standing: Standing, sort: str, moment: datetime) -> tuple[Action, ...]:
    """Return the actions of the plans that the provider may see and report on; nobody else's."""
    if sort != OF_THE_PLAN:
        return ()
    sight = sight_of(standing, sort, moment)
    return tuple(
        action
        for plan in plans(standing, moment)
        for action in plan.actions
        if sight.sees(action.entry)
    )


def _fields(standing: Standing, entry: Entry, audience: Audience) -> Iterator[ShownField]:
    kind = standing.procedure_of(entry.id).kind(entry.kind)
    for known in kind.fields:
        value = entry.data.get(known.name)
        if known.by_system or blank(value) or closed_field(entry.kind, known, audience):
            continue
        yield ShownField(known, value)
