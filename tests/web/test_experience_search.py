"""The list of experiences as its address says it: words, filters, days and the selection."""

from datetime import date

import pytest
from django.http import QueryDict

from candour.experiences.queries import Filters
from candour.web.experience_search import MOST_CHOSEN, ExperienceSearch


def _search(query: str) -> ExperienceSearch:
    return ExperienceSearch.from_query(QueryDict(query))


def test_an_empty_address_is_the_whole_list() -> None:
    search = _search("")
    assert (search.filters, search.narrowed, search.query()) == (Filters(), False, "")


def test_every_filter_is_read() -> None:
    search = _search(
        "q=cold&service=-&theme=Parking&felt=0&rating=poor&source=form&linked=no"
        "&since-day=1&since-month=3&since-year=2026&until-day=2&until-month=3&until-year=2026"
    )
    assert search.filters == Filters(
        service="",
        theme="Parking",
        sentiment=0,
        rating="poor",
        source="form",
        linked=False,
        since=date(2026, 3, 1),
        until=date(2026, 3, 2),
    )
    assert search.faults() == {}


@pytest.mark.parametrize("query", ["felt=9", "felt=12", "linked=perhaps", "felt=%C2%B2"])
def test_what_makes_no_sense_does_not_narrow(query: str) -> None:
    assert _search(query).filters == Filters()


def test_a_day_that_cannot_be_read_is_told_and_kept_as_typed() -> None:
    search = _search("since-day=41&since-month=3&since-year=2026")
    assert search.faults() == {"since": "Received from must be a real day, like 30 3 2026"}
    assert search.day_parts("since")["day"] == "41"
    assert search.filters.since is None


def test_days_the_wrong_way_round_are_told() -> None:
    days = "since-day=2&since-month=3&since-year=2026&until-day=1&until-month=3&until-year=2026"
    assert "until" in _search(days).faults()


def test_ticks_join_what_was_selected_before_each_once() -> None:
    search = _search("chosen=3.5&experience=5&experience=8&experience=x&experience=-1")
    assert search.chosen == (3, 5, 8)
    assert not search.tidy
    assert search.query() == "?chosen=3.5.8"
    assert _search("chosen=3.5.8").tidy


def test_no_more_can_be_selected_than_one_concern_can_carry() -> None:
    search = _search("&".join(f"experience={number}" for number in range(1, MOST_CHOSEN + 2)))
    assert len(search.chosen) == MOST_CHOSEN
    assert search.full
    again = ExperienceSearch.from_query(QueryDict(search.query()[1:]))
    assert again.full
    assert again.tidy


def test_the_address_says_the_same_again() -> None:
    query = "?q=oer+a+gwlyb&theme=Care+plans&since-day=1&page=older.2026-01-01.7&chosen=1.2"
    search = _search(query[1:])
    assert search.query() == query
    assert search.tidy


def test_taking_a_filter_away_keeps_the_rest_and_goes_to_the_first_page() -> None:
    search = _search("q=oer&since-day=1&since-month=2&since-year=2026&page=x&chosen=4")
    assert search.without("since").query() == "?q=oer&chosen=4"
    assert search.without("q").words == ""
    assert search.cleared().query() == "?chosen=4"
