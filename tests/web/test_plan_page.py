"""The page of a case's plans: both sides, each action's status and shortfalls, and the picture."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from candour.cases.models import Case
from candour.people.models import User
from tests.support.casework import Town, add, hold_ppm, open_at, to_ppm
from tests.support.plans import ACTION, PLAN
from tests.web.pages import items, main_of, part, read, text_of

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]


@pytest.fixture
def case(town: Town, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A case with a PPM held and a corrective plan with one action."""
    monkeypatch.setenv("CANDOUR_NOW", "2026-04-02T09:00")
    case = open_at(town, "2026-03-09T09:00")
    to_ppm(town, case)
    hold_ppm(town, case)
    add(town, case, "action_added", "2026-03-31T09:00", ACTION)
    add(town, case, "plan_agreed", "2026-03-31T10:00", PLAN)
    return case


def actions(page: Client, case: Case, plan: str = "cap") -> list[str]:
    return items(part(page.get(f"/cases/{case.ref}/plan/"), f"actions-{plan}"), "app-due")


def test_both_plans_stand_side_by_side(town: Town, case: Case, signed_in: Browser) -> None:
    answer = signed_in(town.mari).get(f"/cases/{case.ref}/plan/")
    cap, dap = (text_of(part(answer, f"plan-{plan}")) for plan in ("cap", "dap"))
    assert "Corrective action plan Signed by both sides" in cap
    assert "Signed by Commissioning officer, Registered manager" in cap
    assert "0 of 1 action done" in cap
    assert "Progress report on the corrective plan, monthly Thu 30 Apr 2026" in cap
    assert "Developmental action plan None" in dap
    assert "Agree and sign the plan" in dap
    assert "Agree and sign the plan" not in cap


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2026-04-02T09:00", "Due Green"),
        ("2026-04-14T09:00", "Due soon Amber"),
        ("2026-04-21T09:00", "Late Red"),
    ],
)
def test_the_status_of_an_action_follows_from_the_day(
    town: Town,
    case: Case,
    signed_in: Browser,
    monkeypatch: pytest.MonkeyPatch,
    now: str,
    said: str,
) -> None:
    monkeypatch.setenv("CANDOUR_NOW", now)
    (line,) = actions(signed_in(town.mari), case)
    assert said in line
    assert ("Default notice" in line) == ("Late" in said)


def test_more_time_stands_with_its_reason_and_who_endorsed_it(
    town: Town, case: Case, signed_in: Browser
) -> None:
    more = {
        "duty": "planned_action",
        "new_date": "2026-05-05",
        "reason": "The charts came late.",
        "endorsed_by": "operational_manager",
    }
    add(town, case, "timescale_extended", "2026-04-01T09:00", more)
    (line,) = actions(signed_in(town.mari), case)
    assert "Extended Amber" in line
    assert "Tue 5 May 2026 · first agreed for Mon 20 Apr 2026" in line
    assert "More time: The charts came late. Endorsed by: Operational manager." in line


def test_what_an_action_falls_short_of_is_said_with_how_to_put_it_right(
    town: Town, case: Case, signed_in: Browser
) -> None:
    vague = {"action": "Fix falls.", "outcome": "Better.", "owner": "The team", "plan": "dap"}
    added = add(town, case, "action_added", "2026-04-01T10:00", {**vague, "due_on": "2026-03-01"})
    browser = signed_in(town.mari)
    (line,) = actions(browser, case, "dap")
    for word in ("Specific:", "Measurable:", "Owned:", "Timed:", "Achievable:"):
        assert word in line
    answer = browser.get(f"/cases/{case.ref}/plan/")
    assert "1 falls short: see below" in text_of(part(answer, "plan-dap"))
    assert f"/cases/{case.ref}/entries/{added.entry.id}/correct/" in main_of(answer)


def test_a_done_action_says_so_and_asks_for_nothing_more(
    town: Town, case: Case, signed_in: Browser
) -> None:
    more = {**ACTION, "action": "Lock the trolley between rounds."}
    action = add(town, case, "action_added", "2026-03-31T11:00", more).entry
    done = {"evidence": "Four weeks of charts.", "risk_review": "Fewer doses are missed."}
    add(town, case, "action_completed", "2026-04-01T10:00", done, refers_to=(action.id,))
    line = actions(signed_in(town.mari), case)[1]
    assert "Done Green" in line
    assert "Risk reviewed: Fewer doses are missed." in line
    assert "More time" not in line


def test_the_picture_has_a_table_that_says_the_same(
    town: Town, case: Case, signed_in: Browser
) -> None:
    answer = signed_in(town.mari).get(f"/cases/{case.ref}/plan/")
    when = part(answer, "when")
    assert 'role="img"' in when
    assert "CAP 1 M. Price Mon 20 Apr 2026 Due" in text_of(when.split("<table", 1)[1])


def test_without_any_action_there_is_no_picture(
    town: Town, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANDOUR_NOW", "2026-04-02T09:00")
    case = open_at(town, "2026-03-09T09:00")
    assert "Time line" not in read(signed_in(town.mari).get(f"/cases/{case.ref}/plan/"))


def test_others_see_no_plan(town: Town, case: Case, signed_in: Browser) -> None:
    assert signed_in(town.olwen).get(f"/cases/{case.ref}/plan/").status_code == 404
    assert Client().get(f"/cases/{case.ref}/plan/").status_code == 302


def test_the_page_takes_few_queries(town: Town, case: Case, signed_in: Browser) -> None:
    browser = signed_in(town.mari)
    browser.get(f"/cases/{case.ref}/plan/")
    with CaptureQueriesContext(connection) as asked:
        browser.get(f"/cases/{case.ref}/plan/")
    assert len(asked) <= 10
