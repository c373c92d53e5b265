"""A file of what people said, taken in and taken back: at a desk, on a phone, without scripts."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from candour.database.row_security import acting_for
from candour.experiences.actions.working import turn_import
from candour.experiences.models import Import, WaitingFile
from candour.people.actor import Actor
from candour.people.models import User
from candour.site import clock
from tests.journeys.readers import every_reader
from tests.journeys.walking import press
from tests.support.casework import Town, make_town
from tests.support.imports import SURVEY, job

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def waiting_of(town: Town) -> WaitingFile:
    with acting_for([town.council.pk]):
        return WaitingFile.objects.select_related("body").get()


@every_reader
def test_a_file_is_settled_looked_through_taken_in_and_taken_back(
    page: Page,
    tmp_path: Path,
    live_site: str,
    come_in_as: Callable[[User], None],
    check_accessible: Callable[[Page], None],
    screenshot: Callable[[str], Path],
) -> None:
    # Given a file of a survey, and somebody of the body that it was told to
    town = make_town()
    come_in_as(town.mari)
    page.goto("/experiences/")
    page.get_by_role("link", name="Import a file").click()
    check_accessible(page)
    screenshot("imports")
    # When they send it and put the guess right
    file = tmp_path / "autumn-survey.csv"
    file.write_text(SURVEY, encoding="utf-8")
    page.locator("input[type=file]").set_input_files(file)
    press(page, "Look at the file")
    expect(page.get_by_role("heading", name="What the columns mean")).to_be_visible()
    check_accessible(page)
    screenshot("settle")
    page.get_by_label("What people said", exact=True).select_option("")
    press(page, "Look through the file")
    expect(page.get_by_role("alert")).to_contain_text("Say which column holds what people said")
    page.get_by_label("What people said", exact=True).select_option("answer")
    page.get_by_label("Name of this mapping").fill("Ward survey")
    press(page, "Look through the file")
    check_accessible(page)
    screenshot("under-way")
    job(waiting_of(town))
    page.get_by_role("link", name="Look again").click()
    # Then they see what would become of each row, and nothing is taken until they say so
    expect(page.get_by_role("button", name="Take 2 experiences in")).to_be_visible()
    expect(page.get_by_role("row", name="It says nothing")).to_be_visible()
    check_accessible(page)
    screenshot("checked")
    press(page, "Take 2 experiences in")
    job(waiting_of(town))
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_role("heading", name="Undo the import")).to_be_visible()
    check_accessible(page)
    screenshot("taken")
    # And it can be undone whole, and done again
    press(page, "Undo this import")
    with acting_for([town.council.pk]):
        number = Import.objects.get().pk
    actor = Actor(user=town.mari, role="", body=town.council)
    turn_import(number, actor, clock.now(), undo=True)
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_text("Undone by Mari Ellis: 2 experiences taken out")).to_be_visible()
    check_accessible(page)
    screenshot("undone")
    page.goto("/experiences/")
    expect(page.get_by_text("They were kind and quick")).to_have_count(0)
    page.goto(f"/experiences/import/{number}/")
    press(page, "Do it again")
    turn_import(number, actor, clock.now(), undo=False)
    page.goto("/experiences/")
    expect(page.get_by_text("They were kind and quick")).to_be_visible()
