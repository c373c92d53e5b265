"""How good a learned theme is: scores on what was held out, and how right it is when how sure."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, Final

LEAST_SAID: Final = 20  # times that a theme must have been said before its precision is believed
LEAST_TESTED: Final = 5  # held-out examples with a theme before its scores are shown
SURE: Final = 1.645  # 95 of 100: the true precision is no lower than the lower bound
STEPS: Final = 60  # points of a curve


@dataclass(frozen=True, slots=True)
class ThemeScores:
    """A theme on held-out examples; the scores are None where it was not learned.

    `examples` are all with the theme, `tested` those among the held-out ones.
    """

    theme: str
    examples: int
    tested: int = 0
    precision: float | None = None
    recall: float | None = None
    f1: float | None = None

    @property
    def tells(self) -> bool:
        """Whether enough was held out for the scores to say anything."""
        return self.f1 is not None and self.tested >= LEAST_TESTED


@dataclass(frozen=True, slots=True)
class Curve:
    """How often a theme was right on examples unseen, by how sure it was.

    Attributes:
        best: from where on it is suggested.
        sure: rising; how sure it was.
        said: how many examples it was as sure of, or surer.
        right: how many of those had the theme.
    """

    best: float
    sure: tuple[float, ...]
    said: tuple[int, ...]
    right: tuple[int, ...]

    def percent_at(self, score: float) -> int:
        """Return how many of 100 suggestions that are as sure as this, or surer, are right."""
        place = min(max(bisect_right(self.sure, score) - 1, 0), len(self.sure) - 1)
        return round(100 * self.right[place] / self.said[place])

    def sure_enough(self, precision: float) -> float | None:
        """Return from where on at least this share is right, with 95 % confidence; None: nowhere.

        It is the share among all that are as sure or surer, as those are what it would be said of.
        """
        pairs = zip(self.sure, self.said, self.right, strict=True)
        return next(
            (
                sure
                for sure, said, right in pairs
                if said >= LEAST_SAID and lower_bound(right, said) >= precision
            ),
            None,
        )


def lower_bound(right: int, said: int) -> float:
    """Return the least share that so many hits allow with 95 % confidence (Wilson)."""
    share, z = right / said, SURE * SURE
    middle = share + z / (2 * said)
    around = SURE * sqrt(share * (1 - share) / said + z / (4 * said * said))
    return (middle - around) / (1 + z / said)


def average_f1(scores: Sequence[ThemeScores]) -> float | None:
    """Return the average F1 of the themes that can be told about, each counting the same."""
    known = [each.f1 for each in scores if each.f1 is not None and each.tells]
    return sum(known) / len(known) if known else None


def curves_in(card: Mapping[str, Any]) -> dict[str, Curve]:
    """Return the curves that a card holds, by theme."""
    return {
        theme: Curve(one["best"], tuple(one["sure"]), tuple(one["said"]), tuple(one["right"]))
        for theme, one in card["curves"].items()
    }


def scores_in(card: Mapping[str, Any], part: str = "scores") -> tuple[ThemeScores, ...]:
    """Return the scores that a card holds: of themes, or under "feeling_scores" of sentiments."""
    return tuple(ThemeScores(**one) for one in card[part])
