"""Somebody who keeps the directory takes a new list in, decides about a pair, matches names."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from candour.bodies.models import BodyFunction
from candour.directory.actions import import_directory
from candour.directory.duplicates import find_duplicates
from candour.people.models import Post, User
from tests.journeys.readers import every_reader
from tests.support.care_directory import care_directory, row
from tests.support.casework import Town, make_town

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey, pytest.mark.slow]
NOV = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
def town(transactional_db: None) -> Town:
    """Organisations, people and services, and a register's list of November."""
    town = make_town()
    Post.objects.create(user=town.mari, body=town.council, role="directory_keeper")
    rows = [row(1, name="Sunnyside"), row(2, name="Sunnyside House"), row(3, name="Beech Lodge")]
    import_directory(care_directory(rows), file_name="november.csv", by=None, as_of=NOV)
    find_duplicates()
    return town


@every_reader
def test_a_new_list_is_looked_at_and_taken_and_a_pair_is_merged(
    page: Page,
    town: Town,
    come_in_as: Callable[[User], None],
    check_accessible: Callable[[Page], None],
    screenshot: Callable[[str], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Given the directory of November
    monkeypatch.setenv("CANDOUR_NOW", "2026-12-02T09:00")
    come_in_as(town.mari)
    page.goto("/directory/")
    expect(page.get_by_role("link", name="Beech Lodge", exact=True)).to_be_visible()
    check_accessible(page)
    screenshot("directory")
    # When she sends the list of December
    page.get_by_role("link", name="Files of registers").click()
    check_accessible(page)
    new = care_directory(
        [row(1, name="Sunnyside"), row(2, name="Sunnyside House", phone="01632960777"), row(4)],
        "1 December 2026",
    )
    file = FilePayload(name="december.csv", mimeType="text/csv", buffer=new)
    page.get_by_label("The file").set_input_files(files=[file])
    page.get_by_role("button", name="Read and compare").click()
    # Then she sees what would be added, changed and ended, and takes it
    expect(page.get_by_text("Would be changed: 1 service")).to_be_visible()
    expect(page.get_by_text("Would have ended: 1 service")).to_be_visible()
    check_accessible(page)
    screenshot("directory-file")
    page.get_by_role("button", name="Take it").click()
    expect(page.get_by_text("The file was taken.")).to_be_visible()
    # When she looks at a pair that may be one service
    page.goto("/directory/duplicates/")
    check_accessible(page)
    page.get_by_role("link", name="Sunnyside – Sunnyside House").click()
    check_accessible(page)
    screenshot("directory-pair")
    page.get_by_label("The second: Sunnyside House").check()
    page.get_by_label("Why they are one service").fill("One home, entered twice.")
    page.get_by_role("button", name="Merge them").click()
    # Then its history tells both, and the merge can be undone
    expect(page.get_by_text("One home, entered twice.")).to_be_visible()
    expect(page.get_by_text("01632960777").first).to_be_visible()
    check_accessible(page)
    screenshot("directory-history")
    page.get_by_role("link", name="Undo this merge").click()
    check_accessible(page)
    page.get_by_label("Why they are two services after all").fill("Two doors.")
    page.get_by_role("button", name="Undo the merge").click()
    expect(page.get_by_text("The merge was undone.")).to_be_visible()


@every_reader
def test_names_of_authorities_are_matched_made_and_taken_back_by_keys(
    page: Page,
    come_in_as: Callable[[User], None],
    check_accessible: Callable[[Page], None],
    screenshot: Callable[[str], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Given a list that spells one authority in a way of its own, and names one that nobody knows
    monkeypatch.setenv("CANDOUR_NOW", "2026-12-02T09:00")
    town = make_town()
    Post.objects.create(user=town.mari, body=town.council, role="directory_keeper")
    BodyFunction.objects.create(body=town.council, function="safeguarding")
    names = ("Cardif", "Cardif", "Newtown upon the Very Long River, County Borough of")
    rows = [row(number, authority=name) for number, name in enumerate(names)]
    import_directory(care_directory(rows), file_name="november.csv", by=None, as_of=NOV)
    come_in_as(town.mari)
    page.goto("/directory/")
    page.get_by_role("link", name="Authorities to match").press("Enter")
    expect(page.get_by_role("heading", name="Cardif", exact=True)).to_be_visible()
    check_accessible(page)
    screenshot("directory-authorities")
    # When she matches the one by one press
    page.get_by_role("button", name="It is Cardiff Council for the name Cardif").press("Enter")
    # Then its services lie with the council
    said = "“Cardif” is Cardiff Council. 2 services lie with it now."
    expect(page.get_by_text(said)).to_be_visible()
    # When she makes the other without a name
    page.locator("summary", has_text="Choose the body, or make it").press("Enter")
    page.get_by_label("Name of the new body").fill("")
    page.get_by_role("button", name="Make this body").press("Enter")
    # Then she is told what to write
    told = "Write what the body is called, in 200 letters at most."
    expect(page.get_by_role("link", name=told)).to_be_visible()
    check_accessible(page)
    screenshot("directory-authorities-refused")
    page.get_by_label("Name of the new body").fill("Newtown Council")
    page.get_by_role("button", name="Make this body").press("Enter")
    expect(page.get_by_text("Every name is somebody’s")).to_be_visible()
    check_accessible(page)
    screenshot("directory-authorities-settled")
    # When she takes a match back, the name stands in the list again
    page.get_by_role("button", name="Take it back Cardif").press("Enter")
    expect(page.get_by_role("heading", name="Cardif", exact=True)).to_be_visible()
