"""Clocks read from the law's words and written back, in English and Welsh."""

from datetime import date, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from candour.engine.clock_words import write_day, write_moment
from candour.engine.clocks import LONDON, Clock, ClockError, Counting, Unit

AFTER, BEFORE, BEGINNING_WITH = Counting.AFTER, Counting.BEFORE, Counting.BEGINNING_WITH


@pytest.mark.parametrize(
    ("words", "clock", "canonical"),
    [
        (
            "20 working days beginning with",
            Clock(20, Unit.WORKING_DAY, BEGINNING_WITH),
            "20 working days beginning with",
        ),
        ("5 working days following", Clock(5, Unit.WORKING_DAY, AFTER), "5 working days after"),
        ("within 5 working days of", Clock(5, Unit.WORKING_DAY, AFTER), "5 working days after"),
        ("One  Working Day AFTER", Clock(1, Unit.WORKING_DAY, AFTER), "1 working day after"),
        ("1 working days after", Clock(1, Unit.WORKING_DAY, AFTER), "1 working day after"),
        ("twenty-four hours after", Clock(24, Unit.HOUR, AFTER), "24 hours after"),
        ("same day", Clock(0, Unit.DAY, AFTER), "same day"),
        ("the same day", Clock(0, Unit.DAY, AFTER), "same day"),
        ("at once", Clock(0, Unit.HOUR, AFTER), "at once"),
        ("two weeks after", Clock(2, Unit.WEEK, AFTER), "2 weeks after"),
        ("a month after", Clock(1, Unit.MONTH, AFTER), "1 month after"),
        ("one calendar month after", Clock(1, Unit.MONTH, AFTER), "1 month after"),
        ("six months after", Clock(6, Unit.MONTH, AFTER), "6 months after"),
        ("90 days after", Clock(90, Unit.DAY, AFTER), "90 days after"),
        ("90 calendar days after", Clock(90, Unit.DAY, AFTER), "90 days after"),
        ("28 days beginning with", Clock(28, Unit.DAY, BEGINNING_WITH), "28 days beginning with"),
        ("seven days before", Clock(7, Unit.DAY, BEFORE), "7 days before"),
        ("every 8 weeks", Clock(8, Unit.WEEK, AFTER, repeats=True), "every 8 weeks"),
        ("every two months", Clock(2, Unit.MONTH, AFTER, repeats=True), "every 2 months"),
        ("every year", Clock(1, Unit.YEAR, AFTER, repeats=True), "every year"),
        ("every 1 month", Clock(1, Unit.MONTH, AFTER, repeats=True), "every month"),
        ("thirty days after", Clock(30, Unit.DAY, AFTER), "30 days after"),
        ("fifteen days after", Clock(15, Unit.DAY, AFTER), "15 days after"),
    ],
)
def test_words_are_read_as_a_person_writes_them(words: str, clock: Clock, canonical: str) -> None:
    assert Clock.parse(words) == clock
    assert str(clock) == canonical


def test_what_happens_on_a_holiday_is_part_of_the_clock() -> None:
    assert Clock.parse("2 weeks after").on_holiday == "stand"
    assert Clock.parse("2 weeks after", on_holiday="roll").on_holiday == "roll"


@pytest.mark.parametrize(
    ("words", "nearest"),
    [
        ("20 business days after", "20 working days after"),
        ("20 working days begining with", "20 working days beginning with"),
        ("24 hrs after", "24 hours after"),
        ("evry 8 weeks", "every 8 weeks"),
        ("sameday", "same day"),
        ("at onec", "at once"),
        ("five working days", "5 working days after"),
        ("7 dyas before", "7 days before"),
    ],
)
def test_other_words_are_refused_with_the_nearest_that_would_do(words: str, nearest: str) -> None:
    with pytest.raises(ClockError) as refusal:
        Clock.parse(words)
    assert f"“{words}”" in str(refusal.value)
    assert f"“{nearest}”" in str(refusal.value)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("0 working days after", "1 or more"),
        ("0 days before", "1 or more"),
        ("every 0 weeks", "1 or more"),
        ("24 hours beginning with", "Say “after”"),
        ("1000000 days after", "999999 or fewer"),
    ],
)
def test_amounts_that_cannot_be_counted_are_refused(words: str, why: str) -> None:
    with pytest.raises(ClockError, match=why):
        Clock.parse(words)


def test_elapsed_hours_do_not_roll_off_a_holiday() -> None:
    with pytest.raises(ClockError, match="run through holidays"):
        Clock.parse("24 hours after", on_holiday="roll")


def test_a_repeated_clock_counts_on_from_its_anchor() -> None:
    with pytest.raises(ClockError, match="Leave out the last words"):
        Clock(2, Unit.WEEK, BEFORE, repeats=True)


@pytest.mark.parametrize(
    ("words", "welsh"),
    [
        ("20 working days beginning with", "20 diwrnod gwaith gan ddechrau gyda"),
        ("2 working days after", "2 ddiwrnod gwaith ar ôl"),
        ("1 day after", "1 diwrnod ar ôl"),
        ("2 days before", "2 ddiwrnod cyn"),
        ("2 weeks after", "2 wythnos ar ôl"),
        ("24 hours after", "24 awr ar ôl"),
        ("2 months after", "2 fis ar ôl"),
        ("6 months after", "6 mis ar ôl"),
        ("1 year after", "1 flwyddyn ar ôl"),
        ("2 years after", "2 flynedd ar ôl"),
        ("3 years after", "3 blynedd ar ôl"),
        ("5 years after", "5 mlynedd ar ôl"),
        ("every year", "bob blwyddyn"),
        ("every month", "bob mis"),
        ("every 2 months", "bob 2 fis"),
        ("every 8 weeks", "bob 8 wythnos"),
        ("same day", "yr un diwrnod"),
        ("at once", "ar unwaith"),
    ],
)
def test_clocks_speak_welsh(words: str, welsh: str) -> None:
    assert Clock.parse(words).words("cy") == welsh
    assert Clock.parse(words).words("en") == words


def test_days_and_moments_are_written_in_both_languages() -> None:
    assert write_day(date(2026, 4, 8)) == "Wed 8 Apr 2026"
    assert write_day(date(2026, 4, 8), "cy") == "Mer 8 Ebr 2026"
    moment = datetime(2026, 12, 27, 9, 5, tzinfo=LONDON)
    assert write_moment(moment) == "Sun 27 Dec 2026, 09:05"
    assert write_moment(moment, "cy") == "Sul 27 Rhag 2026, 09:05"


@given(
    amount=st.integers(1, 999_999),
    unit=st.sampled_from(Unit),
    counting=st.sampled_from(Counting),
    repeats=st.booleans(),
)
def test_what_is_written_reads_back(
    amount: int, unit: Unit, counting: Counting, *, repeats: bool
) -> None:
    assume(counting is Counting.AFTER or not repeats)
    assume(counting is not Counting.BEGINNING_WITH or unit is not Unit.HOUR)
    clock = Clock(amount, unit, counting, repeats)
    assert Clock.parse(str(clock)) == clock


@given(st.text(max_size=40))
def test_any_other_text_is_refused_and_never_fails(text: str) -> None:
    assume(" ".join(text.lower().split()) not in {"same day", "the same day", "at once"})
    assume(not any(unit in text.lower() for unit in Unit))
    with pytest.raises(ClockError, match=r"is not a clock I can count|is more than a clock"):
        Clock.parse(text)
