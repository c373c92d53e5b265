"""The plan of a PPM is followed to the day."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from candour.people.models import User
from tests.journeys.readers import Reader, every_reader
from tests.journeys.walking import fill, fill_when, press
from tests.support.casework import Town, add, hold_ppm, make_town, open_at, to_ppm
from tests.support.plans import ACTION, PLAN

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]

Check = Callable[[Page], None]
Take = Callable[[str], Path]
ComeIn = Callable[[User], None]


@pytest.fixture
def town(live_site: str) -> Town:
    """Organisations, people and services."""
    return make_town()


@every_reader
def test_a_plan_followed_to_the_day(
    page: Page,
    reader: Reader,
    town: Town,
    come_in_as: ComeIn,
    check_accessible: Check,
    screenshot: Take,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CANDOUR_NOW", "2026-04-22T10:00")
    case = open_at(town, "2026-03-09T09:00")
    to_ppm(town, case)
    hold_ppm(town, case)
    added = add(town, case, "action_added", "2026-03-31T09:00", ACTION)
    add(town, case, "plan_agreed", "2026-03-31T10:00", PLAN)
    lock = {**ACTION, "action": "Lock the trolley between rounds.", "due_on": "2026-04-10"}
    locked = add(town, case, "action_added", "2026-03-31T11:00", lock)
    done = {"evidence": "Twelve checks out of twelve.", "risk_review": "Nobody can reach it."}
    add(town, case, "action_completed", "2026-04-09T10:00", done, refers_to=(locked.entry.id,))
    late = {**ACTION, "action": "Train the night staff in moving people.", "plan": "dap"}
    add(town, case, "action_added", "2026-04-01T11:00", {**late, "support": ""})
    more = {
        "duty": "planned_action",
        "new_date": "2026-05-05",
        "reason": "The charts came late.",
        "endorsed_by": "operational_manager",
    }
    add(town, case, "timescale_extended", "2026-04-17T09:00", more, refers_to=(added.entry.id,))
    come_in_as(town.mari)
    page.goto(f"/cases/{case.ref}/plan/")
    corrective = page.get_by_role("region", name="Corrective action plan")
    expect(corrective.locator("li.app-card").nth(0)).to_contain_text("Given more time")
    corrective.locator("summary", has_text="Done or ended").click()
    expect(corrective.locator("li.app-card").nth(1)).to_contain_text("Done in time")
    developing = page.get_by_role("region", name="Developmental action plan")
    expect(developing).to_contain_text("Achievable: say what support is given")
    expect(developing).to_contain_text("2 days late")
    expect(page.get_by_role("img", name="Time line of the actions")).to_be_visible()
    check_accessible(page)
    screenshot("plan")

    developing.get_by_role("link", name="Record it as done").click()
    fill(
        page,
        {
            "Evidence": "Ten certificates.",
            "What it does to the risk, now reviewed": "Fewer falls at night.",
        },
    )
    fill_when(page, "2026-04-22 09:30")
    press(page, "Record it")
    # Recorded from the plan, it leads back to the plan.
    expect(page.get_by_role("heading", name="Plan", level=1)).to_be_visible()
    expect(page.get_by_role("region", name="Developmental action plan")).to_contain_text(
        "1 of 1 action done"
    )
    check_accessible(page)


@every_reader
def test_the_officer_verifies_what_the_provider_says_is_done(
    page: Page,
    reader: Reader,
    town: Town,
    come_in_as: ComeIn,
    check_accessible: Check,
    screenshot: Take,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """From the board of all cases to the action, to what was said, to verified: three steps."""
    monkeypatch.setenv("CANDOUR_NOW", "2026-04-22T10:00")
    case = open_at(town, "2026-03-09T09:00")
    added = add(town, case, "action_added", "2026-03-31T09:00", ACTION).entry.id
    said = {"plan": "cap", "progress": "Four weeks of charts, no gap.", "says_done": True}
    add(town, case, "action_progressed", "2026-04-19T09:00", said, refers_to=(added,))
    come_in_as(town.mari)
    page.goto("/plans/")
    column = page.get_by_role("region", name="To be verified")
    expect(column).to_contain_text("Said to be done on Sun 19 Apr 2026")
    check_accessible(page)
    screenshot("plans")
    column.get_by_role("link", name="Check every round").click()
    page.get_by_role("button", name="Verify: it is done CAP 1").press("Enter")
    expect(page.get_by_label("Evidence")).to_have_value("Four weeks of charts, no gap.")
    fill(page, {"What it does to the risk, now reviewed": "Missed doses are unlikely."})
    press(page, "Record it")
    expect(page.get_by_role("region", name="Corrective action plan")).to_contain_text(
        "1 of 1 action done"
    )
    page.goto("/plans/?show=done")
    expect(page.get_by_role("table")).to_contain_text("Done in time, on Sun 19 Apr 2026")
    check_accessible(page)
