"""The status of a case in one sentence, made from its standing."""

from collections.abc import Callable

import pytest
from django.test import Client

from candour.cases.models import Case
from candour.people.models import User
from tests.support.casework import Town, add, hold_ppm, open_at, to_ppm
from tests.web.pages import read

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
DECISIONS = "Decisions and actions of the PPM, to all commissioning authorities"


@pytest.fixture
def case(town: Town, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A case with a PPM held on the Monday before Easter, looked at that afternoon."""
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-30T15:00")
    case = open_at(town, "2026-03-09T09:00")
    to_ppm(town, case)
    hold_ppm(town, case)
    return case


def sentence(town: Town, case: Case, signed_in: Browser, language: str = "en") -> str:
    browser = signed_in(town.mari)
    browser.cookies["candour_language"] = language
    page = read(browser.get(f"/cases/{case.ref}/"))
    return page[page.index(" At ") + 1 :].partition(". ")[0]


def test_it_says_where_since_when_and_what_comes_next(
    town: Town, case: Case, signed_in: Browser
) -> None:
    assert sentence(town, case, signed_in) == (f"At PPM since 10 March; due tomorrow: {DECISIONS}")


@pytest.mark.parametrize(
    ("now", "owed"),
    [
        ("2026-04-01T09:00", f"1 day late: {DECISIONS}"),
        ("2026-04-02T09:00", f"2 things late, the first: {DECISIONS}"),
    ],
)
def test_what_is_late_comes_first(
    town: Town,
    case: Case,
    signed_in: Browser,
    monkeypatch: pytest.MonkeyPatch,
    now: str,
    owed: str,
) -> None:
    monkeypatch.setenv("CANDOUR_NOW", now)
    assert f"; {owed}; due " in sentence(town, case, signed_in)


def test_what_is_far_off_is_told_by_its_day_and_another_year_by_its_year(
    town: Town, case: Case, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    for part in ("decisions", "summary"):
        data = {"part": part, "copy": "members", "to": ["Health board"]}
        add(town, case, "minutes_circulated", "2026-03-30T14:00", data)
    assert "due 8 April: Written notice" in sentence(town, case, signed_in)
    monkeypatch.setenv("CANDOUR_NOW", "2027-01-04T09:00")
    assert "At PPM since 10 March 2026; " in sentence(town, case, signed_in)
