"""What stands beside the work on the page of a case: how each thing stands, and where it is."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from candour.bodies.models import Contact
from candour.cases.models import Case
from candour.people.models import User
from tests.support.casework import Town, add, hold_ppm, open_at, to_ppm
from tests.support.letters import provider_contacts, sent
from tests.support.signatures import put_to_be_signed
from tests.web.pages import part, read, text_of

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]


@pytest.fixture
def case(town: Town, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A case with a PPM held on the Monday before Easter, looked at the day after."""
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-31T15:00")
    case = open_at(town, "2026-03-09T09:00")
    to_ppm(town, case)
    hold_ppm(town, case)
    return case


def panel(town: Town, case: Case, signed_in: Browser, name: str) -> str:
    return part(signed_in(town.mari).get(f"/cases/{case.ref}/"), f"panel-{name}")


def test_what_has_nothing_to_say_is_left_out(town: Town, case: Case, signed_in: Browser) -> None:
    page = read(signed_in(town.mari).get(f"/cases/{case.ref}/"))
    assert "All meetings" in page
    for words in ("The plan and its actions", "All that runs alongside", "All ratings"):
        assert words not in page


def test_meetings_last_held_and_to_be_called(town: Town, case: Case, signed_in: Browser) -> None:
    words = text_of(panel(town, case, signed_in, "meetings"))
    assert "To be called PPM Mon 11 May 2026" in words
    assert "Last held PPM Mon 30 Mar 2026" in words
    call = {"meeting": "ppm", "meets_on": "2026-04-20", **CALL}
    add(town, case, "meeting_called", "2026-03-31T09:00", call)
    assert "Called PPM Mon 20 Apr 2026" in text_of(panel(town, case, signed_in, "meetings"))


CALL = {
    "invited": ["Registered manager", "Responsible individual"],
    "responsible_individual_invited": True,
    "ciw_invited": True,
}


def test_a_plan_says_how_far_it_has_come_in_words_and_as_a_bar(
    town: Town, case: Case, signed_in: Browser
) -> None:
    for number, due in enumerate(("2026-03-30", "2026-05-29", "2026-05-30", "2026-06-01")):
        add(town, case, "action_added", f"2026-03-29T09:0{number}", action(due))
    markup = panel(town, case, signed_in, "plan")
    assert "Corrective action plan: 0 of 4 actions done, 1 late" in text_of(markup)
    assert 'class="app-progress__late" x="0" width="25"' in markup
    assert f'href="/cases/{case.ref}/plan/"' in markup


def action(due: str) -> dict[str, object]:
    return {
        "plan": "cap",
        "action": "Two carers at night on each floor",
        "outcome": "No night with fewer than 2",
        "owner": "Aled Jones",
        "support": "Contracts team calls weekly",
        "due_on": due,
    }


def test_documents_are_letters_papers_to_sign_and_minutes(
    town: Town, case: Case, signed_in: Browser
) -> None:
    data = {"part": "decisions", "to": ["Health board"]}
    add(town, case, "minutes_circulated", "2026-03-31T09:00", data)
    paper = put_to_be_signed(town, case)
    provider_contacts(town)
    letter = sent(town, case).letter.pk
    markup = panel(town, case, signed_in, "documents")
    words = text_of(markup)
    assert "Letter sent" in words
    assert "To be signed" in words
    assert "Minutes, Tue 31 Mar 2026, 9am" in words
    assert f'href="/cases/{case.ref}/letters/sent/{letter}/"' in markup
    assert f'href="/cases/{case.ref}/signatures/{paper}/"' in markup
    assert "All documents (3)" in words
    whole = part(signed_in(town.mari).get(f"/cases/{case.ref}/documents/"), "made")
    assert f'href="/cases/{case.ref}/letters/sent/{letter}/"' in whole
    assert "Minutes circulated" in text_of(whole)


def test_people_and_bodies_are_named_and_lead_to_what_they_recorded(
    town: Town, case: Case, signed_in: Browser
) -> None:
    Contact.objects.create(
        body=town.service.provider, role="responsible_individual", name="Gwenllian Huws"
    )
    Contact.objects.create(
        body=town.service.provider, role="registered_manager", name="Left", to_date=date(2026, 1, 1)
    )
    markup = panel(town, case, signed_in, "people")
    words = text_of(markup)
    assert "Cardiff Council Leads the case" in words
    assert "Mari Ellis Lead officer" in words
    assert "Derwen Care Provider" in words
    assert "Gwenllian Huws" in words
    assert "Left" not in words
    assert f'href="?who=person%3A{town.mari.pk}#happened"' in markup
    assert f"person%3A{town.ieuan.pk}" not in markup  # he recorded nothing


def test_a_round_under_seal_says_how_many_have_rated(
    town: Town, case: Case, signed_in: Browser
) -> None:
    called = {"meeting": "ppm", "agencies": ["Cardiff Council", "Health board"]}
    add(town, case, "ratings_called", "2026-03-31T09:00", called)
    words = text_of(panel(town, case, signed_in, "ratings"))
    assert "Open Round under seal 0 of 2 have rated" in words
