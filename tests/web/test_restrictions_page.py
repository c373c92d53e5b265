"""Restrictions of a case and over all cases: the answer, who was told, and who may see."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from candour.cases.models import Case
from candour.people.models import User
from tests.support.casework import Town, add, hold_ppm, open_at, to_ppm
from tests.web.pages import read

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
UNIT = {
    "restriction": "part_of_service",
    "scope": "The dementia unit.",
    "units": ["Dementia unit"],
    "rationale": "Rounds were missed.",
    "decided_by_role": "operational_manager",
    "effect_on_provider": "Weighed.",
    "what_lifts_it": "Four weeks without a gap.",
    "jointly_with": "Health board",
    "people_already_there": "A joint visit every week.",
}
RATED = {"agency": "Cardiff Council", "impact": "I3", "engagement": "E3", "rationale": "Seen."}


@pytest.fixture
def case(town: Town, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A case at PPM with one unit closed to new people, on the strength of a rating."""
    monkeypatch.setenv("CANDOUR_NOW", "2026-04-02T09:00")
    case = open_at(town, "2026-03-09T09:00")
    to_ppm(town, case)
    hold_ppm(town, case)
    rated = add(town, case, "risk_rated", "2026-03-30T11:00", RATED)
    add(
        town,
        case,
        "restriction_imposed",
        "2026-03-31T10:00",
        UNIT,
        refers_to=(rated.entry.id,),
    )
    return case


@pytest.mark.parametrize(
    ("query", "says"),
    [("", "Ask first"), ("unit=dementia+unit", "No"), ("unit=Garden", "Nothing on record")],
)
def test_the_register_answers_for_each_service(
    town: Town, case: Case, signed_in: Browser, query: str, says: str
) -> None:
    page = signed_in(town.mari)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = page.get(f"/restrictions/?{query}")
    assert len(queries) <= 10
    said = read(answer)
    assert case.ref in said
    assert says in said.partition("May we place?")[2]


def test_a_case_says_what_a_restriction_rests_on_and_who_is_told(
    town: Town, case: Case, signed_in: Browser
) -> None:
    said = read(signed_in(town.mari).get(f"/cases/{case.ref}/restrictions/"))
    assert "Part of the home or service In force The dementia unit." in said
    assert "Risk rated" in said.partition("Rests on")[2]
    assert "Care Inspectorate Wales is told of the restriction" in said
    assert "Four weeks without a gap." in said
    assert "Review it" in said


def test_a_body_that_neither_leads_nor_shares_sees_nothing(
    town: Town, case: Case, signed_in: Browser
) -> None:
    stranger = signed_in(town.sam)
    assert case.ref not in stranger.get("/restrictions/").content.decode()
    assert stranger.get(f"/cases/{case.ref}/restrictions/").status_code == 404
