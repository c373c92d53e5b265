"""Who is heard too little, and whether a campaign changed it. Pure: numbers in, numbers out.

No small number is told. Fewer than five people of an answer are kept back, and with them so many
other answers that neither the total nor any rule here says how many there were: answers are kept
back in the order of the population, which everybody may know, never in the order of their size.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from typing import Final

SMALL: Final = 5
Z: Final = 1.959963984540054  # 95 %


@dataclass(frozen=True, slots=True)
class Interval:
    """Between which shares the true one lies, as far as 95 in 100 such samples tell."""

    low: float
    high: float


def wilson(number: int, of: int) -> Interval:
    """Return the Wilson interval (95 %) of a share.

    Raises:
        ValueError: nobody was counted, or more than all.
    """
    if not 0 <= number <= of or of == 0:
        raise ValueError(f"{number} of {of} is no share. Count somebody first.")
    share, square = number / of, Z * Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = Z / (1 + square / of) * sqrt(share * (1 - share) / of + square / (4 * of * of))
    # At the ends rounding would leave a hair's breadth beside what the formula gives exactly.
    return Interval(
        0.0 if number == 0 else max(0.0, middle - half),
        1.0 if number == of else min(1.0, middle + half),
    )


def under_heard(number: int, of: int, population: float) -> bool:
    """Return whether a share heard is below the population's share by more than chance explains."""
    return of > 0 and wilson(number, of).high < population


def kept_back(heard: Mapping[str, int], order: Sequence[str]) -> frozenset[str]:
    """Return the answers whose numbers are not told; the number of all may be, unless it is all.

    Whatever is shown is the same for every number from 0 to 4 of each small answer. After ``k``
    small answers and ``j`` others, at least ``4k + 5j + 1`` people stand behind what is kept back:
    then the small ones can be anything, and the others still not small.

    Args:
        heard: people by answer.
        order: every answer, in an order that does not come from these numbers.
    """
    small = {answer for answer in order if heard.get(answer, 0) < SMALL}
    if not small:
        return frozenset()
    hidden, others = set(small), 0
    for answer in order:
        if answer in small:
            continue
        hidden.add(answer)
        others += 1
        behind = sum(heard.get(each, 0) for each in hidden)
        if behind >= (SMALL - 1) * len(small) + SMALL * others + 1:
            return frozenset(hidden)
    return frozenset(order)


@dataclass(frozen=True, slots=True)
class Share:
    """What may be told of one answer, or of those kept back together.

    Attributes:
        answers: the answer, or those that are told together.
        number: people heard; None where it is kept back.
        share: the share of those heard; None where it is kept back.
        interval: about that share; None where it is kept back.
        population: the share of the population.
        under: it is under-heard. Of an answer that is kept back it is said only where that holds
            even if everybody kept back had given this one.
    """

    answers: tuple[str, ...]
    number: int | None
    share: float | None
    interval: Interval | None
    population: float
    under: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """What may be told of one question.

    Attributes:
        of: how many people answered it; None where that is kept back.
        shares: of each answer, in the order that was given.
        together: of the answers kept back, as one; None where none or all are.
    """

    of: int | None
    shares: tuple[Share, ...]
    together: Share | None


def heard_against(heard: Mapping[str, int], population: Mapping[str, int]) -> Heard:
    """Return who was heard against a population, with no small number told.

    Args:
        heard: people by answer; answers that the population does not name are left out.
        population: people of the area by answer; not all nought.
    """
    numbers = {answer: heard.get(answer, 0) for answer in population}
    order = sorted(population, key=lambda answer: population[answer])
    hidden, of, people = kept_back(numbers, order), sum(numbers.values()), sum(population.values())
    if len(hidden) == len(population):
        nothing = tuple(
            Share((each,), None, None, None, population[each] / people, under=False)
            for each in population
        )
        return Heard(None, nothing, None)
    behind = sum(numbers[each] for each in hidden)
    shares = tuple(
        Share((each,), None, None, None, share, under_heard(behind, of, share))
        if each in hidden
        else _told((each,), numbers[each], of, share)
        for each, share in ((each, number / people) for each, number in population.items())
    )
    named = tuple(each for each in population if each in hidden)
    share = sum(population[each] for each in named) / people
    return Heard(of, shares, _told(named, behind, of, share) if named else None)


def _told(answers: tuple[str, ...], number: int, of: int, population: float) -> Share:
    interval = wilson(number, of)
    under = interval.high < population
    return Share(answers, number, number / of, interval, population, under)


class Change(StrEnum):
    """What two shares say about each other."""

    MORE = "more"
    LESS = "less"
    UNSURE = "unsure"  # chance alone may explain the difference
    TOO_FEW = "too_few"  # a share is kept back, or nobody was heard


def difference(before: tuple[int, int], after: tuple[int, int]) -> Interval:
    """Return between what the difference of two shares lies (Newcombe's interval, 95 %).

    Args:
        before: people of the answer, and of all, in the time before.
        after: the same in the time after.

    Raises:
        ValueError: nobody was counted in one of them.
    """
    first, second = wilson(*before), wilson(*after)
    one, two = before[0] / before[1], after[0] / after[1]
    return Interval(
        two - one - sqrt((two - second.low) ** 2 + (first.high - one) ** 2),
        two - one + sqrt((second.high - two) ** 2 + (one - first.low) ** 2),
    )


def changed(before: Heard, after: Heard, answer: str) -> Change:
    """Return whether an answer is heard more or less than before; never why."""
    numbers = []
    for heard in (before, after):
        found = next((each for each in heard.shares if each.answers == (answer,)), None)
        if found is None or found.number is None or not heard.of:
            return Change.TOO_FEW
        numbers.append((found.number, heard.of))
    between = difference(numbers[0], numbers[1])
    if between.low > 0:
        return Change.MORE
    return Change.LESS if between.high < 0 else Change.UNSURE
