"""Working out scores and curves from what was given and what the machine said. Needs numpy."""

import numpy as np
from numpy.typing import NDArray

from candour.coding.scores import STEPS, Curve, ThemeScores


def scores_of(
    theme: str, examples: int, given: NDArray[np.bool_], said: NDArray[np.bool_]
) -> ThemeScores:
    """Return the scores of a theme where `given` is the truth and `said` what the machine says."""
    hit = int((given & said).sum())
    tested, claimed = int(given.sum()), int(said.sum())
    precision = hit / claimed if claimed else 0.0
    recall = hit / tested if tested else 0.0
    both = precision + recall
    f1 = 2 * precision * recall / both if both else 0.0
    return ThemeScores(theme, examples, tested, precision, recall, f1)


def curve_of(given: NDArray[np.bool_], seen: NDArray[np.float32], best: float) -> Curve:
    """Return how right a theme is by how sure it is, from where on it is suggested."""
    order = np.argsort(-seen, kind="stable")
    right = np.cumsum(given[order])
    last = max(int((seen >= best).sum()), 1)
    places = np.unique(np.linspace(0, last - 1, min(STEPS, last)).astype(int))[::-1]
    return Curve(
        best=best,
        sure=tuple(float(seen[order[place]]) for place in places),
        said=tuple(int(place) + 1 for place in places),
        right=tuple(int(right[place]) for place in places),
    )
