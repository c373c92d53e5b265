"""What people told is coded by themes, at a desk, at 375 px and without scripts, seen by axe."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from candour.coding import actions
from candour.coding.work import learn_for
from candour.database.row_security import acting_for
from candour.people.actor import Actor
from candour.people.models import User
from tests.coding.made_up import examples
from tests.experiences.files import AS_OF
from tests.journeys.readers import every_reader
from tests.support.casework import Town, make_town
from tests.support.told import tell

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def town(live_site: str, monkeypatch: pytest.MonkeyPatch) -> Town:
    """A council whose people have coded a hundred and twenty experiences, and two that wait."""
    monkeypatch.setenv("CANDOUR_NOW", "2026-04-02T15:00+01:00")
    town = make_town()
    for each in examples(120):
        tell(town.council, [each.words], themes=sorted(each.themes), sentiment=each.sentiment)
    tell(town.council, ["My lunch was cold, I am angry", "We left"], themes=[], sentiment=None)
    mari = Actor(town.mari, "lead_officer", town.council)
    with acting_for([town.council.pk]):
        actions.take_in_used(actor=mari, as_of=AS_OF)
        actions.ask_to_learn(actor=mari, as_of=AS_OF)
        learn_for(town.council, AS_OF)
    return town


@every_reader
def test_an_officer_codes_with_suggestions_and_keeps_the_list(
    page: Page,
    town: Town,
    come_in_as: Callable[[User], None],
    check_accessible: Callable[[Page], None],
    screenshot: Callable[[str], Path],
) -> None:
    # Given somebody with experiences to code
    come_in_as(town.mari)
    page.goto("/experiences/")
    page.get_by_role("link", name="Code them by themes").click()
    check_accessible(page)
    # When they code the next one, by keyboard, and come to the one with suggestions
    page.get_by_role("button", name="Save, and the next").focus()
    page.keyboard.press("Enter")
    suggested = page.get_by_role("group", name="Suggested by what was learned")
    expect(suggested).to_contain_text("because of “")
    screenshot("coding")
    # Then nothing was ticked for them
    expect(page.locator("input[name=themes]:checked")).to_have_count(0)
    suggested.get_by_role("checkbox", name="Food").focus()
    page.keyboard.press("Space")
    page.get_by_role("radio", name="Negative", exact=True).check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("main")).to_contain_text("Food")
    # And the machine tells how good it is
    page.goto("/experiences/coding/machine/")
    expect(page.get_by_role("table")).to_contain_text("Parking")
    check_accessible(page)
    screenshot("coding-machine")
    # And a theme is put in other words, and may be applied by itself
    page.get_by_role("table").get_by_role("link", name="Parking").click()
    check_accessible(page)
    page.get_by_label("Name", exact=True).fill("Parking and drop-off")
    page.get_by_role("button", name="Save the words").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Parking and drop-off")
    page.get_by_role("button", name="Let it be applied by itself").click()
    expect(page.locator("main")).to_contain_text("applied by itself where at least 90 of 100")
    page.goto("/experiences/codes/")
    check_accessible(page)
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("alert")).to_contain_text("A theme needs a name")
    check_accessible(page)
