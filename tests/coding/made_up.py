"""Made-up experiences whose themes can be told from their words."""

import random
from collections.abc import Sequence

from candour.coding.learning import Example

PARKING = ("The car park was full", "nowhere to park the car", "parking cost too much")
FOOD = ("the food was cold", "lunch came late and was cold", "lovely dinner and soup")
STAFF = ("the nurse was kind", "staff were rude to us", "a caring doctor listened")
NOTHING = ("it was a Tuesday", "I came with my sister", "we left in the evening")
SAID: dict[str, Sequence[str]] = {"Parking": PARKING, "Food": FOOD, "Staff": STAFF}


def examples(number: int = 240, seed: int = 4) -> list[Example]:
    """Return so many examples with none, one or two of the themes, and a sentiment."""
    chance = random.Random(seed)  # noqa: S311  # made-up words, no secret
    return [_example(chance) for _ in range(number)]


def _example(chance: random.Random) -> Example:
    themes = frozenset(theme for theme in SAID if chance.random() < 0.35)
    said = [chance.choice(SAID[theme]) for theme in sorted(themes)] + [chance.choice(NOTHING)]
    chance.shuffle(said)
    good = chance.random() < 0.5
    said.append("I am happy, thank you" if good else "I am angry, never again")
    return Example(". ".join(said), "What was it like?", themes, 1 if good else 5)
