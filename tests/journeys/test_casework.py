"""A concern walks a procedure in the browser: opened, raised, met about, and dated to the day."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from candour.cases.models import Case
from candour.database.row_security import acting_for
from candour.people.models import User
from tests.journeys.readers import Reader, every_reader
from tests.journeys.walking import choose, fill, fill_when, press
from tests.support.casework import Town, hold_ppm, make_town, open_at, to_ppm

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]
PASSWORD = "a-long-enough-password"

Check = Callable[[Page], None]
Take = Callable[[str], Path]
ComeIn = Callable[[User], None]
At = Callable[[str], None]


@pytest.fixture
def town(live_site: str) -> Town:
    """Organisations, people and services; Mari has a password."""
    town = make_town()
    town.mari.set_password(PASSWORD)
    town.mari.save()
    return town


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    """A function that sets the clock."""

    def set_clock(moment: str) -> None:
        monkeypatch.setenv("CANDOUR_NOW", moment)

    set_clock("2026-03-09T09:00")
    return set_clock


def due(page: Page, what: str) -> Locator:
    """Return the line of something that is due."""
    return page.get_by_role("region", name="What is due").locator("li.app-due", has_text=what)


@every_reader
def test_from_the_first_concern_to_the_dates_of_a_ppm(
    page: Page, reader: Reader, town: Town, at: At, check_accessible: Check, screenshot: Take
) -> None:
    page.goto("/")
    fill(page, {"User name or email address": "mari"})
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")
    expect(page.get_by_role("heading", level=1)).to_have_text("My day")
    expect(page.get_by_role("main")).to_contain_text("Nothing of yours is due this week")
    check_accessible(page)
    screenshot("worklist-empty")

    _open_a_case(page, check_accessible, screenshot)
    _raise_a_concern(page, check_accessible, screenshot)
    _go_straight_to_ppm(page, check_accessible, screenshot)
    _prepare_the_meeting(page, at)
    _hold_the_meeting(page, at, check_accessible, screenshot)

    for what, when in (
        ("Decisions and actions of the PPM", "Tue 31 Mar 2026"),
        ("Written notice to the provider after the PPM", "Wed 8 Apr 2026"),
        ("Plan and monitoring arrangements", "Wed 15 Apr 2026"),
    ):
        expect(due(page, what)).to_contain_text(when)
    plan = due(page, "Plan and monitoring arrangements")
    plan.locator("summary", has_text="Why this date?").click()
    proof = plan.get_by_role("table")
    expect(proof).to_be_visible()
    expect(proof).to_contain_text("not counted: Good Friday")
    expect(proof).to_contain_text("not counted: Easter Monday")
    check_accessible(page)
    screenshot("case-after-ppm")

    at("2026-04-02T09:00")
    page.goto("/worklist/?whose=body")
    expect(page.get_by_role("main")).to_contain_text("2 days late")
    check_accessible(page)
    screenshot("worklist")


def _open_a_case(page: Page, check_accessible: Check, screenshot: Take) -> None:
    page.get_by_role("button", name="Open a case").first.click()
    check_accessible(page)
    page.get_by_label("Quality services and escalating concerns").check()
    press(page, "Continue")
    fill(page, {"Name of the service": "derwen"})
    press(page, "Search")
    check_accessible(page)
    screenshot("open-service")
    page.get_by_role("link", name="Plas Derwen").click()
    check_accessible(page)
    choose(page, {"Is anyone’s safety in question": "Yes"})
    expect(page.get_by_text("If anybody is in danger now, ring 999 first.")).to_be_visible()
    check_accessible(page)
    press(page, "Open the case")
    expect(page.get_by_role("alert")).to_contain_text("Title: fill this in")
    check_accessible(page)
    screenshot("open-refused")
    fill(page, {"Title": "Falls at night and too few staff"})
    choose(page, {"Is anyone’s safety in question": "No", "Does the service give nursing": "Yes"})
    press(page, "Open the case")
    expect(page.get_by_role("heading", level=1)).to_have_text("Falls at night and too few staff")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("Recorded: Case opened")
    check_accessible(page)
    screenshot("case-opened")


def _raise_a_concern(page: Page, check_accessible: Check, screenshot: Take) -> None:
    page.get_by_role("button", name="Record an entry").click()
    check_accessible(page)
    screenshot("kinds")
    page.get_by_role("link", name="Concern raised", exact=True).click()
    check_accessible(page)
    page.get_by_label("Continued or repeated failure to meet standards").check()
    page.get_by_label("Harm is possible, and the provider is willing").check()
    choose(page, {"How serious": "Significant"})
    fill(page, {"What happened": "Three falls in one week.\nOne member of staff at night."})
    screenshot("record-concern")
    press(page, "Record it")
    expect(page.get_by_role("region", name="What has happened")).to_contain_text("Concern raised")


def _go_straight_to_ppm(page: Page, check_accessible: Check, screenshot: Take) -> None:
    moves = page.get_by_role("region", name="What can be done next")
    straight = moves.locator("li.app-move", has_text="Straight to PPM")
    expect(straight).to_contain_text("Blocked")
    expect(straight).to_contain_text("Neither is on record.")
    straight.get_by_role("link", name="Straight to PPM").click()
    check_accessible(page)
    fill(page, {"Written rationale": "Falls go on, and there is nobody to help at night."})
    choose(page, {"Which post are you acting in?": "Operational manager, Cardiff Council"})
    press(page, "Make this move")
    expect(page.get_by_role("alert")).to_contain_text("A PPM begins from a JQMM")
    check_accessible(page)
    screenshot("move-refused")
    page.get_by_label("Yes, I go ahead with a written rationale").check()
    page.locator("#entry-rationale").fill("The decision is minuted and follows tomorrow.")
    press(page, "Make this move")
    expect(page.get_by_role("main")).to_contain_text("Went ahead with a written rationale")
    expect(page.get_by_role("main")).to_contain_text("The decision is minuted and follows")
    check_accessible(page)
    screenshot("case-overridden")


def _prepare_the_meeting(page: Page, at: At) -> None:
    at("2026-03-12T09:00")
    page.get_by_role("button", name="Record an entry").click()
    page.get_by_role("link", name="Contact made", exact=True).click()
    page.get_by_label("Purpose").select_option("provider_briefing")
    fill(page, {"With whom": "Registered manager"})
    press(page, "Record it")
    page.get_by_role("button", name="Record an entry").click()
    page.get_by_role("link", name="Meeting called", exact=True).click()
    choose(page, {"Meeting": "Provider Performance Meeting (PPM)"})
    fill_when(page, "2026-03-12 08:30")
    for box, value in (("day", "30"), ("month", "3"), ("year", "2026")):
        page.locator(f"[name=meets_on-{box}]").fill(value)
    fill(page, {"Invited": "Registered manager\nResponsible individual"})
    choose(page, {"Is the responsible individual invited?": "Yes"})
    press(page, "Record it")


def _hold_the_meeting(page: Page, at: At, check_accessible: Check, screenshot: Take) -> None:
    at("2026-03-30T15:00")
    page.get_by_role("button", name="Record an entry").click()
    page.get_by_role("link", name="Meeting held", exact=True).click()
    fill_when(page, "2026-03-30 10:00")
    choose(
        page,
        {
            "Meeting": "Provider Performance Meeting (PPM)",
            "Can every member decide": "Yes",
            "Improvement shown": "Too early to say",
        },
    )
    fill(
        page,
        {
            "Role of the chair (optional)": "Operational manager",
            "Agencies attending (optional)": "Cardiff Council\nHealth board",
        },
    )
    check_accessible(page)
    screenshot("record-meeting")
    press(page, "Record it")
    expect(page.locator(".govuk-notification-banner")).to_contain_text(
        "Now due Tue 31 Mar 2026: Decisions and actions of the PPM"
    )


@every_reader
def test_two_people_on_a_stale_page(
    page: Page,
    reader: Reader,
    town: Town,
    at: At,
    come_in_as: ComeIn,
    check_accessible: Check,
    screenshot: Take,
) -> None:
    at("2026-03-31T15:00")
    case = open_at(town, "2026-03-09T09:00")
    to_ppm(town, case)
    come_in_as(town.ieuan)
    page.goto(f"/cases/{case.ref}/record/view_sought/")
    page.get_by_label("Other professionals").check()
    fill(page, {"From whom": "District nurse", "What they say (optional)": "Short at night."})
    hold_ppm(town, case)
    press(page, "Record it")
    expect(page.get_by_role("main")).to_contain_text("The case has moved on")
    expect(page.get_by_role("main")).to_contain_text("Meeting held: Provider Performance Meeting")
    expect(page.get_by_label("From whom")).to_have_value("District nurse")
    check_accessible(page)
    screenshot("stale-case")
    press(page, "Record it anyway")
    happened = page.get_by_role("region", name="What has happened")
    expect(happened).to_contain_text("View sought: District nurse")
    expect(happened).to_contain_text("Meeting held")


@every_reader
def test_an_entry_is_corrected_and_the_dates_follow(
    page: Page,
    reader: Reader,
    town: Town,
    at: At,
    come_in_as: ComeIn,
    check_accessible: Check,
    screenshot: Take,
) -> None:
    at("2026-03-31T15:00")
    case = open_at(town, "2026-03-09T09:00")
    to_ppm(town, case)
    hold_ppm(town, case)
    come_in_as(town.mari)
    page.goto(f"/cases/{case.ref}/")
    held = page.locator("li.moj-timeline__item", has_text="Meeting held")
    held.locator("summary").click()
    held.get_by_role("link", name="Correct this entry").click()
    check_accessible(page)
    screenshot("correct")
    fill(page, {"Why is it corrected?": "It was held on the Friday."})
    fill_when(page, "2026-03-27 10:00")
    press(page, "Correct it")
    expect(due(page, "Written notice to the provider")).to_contain_text("Tue 7 Apr 2026")
    held = page.locator("li.moj-timeline__item", has_text="Meeting held")
    expect(held).to_contain_text("Corrected")
    expect(held).to_contain_text("It was held on the Friday.")
    check_accessible(page)
    screenshot("case-corrected")


@every_reader
def test_a_healthwatch_skips_the_provider_only_with_a_reason(
    page: Page,
    reader: Reader,
    town: Town,
    at: At,
    come_in_as: ComeIn,
    check_accessible: Check,
    screenshot: Take,
) -> None:
    come_in_as(town.sam)
    page.goto("/cases/open/?procedure=healthwatch_england")
    fill(page, {"Name of the service": "Ward 3"})
    press(page, "Search")
    page.get_by_role("link", name="Ely General, Ward 3").click()
    fill(page, {"Title": "Waits without water", "Why do you think so?": "Nine people said so."})
    choose(
        page,
        {
            "Whom does it affect?": "One person’s own circumstances",
            "What does your safeguarding policy ask for?": "Considered: nothing is needed",
        },
    )
    press(page, "Open the case")
    expect(page.get_by_role("alert")).to_contain_text("complaints procedure")
    check_accessible(page)
    screenshot("scope-refused")
    choose(page, {"Whom does it affect?": "Several people are or may be affected"})
    press(page, "Open the case")

    page.get_by_role("button", name="Record an entry").click()
    page.get_by_role("link", name="Concern raised", exact=True).click()
    choose(page, {"What is it about?": "Safety of patients or people receiving care"})
    choose(page, {"How serious": "Significant"})
    fill(
        page,
        {
            "Which organisation or organisations?": "Ely Hospitals Trust",
            "What happened": "No water within reach for nine people.",
        },
    )
    press(page, "Record it")
    page.get_by_role("link", name="Go past the organisation, with a reason").click()
    press(page, "Make this move")
    expect(page.get_by_role("alert")).to_contain_text("Written rationale: fill this in")
    check_accessible(page)
    fill(page, {"Written rationale": "The concern is about its chief executive."})
    press(page, "Make this move")
    main = page.get_by_role("main")
    expect(main).to_contain_text("At With the commissioner or integrated care board since")
    screenshot("healthwatch-skipped")
    with acting_for([town.healthwatch.pk]):
        assert Case.objects.get().step == "commissioner"


@every_reader
def test_a_procedure_is_read(
    page: Page,
    reader: Reader,
    town: Town,
    at: At,
    come_in_as: ComeIn,
    check_accessible: Check,
) -> None:
    come_in_as(town.mari)
    page.goto("/procedures/")
    check_accessible(page)
    page.get_by_role("link", name="Quality services and escalating concerns").first.click()
    expect(page.get_by_role("img").first).to_be_visible()
    check_accessible(page)
    page.locator("#duty-ppm_plan").get_by_role("link", name="CV-62").click()
    expect(page.locator("#clause-CV-62")).to_contain_text("Enforced")
