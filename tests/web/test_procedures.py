"""The procedures as they read on the screen."""

from collections.abc import Callable

import pytest
from django.test import Client

from candour import policies
from candour.people.models import User
from candour.policies.proving import ProvedPack
from candour.policies.proving.register import Proved
from candour.web.presenters import clause_places
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


@pytest.fixture
def proved(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept of the proof says: one duty and one field are proved, and nothing else."""
    duty = {"duty ppm_plan": tuple(f"s{number}" for number in range(5))}
    by: Proved = {"CV-62": duty, "CV-17": {"field concern_raised.route": ("s1",)}}
    titles = {f"s{number}": f"Story number {number}" for number in range(5)}
    pack = ProvedPack("", by, (), titles)
    monkeypatch.setattr(clause_places, "proved_of", lambda procedure: pack)


def row(markup: str, clause: str) -> str:
    return text_of(markup.split(f'id="clause-{clause}"')[1].split("</tr>", maxsplit=1)[0])


def test_a_clause_says_where_it_is_held_and_what_proves_it(
    town: Town, signed_in: Browser, proved: None
) -> None:
    markup = main_of(signed_in(town.mari).get("/procedures/cardiff_vale/"))
    enforced = row(markup, "CV-62")
    assert "Duty: Plan and monitoring arrangements, to the wider PPM" in enforced
    assert "Story number 0 Story number 1 Story number 2 2 more" in enforced
    assert enforced.endswith("Enforced")
    assert row(markup, "CV-17").endswith("Story number 1 Supported")
    assert row(markup, "CV-56").endswith("No scenario proves it yet Not yet")
    assert row(markup, "CV-24").endswith("Not yet")
    assert "Enforced 1 Supported 1 Not yet" in text_of(markup)


def test_a_procedure_that_was_never_proved_claims_nothing(
    town: Town, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clause_places, "proved_of", lambda procedure: None)
    markup = main_of(signed_in(town.mari).get("/procedures/cardiff_vale/"))
    assert "Enforced 0 Supported 0" in text_of(markup)


def test_what_there_is_not_is_not_found(town: Town, signed_in: Browser) -> None:
    assert signed_in(town.mari).get("/procedures/nowhere/").status_code == 404
    assert Client().get("/procedures/").status_code == 302


@pytest.mark.parametrize("name", policies.available())
def test_every_text_of_a_letter_is_read_in_both_languages(
    town: Town, signed_in: Browser, name: str
) -> None:
    procedure, browser = policies.load(name), signed_in(town.mari)
    listed = main_of(browser.get(f"/procedures/{name}/"))
    for template in procedure.templates.values():
        address = f"/procedures/{name}/letters/{template.id}/"
        assert f'href="{address}"' in listed
        answer = browser.get(address)
        markup = main_of(answer)
        assert 'lang="en"' in markup
        assert 'lang="cy"' in markup
        assert "{{" not in markup
        assert "{%" not in markup
        for clause in template.clauses:
            assert procedure.clauses[clause].does in read(answer)


def test_a_letter_says_to_whom_it_goes_and_what_it_records(town: Town, signed_in: Browser) -> None:
    page = read(signed_in(town.mari).get("/procedures/cardiff_vale/letters/letter_status/"))
    assert "Goes to The responsible individual, The provider" in page
    assert "Sending it records Notice sent" in page
    assert "We met on ‹about.happened_on›" in page
    assert "Cyfarfuom ar ‹about.happened_on›" in page
    assert "CV-75 : Written notice to the provider within five working days" in page


@pytest.mark.parametrize("path", ["cardiff_vale/letters/nothing", "nothing/letters/letter_status"])
def test_a_letter_that_there_is_not_is_not_found(town: Town, signed_in: Browser, path: str) -> None:
    assert signed_in(town.mari).get(f"/procedures/{path}/").status_code == 404
