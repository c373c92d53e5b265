"""The calendars against history, the law's rule for later years, and another source."""

from datetime import date

import pytest
from holidays import country_holidays
from hypothesis import given
from hypothesis import strategies as st

from candour.engine.calendars import BeyondCalendar
from candour.engine.errors import ClockError
from candour.policies.calendars import NAMES, calendar

PLACES = {"england": ["ENG"], "wales": ["WLS"], "uk-any": ["ENG", "WLS", "SCT", "NIR"]}


def holidays_of(place: str, year: int) -> dict[str, str]:
    return {
        f"{day:%d %b}": holiday.name
        for day, holiday in calendar(place).holidays.items()
        if day.year == year
    }


def test_years_in_which_a_bank_holiday_came_once_or_moved() -> None:
    assert holidays_of("england", 2012) == {
        "02 Jan": "New Year’s Day (substitute day)",
        "06 Apr": "Good Friday",
        "09 Apr": "Easter Monday",
        "07 May": "Early May bank holiday",
        "04 Jun": "Spring bank holiday (substitute day)",
        "05 Jun": "Queen’s Diamond Jubilee",
        "27 Aug": "Summer bank holiday",
        "25 Dec": "Christmas Day",
        "26 Dec": "Boxing Day",
    }
    assert holidays_of("wales", 2020)["08 May"] == "Early May bank holiday (VE day)"
    assert "04 May" not in holidays_of("wales", 2020)
    assert holidays_of("england", 2022) == {
        "03 Jan": "New Year’s Day (substitute day)",
        "15 Apr": "Good Friday",
        "18 Apr": "Easter Monday",
        "02 May": "Early May bank holiday",
        "02 Jun": "Spring bank holiday",
        "03 Jun": "Platinum Jubilee bank holiday",
        "29 Aug": "Summer bank holiday",
        "19 Sep": "Bank Holiday for the State Funeral of Queen Elizabeth II",
        "26 Dec": "Boxing Day",
        "27 Dec": "Christmas Day (substitute day)",
    }
    coronation = "Bank holiday for the coronation of King Charles III"
    assert holidays_of("england", 2023)["08 May"] == coronation


def test_a_computed_year_is_what_the_law_s_rule_gives() -> None:
    # 2033: New Year's Day and Christmas Day fall on weekends; Easter Sunday is 17 April.
    assert holidays_of("wales", 2033) == {
        "03 Jan": "New Year’s Day (substitute day)",
        "15 Apr": "Good Friday",
        "18 Apr": "Easter Monday",
        "02 May": "Early May bank holiday",
        "30 May": "Spring bank holiday",
        "29 Aug": "Summer bank holiday",
        "26 Dec": "Boxing Day",
        "27 Dec": "Christmas Day (substitute day)",
    }


@pytest.mark.parametrize("place", NAMES)
def test_published_years_are_marked_so_and_later_ones_computed(place: str) -> None:
    for day, holiday in calendar(place).holidays.items():
        assert holiday.source == ("published" if day.year <= 2028 else "computed"), day
    assert "computed" in (calendar(place).why_not(date(2030, 12, 25)) or "")


@pytest.mark.parametrize("place", NAMES)
def test_every_year_agrees_with_another_source(place: str) -> None:
    ours = set(calendar(place).holidays)
    theirs = {
        day
        for subdivision in PLACES[place]
        for day in country_holidays("GB", subdiv=subdivision, years=range(2012, 2041))
        if day.weekday() < 5
    }
    assert ours == theirs


def test_england_and_wales_keep_the_same_days() -> None:
    assert calendar("england").holidays == calendar("wales").holidays
    assert calendar("england").name == "england"
    assert calendar("wales").name == "wales"


@pytest.mark.parametrize(
    ("day", "english", "welsh"),
    [
        (
            date(2026, 3, 17),
            "St Patrick’s Day (Northern Ireland)",
            "Dydd Gŵyl Padrig (Gogledd Iwerddon)",
        ),
        (
            date(2026, 4, 6),
            "Easter Monday (England and Wales, Northern Ireland)",
            "Llun y Pasg (Cymru a Lloegr, Gogledd Iwerddon)",
        ),
        (
            date(2026, 6, 15),
            "World Cup bank holiday (Scotland)",
            "Gŵyl banc Cwpan y Byd (yr Alban)",
        ),
        (
            date(2026, 7, 13),
            "Battle of the Boyne (Orangemen’s Day) (substitute day) (Northern Ireland)",
            "Brwydr y Boyne (Dydd yr Orangemen) (diwrnod yn ei le) (Gogledd Iwerddon)",
        ),
        (
            date(2012, 1, 2),
            "2nd January (Scotland); "
            "New Year’s Day (substitute day) (England and Wales, Northern Ireland)",
            "2 Ionawr (yr Alban); Dydd Calan (diwrnod yn ei le) (Cymru a Lloegr, Gogledd Iwerddon)",
        ),
        (date(2026, 12, 25), "Christmas Day", "Dydd Nadolig"),
    ],
)
def test_anywhere_in_the_uk_says_whose_holiday_it_is(day: date, english: str, welsh: str) -> None:
    assert calendar("uk-any").why_not(day) == english
    assert calendar("uk-any").why_not(day, "cy") == welsh


def test_scotland_s_and_northern_ireland_s_own_days_are_working_days_in_england() -> None:
    for day in (date(2026, 3, 17), date(2026, 6, 15), date(2026, 11, 30), date(2026, 1, 2)):
        assert calendar("england").is_working(day)
        assert not calendar("uk-any").is_working(day)


def test_every_holiday_has_a_welsh_name_of_its_own() -> None:
    for place in NAMES:
        for day, holiday in calendar(place).holidays.items():
            assert holiday.name_cy, day
            assert holiday.name_cy != holiday.name, day


@pytest.mark.parametrize("place", NAMES)
def test_a_calendar_knows_2012_to_2040_and_nothing_else(place: str) -> None:
    known = calendar(place)
    assert known.why_not(date(2012, 1, 1)) == "Sunday"
    assert known.is_working(date(2040, 12, 31))
    for day in (date(2011, 12, 31), date(2041, 1, 1)):
        with pytest.raises(BeyondCalendar, match=day.isoformat()):
            known.is_working(day)


def test_a_calendar_is_made_once() -> None:
    assert calendar("england") is calendar("england")


def test_an_unknown_calendar_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(ClockError, match=r"“englnad”.*“england”.*england, wales, uk-any"):
        calendar("englnad")


@given(st.dates(date(2012, 1, 1), date(2040, 12, 31)))
def test_what_works_anywhere_in_the_uk_works_in_england_and_wales(day: date) -> None:
    if calendar("uk-any").is_working(day):
        assert calendar("england").is_working(day)
        assert calendar("wales").is_working(day)
