"""Somebody looks for what a nurse said, narrows it, keeps the filter, and takes the list out."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from candour.people.models import User
from tests.journeys.readers import every_reader
from tests.support.casework import Town, hold_ppm, make_town, open_at, to_ppm

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey, pytest.mark.slow]


@pytest.fixture
def town(transactional_db: None) -> Town:
    """Organisations, people and services."""
    return make_town()


@every_reader
def test_what_was_said_is_found_from_any_page(
    page: Page,
    town: Town,
    come_in_as: Callable[[User], None],
    check_accessible: Callable[[Page], None],
    screenshot: Callable[[str], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Given a case in which somebody spoke of falls
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-31T15:00")
    case = open_at(town, "2026-03-09T09:00")
    to_ppm(town, case)
    hold_ppm(town, case)
    come_in_as(town.mari)
    page.goto("/worklist/")
    # When she types a word into the box at the head of the page, with the keyboard alone
    box = page.get_by_role("search").get_by_label("Words, name or case number")
    box.focus()
    page.keyboard.type("falls")
    page.keyboard.press("Enter")
    # Then the case is there, with the words marked, and nobody is shut out of the page
    expect(page.get_by_role("heading", name="Falls at night and too few staff")).to_be_visible()
    expect(page.locator("mark").first).to_have_text("Falls")
    check_accessible(page)
    screenshot("search")
    # When she keeps the search
    page.get_by_text("Keep this filter").click()
    page.get_by_label("Name of the filter").fill("Falls")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("“Falls” is kept on this list.")).to_be_visible()
    check_accessible(page)
    # And takes out what was found
    with page.expect_download() as taken:
        page.get_by_role("link", name="Excel (xlsx)").click()
    assert taken.value.suggested_filename == "search-2026-03-31.xlsx"
    # Then the number of the case leads straight to it
    page.goto("/worklist/")
    box.fill(case.ref.lower())
    box.press("Enter")
    expect(page).to_have_url(f"{page.url.split('/cases')[0]}/cases/{case.ref}/")
