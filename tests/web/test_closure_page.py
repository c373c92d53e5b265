"""The closure room: the notice, every resident, every question."""

from collections.abc import Callable

import pytest
from django.test import Client

from candour.cases.models import Case
from candour.people.models import Post, User
from tests.support.casework import Town, add, open_at
from tests.web.pages import read

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


def test_a_resident_opens_the_form_with_their_number(
    town: Town, case: Case, signed_in: Browser
) -> None:
    answer = signed_in(town.mari).get(f"/cases/{case.ref}/closure/").content.decode()
    assert "resident=R2" in answer
    assert "items=building" in answer


def test_before_anybody_is_listed_it_says_what_to_do(
    town: Town, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-20T09:00")
    case = open_at(town, "2026-03-02T09:00")
    said = read(signed_in(town.mari).get(f"/cases/{case.ref}/closure/"))
    assert "Nobody is listed yet" in said
