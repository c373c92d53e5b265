"""Which numbers of a digest are given, so that no small one is told and none can be worked out.

Pure. Numbers are given as bands of five ("10 to 14"), never exactly. Nothing is said of fewer than
five people. Where the total and the other sides would narrow down a side that is not given, another
side, and at last the total, is not given either; all that is not given looks alike. What an earlier
release of the same cycle did not give, a later one does not give either, so that comparing them
tells nothing.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from candour.experiences.fewest import FEWEST_TOLD

BAND: Final = FEWEST_TOLD


class Side(StrEnum):
    """How people felt: each person is on one side."""

    WELL = "well"
    IMPROVE = "improve"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Counted:
    """The numbers of people as they are, which never leave the body.

    Attributes:
        sides: people by side.
        themes: people who named a theme, by side; one person may name several, or none.
    """

    sides: Mapping[Side, int]
    themes: Mapping[tuple[Side, str], int]

    @property
    def people(self) -> int:
        """How many people there were."""
        return sum(self.sides.values())


@dataclass(frozen=True, slots=True)
class Given:
    """What may be told: the lowest number of each band, or None where nothing is said.

    Attributes:
        enough: five people or more told something. Where not, nothing else is said.
    """

    enough: bool
    people: int | None
    sides: Mapping[Side, int | None]
    themes: Mapping[tuple[Side, str], int]


NOTHING: Final = Given(enough=False, people=None, sides=dict.fromkeys(Side), themes={})


def band(number: int) -> int:
    """Return the lowest number of the band that a number lies in."""
    return number - number % BAND


def given(counted: Counted, before: "tuple[Given, ...]" = ()) -> Given:
    """Return what may be told of these numbers, after these earlier releases of the same cycle."""
    if counted.people < BAND or any(not each.enough for each in before):
        return NOTHING
    small = {side for side in Side if counted.sides.get(side, 0) < BAND}
    hidden = small | {side for side in Side if any(each.sides[side] is None for each in before)}
    shown = _protected(counted, small, hidden)
    whole = bool(shown) and not _told_by_total(counted, small, shown)
    if any(each.people is None for each in before):
        whole = False
    themes = {
        key: band(number)
        for key, number in counted.themes.items()
        if number >= BAND and key[0] in shown and all(key in each.themes for each in before)
    }
    return Given(
        enough=True,
        people=band(counted.people) if whole else None,
        sides={side: band(counted.sides[side]) if side in shown else None for side in Side},
        themes=themes,
    )


def _protected(counted: Counted, small: AbstractSet[Side], hidden: AbstractSet[Side]) -> set[Side]:
    """Return the sides that may be given without narrowing down a small one."""
    shown = set(Side) - hidden
    while shown and _told_by_total(counted, small, shown):
        shown.remove(min(shown, key=lambda side: (counted.sides[side], side)))
    return shown


def _told_by_total(counted: Counted, small: AbstractSet[Side], shown: AbstractSet[Side]) -> bool:
    """Return whether the band of the total says of a small side that it is not nought.

    Somebody who knows all rules but no number is taken to know which sides are small. A side that
    is not given for another's sake may be of any size: then the total tells nothing of the rest.
    """
    if not small or set(Side) - shown - small:
        return False
    most = sum(band(counted.sides[side]) + BAND - 1 for side in shown)
    return band(counted.people) > most + (len(small) - 1) * (BAND - 1)
