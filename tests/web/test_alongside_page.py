"""Procedures side by side: who runs them, what the provider may see, and other cases."""

from collections.abc import Callable

import pytest
from django.test import Client

from candour.cases.models import Case
from candour.people.models import User
from tests.support.casework import Town, add, open_at
from tests.web.pages import part, read, text_of

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
POLICE = {"process": "police", "agency": "South Wales Police", "co_ordinator": "DS Hughes"}
REFERRAL = {"referral": "safeguarding_adult", "to": "Duty desk", "referral_form": "as1"}


@pytest.fixture
def case(town: Town, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A case that is a few days old."""
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-13T15:00")
    return open_at(town, "2026-03-09T09:00")


def test_with_nothing_alongside_the_page_says_so(
    case: Case, town: Town, signed_in: Browser
) -> None:
    page = signed_in(town.mari).get(f"/cases/{case.ref}/parallel/")
    assert "No other process is named." in read(page)
    assert "<svg" not in part(page, "processes")


def test_a_process_shows_its_co_ordinator_its_news_and_what_may_be_seen(
    case: Case, town: Town, signed_in: Browser
) -> None:
    begun = add(town, case, "process_started", "2026-03-10T10:00", POLICE)
    news = {"stage": "Statements taken", "provider_may_see": "outline"}
    add(town, case, "process_progressed", "2026-03-11T10:00", news, refers_to=(begun.entry.id,))
    page = signed_in(town.mari).get(f"/cases/{case.ref}/parallel/")
    said = text_of(part(page, "processes"))
    for words in ("DS Hughes", "Statements taken", "An outline", "Since Tue 10 Mar 2026"):
        assert words in said
    assert "Nobody has recorded that the provider was told" in said
    assert 'role="img"' in page.content.decode()
    ended = {"outcome": "No charge."}
    add(town, case, "process_ended", "2026-03-12T10:00", ended, refers_to=(begun.entry.id,))
    said = text_of(part(signed_in(town.mari).get(f"/cases/{case.ref}/parallel/"), "processes"))
    assert "Ended" in said
    assert "Record news" not in said


def test_a_referral_shows_what_was_determined_and_how_it_was_judged(
    case: Case, town: Town, signed_in: Browser
) -> None:
    made = add(town, case, "referral_made", "2026-03-10T10:00", REFERRAL)
    found = {"determination": "no_further_action", "made_by": "A. Rees"}
    found_id = add(
        town, case, "enquiry_determined", "2026-03-11T10:00", found, refers_to=(made.entry.id,)
    )
    judged = {"satisfied": False, "reason": "Nobody came.", "put_to": "local"}
    add(town, case, "outcome_judged", "2026-03-12T10:00", judged, refers_to=(found_id.entry.id,))
    said = text_of(part(signed_in(town.mari).get(f"/cases/{case.ref}/parallel/"), "referrals"))
    assert "No further action, Wed 11 Mar 2026" in said
    assert "Not satisfactory, Thu 12 Mar 2026; put to: Those who decided" in said


def test_other_cases_show_as_far_as_they_may_be_seen(
    case: Case, town: Town, signed_in: Browser
) -> None:
    other = open_at(town, "2026-03-10T09:00", service=town.hospital)
    for ref in (other.ref, "CV-1999-0001"):
        link = {"case": ref, "relation": "same_matter"}
        add(town, case, "case_linked", "2026-03-11T10:00", link)
    said = text_of(part(signed_in(town.mari).get(f"/cases/{case.ref}/parallel/"), "others"))
    assert f"{other.ref} Falls at night" in said
    assert "CV-1999-0001 Not a case that you may see" in said
