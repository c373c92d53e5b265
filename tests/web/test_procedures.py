"""The procedures as they read on the screen."""

from collections.abc import Callable

import pytest
from django.test import Client

from candour import policies
from candour.people.models import User
from candour.web.presenters.clause_places import clause_lines
from tests.support.casework import Town
from tests.web.pages import main_of, read, text_of

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]


@pytest.fixture(autouse=True)
def one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-30T15:00")


def test_every_procedure_is_listed_and_an_overdue_review_is_said(
    town: Town, signed_in: Browser
) -> None:
    page = read(signed_in(town.mari).get("/procedures/"))
    for name in policies.available():
        assert policies.load(name).title.en in page
    assert "The review of this policy was due on Wed 13 Sep 2023" in page


@pytest.mark.parametrize("name", policies.available())
def test_a_procedure_shows_every_part_of_it(town: Town, signed_in: Browser, name: str) -> None:
    procedure = policies.load(name)
    answer = signed_in(town.mari).get(f"/procedures/{name}/")
    page, markup = read(answer), main_of(answer)
    assert "<svg" in markup
    parts = (procedure.steps, procedure.moves, procedure.duties, procedure.roles)
    for known in (part for group in parts for part in group.values()):
        assert " ".join(known.title.en.split()) in page
    for clause in procedure.clauses.values():
        assert f'id="clause-{clause.id}"' in markup


def test_every_link_on_the_page_leads_somewhere_on_it(town: Town, signed_in: Browser) -> None:
    markup = main_of(signed_in(town.mari).get("/procedures/cardiff_vale/"))
    targets = {piece.split('"')[0] for piece in markup.split('href="#')[1:]}
    elsewhere = "/procedures/cardiff_vale_oversight/#duty-"
    assert elsewhere in markup
    ids = [piece.split('"')[0] for piece in markup.split(' id="')[1:]]
    assert targets <= set(ids)
    assert len(ids) == len(set(ids))


def test_a_clause_says_where_it_is_held(town: Town, signed_in: Browser) -> None:
    markup = main_of(signed_in(town.mari).get("/procedures/cardiff_vale/"))
    row = text_of(markup.split('id="clause-CV-62"')[1].split("</tr>")[0])
    assert "Duty: Plan and monitoring arrangements, to the wider PPM" in row
    assert "Enforced" in row


def test_every_rule_of_a_clause_is_held_more_strongly_than_named() -> None:
    beside = [policies.load("cardiff_vale_oversight")]
    lines = {line.id: line for line in clause_lines(policies.load("cardiff_vale"), beside)}
    for clause in policies.load("cardiff_vale").clauses.values():
        if clause.kind in ("clock", "gate", "auto"):
            assert lines[clause.id].state in ("rule", "record"), clause.id
    assert lines["CV-24"].state == "none"


def test_what_there_is_not_is_not_found(town: Town, signed_in: Browser) -> None:
    assert signed_in(town.mari).get("/procedures/nowhere/").status_code == 404
    assert Client().get("/procedures/").status_code == 302
