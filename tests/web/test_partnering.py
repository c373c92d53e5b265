"""Sharing a case with another body from the page of its sharings, and what its people then see."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from candour.bodies.models import BodyFunction
from candour.cases.models import Case
from candour.database.row_security import acting_for
from candour.mail.models import MailMessage
from candour.people.models import Post, User
from candour.signing.actions import Signer
from tests.support.casework import Town, add, hold_ppm, london, open_at, to_ppm
from tests.support.outside import Outside
from tests.support.signatures import OUTSIDER, put_to_be_signed
from tests.web.pages import read

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
SECRET = "The manager is believed to falsify charts"


@pytest.fixture
def most_queries(django_assert_max_num_queries: DjangoAssertNumQueries) -> DjangoAssertNumQueries:
    return django_assert_max_num_queries


@pytest.fixture
def case(town: Town, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-31T15:00")
    BodyFunction.objects.create(body=town.elsewhere, function="commissioner")
    case = open_at(town, "2026-03-09T09:00")
    to_ppm(town, case)
    hold_ppm(town, case)
    said = {"evidence": "verbal", "from_whom": "A nurse", "what_it_shows": SECRET}
    add(town, case, "evidence_added", "2026-03-31T10:00", said, audience="members")
    return case


def form(town: Town, **more: Any) -> dict[str, Any]:
    return {
        "key": str(uuid4()),
        "seq": "99",
        "with_body_number": str(town.elsewhere.pk),
        "seen_as": "partners",
        "purpose": "It pays for two people there.",
        "legal_basis": "statutory_duty",
        **more,
    }


def shared(town: Town, case: Case, signed_in: Browser, **more: Any) -> str:
    answer = signed_in(town.mari).post(f"/cases/{case.ref}/sharing/with/", form(town, **more))
    assert answer.status_code == 302, read(answer)
    with acting_for([town.council.pk]):
        return str(case.partners.get().shared_by)


def test_the_page_says_who_was_let_in_why_and_until_when(
    town: Town, case: Case, signed_in: Browser
) -> None:
    browser = signed_in(town.mari)
    page = read(browser.get(f"/cases/{case.ref}/sharing/"))
    assert "No other body has been let into this case" in page
    until = {"until-day": "30", "until-month": "6", "until-year": "2026"}
    shared(town, case, signed_in, **until)
    page = read(browser.get(f"/cases/{case.ref}/sharing/"))
    for words in (
        "Powys Council",
        "What partners may be told",
        "It pays for two",
        "Tue 30 Jun 2026",
    ):
        assert words in page


def test_a_partner_finds_it_on_the_worklist_and_reads_what_partners_may_be_told(
    town: Town,
    case: Case,
    signed_in: Browser,
    most_queries: DjangoAssertNumQueries,
) -> None:
    shared(town, case, signed_in)
    browser = signed_in(town.olwen)
    for page in ("/worklist/", "/"):
        assert f'href="/shared/{case.ref}/"' in browser.get(page).content.decode()
    with most_queries(13):  # ten, and the savepoints of a test's transaction
        page = read(browser.get(f"/shared/{case.ref}/"))
    for words in ("Cardiff Council shared this case with you", "Three falls in one week", "Step"):
        assert words in page
    assert SECRET not in page
    for place in ("", "chronology/", "sharing/", "documents/", "record/concern_raised/"):
        assert browser.get(f"/cases/{case.ref}/{place}").status_code == 404
    assert case.ref not in read(browser.get("/cases/"))
    assert SECRET not in read(browser.get("/search/?q=falsify"))


def test_a_case_with_many_entries_and_many_cases_cost_no_more_queries(
    town: Town,
    case: Case,
    signed_in: Browser,
    most_queries: DjangoAssertNumQueries,
) -> None:
    shared(town, case, signed_in)
    for hour in range(10, 20):
        said = {"evidence": "verbal", "from_whom": "A nurse", "what_it_shows": f"Seen at {hour}."}
        add(town, case, "evidence_added", f"2026-03-30T{hour}:30", said)
    browser = signed_in(town.olwen)
    browser.get(f"/shared/{case.ref}/")
    with most_queries(13):
        assert "Seen at 19." in read(browser.get(f"/shared/{case.ref}/"))


def test_who_takes_part_sees_the_whole_of_it(town: Town, case: Case, signed_in: Browser) -> None:
    shared(town, case, signed_in, seen_as="members")
    browser = signed_in(town.olwen)
    assert f'href="/cases/{case.ref}/"' in browser.get("/worklist/").content.decode()
    assert SECRET in read(browser.get(f"/cases/{case.ref}/?show=all"))
    assert browser.get(f"/shared/{case.ref}/").status_code == 404
    page = browser.get(f"/cases/{case.ref}/sharing/").content.decode()
    assert "/sharing/with/" not in page
    assert browser.get(f"/cases/{case.ref}/sharing/with/").status_code == 403


def test_the_last_day_of_a_sharing_holds_without_the_worker(
    town: Town, case: Case, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    until = {"until-day": "31", "until-month": "3", "until-year": "2026"}
    shared(town, case, signed_in, seen_as="members", **until)
    browser = signed_in(town.olwen)
    assert browser.get(f"/cases/{case.ref}/").status_code == 200
    monkeypatch.setenv("CANDOUR_NOW", "2026-04-01T00:01")
    assert browser.get(f"/cases/{case.ref}/").status_code == 404


def test_it_is_ended_with_a_reason_and_then_it_is_gone(
    town: Town, case: Case, signed_in: Browser
) -> None:
    entry = shared(town, case, signed_in)
    browser, place = signed_in(town.mari), f"/cases/{case.ref}/sharing/{entry}/end/"
    assert read(browser.get(place)).count("Powys Council") >= 1
    refused = browser.post(place, {"key": str(uuid4()), "reason": " "})
    assert refused.status_code == 422
    assert "Say why it is to end" in read(refused)
    done = browser.post(place, {"key": str(uuid4()), "reason": "They moved away."}, follow=True)
    assert "Powys Council sees the case no more" in read(done)
    assert "They moved away." in read(done)
    again = browser.post(place, {"key": str(uuid4()), "reason": "Once more."})
    assert again.status_code == 422
    assert signed_in(town.olwen).get(f"/shared/{case.ref}/").status_code == 404


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"with_body_number": ""}, "Choose the body"),
        ({"with_body_number": "x"}, "Choose the body"),
        ({"seen_as": "everything"}, "Choose what it sees"),
        ({"legal_basis": ""}, "Choose the legal basis"),
        ({"purpose": " "}, "Say what it sees the case for"),
        ({"until-day": "31", "until-month": "2", "until-year": "2026"}, "real day"),
        ({"until-day": "1", "until-month": "3", "until-year": "2026"}, "This day is over"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_is_shared(
    town: Town, case: Case, signed_in: Browser, change: dict[str, str], says: str
) -> None:
    answer = signed_in(town.mari).post(f"/cases/{case.ref}/sharing/with/", form(town, **change))
    assert answer.status_code == 422
    assert read(answer).count(says) == 2  # above the form, and beside the field
    with acting_for([town.council.pk]):
        assert not case.partners.exists()


def test_the_provider_is_not_let_in(town: Town, case: Case, signed_in: Browser) -> None:
    browser, provider = signed_in(town.mari), town.service.provider
    place = f"/cases/{case.ref}/sharing/with/"
    assert f'value="{provider.pk}"' not in browser.get(place).content.decode()
    answer = browser.post(place, form(town, with_body_number=str(provider.pk)))
    assert answer.status_code == 422
    assert "Write to it, or ask it by a link" in read(answer)


def test_whoever_has_no_post_in_the_case_shares_nothing(
    town: Town, case: Case, signed_in: Browser
) -> None:
    Post.objects.filter(user=town.ieuan).update(role="no_role_of_this_procedure")
    answer = signed_in(town.ieuan).post(f"/cases/{case.ref}/sharing/with/", form(town))
    assert answer.status_code == 403


def test_only_the_body_that_leads_a_case_invites_somebody_outside(
    town: Town, case: Case, signed_in: Browser
) -> None:
    """A partner was answered with a fault of the program: its mail would have left for another."""
    shared(town, case, signed_in, seen_as="members")
    made = Outside(case, town.council, town.mari, "lead_officer")
    number = made.invited(made.entry("concern_raised"), as_of=london("2026-03-31T14:00"))
    browser, room = signed_in(town.olwen), f"/cases/{case.ref}/portal/"
    assert "Invite somebody" not in read(browser.get(room))
    assert browser.get(f"{room}invite/").status_code == 403
    for press in ("send", "revoke"):
        answer = browser.post(f"{room}{number}/", {"press": press, "reason": "No longer"})
        assert answer.status_code == 403
    assert "answer by link" not in read(browser.get(f"/cases/{case.ref}/plan/"))


def test_a_partner_signs_and_the_next_in_order_is_written_to(
    town: Town, case: Case, signed_in: Browser
) -> None:
    """The mail is that of the body that leads the case, whoever signed before."""
    shared(town, case, signed_in, seen_as="members")
    olwen = Signer(town.olwen.name, user_id=town.olwen.pk, role="lead_officer")
    number = put_to_be_signed(town, case, olwen, OUTSIDER)
    browser, place = signed_in(town.olwen), f"/cases/{case.ref}/signatures/{number}/"
    answer = browser.post(place, {"press": "sign", "name": town.olwen.name, "intent": "yes"})
    assert answer.status_code == 302, read(answer)
    with acting_for([town.council.pk]):
        (mail,) = MailMessage.objects.filter(key__startswith="signing/link/")
    assert mail.to_name == OUTSIDER.name
