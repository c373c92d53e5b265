"""What people told about an organisation in a cycle: the numbers, and the words to quote."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from candour.bodies.models import Body
from candour.experiences.marks import ExperienceMark, MarkState
from candour.experiences.models import Experience
from candour.feeding_back.cycles import Cycle
from candour.feeding_back.models import FitQuotation
from candour.feeding_back.small_numbers import Counted, Side
from candour.telling.consents import OVERSIGHT, PROVIDER, QUOTE
from candour.telling.models import Told

WORST_OF_GOOD: Final = 2
BEST_OF_BAD: Final = 4
NEEDED: Final = frozenset({PROVIDER, QUOTE})  # to quote somebody to the organisation


def side_of(sentiment: int | None) -> Side:
    """Return the side of somebody who felt so: 1 is very positive, 5 very negative."""
    if sentiment is None or WORST_OF_GOOD < sentiment < BEST_OF_BAD:
        return Side.NEITHER
    return Side.WELL if sentiment <= WORST_OF_GOOD else Side.IMPROVE


def told_about(body: Body, organisation: Body, cycle: Cycle) -> QuerySet[Experience]:
    """Return what is in use of what a body was told about an organisation in a cycle.

    What names a service of the directory goes to its provider; else the name given has to be the
    organisation's own.
    """
    named = Q(service__isnull=True, organisation__iexact=organisation.name)
    return Experience.objects.in_use().filter(
        Q(service__provider=organisation) | named,
        body=body,
        received_on__gte=cycle.first,
        received_on__lte=cycle.last,
    )


@dataclass(frozen=True, slots=True)
class Drawn:
    """The numbers of a cycle, and the experiences that they were drawn from."""

    counted: Counted
    experiences: tuple[int, ...]


def draw(body: Body, organisation: Body, cycle: Cycle) -> Drawn:
    """Return the numbers of a cycle; each experience counts as one person. One query."""
    rows = told_about(body, organisation, cycle).order_by("pk")
    found = list(rows.values_list("pk", "sentiment", "themes"))
    sides = Counter(side_of(sentiment) for _number, sentiment, _themes in found)
    themes = Counter(
        (side_of(sentiment), theme)
        for _number, sentiment, named in found
        for theme in set(named)
        if side_of(sentiment) is not Side.NEITHER
    )
    return Drawn(Counted(sides, themes), tuple(number for number, _sentiment, _themes in found))


@dataclass(frozen=True, slots=True)
class Quotable:
    """An experience that may be quoted, and what somebody ticked of it.

    Attributes:
        oversight: those who pay for or inspect the service may read it too.
        quoted: the words that somebody said are fit, or nothing.
    """

    experience: Experience
    side: Side
    oversight: bool
    quoted: str


def quotable(
    body: Body, organisation: Body, cycle: Cycle, sides: Collection[Side]
) -> list[Quotable]:
    """Return what may be quoted, the newest first. Three queries.

    Only what is cleaned, decided and agreed to: its words went through the rules, no mark waits for
    anybody, nobody marked it as naming a person, and whoever was asked said yes to being shown to
    the service and to being printed.
    """
    waiting = ExperienceMark.objects.filter(experience=OuterRef("pk"), state=MarkState.WAITING)
    rows = (
        told_about(body, organisation, cycle)
        .filter(~Exists(waiting), identifiable=False, cleaned=True)
        .exclude(answer="")
        .order_by(F("received_on").desc(), F("pk").desc())
    )
    found = [each for each in rows if side_of(each.sentiment) in sides]
    agreed = _agreed(found)
    ticked = _ticked(found)
    return [
        Quotable(
            each,
            side_of(each.sentiment),
            agreed is None or OVERSIGHT in agreed,
            _still_there(ticked.get(each.pk, ""), each.answer),
        )
        for each, agreed in ((each, agreed.get(each.pk)) for each in found)
        if agreed is None or agreed >= NEEDED
    ]


def _agreed(found: Sequence[Experience]) -> Mapping[int, frozenset[str]]:
    """Return what each person who was asked agrees to now, by experience."""
    asked: dict[int, dict[str, bool]] = {}
    rows = Told.objects.filter(experience__in=found).order_by("consents__pk")
    for number, kind, given in rows.values_list(
        "experience_id", "consents__kind", "consents__given"
    ):
        asked.setdefault(number, {})[kind or ""] = bool(given)
    return {
        number: frozenset(kind for kind, given in answers.items() if given)
        for number, answers in asked.items()
    }


def _ticked(found: Iterable[Experience]) -> Mapping[int, str]:
    """Return the words that are fit to be quoted now, by experience."""
    newest: dict[int, str] = {}
    for each in FitQuotation.objects.filter(experience__in=list(found)).order_by("pk"):
        newest[each.experience_id] = each.words if each.fit else ""
    return newest


def _still_there(words: str, answer: str) -> str:
    """Return the words as long as the answer holds them: more may have been taken out since."""
    return words if words in answer else ""
