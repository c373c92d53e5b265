"""Who holds a function on a day, when bodies hand functions on."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some

from candour.bodies.handing_on import Held, Holding, Step, holders, holding_on, steps_by_body

APRIL = date(2027, 4, 1)
MARCH = date(2027, 3, 31)


def held(
    *rows: Held, steps: list[Step], day: date, keeping: frozenset[int] = frozenset()
) -> list[Holding]:
    return holding_on(rows, steps_by_body(steps), day, keeping=keeping)


def test_a_row_that_is_never_ended_passes_on_with_the_function() -> None:
    steps = [Step(1, 2, APRIL)]
    assert held(Held(7, 1), steps=steps, day=MARCH) == [Holding(1, 7)]
    assert held(Held(7, 1), steps=steps, day=APRIL) == [Holding(2, 7, inherited=True)]


def test_a_row_that_ended_the_day_before_passes_on_and_one_that_ended_earlier_does_not() -> None:
    steps = [Step(1, 2, APRIL)]
    assert held(Held(7, 1, None, MARCH), steps=steps, day=APRIL) == [Holding(2, 7, inherited=True)]
    before = Held(7, 1, None, MARCH - timedelta(days=1))
    assert held(before, steps=steps, day=APRIL) == []


def test_a_row_that_begins_after_the_function_went_stays_with_its_body() -> None:
    again = Held(7, 1, APRIL + timedelta(days=30))
    assert held(again, steps=[Step(1, 2, APRIL)], day=date(2028, 1, 1)) == [Holding(1, 7)]


def test_a_function_may_be_shared_out_and_passed_on_again() -> None:
    steps = [Step(1, 2, APRIL), Step(1, 3, APRIL), Step(3, 4, date(2030, 1, 1))]
    assert [each.body for each in held(Held(7, 1), steps=steps, day=date(2029, 1, 1))] == [2, 3]
    assert [each.body for each in held(Held(7, 1), steps=steps, day=date(2030, 1, 1))] == [2, 4]


def test_a_successor_with_rows_of_its_own_answers_only_where_those_say() -> None:
    steps = [Step(1, 2, APRIL), Step(1, 3, APRIL)]
    found = held(Held(7, 1), Held(8, 2, APRIL), steps=steps, day=APRIL, keeping=frozenset({2, 3}))
    assert found == [Holding(2, 8)]


def test_bodies_that_pass_it_round_in_a_circle_leave_nobody() -> None:
    steps = [Step(1, 2, APRIL), Step(2, 1, APRIL)]
    assert held(Held(7, 1), steps=steps, day=APRIL) == []


days = some.dates(date(2020, 1, 1), date(2024, 1, 1))
rising = some.lists(days, unique=True, max_size=6).map(sorted)


@given(rising, days)
def test_along_a_line_of_successors_exactly_one_holds_it_on_each_day(
    handed: list[date], day: date
) -> None:
    steps = [Step(number, number + 1, on) for number, on in enumerate(handed)]
    assert holders(0, steps_by_body(steps), day) == {sum(on <= day for on in handed)}
