"""Keeping who is who: somebody adds the desk of the night, and changes a number from a day on."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from candour.bodies.models import Contact
from candour.people.models import User
from tests.journeys.readers import every_reader
from tests.support.casework import make_town
from tests.support.who_is_who import make_area, make_keeper, make_routes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey, pytest.mark.slow]


@every_reader
def test_a_keeper_changes_a_desk_from_a_day_and_asks_who_answers_then(
    page: Page,
    come_in_as: Callable[[User], None],
    check_accessible: Callable[[Page], None],
    screenshot: Callable[[str], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CANDOUR_NOW", "2026-11-23T22:00")
    town = make_town()
    area = make_area()
    make_routes(town.council, town.service, area)
    make_keeper(town.mari, town.council)
    come_in_as(town.mari)
    page.goto(f"/directory/areas/{area.code}/")
    expect(page.get_by_role("heading", name="Somebody is in danger now")).to_be_visible()
    expect(page.get_by_text("Answers now, until tomorrow at 8:30am").first).to_be_visible()
    check_accessible(page)
    screenshot("directory-area")
    page.get_by_role("link", name="Cardiff Council").first.click()
    expect(page.get_by_role("heading", name="Cardiff Council", level=1)).to_be_visible()
    check_accessible(page)
    screenshot("directory-body")

    page.get_by_role("link", name="Change Duty desk").press("Enter")
    page.get_by_label("It changes from a day on").press("Space")
    for box, typed in (("Day", "1"), ("Month", "4"), ("Year", "2027")):
        page.get_by_label(box, exact=True).fill(typed)
    page.get_by_label("Hours", exact=True).fill("Mon 9 to 5")
    page.get_by_role("button", name="Keep").press("Enter")
    expect(page.get_by_role("link", name="“9” may be morning or evening")).to_be_visible()
    expect(page.get_by_label("Hours", exact=True)).to_have_value("Mon 9 to 5")
    check_accessible(page)
    screenshot("directory-keep-refused")
    page.get_by_label("Hours", exact=True).fill("Mon to Fri 8am to 8pm")
    page.get_by_label("Telephone").fill("029 2018 0199")
    page.get_by_label("Why").fill("A new switchboard")
    page.get_by_role("button", name="Keep").press("Enter")
    expect(page.get_by_text("Kept in the directory.")).to_be_visible()

    page.goto(f"/directory/services/{town.service.pk}/")
    check_accessible(page)
    screenshot("directory-service")
    page.locator("summary", has_text="Ask for another day").press("Enter")
    for box, typed in (("Day", "1"), ("Month", "4"), ("Year", "2027")):
        page.get_by_label(box, exact=True).fill(typed)
    page.get_by_role("button", name="Ask").press("Enter")
    expect(page.get_by_text("As it was, or will be, on Thu 1 Apr 2027.")).to_be_visible()
    expect(page.get_by_role("link", name="029 2018 0199").first).to_be_visible()
    check_accessible(page)
    assert Contact.objects.filter(name="Duty desk").count() == 2


@every_reader
def test_the_lists_of_areas_and_bodies_lead_to_each(
    page: Page,
    come_in_as: Callable[[User], None],
    check_accessible: Callable[[Page], None],
    screenshot: Callable[[str], Path],
) -> None:
    town = make_town()
    make_routes(town.council, town.service, make_area())
    come_in_as(town.mari)
    page.goto("/directory/areas/")
    check_accessible(page)
    screenshot("directory-areas")
    page.get_by_role("link", name="Bodies", exact=True).click()
    page.get_by_label("Name", exact=True).fill("derwen")
    page.get_by_role("button", name="Find").click()
    check_accessible(page)
    screenshot("directory-bodies")
    page.get_by_role("link", name="Derwen Care").click()
    expect(page.get_by_role("link", name="Plas Derwen")).to_be_visible()
    expect(page.get_by_text("No desk is kept")).to_be_visible()
    check_accessible(page)
