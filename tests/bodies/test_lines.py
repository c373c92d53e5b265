"""Who answers in a line of desks: at every instant somebody, where one stands in for the rest."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as some

from candour.bodies.hours import ALWAYS, OTHERWISE, UNKNOWN, Hours
from candour.bodies.hours_words import read_hours
from candour.bodies.lines import Desk, Taken, line_at
from tests.bodies.hours_made_up import any_hours, instants, kept

LONDON = ZoneInfo("Europe/London")
DAY = Desk(read_hours("Mon-Fri 8.30am to 5pm"))
NIGHT = Desk(OTHERWISE)


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=LONDON)


def test_the_night_team_answers_exactly_while_the_day_team_does_not() -> None:
    line = [DAY, NIGHT]
    assert line_at(line, at("2026-11-23 16:59")) == Taken(0, at("2026-11-23 17:00"))
    assert line_at(line, at("2026-11-23 17:00")) == Taken(1, at("2026-11-24 08:30"))
    assert line_at(line, at("2026-12-24 18:00")) == Taken(1, at("2026-12-29 08:30"))


def test_a_desk_behind_with_hours_of_its_own_goes_before_one_that_only_stands_in() -> None:
    evening = Desk(read_hours("every day 5pm to 10pm; open on bank holidays"))
    line = [DAY, NIGHT, evening]
    assert line_at(line, at("2026-11-23 18:00")) == Taken(2, at("2026-11-23 22:00"))
    assert line_at(line, at("2026-11-23 22:00")) == Taken(1, at("2026-11-24 08:30"))


def test_without_anybody_behind_it_a_closed_desk_leaves_nobody() -> None:
    assert line_at([DAY], at("2026-11-28 10:00")) == Taken(None, at("2026-11-30 08:30"))
    assert line_at([], at("2026-11-28 10:00")) == Taken(None, None)


def test_a_day_of_closure_hands_over_to_the_night_team_which_never_closes() -> None:
    shut = frozenset({date(2026, 11, 23)})
    line = [Desk(DAY.hours, shut), Desk(OTHERWISE, shut)]
    assert line_at(line, at("2026-11-23 10:00")) == Taken(1, at("2026-11-24 08:30"))


def test_nobody_can_be_sure_of_a_desk_whose_hours_are_not_known() -> None:
    assert line_at([Desk(UNKNOWN), NIGHT], at("2026-11-23 10:00")) == Taken(1, None, sure=False)
    assert line_at([DAY, Desk(UNKNOWN)], at("2026-11-23 10:00")).sure
    assert not line_at([DAY, Desk(UNKNOWN)], at("2026-11-22 10:00")).sure


@settings(deadline=None, max_examples=150)
@given(some.lists(any_hours, max_size=3), instants)
def test_where_an_out_of_hours_line_is_kept_there_is_never_a_gap(
    hours: list[Hours], instant: datetime
) -> None:
    line = [Desk(each) for each in [*hours, OTHERWISE]]
    taken = line_at(line, instant)
    assert taken.place is not None
    assert taken.until is None or line_at(line, taken.until).place not in (None, taken.place)


@settings(deadline=None, max_examples=100)
@given(some.lists(kept, min_size=1, max_size=2), some.sampled_from([ALWAYS, OTHERWISE]), instants)
def test_one_answers_at_every_instant_until_another_does(
    hours: list[Hours], last: Hours, instant: datetime
) -> None:
    line = [Desk(each) for each in [*hours, last]]
    taken = line_at(line, instant)
    is_open = [bool(each.is_open(instant)) for each in hours]
    assert taken.place == (is_open.index(True) if any(is_open) else len(hours))
    ends = taken.until or instant + timedelta(days=20)
    step = (ends - instant) / 20
    places = {line_at(line, instant + step * part).place for part in range(20)}
    assert places == {taken.place}
