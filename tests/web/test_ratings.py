"""The page of a case's ratings: few queries, and a look that says what stands and what is stale."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from candour.cases.actions.results import refused
from candour.cases.actions.sealing import Showing
from candour.cases.models import Case
from candour.people.models import User
from tests.support.casework import Town, add, hold_ppm, open_at, to_ppm

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
MOST_QUERIES = 10


@pytest.fixture
def case(town: Town, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setenv("CANDOUR_NOW", "2026-04-02T15:00")
    case = open_at(town, "2026-03-09T09:00")
    to_ppm(town, case)
    hold_ppm(town, case)
    for agency, cell in (("Cardiff Council", "I2"), ("Health board", "I3")):
        data = {"agency": agency, "impact": cell, "engagement": "E3", "rationale": f"So {agency}."}
        add(town, case, "risk_rated", "2026-03-30T11:00", data)
    return case


def agree(town: Town, case: Case, outcome: str = "jimp") -> None:
    data = {"impact": "I3", "engagement": "E3", "outcome": outcome, "rationale": "By all."}
    add(town, case, "rating_agreed", "2026-03-30T12:00", data)


def test_spread_median_and_what_the_agreed_one_supports(
    town: Town, case: Case, signed_in: Browser
) -> None:
    agree(town, case)
    browser = signed_in(town.mari)
    browser.get(f"/cases/{case.ref}/ratings/")
    with CaptureQueriesContext(connection) as asked:
        page = browser.get(f"/cases/{case.ref}/ratings/").content.decode()
    assert len(asked) <= MOST_QUERIES
    assert "2 agencies chose 2 different cells, from “PPM” to “JIMP”." in page
    assert "Milder than agreed" in page
    assert "As agreed" in page
    assert "Escalate to JIMP" in page
    assert page.count('r="11.5"') == 2
    assert "Supported by: Rating agreed: Quality of life is affected" in (
        browser.get(f"/cases/{case.ref}/").content.decode()
    )
    assert "Supported by" in browser.get(f"/cases/{case.ref}/moves/ppm_to_jimp/").content.decode()


def test_who_stands_aside_after_rating_is_marked_and_not_in_the_median(
    town: Town, case: Case, signed_in: Browser
) -> None:
    browser = signed_in(town.mari)
    before = browser.get(f"/cases/{case.ref}/ratings/").content.decode()
    assert "not counted in the median" not in before
    declared = {"who": "A. Jones", "agency": "Health board", "may_rate": False, "handled": "Out."}
    add(town, case, "conflict_declared", "2026-03-30T13:00", declared)
    after = browser.get(f"/cases/{case.ref}/ratings/").content.decode()
    assert after.count("Stands aside: not counted in the median") == 1
    assert "(supports: JIMP)" in before
    assert "(supports: PPM)" in after


def test_a_stale_rating_says_what_made_it_so(town: Town, case: Case, signed_in: Browser) -> None:
    agree(town, case)
    concern = {"seriousness": "significant", "what_happened": "A fall on the stairs."}
    add(town, case, "concern_raised", "2026-04-01T10:00", concern)
    browser = signed_in(town.mari)
    page = browser.get(f"/cases/{case.ref}/ratings/").content.decode()
    assert "The agreed rating is stale and supports no move" in page
    assert "None: it is stale" in page
    assert "Before this came in" in page
    assert "the latest rating is stale" in browser.get(f"/cases/{case.ref}/").content.decode()


def test_without_a_round_there_is_nothing_to_seal_or_open(
    town: Town, case: Case, signed_in: Browser
) -> None:
    browser = signed_in(town.mari)
    for address in ("mine", "open"):
        answer = browser.get(f"/cases/{case.ref}/ratings/{address}/")
        assert (answer.status_code, answer["Location"]) == (302, f"/cases/{case.ref}/ratings/")
    assert browser.get(f"/cases/{case.ref}/record/rating_sealed/").status_code == 404
    assert browser.get(f"/cases/{case.ref}/record/ratings_opened/").status_code == 404


def test_showing_what_is_shown_already_says_that_nothing_was_added(
    town: Town, case: Case, signed_in: Browser
) -> None:
    page = signed_in(town.mari).post(f"/cases/{case.ref}/ratings/show/", follow=True)
    assert "Nothing was added: every rating of an opened round" in page.content.decode()


def test_what_cannot_be_shown_says_why(
    town: Town, case: Case, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    barred = Showing(0, (refused("The case is closed.", "Mae’r achos ar gau."),))
    monkeypatch.setattr("candour.web.views.ratings.show_ratings", lambda **_: barred)
    page = signed_in(town.mari).post(f"/cases/{case.ref}/ratings/show/", follow=True)
    assert "The case is closed." in page.content.decode()
    assert "Nothing was added" not in page.content.decode()
