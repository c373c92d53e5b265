"""What came of something told: you told us, they replied, it changed.

Derived each time from the logs of the cases that rest on it. An entry counts only where the rules
for a text to the person who reported let them see it; and of what it says only its sort and its day
are told. Whoever holds a receipt is known to nobody, so no words of a case go to them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from candour.cases.models import CaseExperience
from candour.cases.queries import standing as standing_of
from candour.documents.facts.seen import Sight
from candour.engine import Standing
from candour.engine.london import local
from candour.engine.templates import REPORTER, Audience
from candour.engine.words import Words

_RAISED: Final = Words(
    "We raised it with those who run or pay for care",
    "Codasom hyn gyda’r rhai sy’n rhedeg gofal neu’n talu amdano",
)
_REPLIED: Final = Words("They replied", "Cawsom ateb ganddynt")
_CHANGED: Final = Words("Something was changed", "Newidiwyd rhywbeth")
_PLANNED: Final = Words("A plan to make it better was agreed", "Cytunwyd ar gynllun i wella pethau")
_VISITED: Final = Words("Someone went to look", "Aeth rhywun i edrych")
_CLOSED: Final = Words("The work on it came to its end", "Daeth y gwaith ar hyn i ben")

TOLD_OF: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "concern_raised": _RAISED,
        "recommendation_issued": _RAISED,
        "response_received": _REPLIED,
        "visit_made": _VISITED,
        "plan_agreed": _PLANNED,
        "action_completed": _CHANGED,
        "case_closed": _CLOSED,
    }
)


@dataclass(frozen=True, slots=True)
class Came:
    """One thing that came of it, and the day."""

    on: date
    words: Words


def what_came(experience_id: int, as_of: datetime) -> list[Came]:
    """Return what came of an experience in all the cases that rest on it, oldest first.

    Of each sort the first is told, and of replies and changes every day that had one.
    """
    links = CaseExperience.objects.filter(experience=experience_id).select_related("case")
    found = {each for link in links for each in _of_case(standing_of(link.case), as_of)}
    return sorted(_once(found), key=lambda each: (each.on, each.words.en))


def _of_case(standing: Standing, as_of: datetime) -> Iterator[Came]:
    sight = Sight(standing, Audience.PEOPLE, (REPORTER,), as_of)
    for entry in standing.chronicle:
        words = TOLD_OF.get(entry.kind)
        if words is not None and sight.sees(entry):
            yield Came(local(entry.happened_at).date(), words)


def _once(found: Iterable[Came]) -> Iterator[Came]:
    first: dict[str, Came] = {}
    for each in sorted(found, key=lambda each: each.on):
        if each.words in (_REPLIED, _CHANGED):
            yield each
        elif each.words.en not in first:
            first[each.words.en] = each
    yield from first.values()
