"""From what people told us to a case and back, at a desk, on a phone and without scripts."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from candour.people.models import User
from tests.journeys.readers import WITHOUT_SCRIPTS, Reader, every_reader
from tests.support.casework import Town, make_town, open_at
from tests.support.told import tell

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

Check = Callable[[Page], None]
Take = Callable[[str], Path]
COLD = "Nobody answered the bell at night and my mother waited. Visit {}."


@pytest.fixture
def town(live_site: str, monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setenv("CANDOUR_NOW", "2026-04-02T15:00+01:00")
    town = make_town()
    tell(town.council, [COLD.format(number) for number in range(30)], sentiment=5)
    tell(town.council, ["Roedd y tŷ yn oer"], language="cy", themes=["Environment"], rating="good")
    tell(town.council, ["Kind staff, good food"], sentiment=1, rating="very good")
    tell(town.elsewhere, ["Words told to somebody else, who waited"])
    return town


@pytest.fixture
def at_the_list(page: Page, town: Town, come_in_as: Callable[[User], None]) -> Page:
    come_in_as(town.mari)
    page.goto("/experiences/")
    return page


def _search(page: Page, words: str) -> None:
    page.get_by_label("Find words").fill(words)
    page.get_by_role("button", name="Search", exact=True).click()


def _open_filters(page: Page, reader: Reader) -> None:
    if reader.name == "phone":
        page.locator("summary.app-filter__summary").click()


def _fill_opening_questions(page: Page) -> None:
    page.get_by_label("Title").fill("Bells at night")
    for question in (r"safety in question", r"nursing care"):
        group = page.get_by_role("group", name=re.compile(question))
        group.get_by_label("No", exact=True).check()


@every_reader
def test_several_experiences_become_a_case_and_stay_linked_both_ways(
    at_the_list: Page, reader: Reader, check_accessible: Check, screenshot: Take
) -> None:
    page = at_the_list
    expect(page.get_by_role("heading", level=2, name="32 experiences")).to_be_visible()
    check_accessible(page)
    screenshot("experiences")

    _search(page, "waiting bells")
    expect(page.locator("mark").first).to_have_text("bell")
    expect(page.locator("main")).not_to_contain_text("somebody else")
    _open_filters(page, reader)
    page.get_by_label("How it felt").select_option(label="Very negative (30)")
    page.get_by_role("button", name="Show results").click()
    check_accessible(page)
    screenshot("experiences-found")

    page.locator("input[name=experience]").first.check()
    page.get_by_role("button", name="Older experiences").click()
    expect(page.locator("#selection")).to_contain_text("1 selected (1 of them not on this page)")
    page.locator("input[name=experience]").last.check()
    page.get_by_role("button", name="Newer experiences").click()
    expect(page.locator("#selection")).to_contain_text("2 selected (1 of them not on this page)")
    expect(page.locator("input[name=experience]").first).to_be_checked()
    page.get_by_role("button", name="Raise a concern from the selected").first.click()

    expect(page.get_by_role("heading", level=2, name="2 experiences together")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Visit 29.")
    expect(page.locator("main")).to_contain_text("Visit 0.")
    check_accessible(page)
    screenshot("raise-a-concern")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("Say in your own words")
    check_accessible(page)
    page.get_by_label("What is the concern?").fill("Bells go unanswered at night")
    page.get_by_label("Open a case: Quality services").check()
    page.get_by_role("button", name="Continue").click()

    page.get_by_role("link", name="Plas Derwen").click()
    expect(page.get_by_label("What is the matter")).to_have_value("Bells go unanswered at night")
    _fill_opening_questions(page)
    page.get_by_role("button", name="Open the case").click()
    expect(page).to_have_url(re.compile(r"/cases/CV-2026-0001/"))
    expect(page.locator("main")).to_contain_text("Visit 29.")
    expect(page.locator("main")).to_contain_text("Visit 0.")
    page.get_by_role("link", name=re.compile(r"^Number \d+$")).first.click()
    expect(page.get_by_role("link", name="CV-2026-0001 Bells at night")).to_be_visible()

    page.goto("/experiences/?linked=yes")
    expect(page.get_by_role("heading", level=2, name="2 experiences")).to_be_visible()
    page.get_by_role("link", name=re.compile("in full")).first.click()
    page.get_by_role("link", name="CV-2026-0001 Bells at night").click()
    expect(page).to_have_url(re.compile(r"/cases/CV-2026-0001/"))


@every_reader
def test_an_experience_is_added_to_a_case_that_is_open(
    at_the_list: Page, town: Town, reader: Reader, check_accessible: Check, screenshot: Take
) -> None:
    page, case = at_the_list, open_at(town, "2026-03-09T09:00")
    _search(page, "ty")
    expect(page.locator("mark")).to_have_text("tŷ")
    expect(page.locator("p", has=page.locator("mark"))).to_have_attribute("lang", "cy")
    page.get_by_role("link", name=re.compile("in full")).click()
    expect(page.locator("main")).to_contain_text("winter.csv")
    check_accessible(page)
    screenshot("experience")
    page.get_by_role("button", name="Raise a concern from this").click()
    page.get_by_label("What is the concern?").fill("The house is cold")
    page.get_by_label("Add them to a case that is open already").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Find an open case").fill("falls")
    page.get_by_role("button", name="Search", exact=True).click()
    check_accessible(page)
    screenshot("add-to-case")
    page.get_by_label("Falls at night and too few staff").check()
    page.get_by_label("Lead officer, host authority, Cardiff Council").check()
    expect(page.get_by_label("Why do they belong there?")).to_have_value("The house is cold")
    page.get_by_role("button", name="Add to the case").click()
    expect(page).to_have_url(re.compile(rf"/cases/{case.ref}/#entry-"))
    expect(page.locator("main")).to_contain_text("Roedd y tŷ yn oer")


@every_reader
def test_lists_with_nothing_in_them_say_what_to_do(
    at_the_list: Page, town: Town, check_accessible: Check, screenshot: Take
) -> None:
    page = at_the_list
    _search(page, "zebra")
    expect(page.locator("main")).to_contain_text("No experience matches")
    check_accessible(page)
    screenshot("experiences-none")
    page.get_by_role("link", name="Clear the search and all filters").click()
    expect(page.get_by_role("heading", level=2, name="32 experiences")).to_be_visible()


@pytest.mark.parametrize("reader", [WITHOUT_SCRIPTS], indirect=True)
def test_without_scripts_what_is_ticked_survives_filtering_and_taking_away_a_filter(
    at_the_list: Page,
) -> None:
    page = at_the_list
    page.locator("input[name=experience]").first.check()
    page.get_by_label("Theme").select_option(label="Environment (1)")
    page.get_by_role("button", name="Show results").click()
    expect(page.locator("#selection")).to_contain_text("1 selected (1 of them not on this page)")
    page.locator("input[name=experience]").first.check()
    page.get_by_role("button", name="Take away: Environment").click()
    expect(page.locator("#selection")).to_contain_text("2 selected")
    assert page.locator("input[name=experience]:checked").count() == 2
    page.get_by_role("link", name="Clear the selection").click()
    expect(page.locator("#selection")).to_contain_text("Tick the ones that belong together")


@pytest.mark.parametrize("reader", [WITHOUT_SCRIPTS], indirect=True)
def test_the_enter_key_in_the_search_searches(at_the_list: Page) -> None:
    page = at_the_list
    page.goto("/experiences/?theme=Environment")
    page.get_by_label("Find words").fill("oer")
    page.get_by_label("Find words").press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=oer&theme=Environment$"))
