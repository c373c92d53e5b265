"""My day: what waits for somebody, what they owe first, what came in, what others ask."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from candour.bodies.models import Body, Service
from candour.cases.models import Case
from candour.database.row_security import acting_for
from candour.letters.actions import ask_second
from candour.people.models import Post, User
from tests.support.casework import Town, add, hold_ppm, open_at, to_ppm
from tests.support.invitations import look
from tests.support.letters import (
    AFTER,
    after_ppm,
    all_of,
    begun,
    confirmed,
    officer,
    outsider,
    work_on,
)
from tests.support.partners import shared_with
from tests.support.signatures import in_derbyshire, put_to_be_signed
from tests.web.pages import items, main_of, part, read, text_of

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]


@pytest.fixture
def case(town: Town, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A case with a PPM held on the Monday before Easter, seen on the Tuesday after Easter."""
    monkeypatch.setenv("CANDOUR_NOW", "2026-04-07T09:00")
    case = open_at(town, "2026-03-09T09:00")
    to_ppm(town, case)
    hold_ppm(town, case)
    return case


def section(user: User, signed_in: Browser, label: str) -> str:
    return text_of(part(signed_in(user).get("/"), label))


def test_the_day_begins_with_a_sentence_about_ones_own_work(
    town: Town, case: Case, signed_in: Browser
) -> None:
    assert "Tuesday 7 April 2026: 2 things of yours are late, 2 are due this week." in read(
        signed_in(town.ieuan).get("/")
    )
    assert "Tuesday 7 April 2026: nothing of yours is due this week." in read(
        signed_in(town.mari).get("/")
    )


def test_however_much_is_late_what_is_due_today_is_in_sight(
    town: Town, case: Case, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = [open_at(town, "2026-03-09T09:00", service=new_home(town, n)) for n in range(8)]
    for other in others:
        to_ppm(town, other)
        hold_ppm(town, other, "2026-03-24T10:00")
    monkeypatch.setenv("CANDOUR_NOW", "2026-04-08T09:00")
    mine = part(signed_in(town.ieuan).get("/"), "mine")
    words = text_of(mine)
    assert len(items(mine, "app-due")) == 6 + 1 + 6
    assert "28 more : Late" in words
    assert "Today (1)" in words
    assert words.index("Today (1)") < words.index("Written notice to the provider after the PPM")
    assert 'href="/worklist/?when=late"' in mine


def test_a_rating_is_mine_by_the_number_of_my_body_however_it_was_named(
    town: Town, case: Case, signed_in: Browser
) -> None:
    """It was told by the English name of the body as it is today."""
    town.council.name_cy = "Cyngor Caerdydd"
    town.council.save()
    called = {"meeting": "ppm", "agencies": ["Bwrdd iechyd", "Cyngor  caerdydd"]}
    add(town, case, "ratings_called", "2026-04-01T09:00", called)
    mine = "Your rating Rate the risk for Cyngor caerdydd"
    assert mine in section(town.ieuan, signed_in, "waiting")
    town.council.name, town.council.name_cy = "Cardiff and District Council", ""
    town.council.save()
    assert mine in section(town.ieuan, signed_in, "waiting")


def test_another_body_of_the_same_name_is_not_asked_to_rate_as_if_it_were_ours(
    town: Town, case: Case, signed_in: Browser
) -> None:
    add(town, case, "ratings_called", "2026-04-01T09:00", {"agencies": ["Cardiff Council"]})
    shared_with(case, town.mari, "vale")
    other = Body.objects.get(slug="vale")
    other.name = "Cardiff Council"
    other.save()
    Post.objects.create(user=town.dilys, body=other, role="lead_officer")
    words = section(town.dilys, signed_in, "waiting")
    assert "Open round Rate the risk: Cardiff Council" in words


def new_home(town: Town, number: int) -> Service:
    return Service.objects.create(
        name=f"Home {number}", provider=town.service.provider, nursing=True
    )


def test_addresses_of_the_worklist_from_before_lead_to_it(town: Town, signed_in: Browser) -> None:
    answer = signed_in(town.mari).get("/?whose=body&when=late")
    assert (answer.status_code, answer["Location"]) == (302, "/worklist/?whose=body&when=late")


def test_a_signature_waits_for_whoever_s_turn_it_is(
    town: Town, case: Case, signed_in: Browser
) -> None:
    number = put_to_be_signed(town, case)
    markup = part(signed_in(town.mari).get("/"), "waiting")
    assert f'href="/cases/{case.ref}/signatures/{number}/"' in markup
    assert "Asked by Mari Ellis, Tue 7 Apr 2026" in text_of(markup)
    assert "Sign:" not in section(town.ieuan, signed_in, "waiting")


def test_nobody_is_asked_to_sign_before_their_turn_nor_again(
    town: Town, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-30T15:00")
    county = in_derbyshire(town)
    number = county.asked(county.officer, county.chief)
    assert "Sign:" in section(town.sam, signed_in, "waiting")
    assert "Sign:" not in section(county.wendy, signed_in, "waiting")
    county.signs(number, 1, user=town.sam, role="lead_officer")
    assert "Sign:" not in section(town.sam, signed_in, "waiting")
    assert "Sign:" in section(county.wendy, signed_in, "waiting")
    county.withdraws(number, "Another text is signed.")
    assert "Sign:" not in section(county.wendy, signed_in, "waiting")


def test_a_second_person_s_yes_waits_for_everybody_but_those_who_asked(
    town: Town, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-31T12:00")
    case = after_ppm(town)
    draft = begun(town, case)
    kept = confirmed(town, draft, [*all_of(work_on(draft)), outsider("sali@wrens.example")])
    with acting_for([town.council.pk]):
        ask_second(
            draft_id=str(draft.pk), actor=officer(town), why="", revision=kept.revision, as_of=AFTER
        )
    waiting = part(signed_in(town.ieuan).get("/"), "waiting")
    assert "Look at the recipients:" in text_of(waiting)
    assert f'href="/cases/{case.ref}/letters/{draft.pk}/second/"' in waiting
    assert "Look at the recipients" not in section(town.mari, signed_in, "waiting")


def test_a_round_of_ratings_waits_until_one_has_rated(
    town: Town, case: Case, signed_in: Browser
) -> None:
    called = {"meeting": "ppm", "agencies": ["Cardiff Council", "Health board"]}
    add(town, case, "ratings_called", "2026-04-01T09:00", called)
    words = section(town.ieuan, signed_in, "waiting")
    assert "Your rating Rate the risk for Cardiff Council" in words
    assert "0 of 2 have rated" in words
    again = {"meeting": "ppm", "agencies": ["Health board", "Police"]}
    add(town, case, "ratings_called", "2026-04-02T09:00", again)
    words = section(town.ieuan, signed_in, "waiting")
    assert "Open round Rate the risk: Health board, Police" in words
    assert "Cardiff Council" not in words  # the earlier round is over


def test_what_others_recorded_this_week_came_in(town: Town, case: Case, signed_in: Browser) -> None:
    data = {"plan": "cap", "progress": "Two carers start on Monday."}
    add(town, case, "action_progressed", "2026-04-02T09:00", data)
    came = part(signed_in(town.ieuan).get("/"), "came")
    assert "Progress reported" in text_of(came)
    assert "Mari Ellis, Thu 2 Apr 2026, 9am" in text_of(came)
    assert f"/cases/{case.ref}/?show=all#entry-" in came
    assert "Nothing new from anybody else." in section(town.mari, signed_in, "came")
    assert "Concern raised" not in text_of(came)  # a month ago


def test_meetings_of_the_week_to_come(town: Town, case: Case, signed_in: Browser) -> None:
    call = {
        "meeting": "ppm",
        "invited": ["Registered manager"],
        "responsible_individual_invited": True,
        "ciw_invited": True,
    }
    add(town, case, "meeting_called", "2026-04-02T09:00", {**call, "meets_on": "2026-04-13"})
    with acting_for([town.council.pk]):
        look(town, "2026-04-02T10:00")
    words = section(town.ieuan, signed_in, "meetings")
    assert "in 6 days Provider Performance Meeting (PPM)" in words
    assert "All of it in your own calendar" in words


def test_who_heads_the_body_sees_it_step_by_step(
    town: Town, case: Case, signed_in: Browser
) -> None:
    steps = section(town.ieuan, signed_in, "steps")  # he is its chair
    assert "1 open case, 1 late" in steps
    assert "PPM" in steps
    assert "Open cases by step" in steps
    assert 'aria-labelledby="steps"' not in main_of(signed_in(town.mari).get("/"))


def test_strangers_and_those_without_a_post_see_nothing_of_it(
    town: Town, case: Case, signed_in: Browser
) -> None:
    for user in (town.olwen, town.sam, town.dilys):
        page = signed_in(user).get("/").content.decode()
        assert case.ref not in page
        assert escape(case.title) not in page
    assert "You hold no post yet" in read(signed_in(town.dilys).get("/"))
    assert Client().get("/").status_code == 302


def test_it_needs_few_queries_however_much_waits(
    town: Town, case: Case, signed_in: Browser
) -> None:
    for number in range(12):
        other = open_at(town, "2026-03-09T09:00", service=new_home(town, number))
        to_ppm(town, other)
        hold_ppm(town, other)
        put_to_be_signed(town, other)
        called = {"meeting": "ppm", "agencies": ["Cardiff Council", "Health board"]}
        add(town, other, "ratings_called", "2026-04-01T09:00", called)
    Post.objects.create(user=town.mari, body=town.council, role="chair")
    browser = signed_in(town.mari)
    browser.get("/")
    with CaptureQueriesContext(connection) as queries:
        browser.get("/")
    # Savepoints and settings of their own are there because the test holds a transaction.
    kept = ("SAVEPOINT", "set_config", "current_setting")
    asked = [q["sql"] for q in queries if not any(words in q["sql"] for words in kept)]
    assert len(asked) <= 10, "\n".join(asked)


def test_it_reads_in_welsh(town: Town, case: Case, signed_in: Browser) -> None:
    browser = signed_in(town.ieuan)
    browser.cookies["candour_language"] = "cy"
    assert "Dydd Mawrth 7 Ebrill 2026" in read(browser.get("/"))
