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
    corrective = page.get_by_role("region", name="Actions: Corrective action plan")
    expect(corrective.locator("li.app-due").nth(0)).to_contain_text("Extended")
    expect(corrective.locator("li.app-due").nth(1)).to_contain_text("Done")
    developing = page.get_by_role("region", name="Actions: Developmental action plan")
    expect(developing).to_contain_text("Achievable: say what support is given")
    expect(developing).to_contain_text("Late")
    expect(page.get_by_role("img", name="Time line of the actions")).to_be_visible()
    check_accessible(page)
    screenshot("plan")

    developing.get_by_role("link", name="Done").click()
    fill(
        page,
        {
            "Evidence": "Ten certificates.",
            "What it does to the risk, now reviewed": "Fewer falls at night.",
        },
    )
    fill_when(page, "2026-04-22 09:30")
    press(page, "Record it")
    page.goto(f"/cases/{case.ref}/plan/")
    expect(page.get_by_role("region", name="Actions: Developmental action plan")).to_contain_text(
        "Done late"
    )
