"""How right a theme is when how sure: the share that leave to act alone is given by."""

import numpy as np
import pytest

from candour.coding.measuring import curve_of, scores_of
from candour.coding.scores import LEAST_SAID, Curve, average_f1, lower_bound


def test_scores_by_hand() -> None:
    given = np.array([True, True, True, False, False])
    said = np.array([True, True, False, True, False])
    score = scores_of("Food", 30, given, said)
    assert (score.tested, score.examples) == (3, 30)
    assert score.precision == pytest.approx(2 / 3)
    assert score.recall == pytest.approx(2 / 3)
    assert score.f1 == pytest.approx(2 / 3)


def test_saying_nothing_scores_nothing() -> None:
    score = scores_of("Food", 3, np.array([True, False]), np.array([False, False]))
    assert (score.precision, score.recall, score.f1) == (0.0, 0.0, 0.0)
    assert average_f1([]) is None


def test_the_lower_bound_is_wilsons() -> None:
    """Known answer: 45 right of 50 allow a true share of 0.808 and no less (one-sided 95 %)."""
    assert lower_bound(45, 50) == pytest.approx(0.808, abs=0.001)
    assert lower_bound(20, 20) < 0.9, "twenty hits prove no 95 of 100"


def test_leave_holds_from_where_it_is_sure_enough() -> None:
    surely_right = [True] * 200
    half_right = [True, False] * 100
    given = np.array(surely_right + half_right)
    seen = np.array([2 + n / 1000 for n in range(200)][::-1] + [1 - n / 1000 for n in range(200)])
    curve = curve_of(given, seen.astype(np.float32), 0.5)
    nine_in_ten, always = curve.sure_enough(0.9), curve.sure_enough(0.999)
    assert nine_in_ten is not None
    assert 0.9 < nine_in_ten <= 2
    assert always is None, "no number of hits proves that it is never wrong"
    assert curve.percent_at(2.1) == 100
    assert 60 <= curve.percent_at(0.8) <= 80
    assert curve.percent_at(-5) == curve.percent_at(curve.sure[0])


def test_too_few_say_nothing() -> None:
    few = LEAST_SAID - 1
    curve = Curve(0.0, (0.0,), (few,), (few,))
    assert curve.sure_enough(0.5) is None
