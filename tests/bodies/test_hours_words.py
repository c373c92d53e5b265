"""Hours as people write them, in English and Welsh."""

import pytest
from hypothesis import given, settings

from candour.bodies.hours import ALWAYS, OTHERWISE, UNKNOWN, Hours
from candour.bodies.hours_words import HoursError, read_hours, write_hours
from tests.bodies.hours_made_up import any_hours

CLOSED = "; closed on bank holidays in England"


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Monday to Friday 9am to 5pm", "Mon-Fri 09:00-17:00" + CLOSED),
        (
            "Weekdays 9am–5pm. Weekends 10am–1pm",
            "Mon-Fri 09:00-17:00; Sat-Sun 10:00-13:00" + CLOSED,
        ),
        ("Tuesdays and Thursdays from 9.30am until noon", "Tue, Thu 09:30-12:00" + CLOSED),
        (
            "Mon to Fri 8.30am to 5pm, closed 12.30pm to 1.30pm",
            "Mon-Fri 08:30-12:30, 13:30-17:00" + CLOSED,
        ),
        ("Mon-Fri 9am to 5pm except Wed", "Mon-Tue, Thu-Fri 09:00-17:00" + CLOSED),
        ("Fri to Mon 10am to 2pm", "Mon, Fri-Sun 10:00-14:00" + CLOSED),
        (
            "every day 5.30pm to 8am; open on bank holidays",
            "Mon-Sun 00:00-08:00, 17:30-24:00; open on bank holidays in England",
        ),
        (
            "Llun i Gwener 9yb i 5yp; ar gau ar wyliau banc yng Nghymru",
            "Mon-Fri 09:00-17:00; closed on bank holidays in Wales",
        ),
        (
            "Mon-Fri 9am-5pm; bank holidays anywhere in the UK 10am to noon",
            "Mon-Fri 09:00-17:00; bank holidays anywhere in the UK 10:00-12:00",
        ),
        ("Mon 8am to midnight", "Mon 08:00-24:00" + CLOSED),
    ],
)
def test_hours_are_read_however_they_are_written_and_written_back_in_one_form(
    written: str, plain: str
) -> None:
    assert write_hours(read_hours(written)) == plain


@pytest.mark.parametrize(
    ("written", "hours"),
    [
        ("24 hours a day", ALWAYS),
        ("24/7", ALWAYS),
        ("bob amser", ALWAYS),
        ("Nights, weekends and bank holidays", OTHERWISE),
        ("y tu allan i oriau", OTHERWISE),
        ("", UNKNOWN),
        ("Not known", UNKNOWN),
    ],
)
def test_some_keep_no_hours(written: str, hours: Hours) -> None:
    assert read_hours(written) is hours


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("by rota", "“by” is not understood. Write hours like “Mon to Fri 9am to 5pm"),
        ("Mon to Fri 9 to 5", "“9” may be morning or evening. Write am or pm"),
        ("Mon 9.30 to 5.30", "runs overnight. If that is not meant, write “5.30” with am or pm"),
        ("Mon to Fri", "Nothing says at which times for “mon”"),
        ("9am to 5pm", "Nothing says on which days by “9am”"),
        ("Mon 9am", "Nothing says until when after “9am”"),
        ("Mon 13pm to 5pm", "“13pm” is no time of day"),
        ("Mon 09:75 to 17:00", "“09:75” is no time of day"),
        ("Mon to 9am", "Nothing says on which days by “mon”"),
        ("closed 1pm to 2pm", "Nothing says on which days by “closed”"),
        ("Mon 9am to 5pm; bank holidays 6pm to 8am", "Hours of a bank holiday end at midnight"),
    ],
)
def test_hours_that_leave_something_open_are_refused_and_say_how_to_write_them(
    written: str, says: str
) -> None:
    with pytest.raises(HoursError, match=says.replace(".", r"\.")) as refused:
        read_hours(written)
    assert refused.value.words.cy != refused.value.words.en


def test_whose_bank_holidays_are_meant_where_the_words_do_not_say_is_an_argument() -> None:
    assert read_hours("Mon 9am to 5pm", holidays_of="wales").holidays_of == "wales"
    assert read_hours(
        "Mon 9am to 5pm; closed on bank holidays in England", holidays_of="wales"
    ) == (read_hours("Mon 9am to 5pm"))


@settings(deadline=None)
@given(any_hours)
def test_what_is_written_is_read_back_as_it_is(hours: Hours) -> None:
    assert read_hours(write_hours(hours)) == hours
