"""An engagement officer goes out to hear those who are under-heard, and sees what came of it.

At a desk, at 375 px and without scripts; axe looks at each page.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from candour.bodies.models import Body
from candour.database.row_security import acting_for
from candour.people.models import User
from candour.telling.models import AboutPerson, Told
from tests.experiences.files import AS_OF
from tests.journeys.readers import every_reader
from tests.journeys.walking import choose, fill, press
from tests.support.casework import Town, make_town
from tests.support.told import tell

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
Check = Callable[[Page], None]
Shot = Callable[[str], Path]
TABLE = "question,answer,people\ndisability,Yes,20000\ndisability,No,80000\n"
BROKEN = "question,answer,people\ndisability,Perhaps,20000\ndisability,No,many\n"


@pytest.fixture
def town(live_site: str, monkeypatch: pytest.MonkeyPatch) -> Town:
    """A council that heard three disabled people among sixty before March, and many after it."""
    monkeypatch.setenv("CANDOUR_NOW", "2026-05-20T15:00+01:00")
    town = make_town()
    for day, yes, no in (
        (date(2026, 2, 2), 3, 57),
        (date(2026, 3, 5), 8, 40),
        (date(2026, 3, 20), 15, 40),
        (date(2026, 4, 6), 25, 45),
    ):
        heard(town.council, day, yes, no)
    return town


def heard(body: Body, day: date, yes: int, no: int) -> None:
    """Let people tell of a disability or of none, on one day."""
    made = tell(body, ["Kind"] * (yes + no), received_on=day)
    with acting_for([body.pk]):
        for place, each in enumerate(made):
            told = Told.objects.create(
                body=body,
                experience=each,
                key_hash=f"key {each.pk}".encode(),
                receipt_hash=f"receipt {each.pk}".encode(),
                told_at=AS_OF,
                channel="pages",
            )
            AboutPerson.objects.create(
                body=body,
                told=told,
                question="about_disability",
                answer="yes" if place < yes else "no",
            )


def write_day(page: Page, name: str, day: int, month: int) -> None:
    for box, value in zip(("day", "month", "year"), (day, month, 2026), strict=True):
        page.locator(f"[name={name}-{box}]").fill(str(value))


@every_reader
def test_an_officer_reaches_out_and_sees_who_is_heard(
    page: Page,
    town: Town,
    come_in_as: Callable[[User], None],
    check_accessible: Check,
    screenshot: Shot,
    tmp_path: Path,
) -> None:
    # Given an engagement officer who looks after outreach
    come_in_as(town.mari)
    page.goto("/experiences/")
    page.get_by_role("link", name="Outreach").click()
    check_accessible(page)
    _a_campaign_with_phases(page, check_accessible)
    _an_event_in_it(page, check_accessible)
    _forms_are_keyed_from_it(page, check_accessible, screenshot)
    _a_census_comes_in(page, check_accessible, tmp_path)
    _who_is_under_heard(page, check_accessible, screenshot)
    _what_was_wrong_is_put_right(page, check_accessible, screenshot)


def _a_campaign_with_phases(page: Page, check_accessible: Check) -> None:
    # When they begin a campaign with its days the wrong way round
    fill(page, {"What is it called?": "Heard in Ashby"})
    write_day(page, "begins", 31, 3)
    write_day(page, "ends", 1, 3)
    press(page, "Begin the campaign")
    # Then it is said, and what they typed is still there
    expect(page.get_by_role("alert")).to_contain_text("It ends before it begins")
    expect(page.get_by_label("What is it called?")).to_have_value("Heard in Ashby")
    check_accessible(page)
    # When they put the days right, and add two phases
    write_day(page, "begins", 1, 3)
    write_day(page, "ends", 31, 3)
    press(page, "Begin the campaign")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Heard in Ashby")
    _add_phase(page, "Asking", 1, 15)
    expect(page.get_by_role("link", name="Put it right Asking")).to_be_visible()
    _add_phase(page, "Going back", 15, 31)
    expect(page.get_by_role("alert")).to_contain_text("“Asking” has some of these days")
    _add_phase(page, "Going back", 16, 31)
    # Then both stand there, and nothing is said yet of who was heard
    expect(page.get_by_text("Nothing to compare with yet")).to_be_visible()
    expect(page.get_by_role("link", name="Put it right Going back")).to_be_visible()
    check_accessible(page)


def _add_phase(page: Page, name: str, begins: int, ends: int) -> None:
    fill(page, {"What is it called?": name})
    write_day(page, "begins", begins, 3)
    write_day(page, "ends", ends, 3)
    press(page, "Add the phase")


def _an_event_in_it(page: Page, check_accessible: Check) -> None:
    # When volunteers went out within the campaign, and it is recorded
    page.get_by_role("link", name="Back to outreach").click()
    write_day(page, "day", 7, 3)
    fill(page, {"Place": "Ashby library", "Theme": "Getting to an appointment"})
    fill(page, {"Whom did you hope to hear from?": "People with a disability"})
    choose(page, {"Who went?": "volunteers"})
    fill(page, {"Their names": "Nia and Tom", "How many people did they meet?": "eleven"})
    page.get_by_label("Campaign", exact=True).select_option(label="Heard in Ashby")
    press(page, "Add the engagement")
    expect(page.get_by_role("alert")).to_contain_text("in figures")
    fill(page, {"How many people did they meet?": "11"})
    press(page, "Add the engagement")
    # Then the event is there, themed, by volunteers, in the campaign
    expect(page.locator("main")).to_contain_text("themed: Getting to an appointment")
    expect(page.locator("main")).to_contain_text("Nia and Tom (volunteers)")
    check_accessible(page)


def _forms_are_keyed_from_it(page: Page, check_accessible: Check, screenshot: Shot) -> None:
    # When its pile of paper is named before a form of it is keyed
    fill(page, {"Batch of paper forms": "Ashby library"})
    press(page, "Add the batch")
    expect(page.locator("main")).to_contain_text("What comes counts here by itself")
    page.get_by_role("link", name="Key in its forms").click()
    expect(page.get_by_label("Batch")).to_have_value("Ashby library")
    page.locator("#received").fill("7 3 2026")
    page.locator("#danger").fill("2")
    page.locator("#what").fill("No bus goes to the clinic.")
    page.locator("#place").fill("The clinic")
    page.locator("#felt").fill("4")
    page.locator("#about_disability").fill("1")
    press(page, "Save, and key the next")
    expect(page.get_by_text("The next form is ready.")).to_be_visible()
    # Then the experience carries where and by whom it was gathered
    page.locator("[data-app-keyed]").get_by_role("link").click()
    expect(page.locator("main")).to_contain_text("Gathered at Ashby library")
    expect(page.locator("main")).to_contain_text("themed: Getting to an appointment, volunteers")
    check_accessible(page)
    page.get_by_role("link", name="Ashby library").click()
    expect(page.get_by_role("heading", name="Gathered here (1)")).to_be_visible()
    check_accessible(page)
    screenshot("outreach-engagement")


def _a_census_comes_in(page: Page, check_accessible: Check, tmp_path: Path) -> None:
    # When a census table is sent that cannot be used
    page.goto("/outreach/heard/")
    expect(page.get_by_text("Nobody knows yet who lives in your area")).to_be_visible()
    check_accessible(page)
    (broken := tmp_path / "broken.csv").write_text(BROKEN)
    (table := tmp_path / "area.csv").write_text(TABLE)
    said = {"Area that it counts": "Ashby", "Who published it?": "ONS"}
    fill(page, said | {"Year that it counts": "2021"})
    page.get_by_label("The table, as a CSV file").set_input_files(broken)
    press(page, "Take the table in")
    # Then each of its lines that is wrong is named, and nothing is kept
    expect(page.get_by_role("alert")).to_contain_text("Line 2: “Perhaps” is no answer to it")
    expect(page.get_by_role("alert")).to_contain_text("Line 3: “many” is no number of people")
    expect(page.get_by_text("Nobody knows yet who lives in your area")).to_be_visible()
    check_accessible(page)
    # When it is sent whole
    page.get_by_label("The table, as a CSV file").set_input_files(table)
    press(page, "Take the table in")
    expect(page.get_by_text("The table is kept: Ashby, ONS, 2021.")).to_be_visible()


def _who_is_under_heard(page: Page, check_accessible: Check, screenshot: Shot) -> None:
    # When they look at the weeks before the campaign
    write_day(page, "from", 1, 2)
    write_day(page, "to", 28, 2)
    press(page, "Show these days")
    # Then it is drawn and written who is under-heard, and of the three people no number is told
    yes = page.get_by_role("row").filter(has_text="fewer than 5")
    expect(yes).to_contain_text("Under-heard")
    drawing = yes.get_by_role("img", name="Yes: heard 7% at most, of the area 20%")
    expect(drawing).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="56 to 60")).to_be_visible()
    check_accessible(page)
    screenshot("outreach-heard")
    # When they look at the campaign
    page.goto("/outreach/")
    page.get_by_role("link", name="Heard in Ashby", exact=True).click()
    # Then each phase is drawn beside before and after, and that it changed is said, not why
    changes = page.get_by_role("table", name="Are you disabled, or ill for a long time?")
    answer = changes.get_by_role("row").filter(has_text="Yes")
    expect(answer.locator("svg")).to_have_count(4)
    expect(answer).to_contain_text("A greater share after than before")
    expect(page.locator("main")).to_contain_text("never why")
    check_accessible(page)
    screenshot("outreach-campaign")
    # And a phase leads to who was under-heard in it
    page.get_by_role("link", name="Who was under-heard Asking").click()
    expect(page.locator("main")).to_contain_text("Heard in Ashby: Asking")
    page.get_by_role("link", name="Going back", exact=True).click()
    expect(page.locator("main")).to_contain_text("Heard in Ashby: Going back")
    check_accessible(page)


def _what_was_wrong_is_put_right(page: Page, check_accessible: Check, screenshot: Shot) -> None:
    # When the day and the kind of the event turn out to be wrong
    page.goto("/outreach/")
    page.get_by_role("link", name="Ashby library").click()
    page.get_by_role("link", name="Put the engagement right").click()
    check_accessible(page)
    write_day(page, "day", 8, 4)
    fill(page, {"Theme": "", "Why is it put right?": "The diary says so"})
    press(page, "Put it right")
    expect(page.get_by_role("alert")).to_contain_text("The day is not within the campaign")
    check_accessible(page)
    write_day(page, "day", 8, 3)
    press(page, "Put it right")
    # Then it is right, and how it was before can be read
    expect(page.locator("main")).to_contain_text("general")
    page.get_by_text("What was put right (1)").click()
    expect(page.locator("main")).to_contain_text("Day: “Sat 7 Mar 2026” became “Sun 8 Mar 2026”")
    expect(page.locator("main")).to_contain_text("The diary says so")
    check_accessible(page)
    screenshot("outreach-put-right")
