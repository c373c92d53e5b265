"""The page of a case's plans: both sides, each action's status and shortfalls, and the picture."""

import html
import re
from collections.abc import Callable, Mapping
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from candour.cases.models import Case, CaseEntry
from candour.database.row_security import acting_for
from candour.people.models import Post, User
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
    return items(part(page.get(f"/cases/{case.ref}/plan/"), f"plan-{plan}"), "app-card")


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
        ("2026-04-02T09:00", "Green On course: due in 18 days"),
        ("2026-04-14T09:00", "Amber Due in 6 days"),
        ("2026-04-21T09:00", "Red 1 day late"),
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
    assert ("Default notice" in line) == ("late" in said)


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
    assert "Amber Given more time; due in 33 days" in line
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
    assert "Green Done in time, on Wed 1 Apr 2026" in line
    assert "Risk reviewed: Fewer doses are missed." in line
    assert "More time" not in line


def test_the_picture_has_a_table_that_says_the_same(
    town: Town, case: Case, signed_in: Browser
) -> None:
    answer = signed_in(town.mari).get(f"/cases/{case.ref}/plan/")
    when = part(answer, "when")
    assert 'role="img"' in when
    assert "CAP 1 M. Price Mon 20 Apr 2026 Green: On course" in text_of(when.split("<table", 1)[1])


def test_without_any_action_there_is_no_picture(
    town: Town, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANDOUR_NOW", "2026-04-02T09:00")
    case = open_at(town, "2026-03-09T09:00")
    assert "Time line" not in read(signed_in(town.mari).get(f"/cases/{case.ref}/plan/"))


def told(town: Town, case: Case, kind: str, when: str, data: Mapping[str, object]) -> str:
    """Record something about the action of the corrective plan, and return its id."""
    with acting_for([town.council.pk]):
        added = CaseEntry.objects.get(case=case, kind="action_added").pk
    return add(town, case, kind, when, data, refers_to=(str(added),)).entry.id


SAID = {"plan": "cap", "progress": "Charts are full since Monday.", "says_done": True}


def test_what_the_provider_says_is_done_waits_for_the_officer_with_its_words(
    town: Town, case: Case, signed_in: Browser
) -> None:
    told(town, case, "action_progressed", "2026-04-01T10:00", SAID)
    browser = signed_in(town.mari)
    (line,) = actions(browser, case)
    assert "Amber Said to be done on Wed 1 Apr 2026; nobody has seen to it yet" in line
    assert "The provider says: “Charts are full since Monday.”" in line
    assert "Verify: it is done" in line
    assert "Send it back" in line
    assert "Record it as done" not in line
    assert "1 thing said or shown" in line


def typed_in(form: str, name: str) -> str:
    """Return what a box of a form is opened with."""
    (box,) = re.findall(rf'<input[^>]*\bname="{name}"[^>]*>', form)
    return str(re.findall(r'value="([^"]*)"', box)[0])


def way(browser: Client, case: Case, words: str) -> str:
    """Return where a link of the page leads, by its first words."""
    page = browser.get(f"/cases/{case.ref}/plan/").content.decode()
    found = re.search(rf'href="([^"]+)"[^>]*>{words}', page)
    assert found, words
    return html.unescape(found[1])


def test_verifying_types_nothing_that_the_provider_has_said(
    town: Town, case: Case, signed_in: Browser
) -> None:
    told(town, case, "action_progressed", "2026-04-01T10:00", SAID)
    browser = signed_in(town.mari)
    form = browser.get(way(browser, case, "Verify: it is done")).content.decode()
    assert "Charts are full since Monday." in form
    assert typed_in(form, "entry-when-day") == "1"
    assert "Mari Ellis" in form


def test_a_form_opened_from_the_plan_leads_back_to_it_and_nowhere_else(
    town: Town, case: Case, signed_in: Browser
) -> None:
    told(town, case, "action_progressed", "2026-04-01T10:00", SAID)
    browser = signed_in(town.mari)
    address = way(browser, case, "Send it back")
    sent = {
        "key": str(uuid4()),
        "seq": "99",
        "entry-when-day": "2",
        "entry-when-month": "4",
        "entry-when-year": "2026",
        "entry-when-time": "08:00",
        "entry-post": str(Post.objects.get(user=town.mari, role="lead_officer").pk),
        "missing": "Two charts of Tuesday.",
        "entry-about": [parse_qs(urlsplit(address).query)["refers"][0]],
    }
    answer = browser.post(address, sent)
    assert (answer.status_code, answer["Location"]) == (302, f"/cases/{case.ref}/plan/")
    (line,) = actions(browser, case)
    assert "Amber Sent back: not done yet" in line
    assert "Still missing: “Two charts of Tuesday.”" in line
    elsewhere = address.replace("back-to=plan", "back-to=//evil.example")
    answer = browser.post(elsewhere, {**sent, "key": str(uuid4()), "missing": "Again."})
    assert answer["Location"].startswith(f"/cases/{case.ref}/#entry-")


def test_a_wish_for_more_time_is_answered_with_its_own_words(
    town: Town, case: Case, signed_in: Browser
) -> None:
    wish = {"wanted_by": "2026-05-05", "reason": "The pharmacist starts in May."}
    told(town, case, "more_time_asked", "2026-04-01T10:00", wish)
    browser = signed_in(town.mari)
    (line,) = actions(browser, case)
    assert "Amber More time is asked for, until Tue 5 May 2026" in line
    assert "Refuse more time" in line
    form = browser.get(way(browser, case, "Give more time")).content.decode()
    assert "The pharmacist starts in May." in form
    assert typed_in(form, "new_date-month") == "05"


def test_the_table_says_what_the_board_says_and_one_column_can_be_shown_alone(
    town: Town, case: Case, signed_in: Browser
) -> None:
    add(town, case, "action_added", "2026-04-01T09:00", {**ACTION, "due_on": "2026-04-05"})
    browser = signed_in(town.mari)
    table = text_of(part(browser.get(f"/cases/{case.ref}/plan/?view=table"), "all-actions"))
    assert "CAP 1" in table
    assert "Amber Due in 3 days" in table
    alone = read(browser.get(f"/cases/{case.ref}/plan/?show=soon"))
    assert "Amber Due in 3 days" in alone
    assert "1 Needs a look" in alone
    assert len(actions_in(browser, f"/cases/{case.ref}/plan/?show=soon")) == 1
    assert len(actions_in(browser, f"/cases/{case.ref}/plan/?show=nonsense")) == 2


def actions_in(browser: Client, address: str) -> list[str]:
    return items(part(browser.get(address), "plan-cap"), "app-card")


def test_the_page_takes_as_few_queries_with_many_actions(
    town: Town, case: Case, signed_in: Browser
) -> None:
    for number in range(12):
        add(town, case, "action_added", f"2026-04-01T10:{number:02}", ACTION)
    browser = signed_in(town.mari)
    browser.get(f"/cases/{case.ref}/plan/")
    for view in ("", "?view=table"):
        with CaptureQueriesContext(connection) as asked:
            browser.get(f"/cases/{case.ref}/plan/{view}")
        assert len(asked) <= 10


def test_others_see_no_plan(town: Town, case: Case, signed_in: Browser) -> None:
    assert signed_in(town.olwen).get(f"/cases/{case.ref}/plan/").status_code == 404
    assert Client().get(f"/cases/{case.ref}/plan/").status_code == 302
