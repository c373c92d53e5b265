"""Proofs as a person reads them."""

from datetime import UTC, date, datetime

import pytest

from candour.engine.calendars import Calendar
from candour.engine.clocks import LONDON, Clock, ClockError, Pause, ProofDay, prove
from candour.policies.calendars import calendar

WALES = calendar("wales")


def at(month: int, day: int, hour: int = 9, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=LONDON)


def test_five_working_days_over_easter() -> None:
    proof = prove(Clock.parse("5 working days after"), at(3, 30), WALES)
    assert proof.lines() == [
        "5 working days after Mon 30 Mar 2026, on the calendar wales",
        "Tue 31 Mar 2026: day 1",
        "Wed 1 Apr 2026: day 2",
        "Thu 2 Apr 2026: day 3",
        "Fri 3 Apr 2026: not counted, Good Friday",
        "Sat 4 Apr 2026: not counted, Saturday",
        "Sun 5 Apr 2026: not counted, Sunday",
        "Mon 6 Apr 2026: not counted, Easter Monday",
        "Tue 7 Apr 2026: day 4",
        "Wed 8 Apr 2026: day 5",
        "Due Wed 8 Apr 2026",
    ]
    assert proof.days[0] == ProofDay(date(2026, 3, 31), counted=True, number=1)
    assert proof.days[3].reason_cy == "Dydd Gwener y Groglith"


def test_the_same_in_welsh() -> None:
    proof = prove(Clock.parse("5 working days after"), at(3, 30), WALES)
    assert proof.lines("cy") == [
        "5 diwrnod gwaith ar ôl Llun 30 Maw 2026, ar y calendr wales",
        "Maw 31 Maw 2026: diwrnod 1",
        "Mer 1 Ebr 2026: diwrnod 2",
        "Iau 2 Ebr 2026: diwrnod 3",
        "Gwe 3 Ebr 2026: heb ei gyfrif, Dydd Gwener y Groglith",
        "Sad 4 Ebr 2026: heb ei gyfrif, Dydd Sadwrn",
        "Sul 5 Ebr 2026: heb ei gyfrif, Dydd Sul",
        "Llun 6 Ebr 2026: heb ei gyfrif, Llun y Pasg",
        "Maw 7 Ebr 2026: diwrnod 4",
        "Mer 8 Ebr 2026: diwrnod 5",
        "Erbyn Mer 8 Ebr 2026",
    ]


def test_a_holiday_that_is_computed_says_so() -> None:
    proof = prove(Clock.parse("1 working day after"), at(4, 18, year=2030), WALES)
    assert "Fri 19 Apr 2030: not counted, Good Friday (computed, not yet published)" in (
        proof.lines()
    )


def test_a_long_run_of_days_is_one_line_and_a_pause_breaks_it() -> None:
    clock = Clock.parse("28 days beginning with")
    assert prove(clock, at(7, 1), WALES).lines() == [
        "28 days beginning with Wed 1 Jul 2026",
        "Wed 1 Jul 2026 to Tue 28 Jul 2026: days 1 to 28",
        "Due Tue 28 Jul 2026",
    ]
    assert prove(clock, at(7, 1), WALES, [Pause(at(7, 20), at(7, 21, 0))]).lines() == [
        "28 days beginning with Wed 1 Jul 2026",
        "Wed 1 Jul 2026 to Sun 19 Jul 2026: days 1 to 19",
        "Mon 20 Jul 2026: not counted, paused",
        "Tue 21 Jul 2026 to Wed 29 Jul 2026: days 20 to 28",
        "Paused from Mon 20 Jul 2026, 09:00 to Tue 21 Jul 2026, 00:00",
        "Due Wed 29 Jul 2026",
    ]


def test_months_show_the_day_on_which_each_is_complete() -> None:
    assert prove(Clock.parse("6 months after"), at(8, 31, year=2025), WALES).lines() == [
        "6 months after Sun 31 Aug 2025",
        "Tue 30 Sep 2025: month 1 (the month has no day 31)",
        "Fri 31 Oct 2025: month 2",
        "Sun 30 Nov 2025: month 3 (the month has no day 31)",
        "Wed 31 Dec 2025: month 4",
        "Sat 31 Jan 2026: month 5",
        "Sat 28 Feb 2026: month 6 (the month has no day 31)",
        "Due Sat 28 Feb 2026",
    ]
    assert prove(Clock.parse("2 years before"), at(2, 29, year=2024), WALES).lines("cy") == [
        "2 flynedd cyn Iau 29 Chw 2024",
        "Maw 28 Chw 2023: blwyddyn 1 (nid oes diwrnod 29 yn y mis)",
        "Llun 28 Chw 2022: blwyddyn 2 (nid oes diwrnod 29 yn y mis)",
        "Erbyn Llun 28 Chw 2022",
    ]


def test_months_move_on_by_the_days_paused() -> None:
    proof = prove(Clock.parse("1 month after"), at(3, 9), WALES, [Pause(at(3, 16), at(3, 17))])
    assert proof.lines() == [
        "1 month after Mon 9 Mar 2026",
        "Mon 16 Mar 2026: not counted, paused",
        "Tue 17 Mar 2026: not counted, paused",
        "Thu 9 Apr 2026: month 1",
        "Sat 11 Apr 2026: moved on by days paused: 2",
        "Paused from Mon 16 Mar 2026, 09:00 to Tue 17 Mar 2026, 09:00",
        "Due Sat 11 Apr 2026",
    ]


def test_a_month_moved_on_into_another_pause_moves_on_again() -> None:
    pauses = [Pause(at(3, 16), at(3, 17)), Pause(at(4, 10), at(4, 10, 12))]
    proof = prove(Clock.parse("1 month after"), at(3, 9), WALES, pauses)
    assert [met.day for met in proof.days if met.reason == "paused"] == [
        date(2026, 3, 16),
        date(2026, 3, 17),
        date(2026, 4, 10),
    ]
    assert proof.days[-1].day == proof.due.on == date(2026, 4, 12)
    assert proof.days[-1].reason == "moved on by days paused: 3"


def test_a_date_that_rolls_shows_what_it_rolled_over() -> None:
    clock = Clock.parse("2 weeks after", on_holiday="roll")
    proof = prove(clock, at(3, 20), WALES, [Pause(at(4, 7), at(4, 7, 10))])
    assert proof.lines() == [
        "2 weeks after Fri 20 Mar 2026, on the calendar wales",
        "Sat 21 Mar 2026 to Thu 2 Apr 2026: days 1 to 13",
        "Fri 3 Apr 2026: day 14 (Good Friday)",
        "Sat 4 Apr 2026: not counted, Saturday",
        "Sun 5 Apr 2026: not counted, Sunday",
        "Mon 6 Apr 2026: not counted, Easter Monday",
        "Tue 7 Apr 2026: not counted, paused",
        "Wed 8 Apr 2026: the next working day",
        "Paused from Tue 7 Apr 2026, 09:00 to Tue 7 Apr 2026, 10:00",
        "Due Wed 8 Apr 2026",
    ]


def test_a_month_moved_on_to_a_holiday_says_both() -> None:
    clock = Clock.parse("1 month after", on_holiday="roll")
    proof = prove(clock, at(3, 9), WALES, [Pause(at(3, 16), at(3, 17))])
    assert proof.days[-3].reason == "moved on by days paused: 2; Saturday"
    assert proof.days[-3].reason_cy == "symudwyd, diwrnodau oedi: 2; Dydd Sadwrn"
    assert proof.lines()[-1] == "Due Mon 13 Apr 2026"


def test_notice_rolls_back() -> None:
    clock = Clock.parse("7 days before", on_holiday="roll")
    assert prove(clock, at(4, 10), WALES, [Pause(at(1, 1), None)]).lines() == [
        "7 days before Fri 10 Apr 2026, on the calendar wales",
        "Thu 9 Apr 2026: day 1",
        "Wed 8 Apr 2026: day 2",
        "Tue 7 Apr 2026: day 3",
        "Mon 6 Apr 2026: day 4",
        "Sun 5 Apr 2026: day 5",
        "Sat 4 Apr 2026: day 6",
        "Fri 3 Apr 2026: day 7 (Good Friday)",
        "Thu 2 Apr 2026: the working day before",
        "Due Thu 2 Apr 2026",
    ]


def test_a_date_on_a_working_day_has_nothing_to_roll_over() -> None:
    clock = Clock.parse("2 days after", on_holiday="roll")
    assert prove(clock, at(3, 30), WALES).lines()[-2:] == [
        "Wed 1 Apr 2026: day 2",
        "Due Wed 1 Apr 2026",
    ]


def test_hours_tell_of_the_clocks_on_the_wall() -> None:
    clock = Clock.parse("24 hours after")
    assert prove(clock, at(3, 28, 14), WALES).lines() == [
        "24 hours after Sat 28 Mar 2026, 14:00",
        "The clocks go forward by 60 minutes in between",
        "Due Sun 29 Mar 2026, 15:00",
    ]
    assert prove(clock, at(10, 24, 14), WALES).lines("cy") == [
        "24 awr ar ôl Sad 24 Hyd 2026, 14:00",
        "Mae’r clociau’n mynd yn ôl 60 munud yn y cyfamser",
        "Erbyn Sul 25 Hyd 2026, 13:00",
    ]


def test_hours_name_the_pauses_that_mattered_and_no_others() -> None:
    pauses = [
        Pause(at(5, 1), at(5, 2)),
        Pause(at(6, 1, 12), at(6, 1, 14)),
        Pause(at(6, 5), None),
    ]
    proof = prove(Clock.parse("24 hours after"), at(6, 1, 9), WALES, pauses)
    assert proof.lines() == [
        "24 hours after Mon 1 Jun 2026, 09:00",
        "Paused from Mon 1 Jun 2026, 12:00 to Mon 1 Jun 2026, 14:00",
        "Due Tue 2 Jun 2026, 11:00",
    ]
    assert proof.days == ()


@pytest.mark.parametrize("words", ["5 working days after", "5 days after", "1 month after"])
def test_under_an_open_pause_the_proof_goes_as_far_as_the_count_did(words: str) -> None:
    clock = Clock.parse(words, on_holiday="roll")
    held = [Pause(at(3, 10), at(3, 10, 10)), Pause(at(3, 12), None)]
    proof = prove(clock, at(3, 9), WALES, held)
    paused = ProofDay(date(2026, 3, 10), counted=False, reason="paused", reason_cy="wedi’i oedi")
    assert paused in proof.days
    assert proof.lines()[-3:] == [
        "Paused from Tue 10 Mar 2026, 09:00 to Tue 10 Mar 2026, 10:00",
        "Paused from Thu 12 Mar 2026, 09:00, and still",
        "Not known while the pause lasts",
    ]
    assert proof.lines("cy")[-2:] == [
        "Oedi o Iau 12 Maw 2026, 09:00, ac yn parhau",
        "Ni wyddys tra bo’r oedi’n parhau",
    ]


def test_what_repeats_names_its_occurrence() -> None:
    proof = prove(Clock.parse("every 8 weeks"), at(1, 5), WALES, occurrence=3)
    assert proof.lines() == [
        "every 8 weeks, number 3: Mon 5 Jan 2026",
        "Tue 6 Jan 2026 to Mon 22 Jun 2026: days 1 to 168",
        "Due Mon 22 Jun 2026",
    ]
    with pytest.raises(ClockError, match="1 or more"):
        prove(Clock.parse("8 weeks after"), at(1, 5), WALES, occurrence=2)


def test_no_time_at_all_is_proved_too() -> None:
    assert prove(Clock.parse("same day"), at(4, 3), WALES).lines() == [
        "same day: Fri 3 Apr 2026",
        "Fri 3 Apr 2026: day 1",
        "Due Fri 3 Apr 2026",
    ]
    assert prove(Clock.parse("at once"), at(4, 3), WALES).lines() == [
        "at once: Fri 3 Apr 2026, 09:00",
        "Due Fri 3 Apr 2026, 09:00",
    ]


def test_the_first_day_of_all_can_be_proved() -> None:
    early = Calendar("early", date(1, 1, 1), date(1, 12, 31), {})
    proof = prove(Clock.parse("1 day before"), datetime(1, 1, 2, 12, tzinfo=UTC), early)
    assert [met.day for met in proof.days] == [date(1, 1, 1)]
