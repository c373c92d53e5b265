"""The public form: one thing on each page, nothing lost, taken in once."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from candour.bodies.models import Body
from candour.database.row_security import acting_for
from candour.experiences.models import Experience
from candour.site import clock
from candour.telling.actions import ask
from candour.telling.drafts import forget_dead
from candour.telling.models import Draft, Message, Told
from candour.telling.queries import agreed_to
from tests.support.casework import Town
from tests.telling.conftest import Filling

# What acting for a body costs within the transaction of a test, and not outside of one.
SETTING = re.compile(r"^(RELEASE )?SAVEPOINT|^SELECT (current_setting|set_config)")
Rows = Callable[[Body], list[Told]]


def test_it_asks_first_whether_anyone_is_in_danger_and_shows_999(filling: Filling) -> None:
    page = filling.get().content.decode()
    assert "Is anyone in danger now?" in page
    assert 'href="tel:999"' in page


def test_what_was_told_is_an_experience_with_its_consents(
    town: Town, filling: Filling, told_rows: Rows
) -> None:
    assert filling.all() == "/tell/ely/en/sent/"
    (told,) = told_rows(town.healthwatch)
    assert told.experience.answer == (
        "The ward was kind but very slow.\n\nWhat should change? More people at night."
    )
    assert told.experience.service_name == "A place nobody knows"
    assert (told.experience.sentiment, told.experience.rating) == (4, "Bad")
    assert (told.danger, told.when_words, told.experience.happened_on) == (
        False,
        "last spring",
        None,
    )
    given = {each.kind: each.given for each in told.consents.all()}
    assert given == {"provider": True, "oversight": False, "national": False, "quote": False}
    assert {each.version for each in told.consents.all()} == {1}
    assert "without my name" in told.consents.all()[0].words


def test_in_welsh_every_word_of_the_questions_is_welsh(town: Town) -> None:
    welsh = Filling(language="cy")
    assert "Oes rhywun mewn perygl nawr?" in welsh.get().content.decode()
    assert welsh.all() == "/tell/ely/cy/sent/"


def test_sent_twice_it_is_taken_once_and_has_one_receipt(
    town: Town, filling: Filling, told_rows: Rows
) -> None:
    filling.all()
    first = filling.get("sent").content
    assert filling.send("check")["Location"] == "/tell/ely/en/sent/"
    assert filling.get("sent").content == first
    assert len(told_rows(town.healthwatch)) == 1


def test_what_was_typed_comes_back_after_a_reload(filling: Filling) -> None:
    filling.send("", danger="no")
    filling.send("what", what="Cold food")
    assert "Cold food" in filling.get("what").content.decode()


def test_the_dump_of_a_draft_says_nothing(town: Town, filling: Filling) -> None:
    filling.send("", danger="no")
    filling.send("what", what="Cold food")
    with acting_for([town.healthwatch.pk]):
        (draft,) = Draft.objects.all()
    assert b"Cold" not in bytes(draft.sealed)
    assert filling.client.cookies["candour_telling"].value.encode() not in bytes(draft.secret_hash)


def test_a_page_that_is_not_answered_says_what_is_missing(filling: Filling) -> None:
    filling.send("", danger="no")
    answer = filling.send("what", what=" ")
    assert answer.status_code == 422
    assert "Write what happened" in answer.content.decode()


def test_danger_leads_to_the_numbers_first(filling: Filling) -> None:
    assert filling.send("", danger="yes")["Location"] == "/tell/ely/en/safe/"
    assert 'href="tel:999"' in filling.get("safe").content.decode()


def test_who_wants_no_reply_is_never_asked_how_to_be_reached(filling: Filling) -> None:
    filling.all()
    fresh = Filling()
    fresh.send("", danger="no")
    assert fresh.send("reply", reply="no")["Location"] == "/tell/ely/en/check/"
    assert fresh.send("reply", reply="yes")["Location"] == "/tell/ely/en/contact/"


def test_a_place_of_the_directory_is_found_without_scripts(
    town: Town, filling: Filling, told_rows: Rows
) -> None:
    filling.send("", danger="no")
    answer = filling.send("where", place="plas")
    assert "Is it one of these?" in answer.content.decode()
    number = str(town.service.pk)
    filling.all(where={"place": "plas", "seen": "plas", "service": number})
    (told,) = told_rows(town.healthwatch)
    assert told.experience.service_id == town.service.pk
    assert told.experience.organisation == "Derwen Care"


def test_own_words_are_taken_for_a_place(filling: Filling, town: Town, told_rows: Rows) -> None:
    filling.all(where={"place": "plas", "seen": "plas", "service": "own"})
    (told,) = told_rows(town.healthwatch)
    assert (told.experience.service_id, told.experience.service_name) == (None, "plas")


def test_no_cookie_is_set_but_that_of_the_draft(filling: Filling) -> None:
    filling.all()
    filling.get("sent")
    assert set(filling.client.cookies) == {"candour_telling"}
    cookie = filling.client.cookies["candour_telling"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/tell/ely/", True, "Lax")


def test_only_a_form_that_is_open_is_there(town: Town) -> None:
    for address in (
        "/tell/cardiff/",
        "/tell/cardiff/en/",
        "/tell/nobody/en/",
        "/tell/cardiff/en/whole/",
    ):
        assert Client().get(address).status_code == 404


def test_the_list_of_staff_shows_it_at_once(town: Town, filling: Filling) -> None:
    filling.all()
    staff = Client()
    staff.force_login(town.sam)
    assert "very slow" in staff.get("/experiences/").content.decode()


def test_of_another_body_nobody_sees_it(town: Town, filling: Filling) -> None:
    filling.all()
    with acting_for([town.council.pk]):
        assert not Told.objects.exists()
        assert not Experience.objects.exists()


@pytest.mark.parametrize(
    "origin", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_the_page_of_another_site_sends_nothing(filling: Filling, origin: dict[str, str]) -> None:
    answer = filling.client.post(filling.at(), {"danger": "no"}, headers=origin)
    assert answer.status_code == 403


def test_the_trap_that_people_do_not_see_asks_for_a_little_work(filling: Filling) -> None:
    answer = filling.send("", danger="no", website="https://spam.example")
    assert answer.status_code == 429
    page = answer.content.decode()
    assert 'name="danger" value="no"' in page
    assert "spam.example" not in page


def test_a_draft_whose_time_is_up_is_deleted_and_opens_no_more(
    town: Town, filling: Filling, monkeypatch: pytest.MonkeyPatch
) -> None:
    filling.send("", danger="no")
    filling.send("what", what="Cold food")
    assert forget_dead(clock.now()) == 0
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-31T09:00")
    assert filling.get("what")["Location"] == "/tell/ely/en/?nothing-kept"
    assert forget_dead(clock.now()) == 1
    with acting_for([town.healthwatch.pk]):
        assert not Draft.objects.exists()


def test_who_agreed_to_what_is_asked_at_once(town: Town, filling: Filling, told_rows: Rows) -> None:
    filling.all()
    Filling().all(sharing={})
    one, other = told_rows(town.healthwatch)
    both = [one.experience_id, other.experience_id]
    with acting_for([town.healthwatch.pk]):
        assert agreed_to("provider", both) == {one.experience_id}
        assert agreed_to("quote", both) == set()


@pytest.mark.parametrize("page", ["", "safe", "what", "where", "sharing", "check", "whole"])
def test_no_page_asks_much_of_the_database(filling: Filling, page: str) -> None:
    filling.send("", danger="yes")
    for name, typed in (("what", {"what": "x"}), ("where", {"place": "x"}), ("how", {"felt": "1"})):
        filling.send(name, **typed)
    filling.send("reply", reply="no")
    with CaptureQueriesContext(connection) as asked:
        answer = filling.get(page)
    assert answer.status_code == 200
    asks = [q["sql"] for q in asked.captured_queries if not SETTING.search(q["sql"])]
    assert len(asks) <= 10, asks


def test_the_page_of_something_told_asks_no_more_however_much_was_said(
    town: Town, filling: Filling, told_rows: Rows
) -> None:
    filling.all(about={"about": "yes"}, **{"about-age": {"about_age": "65_79"}})
    (told,) = told_rows(town.healthwatch)
    actor = town.actor(town.sam, "lead_officer")
    for number in range(12):
        words = f"Question {number}"
        ask(told, Message.Sort.QUESTION, words, key=uuid4(), actor=actor, as_of=clock.now())
    staff = Client()
    staff.force_login(town.sam)
    with CaptureQueriesContext(connection) as asked:
        page = staff.get(f"/experiences/{told.experience_id}/").content.decode()
    assert "Question 11" in page
    asks = [q["sql"] for q in asked.captured_queries if not SETTING.search(q["sql"])]
    assert len(asks) <= 10, asks


def test_whoever_says_danger_while_checking_sees_the_numbers_and_comes_back_to_check(
    filling: Filling,
) -> None:
    filling.send("", danger="no")
    for name, typed in (("what", {"what": "x"}), ("where", {"place": "x"}), ("how", {"felt": "1"})):
        filling.send(name, **typed)
    filling.send("reply", reply="no")
    changed = filling.client.post(f"{filling.at()}?to=check", {"danger": "yes"})
    assert changed["Location"] == "/tell/ely/en/safe/"
    assert filling.send("safe")["Location"] == "/tell/ely/en/check/"
