"""Tokens of programs on the page where people make them: shown once, and ended for good."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from candour.people.models import User
from tests.api.asking import ask
from tests.support.casework import Town
from tests.web.pages import main_of, read

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
PLACE = "/settings/programs/"
FORM = {"do": "make", "name": "Brokerage", "body": "cardiff", "parts": ["duties"], "days": "30"}


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANDOUR_NOW", "2026-04-02T09:00")


def made(page: Client) -> str:
    found = re.search(r'id="token"[^>]*value="([^"]+)"', main_of(page.post(PLACE, FORM)))
    assert found, "the new token is shown"
    return found[1]


def test_a_token_is_made_shown_once_and_revoked(town: Town, signed_in: Browser) -> None:
    page = signed_in(town.mari)
    token = made(page)
    assert ask(token, "duties").status_code == 200
    assert ask(token, "cases").status_code == 403
    after = page.get(PLACE)
    assert token not in after.content.decode()
    assert f"…{token[-4:]} · Cardiff Council" in read(after)
    assert "What is due, in all cases" in read(after)
    assert "until Sat 2 May 2026" in read(after)
    assert "last used: Thu 2 Apr 2026, 9am" in read(after)
    number = re.search(r'name="token" value="(\d+)"', main_of(after))
    assert number
    assert page.post(PLACE, {"do": "revoke", "token": number[1]}).status_code == 302
    assert ask(token, "duties").status_code == 401
    assert "Revoked Thu 2 Apr 2026" in read(page.get(PLACE))


def test_nobody_revokes_what_another_made(town: Town, signed_in: Browser) -> None:
    page = signed_in(town.mari)
    token = made(page)
    number = re.search(r'name="token" value="(\d+)"', main_of(page.get(PLACE)))
    assert number
    other = signed_in(town.ieuan)
    for asked in (number[1], "", "x", "9" * 40):
        assert other.post(PLACE, {"do": "revoke", "token": asked}).status_code == 302
    assert ask(token, "duties").status_code == 200
    assert "Brokerage" not in read(other.get(PLACE))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": " "}, "Say what the program is"),
        ({"body": "powys"}, "Choose the organisation"),
        ({"parts": []}, "at least one thing"),
        ({"parts": ["everything"]}, "at least one thing"),
    ],
)
def test_a_form_that_is_not_whole_makes_nothing(
    town: Town, signed_in: Browser, wrong: dict[str, object], says: str
) -> None:
    page = signed_in(town.mari)
    answer = page.post(PLACE, {**FORM, **wrong})
    assert answer.status_code == 422
    assert says in read(answer)
    assert "Your tokens" not in read(answer)


def test_who_holds_no_post_has_nothing_to_give(town: Town, signed_in: Browser) -> None:
    page = signed_in(town.dilys)
    assert "You hold no post today" in read(page.get(PLACE))
    assert page.post(PLACE, FORM).status_code == 422
