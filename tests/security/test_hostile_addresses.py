"""Addresses that somebody wrote by hand: any value in any part of a query, and odd paths."""

import random
from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.test import Client

from candour.people.models import User
from tests.support.casework import Town, open_at
from tests.support.told import tell

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]

NAMES = {
    "/": ("whose", "when", "after"),
    "/worklist/": ("whose", "when", "after"),
    "/cases/": ("q", "state", "after"),
    **dict.fromkeys(
        ("/cases/CV-2026-0001/", "/cases/CV-2026-0001/chronology/"),
        ("sort", "who", "meeting", "for", "show", "since-day", "until-month", "until-year"),
    ),
    "/cases/open/": ("procedure", "service", "experience", "summary", "q"),
    "/experiences/": (
        *("q", "service", "theme", "felt", "rating", "source", "linked", "page", "chosen"),
        *("since-day", "since-month", "since-year", "until-day", "until-month", "until-year"),
        *("experience", "full", "drop"),
    ),
    "/experiences/raise/": ("chosen", "experience", "q", "drop"),
    "/experiences/add-to-case/": ("chosen", "why", "q", "case"),
}
VALUES = (
    *("", " ", "0", "1", "-1", "x", "é", "٣", "²", "\x00", "\u202e", "\ufffd", "%", "%00", "'\"><"),
    *("9" * 18, "9" * 19, "9" * 4_000, "older.2026-01-01.1", "newer.0001-01-01.0", "older.x.1"),
    *("older.9999-12-31." + "9" * 5_000, "older.2026-W01-1.1", "newer.2026-01-01.1_0", "1.2.3"),
    *(
        "a" * 3_000,
        '"' * 500,
        "(" * 500,
        "a -b or -c",
        "-",
        "--",
        "or",
        "& | !",
        ":*",
        "\\",
        "a\nb",
    ),
    *("cardiff_vale", "../../etc/passwd", "2026", "0001", "9999", "31", "2", "yes", "no", "body"),
    *("late", "later", "closed", "all", "2026-01-01T00:00:00+00:00~1", "9999-12-31", "ppm"),
)


@pytest.mark.parametrize("address", NAMES)
def test_no_value_of_a_query_trips_a_page(
    town: Town, signed_in: Browser, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-31T15:00")
    open_at(town, "2026-03-09T09:00")
    tell(town.council, ["Cold food", "Bwyd oer"])
    browser = signed_in(town.mari)
    chance = random.Random(address)  # noqa: S311  # the same values at each run
    asked = [{name: value} for name in NAMES[address] for value in VALUES]
    for _ in range(60):
        names = chance.sample(NAMES[address], k=min(3, len(NAMES[address])))
        asked.append({name: chance.choice(VALUES) for name in names})
    for query in asked:
        answer = browser.get(address, query)
        assert answer.status_code < 500, query


@pytest.mark.parametrize(
    "path",
    [
        "/cases/{}/",
        "/cases/{}/record/",
        "/cases/CV-2026-0001/record/{}/",
        "/cases/CV-2026-0001/moves/{}/",
        "/cases/CV-2026-0001/due/{}/",
        "/cases/CV-2026-0001/entries/{}/correct/",
        "/experiences/{}/",
        "/procedures/{}/",
        "/language/{}/",
    ],
)
def test_no_path_trips_the_site(
    town: Town, signed_in: Browser, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-31T15:00")
    open_at(town, "2026-03-09T09:00")
    browser = signed_in(town.mari)
    for value in VALUES:
        for method in (browser.get, browser.post):
            answer = method(path.format(quote(value, safe="")))
            assert answer.status_code < 500, value
