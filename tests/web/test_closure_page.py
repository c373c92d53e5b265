"""The closure room: the notice, every resident, every question."""

import html
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from candour.cases.models import Case
from candour.people.models import Post, User
from candour.web.presenters.addresses import owed_name
from tests.support.casework import Town, add, open_at
from tests.web.pages import part, read, text_of

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]


@pytest.fixture
def case(town: Town, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A home whose owner closes it, with two residents listed and one moved."""
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-20T09:00")
    case = open_at(town, "2026-03-02T09:00")
    closing = {"closure": "providers_own", "contract_type": "adult_home", "reason": "Not viable."}
    add(town, case, "closure_notified", "2026-03-02T10:00", closing)
    move = {"move": "skip_to_sosg", "step": "sosg", "rationale": "The owner has decided to close."}
    head = Post.objects.create(user=town.mari, body=town.council, role="head_of_service")
    add(town, case, "step_entered", "2026-03-02T11:00", move, role=head.role)
    listed = {"residents": ["R1", "R2"], "self_funders": ["R2"], "move_by": "2026-05-20"}
    add(town, case, "residents_listed", "2026-03-03T09:00", listed)
    given = {
        "checklist": "closure_questions",
        "items": ["building"],
        "owner": "The estates officer",
        "due_on": "2026-03-25",
    }
    add(town, case, "question_given", "2026-03-03T10:00", given)
    answer = {
        "checklist": "closure_questions",
        "held": ["media_interest"],
        "notes": "One line agreed.",
    }
    add(town, case, "checklist_answered", "2026-03-03T11:00", answer)
    add(town, case, "resident_moved", "2026-03-19T10:00", {"resident": "r1"})
    return case


def test_the_room_shows_notice_residents_and_questions(
    town: Town, case: Case, signed_in: Browser
) -> None:
    answer = signed_in(town.mari).get(f"/cases/{case.ref}/closure/")
    said = read(answer)
    assert "It may close after Sun 31 May 2026" in said
    assert "Moved 1/2" in said
    assert "Question 3: is the building safe, and can it be mended? The estates officer" in said
    assert "One line agreed." in said
    assert "Closure questions 1/16" in said
    assert "Not assured Assurance 1" in said
    assert "Moved 1/2 " in said
    assert "1 No plan yet" in said


def test_a_resident_opens_the_form_with_their_number(
    town: Town, case: Case, signed_in: Browser
) -> None:
    answer = signed_in(town.mari).get(f"/cases/{case.ref}/closure/").content.decode()
    assert "resident=R2" in answer
    assert "items=building" in answer


def planned(town: Town, case: Case, **more: object) -> None:
    """Plan the move of the second resident, who is not R1."""
    plan: dict[str, object] = {
        "resident": "R2",
        "case_manager": "A. Jones",
        "nurse_assessor": "N. Bevan",
        "advocate_needed": True,
        "advocate": "S. Rees",
        "placing_authority": "Cardiff Council",
        "out_of_county": False,
        **more,
    }
    add(town, case, "relocation_planned", "2026-03-10T09:00", plan)


def room(browser: Client, case: Case, query: str = "") -> str:
    return browser.get(f"/cases/{case.ref}/closure/{query}").content.decode()


def forgotten(browser: Client, case: Case) -> str:
    return text_of(part(browser.get(f"/cases/{case.ref}/closure/"), "forgotten"))


def test_who_is_without_anything_is_named_until_nothing_is_missing(
    town: Town, case: Case, signed_in: Browser
) -> None:
    browser = signed_in(town.mari)
    without = forgotten(browser, case)
    assert "No plan of the move, so nobody is responsible 1 R2" in without
    assert "R1" not in without  # has moved
    planned(town, case)
    without = forgotten(browser, case)
    assert "No new home 1 R2" in without
    assert "No day for the move 1 R2" in without
    assert "nurse" not in without
    planned(town, case, moves_to="Wren Villas", moves_on="2026-03-27")
    assert 'id="forgotten"' not in room(browser, case)
    said = read(browser.get(f"/cases/{case.ref}/closure/"))
    assert "Moves Fri 27 Mar 2026 Wren Villas" in said
    assert "To come Fri 27 Mar 2026 R2 → Wren Villas" in said


def test_completing_a_plan_types_nothing_twice(town: Town, case: Case, signed_in: Browser) -> None:
    planned(town, case)
    browser = signed_in(town.mari)
    (address,) = set(re.findall(r'href="([^"]+)">Complete the plan', room(browser, case)))
    form = browser.get(html.unescape(address)).content.decode()
    for known in ("R2", "A. Jones", "N. Bevan", "S. Rees", "Cardiff Council"):
        assert f'value="{known}"' in form


def test_one_press_records_a_move_on_its_day_and_comes_back(
    town: Town, case: Case, signed_in: Browser
) -> None:
    planned(town, case, moves_to="Wren Villas", moves_on="2026-03-20")
    browser = signed_in(town.mari)
    page = room(browser, case)
    (form,) = re.findall(
        r'<form method="post" action="([^"]*resident_moved[^"]*)"(.*?)</form>', page, re.DOTALL
    )
    hidden = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form[1]))
    answer = browser.post(html.unescape(form[0]), hidden)
    assert (answer.status_code, answer["Location"]) == (302, f"/cases/{case.ref}/closure/")
    again = room(browser, case)
    assert "Moved today" not in again
    assert "Moved 2/2" in text_of(again)
    assert "Wren Villas" in again


def test_before_the_day_nobody_can_press_it(town: Town, case: Case, signed_in: Browser) -> None:
    planned(town, case, moves_to="Wren Villas", moves_on="2026-03-21")
    assert "Moved today" not in room(signed_in(town.mari), case)


def test_a_group_can_be_shown_alone(town: Town, case: Case, signed_in: Browser) -> None:
    browser = signed_in(town.mari)
    moved = text_of(part(browser.get(f"/cases/{case.ref}/closure/?show=moved"), "residents"))
    assert "R1" in moved
    assert "R2" not in moved
    assert "Show everybody" in moved
    assert "Nobody is in this group" in room(browser, case, "?show=ready")


def test_a_resident_has_a_page_with_all_of_it(town: Town, case: Case, signed_in: Browser) -> None:
    planned(town, case, moves_to="Wren Villas")
    browser = signed_in(town.mari)
    address = f"/cases/{case.ref}/closure/{owed_name('r2')}/"
    said = read(browser.get(address))
    assert "R2" in said
    assert "Pays for themselves" in said
    assert "Missing No day for the move" in said
    assert "Case manager A. Jones" in said
    assert "New home Wren Villas" in said
    assert "Relocation planned" in said
    assert "Before: R1" in said
    assert browser.get(f"/cases/{case.ref}/closure/{owed_name('r9')}/").status_code == 404
    assert signed_in(town.olwen).get(address).status_code == 404
    gone = read(browser.get(f"/cases/{case.ref}/closure/{owed_name('r1')}/"))
    assert "Moved Thu 19 Mar 2026" in gone
    assert "After: R2" in gone


def test_many_residents_take_as_few_queries(town: Town, case: Case, signed_in: Browser) -> None:
    many = {"residents": [f"N{n}" for n in range(60)], "move_by": "2026-05-20"}
    add(town, case, "residents_listed", "2026-03-12T09:00", many)
    browser = signed_in(town.mari)
    for address in ("", f"{owed_name('n7')}/"):
        browser.get(f"/cases/{case.ref}/closure/{address}")
        with CaptureQueriesContext(connection) as asked:
            browser.get(f"/cases/{case.ref}/closure/{address}")
        assert len(asked) <= 10


def test_before_anybody_is_listed_it_says_what_to_do(
    town: Town, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-20T09:00")
    case = open_at(town, "2026-03-02T09:00")
    said = read(signed_in(town.mari).get(f"/cases/{case.ref}/closure/"))
    assert "Nobody is listed yet" in said
