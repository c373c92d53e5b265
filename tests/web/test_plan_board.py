"""The plans of all cases: the board, one column as a table, the filter, and few queries."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from candour.cases.models import Case
from candour.people.models import User
from tests.support.casework import Town, add, open_at
from tests.support.plans import ACTION
from tests.web.pages import items, main_of, part, read

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]


@pytest.fixture
def case(town: Town, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A case with an action that is late, and one that is said to be done."""
    monkeypatch.setenv("CANDOUR_NOW", "2026-04-22T09:00")
    case = open_at(town, "2026-03-09T09:00")
    add(town, case, "action_added", "2026-03-31T09:00", ACTION)
    other = {**ACTION, "plan": "dap", "action": "Write a rota for every night.", "owner": "S. Non"}
    action = add(town, case, "action_added", "2026-03-31T10:00", other).entry.id
    said = {"plan": "dap", "progress": "The rota hangs in the office.", "says_done": True}
    add(town, case, "action_progressed", "2026-04-19T09:00", said, refers_to=(action,))
    return case


def test_the_board_has_each_action_under_what_is_to_be_done(
    town: Town, case: Case, signed_in: Browser
) -> None:
    answer = signed_in(town.mari).get("/plans/")
    (late,), (said,) = (items(part(answer, f"lane-{n}"), "app-card") for n in (1, 2))
    assert "Red 2 days late Check every round against its chart. Plas Derwen" in late
    assert f"CAP 1 · {case.ref} M. Price · Mon 20 Apr 2026" in late
    assert "Amber Said to be done on Sun 19 Apr 2026; nobody has seen to it yet" in said
    assert f'href="/cases/{case.ref}/plan/#action-dap-1"' in main_of(answer)
    assert "None." in part(answer, "lane-3")


def test_one_column_is_a_table_and_the_filter_stays_with_it(
    town: Town, case: Case, signed_in: Browser
) -> None:
    browser = signed_in(town.mari)
    late = read(browser.get("/plans/?show=late&owner=price"))
    assert "Late or stuck Action Service Owner Date How it stands Check every round" in late
    assert "Take away: Owner: price" in late
    assert "Write a rota" not in late
    nobody = read(browser.get("/plans/?show=late&owner=nobody"))
    assert "Nothing here" in nobody
    assert "Write a rota" in read(browser.get("/plans/?plan=dap&show=nonsense"))


def test_the_list_is_had_as_a_file_as_it_is_narrowed(
    town: Town, case: Case, signed_in: Browser
) -> None:
    browser = signed_in(town.mari)
    file = browser.get("/plans/?show=late&file=csv")
    rows = file.content.decode().splitlines()
    assert len(rows) == 2
    assert '"Check every round against its chart.","M. Price","2026-04-20","2026-04-20"' in rows[1]
    assert '"Red","2 days late"' in rows[1]
    assert len(browser.get("/plans/?file=csv").content.decode().splitlines()) == 3


def test_a_page_that_no_page_gave_out_leads_to_the_first(
    town: Town, case: Case, signed_in: Browser
) -> None:
    answer = signed_in(town.mari).get("/plans/?show=late&after=x")
    assert (answer.status_code, answer["Location"]) == (302, "/plans/")


def test_an_empty_board_says_what_will_stand_there(town: Town, signed_in: Browser) -> None:
    assert "No action anywhere" in read(signed_in(town.mari).get("/plans/"))
    assert "You hold no post yet" in read(signed_in(town.dilys).get("/plans/"))


def test_another_body_sees_none_of_it(town: Town, case: Case, signed_in: Browser) -> None:
    assert "Check every round" not in read(signed_in(town.olwen).get("/plans/"))
    assert Client().get("/plans/").status_code == 302


def test_many_actions_take_as_few_queries(town: Town, case: Case, signed_in: Browser) -> None:
    for number in range(30):
        add(town, case, "action_added", f"2026-04-01T10:{number:02}", ACTION)
    browser = signed_in(town.mari)
    browser.get("/plans/")
    for asked_for in ("", "?show=late", "?service=plas"):
        with CaptureQueriesContext(connection) as asked:
            browser.get(f"/plans/{asked_for}")
        assert len(asked) <= 10, [query["sql"] for query in asked]
    assert "Show all of these : Late or stuck" in read(browser.get("/plans/"))
