"""From the register to a recipient and its answer: at a desk, on a phone, without scripts."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from candour.people.models import User
from tests.journeys.readers import Reader, every_reader
from tests.journeys.walking import fill, fill_when, press
from tests.support.answering import open_with, put, say
from tests.support.casework import Town, make_town

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def town(live_site: str, monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setenv("CANDOUR_NOW", "2026-01-22T15:00+00:00")
    town = make_town()
    case = open_with(town)
    first = put(town, case, "Ely Hospitals Trust")
    board = put(town, case, "Ely Board", first, when="2025-12-08T11:00")
    say(town, case, "acknowledgement_received", "2025-12-12T09:00", {"responsible": True}, board)
    return town


@every_reader
def test_a_late_recipient_is_found_and_its_answer_recorded(
    page: Page,
    town: Town,
    come_in_as: Callable[[User], None],
    reader: Reader,
    check_accessible: Callable[[Page], None],
    screenshot: Callable[[str], Path],
) -> None:
    come_in_as(town.sam)
    page.goto("/responses/?which=late")
    check_accessible(page)
    screenshot("responses-register")
    page.get_by_role("link", name="Ely Board").click()
    expect(page.get_by_role("heading", name="Responses", level=1)).to_be_visible()
    check_accessible(page)
    screenshot("responses-case")

    page.get_by_role("link", name=re.compile("Answer received.*Ely Board")).click()
    fill(page, {"What they say": "A pharmacist on every ward round."})
    fill_when(page, "2026-01-22 10:00")
    press(page, "Record it")

    page.goto("/responses/?which=all")
    expect(page.get_by_text("Answered late")).to_be_visible()
