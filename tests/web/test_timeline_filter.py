"""The timeline of a case narrowed by sort, person or body, days and meeting, from its address."""

from collections.abc import Callable

import pytest
from django.test import Client

from candour.cases import queries
from candour.cases.models import Case
from candour.database.row_security import acting_for
from candour.people.models import User
from tests.support.casework import Town, add, hold_ppm, open_at, to_ppm
from tests.web.pages import items, main_of, part, read, text_of

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]


@pytest.fixture
def case(town: Town, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A case with a PPM held on the Monday before Easter, and a call to the provider after it."""
    monkeypatch.setenv("CANDOUR_NOW", "2026-04-10T15:00")
    case = open_at(town, "2026-03-09T09:00")
    to_ppm(town, case)
    hold_ppm(town, case)
    call = {"purpose": "provider_briefing", "with_whom": "Registered manager"}
    add(town, case, "contact_made", "2026-04-02T09:00", call, role="lead_officer")
    return case


def titles(town: Town, case: Case, signed_in: Browser, query: str) -> list[str]:
    answer = signed_in(town.mari).get(f"/cases/{case.ref}/{query}")
    assert answer.status_code == 200
    return items(part(answer, "happened"), "moj-timeline__item")


def held(town: Town, case: Case) -> str:
    with acting_for([town.council.pk]):
        return queries.standing(case.pk).by_kind["meeting_held"][0].id


def test_one_kind_and_one_group_of_kinds(town: Town, case: Case, signed_in: Browser) -> None:
    calls = titles(town, case, signed_in, "?sort=contact_made")
    assert [line.partition(":")[0] for line in calls] == ["Contact made", "Contact made"]
    group = titles(town, case, signed_in, "?sort=meetings")
    assert any("Meeting held" in line for line in group)
    assert not any("Contact made" in line for line in group)


def test_a_person_a_role_and_a_body(town: Town, case: Case, signed_in: Browser) -> None:
    everything = titles(town, case, signed_in, "?show=all")
    hers = titles(town, case, signed_in, f"?who=person:{town.mari.pk}")
    assert hers == everything
    assert titles(town, case, signed_in, f"?who=person:{town.ieuan.pk}") == []
    as_officer = titles(town, case, signed_in, "?who=role:lead_officer")
    assert len(as_officer) == 2
    assert all("Lead officer" in line for line in as_officer)
    data = {"part": "decisions", "to": ["Health board"]}
    add(town, case, "minutes_circulated", "2026-04-01T09:00", data)
    (minutes,) = titles(town, case, signed_in, "?who=body:Health board")
    assert "Minutes circulated" in minutes


def test_who_was_spoken_to_is_not_put_in_a_list(town: Town, case: Case, signed_in: Browser) -> None:
    markup = part(signed_in(town.mari).get(f"/cases/{case.ref}/"), "happened")
    assert "body:Cardiff Council" in markup
    assert "body:Registered manager" not in markup


def test_days_are_london_days_both_ends_included(
    town: Town, case: Case, signed_in: Browser
) -> None:
    window = "?since-day=30&since-month=3&since-year=2026&until-day=2&until-month=4&until-year=2026"
    found = titles(town, case, signed_in, window)
    assert len(found) == 2
    assert "Meeting held" in found[1]
    late = "?since-day=3&since-month=4&since-year=2026"
    page = read(signed_in(town.mari).get(f"/cases/{case.ref}/{late}"))
    assert "Nothing fits" in page


def test_a_day_that_is_none_is_said_and_narrows_nothing(
    town: Town, case: Case, signed_in: Browser
) -> None:
    page = read(signed_in(town.mari).get(f"/cases/{case.ref}/?since-day=31&since-month=2"))
    assert "From must include a year" in page
    turned = "?since-day=2&since-month=4&since-year=2026&until-day=1&until-month=4&until-year=2026"
    page = read(signed_in(town.mari).get(f"/cases/{case.ref}/{turned}"))
    assert "To must be the same day as “From” or later" in page


def test_a_meeting_has_its_call_its_record_and_what_refers_to_it(
    town: Town, case: Case, signed_in: Browser
) -> None:
    meeting = held(town, case)
    data = {"part": "decisions", "to": ["Health board"]}
    add(town, case, "minutes_circulated", "2026-04-01T09:00", data, refers_to=(meeting,))
    found = titles(town, case, signed_in, f"?meeting={meeting}")
    assert [line.partition(":")[0] for line in found] == [
        "Minutes circulated",
        "Meeting held",
        "Meeting called",
    ]


def test_what_is_chosen_is_named_and_can_be_taken_away(
    town: Town, case: Case, signed_in: Browser
) -> None:
    answer = signed_in(town.mari).get(f"/cases/{case.ref}/?sort=contact_made&who=role:lead_officer")
    markup = part(answer, "happened")
    assert "1 entry fits." in text_of(markup)
    assert "Take away: Contact made" in text_of(markup)
    assert 'href="?who=role%3Alead_officer#happened"' in markup
    assert f'href="/cases/{case.ref}/chronology/?sort=contact_made&amp;who=role' in markup


def test_where_the_timeline_is_narrowed_reasons_lead_to_the_whole_of_it(
    town: Town, case: Case, signed_in: Browser
) -> None:
    markup = main_of(signed_in(town.mari).get(f"/cases/{case.ref}/?sort=contact_made"))
    pointed = [piece.split('"', 1)[0] for piece in markup.split('href="#entry-')[1:]]
    assert all(f'id="entry-{entry}"' in markup for entry in pointed)
    assert f'href="/cases/{case.ref}/?show=all#entry-' in markup


def test_what_the_case_has_is_offered_with_its_number(
    town: Town, case: Case, signed_in: Browser
) -> None:
    words = text_of(part(signed_in(town.mari).get(f"/cases/{case.ref}/"), "happened"))
    assert "Mari Ellis (8)" in words
    assert "– Meeting held (1)" in words
    assert "Provider Performance Meeting (PPM), Mon 30 Mar 2026 (2)" in words
