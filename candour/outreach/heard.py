"""Who is heard too little, and whether a campaign changed it. Pure: numbers in, numbers out.

No small number is told. Of an answer that fewer than five people gave it is said only that; and
with it the numbers of so many others are kept back that neither the total nor any rule here says
how many there were: each small number may be any from nought to four. Others are kept back in the
order of the population, which everybody may know, never in the order of their size. What a number
may be at least and at most follows from what is told, and so does every verdict: they tell nothing
more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from typing import Final

from candour.experiences.fewest import FEWEST_TOLD

MOST_SMALL: Final = FEWEST_TOLD - 1
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


@dataclass(frozen=True, slots=True)
class KeptBack:
    """Which numbers of a question are not told.

    Attributes:
        small: the answers that fewer than five people gave.
        others: those that are kept back for the sake of the small ones.
        of: how many answered; None where that would tell of a small one.
    """

    small: frozenset[str]
    others: frozenset[str]
    of: int | None

    @property
    def answers(self) -> frozenset[str]:
        """All that are kept back."""
        return self.small | self.others


def kept_back(heard: Mapping[str, int], order: Sequence[str]) -> KeptBack:
    """Return which numbers are not told, so that each small one may be any from 0 to 4.

    With ``k`` small answers and ``j`` others, at least ``4k + 5j + 1`` people have to stand behind
    what is kept back: then the small ones can be anything, and the others still not small. Where
    all answers together are fewer, the number of all is not told either.

    Args:
        heard: people by answer.
        order: every answer, in an order that does not come from these numbers.
    """
    numbers = {answer: heard.get(answer, 0) for answer in order}
    small = frozenset(answer for answer in order if numbers[answer] < FEWEST_TOLD)
    others: list[str] = []
    if not small:
        return KeptBack(small, frozenset(), sum(numbers.values()))
    behind = sum(numbers[answer] for answer in small)
    for answer in order:
        if answer in small:
            continue
        others.append(answer)
        behind += numbers[answer]
        if behind > MOST_SMALL * len(small) + FEWEST_TOLD * len(others):
            return KeptBack(small, frozenset(others), sum(numbers.values()))
    return KeptBack(small, frozenset(others), None)


class Verdict(StrEnum):
    """What may be said of an answer's share beside the population's."""

    UNDER = "under"  # below it by more than chance explains, whatever is kept back
    NOT_SHOWN = "not_shown"  # not below it by more than chance explains, whatever is kept back
    UNKNOWN = "unknown"  # what is kept back might decide it


@dataclass(frozen=True, slots=True)
class Share:
    """What may be told of one answer, or of those kept back together.

    Attributes:
        answers: the answer, or those that are told together.
        least, most: how many people gave it: between which numbers that lies; the same one twice
            where it is told. `most` is None where nothing bounds it.
        small: fewer than five gave it.
        interval: between which shares the true one lies, over all that the number may be; None
            where the number of all is not told.
        population: the share of the population.
        verdict: what follows, whichever the number is.
    """

    answers: tuple[str, ...]
    least: int
    most: int | None
    small: bool
    share: float | None
    interval: Interval | None
    population: float
    verdict: Verdict

    @property
    def number(self) -> int | None:
        """How many people gave it; None where that is not told."""
        return self.least if self.least == self.most else None

    @property
    def under(self) -> bool:
        """Whether it is under-heard, whatever is kept back."""
        return self.verdict is Verdict.UNDER


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
    hidden = kept_back(numbers, sorted(population, key=lambda answer: population[answer]))
    behind = sum(numbers[each] for each in hidden.answers)
    people = sum(population.values())
    shares = tuple(
        _share((each,), _bounds(each, numbers[each], hidden, behind), hidden, area / people)
        for each, area in population.items()
    )
    named = tuple(each for each in population if each in hidden.answers)
    if not named or len(named) == len(population):
        return Heard(hidden.of, shares, None)
    area = sum(population[each] for each in named) / people
    return Heard(hidden.of, shares, _share(named, (behind, behind), hidden, area))


def _bounds(answer: str, number: int, hidden: KeptBack, behind: int) -> tuple[int, int | None]:
    """Return between which numbers an answer's lies, as it follows from what is told."""
    if answer in hidden.small:
        return 0, MOST_SMALL
    if answer not in hidden.others:
        return number, number
    if hidden.of is None:
        return FEWEST_TOLD, None
    beside = len(hidden.others) - 1
    most = behind - FEWEST_TOLD * beside
    least = FEWEST_TOLD if beside else behind - MOST_SMALL * len(hidden.small)
    return least, most


def _share(
    answers: tuple[str, ...], bounds: tuple[int, int | None], hidden: KeptBack, population: float
) -> Share:
    (least, most), of = bounds, hidden.of
    small = len(answers) == 1 and answers[0] in hidden.small
    if not of or most is None:
        return Share(answers, least, most, small, None, None, population, Verdict.UNKNOWN)
    interval = Interval(wilson(least, of).low, wilson(most, of).high)
    verdict = Verdict.UNKNOWN
    if interval.high < population:
        verdict = Verdict.UNDER
    elif wilson(least, of).high >= population:
        verdict = Verdict.NOT_SHOWN
    share = least / of if least == most else None
    return Share(answers, least, most, small, share, interval, population, verdict)


class Change(StrEnum):
    """What two shares say about each other."""

    MORE = "more"
    LESS = "less"
    UNSURE = "unsure"  # chance alone may explain the difference
    TOO_FEW = "too_few"  # nobody was heard, or what is kept back might decide it


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
    """Return whether an answer is heard more or less than before; never why.

    Where a number is not told, it is said only if it holds whichever the number is.
    """
    first, second = _share_of(before, answer), _share_of(after, answer)
    if not (first and second and before.of and after.of):
        return Change.TOO_FEW
    if first.most is None or second.most is None:
        return Change.TOO_FEW
    # The difference grows with the later number and falls with the earlier one.
    least = difference((first.most, before.of), (second.least, after.of))
    most = difference((first.least, before.of), (second.most, after.of))
    if least.low > 0:
        return Change.MORE
    if most.high < 0:
        return Change.LESS
    return Change.UNSURE if least.high >= 0 and most.low <= 0 else Change.TOO_FEW


def _share_of(heard: Heard, answer: str) -> Share | None:
    return next((each for each in heard.shares if each.answers == (answer,)), None)
