"""Who answers now: when a case is opened, on its page, on a referral, on the contacts page."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from candour import policies
from candour.cases.actions import Opened, open_case
from candour.cases.models import Case
from candour.database.row_security import acting_for
from candour.people.models import Post, User
from tests.support.casework import Town, draft, london, open_at
from tests.web.pages import main_of

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
TEAM, NIGHT, EMERGENCY = "01629 533190", "01629 532600", "999"


@pytest.fixture
def case(town: Town, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A case of Healthwatch Derbyshire, opened on a Saturday night because somebody is at risk."""
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-28T23:45")
    at = london("2026-03-28T23:40")
    town.in_derbyshire()
    answers = {
        "title": "Left without care",
        "service": "Ely General, Ward 3",
        "safeguarding_risk": True,
        "regulator": "cqc",
    }
    with acting_for([town.healthwatch.pk]):
        opened = open_case(
            actor=town.actor(town.sam, "lead_officer"),
            procedure=policies.load("healthwatch_derbyshire"),
            body=town.healthwatch,
            service=town.hospital,
            draft=draft("case_opened", at, answers),
            as_of=at,
        )
        assert isinstance(opened, Opened), opened
        return Case.objects.get(pk=opened.case_id)


def page(signed_in: Browser, user: User, address: str) -> str:
    answer = signed_in(user).get(address)
    assert answer.status_code == 200
    return main_of(answer)


def test_the_case_shows_who_answers_while_a_referral_is_owed(
    town: Town, case: Case, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    night = page(signed_in, town.sam, f"/cases/{case.ref}/")
    assert "Who answers now" in night
    assert NIGHT in night
    assert EMERGENCY in night
    assert TEAM not in night
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-30T08:00")
    morning = page(signed_in, town.sam, f"/cases/{case.ref}/")
    assert TEAM in morning
    assert "until 8pm" in morning
    assert NIGHT not in morning


def test_once_it_is_made_the_case_no_longer_asks_for_a_call(
    town: Town, case: Case, signed_in: Browser
) -> None:
    browser = signed_in(town.sam)
    address = f"/cases/{case.ref}/record/referral_made/"
    assert NIGHT in browser.get(address).content.decode()
    mine = Post.objects.get(user=town.sam)
    sent = browser.post(
        address,
        {
            "key": str(uuid4()),
            "seq": "1",
            "referral": "safeguarding_adult",
            "to": "Out-of-hours team",
            "policy_lead": "Adults’ lead",
            "number_called": NIGHT,
            "entry-when-day": "28",
            "entry-when-month": "3",
            "entry-when-year": "2026",
            "entry-when-time": "23:44",
            "entry-post": str(mine.pk),
        },
    )
    assert sent.status_code == 302, main_of(sent)
    after = page(signed_in, town.sam, f"/cases/{case.ref}/")
    assert "Who answers now" not in after
    assert "Record of a safeguarding" not in after


def test_other_forms_show_no_numbers(town: Town, case: Case, signed_in: Browser) -> None:
    form = page(signed_in, town.sam, f"/cases/{case.ref}/record/concern_raised/")
    assert "Who answers now" not in form


def test_the_contacts_page_has_everybody_with_hours_and_who_is_closed(
    town: Town, case: Case, signed_in: Browser
) -> None:
    browser = signed_in(town.sam)
    browser.get(f"/cases/{case.ref}/contacts/")
    with CaptureQueriesContext(connection) as queries:
        shown = main_of(browser.get(f"/cases/{case.ref}/contacts/"))
    # The savepoint and the setting put back are there because the test holds a transaction.
    assert len([one for one in queries if "SAVEPOINT" not in one["sql"]]) <= 10
    assert "Monday to Friday: 8am to 8pm" in shown
    assert "Saturday: 9:30am to 4pm" in shown
    assert shown.count("Closed now") == 1
    assert shown.count("Answers now") == 2
    assert "Hours not known" in shown
    assert "Monitor" not in shown
    assert "NHS England" in shown


def test_contacts_are_read_in_welsh(town: Town, case: Case, signed_in: Browser) -> None:
    browser = signed_in(town.sam)
    browser.get("/language/cy/")
    shown = browser.get(f"/cases/{case.ref}/contacts/").content.decode()
    assert "Llun i Gwener: 8am i 8pm" in shown
    assert "Ar gau nawr" in shown


def test_opening_shows_the_number_beside_the_answer_that_needs_it(
    town: Town, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANDOUR_NOW", "2026-12-25T12:00")
    town.in_derbyshire()
    address = f"/cases/open/?procedure=healthwatch_derbyshire&service={town.hospital.pk}"
    shown = page(signed_in, town.sam, address)
    assert NIGHT in shown
    assert TEAM not in shown


def test_a_procedure_without_contacts_has_no_such_page(
    town: Town, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-09T10:00")
    case = open_at(town, "2026-03-09T09:00")
    browser = signed_in(town.mari)
    assert browser.get(f"/cases/{case.ref}/contacts/").status_code == 404
    assert f"/cases/{case.ref}/contacts/" not in browser.get(f"/cases/{case.ref}/").content.decode()
