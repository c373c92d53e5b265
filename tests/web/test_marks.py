"""The pages on which words taken out are checked."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from candour.database.row_security import acting_for
from candour.experiences.actions.telling import Account, tell
from candour.experiences.models import Experience, ExperienceMark
from candour.people.actor import Actor
from candour.people.models import Post, User
from candour.sealing.custody import name_custodian
from candour.sealing.models import SealedEvent
from candour.site import clock
from tests.support.casework import Town
from tests.web.pages import read

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
SAID = "Thanks to Sarah. My mum Jane wrote from CF14 4XW."
CLEAN = "Thanks to [name]. My mum [name] wrote from [postcode]."
PAGE = "/experiences/marks/"
# The test's own transaction round the page's makes savepoints and settings of what is one begin.
OF_THE_TEST = re.compile(r"SAVEPOINT|set_config|current_setting")
WHY = "Checking what was taken out."


def told_by(town: Town, words: str = SAID) -> Experience:
    with acting_for([town.council.pk]):
        account = Account(source="form", words=words)
        return tell(account, actor=Actor.system(town.council), as_of=clock.now())


def marks(town: Town) -> list[ExperienceMark]:
    with acting_for([town.council.pk]):
        return list(ExperienceMark.objects.order_by("experience_id", "begin"))


def answer(town: Town, experience: Experience) -> str:
    with acting_for([town.council.pk]):
        return Experience.objects.get(pk=experience.pk).answer


@pytest.fixture
def custodian(town: Town) -> User:
    head = User.objects.create(username="head")
    post = Post.objects.create(user=head, body=town.council, role="chief_executive")
    user = User.objects.create(username="keeper", display_name="Non Keeper")
    Post.objects.create(user=user, body=town.council, role="safeguarding_lead")
    with acting_for([town.council.pk]):
        name_custodian(
            "safeguarding_lead", actor=Actor.from_post(post), reason="Checks.", as_of=clock.now()
        )
    return user


def test_whoever_reads_may_keep_words_out_and_sees_none_of_them(
    town: Town, signed_in: Browser
) -> None:
    experience = told_by(town)
    browser = signed_in(town.mari)
    page = read(browser.get(PAGE))
    assert "3 marks wait to be checked." in page
    assert "My mum [name] wrote from [postcode]" in page
    assert "Sarah" not in page
    assert "Put back" not in page
    browser.post(PAGE, {"do": "save", f"mark-{marks(town)[0].pk}": "confirmed"})
    assert [mark.state for mark in marks(town)] == ["confirmed", "waiting", "waiting"]
    assert answer(town, experience) == CLEAN


def test_all_of_a_page_can_be_kept_out_at_once(town: Town, signed_in: Browser) -> None:
    told_by(town)
    browser = signed_in(town.mari)
    shown = re.findall(r'name="shown" value="(\d+)"', browser.get(PAGE).content.decode())
    assert len(shown) == 3
    page = read(browser.post(PAGE, {"do": "all", "shown": shown}, follow=True))
    assert "3 places stay out." in page
    assert "Nothing waits to be checked" in page


def test_a_custodian_opens_the_words_with_a_reason_and_puts_some_back(
    town: Town, custodian: User, signed_in: Browser
) -> None:
    experience = told_by(town)
    browser = signed_in(custodian)
    assert "Sarah" not in read(browser.get(PAGE))
    assert browser.post(PAGE, {"do": "show", "reason": "x"}).status_code == 422
    page = read(browser.post(PAGE, {"do": "show", "reason": WHY}))
    assert "1. Name: Sarah" in page
    assert "Postcode: CF14 4XW" in page
    first, second, _third = marks(town)
    sent = {"do": "save", "reason": WHY, f"mark-{first.pk}": "restored"}
    page = read(browser.post(PAGE, {**sent, f"mark-{second.pk}": "confirmed"}))
    assert "1 place was put back." in page
    assert answer(town, experience) == CLEAN.replace("[name]", "Sarah", 1)
    with acting_for([town.council.pk]):
        assert {event.reason for event in SealedEvent.objects.all()} == {WHY}
    assert "no-store" in browser.get(PAGE)["Cache-Control"]


def test_nobody_else_puts_words_back_by_asking(town: Town, signed_in: Browser) -> None:
    experience = told_by(town)
    sent = {"do": "save", "reason": WHY, f"mark-{marks(town)[0].pk}": "restored"}
    assert signed_in(town.mari).post(PAGE, sent).status_code == 422
    signed_in(town.olwen).post(PAGE, sent)
    assert answer(town, experience) == CLEAN
    assert {mark.state for mark in marks(town)} == {"waiting"}


def test_more_words_are_taken_out_on_the_page_of_an_experience(
    town: Town, signed_in: Browser
) -> None:
    experience = told_by(town, "The one with the red cardigan was rude.")
    page, browser = f"/experiences/{experience.pk}/words/", signed_in(town.mari)
    assert browser.post(page, {"words": "blue hat"}).status_code == 422
    told = read(browser.post(page, {"words": "red cardigan"}, follow=True))
    assert "The one with the [name] was rude." in told
    assert "stays out: Mari Ellis" in told
    assert signed_in(town.olwen).get(page).status_code == 404


def test_they_need_few_queries_however_much_waits(
    town: Town, custodian: User, signed_in: Browser
) -> None:
    for number in range(12):
        told_by(town, f"{SAID} {number}")
    experience = told_by(town)
    officer = signed_in(town.mari)
    for page in (PAGE, f"/experiences/{experience.pk}/words/"):
        officer.get(page)
        with CaptureQueriesContext(connection) as queries:
            assert officer.get(page).status_code == 200
        asked = [q["sql"] for q in queries if not OF_THE_TEST.search(q["sql"])]
        assert len(asked) <= 8, asked
    keeper = signed_in(custodian)
    with CaptureQueriesContext(connection) as queries:
        assert "Sarah" in read(keeper.post(PAGE, {"do": "show", "reason": WHY}))
    asked = [q["sql"] for q in queries if not OF_THE_TEST.search(q["sql"])]
    assert len(asked) <= 12, asked
