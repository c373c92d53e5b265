"""Restrictions of a case and over all cases: the answer, who was told, and who may see."""

import csv
import io
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from candour.cases.models import Case
from candour.cases.queries import standing
from candour.cases.queries.placing import Window, restricted_on
from candour.database.row_security import acting_for
from candour.people.models import User
from tests.support.casework import Town, add, hold_ppm, london, open_at, to_ppm
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


def test_one_service_is_answered_for_a_day_and_shows_its_past(
    town: Town, case: Case, signed_in: Browser
) -> None:
    page = signed_in(town.mari)
    place = f"/restrictions/services/{town.service.pk}/"
    on = (imposed(town, case),)
    reviewed = {"outcome": "lift", "reason": "Rounds are made."}
    add(town, case, "restriction_reviewed", "2026-04-01T09:00", reviewed, refers_to=on)
    lifted = {"decided_by_role": "operational_manager", "reason": "Rounds are made."}
    add(town, case, "restriction_lifted", "2026-04-01T10:00", lifted, refers_to=on)
    today = read(page.get(place))
    assert "The answer for today Nothing on record against it" in today
    assert "Tue 31 Mar 2026" in today
    assert "Wed 1 Apr 2026" in today
    before = read(page.get(f"{place}?on=2026-04-01&unit=Dementia+unit"))
    assert "The answer for Wed 1 Apr 2026 No" in before
    assert "In force then" in before
    earlier = read(page.get(f"{place}?on-day=30&on-month=3&on-year=2026"))
    assert "Nothing on record against it" in earlier
    with CaptureQueriesContext(connection) as queries:
        ahead = read(page.get(f"{place}?on=2026-12-25"))
    assert len(queries) <= 10
    assert "what is decided until then is not known yet" in ahead


def test_a_service_with_nothing_on_record_is_found_and_answered(
    town: Town, case: Case, signed_in: Browser
) -> None:
    page = signed_in(town.mari)
    said = read(page.get("/restrictions/?q=ely+general"))
    assert "Nothing on record against these Ely General, Ward 3" in said
    assert case.ref not in said
    answer = read(page.get(f"/restrictions/services/{town.hospital.pk}/"))
    assert "Nothing on record against it" in answer
    assert "No restriction has been recorded there" in answer
    assert page.get("/restrictions/services/987654321987654321987/").status_code == 404


@pytest.mark.parametrize(
    "wrong", ["on=tomorrow", "on-day=31&on-month=2&on-year=2026", "on=9999-12-31"]
)
def test_a_day_that_cannot_be_read_is_said_and_nothing_else_is_lost(
    town: Town, case: Case, signed_in: Browser, wrong: str
) -> None:
    said = read(signed_in(town.mari).get(f"/restrictions/?unit=Dementia+unit&{wrong}"))
    assert "There is a problem" in said
    assert case.ref in said


def test_what_nobody_can_choose_is_not_taken_for_a_yes(
    town: Town, case: Case, signed_in: Browser
) -> None:
    """A restriction on one type of care; an address that names a type of care that is none."""
    only = {**UNIT, "restriction": "care_type", "care_types": ["nursing"], "units": []}
    rated = add(town, case, "risk_rated", "2026-04-01T11:00", RATED)
    add(town, case, "restriction_imposed", "2026-04-01T12:00", only, refers_to=(rated.entry.id,))
    place = f"/restrictions/services/{town.service.pk}/?unit=Garden&care_type="
    page = signed_in(town.mari)
    assert "The answer for today Nothing on record" in read(page.get(f"{place}residential"))
    assert "The answer for today Ask first" in read(page.get(f"{place}nursng"))


def test_units_that_are_known_are_offered_and_others_may_be_typed(
    town: Town, case: Case, signed_in: Browser
) -> None:
    client = signed_in(town.mari)
    for address in (
        "/restrictions/",
        f"/restrictions/services/{town.service.pk}/",
        f"/cases/{case.ref}/restrictions/",
    ):
        html = client.get(address, {"unit": "Garden"}).content.decode()
        assert '<option value="Dementia unit"></option>' in html, address
        assert 'value="Garden" list="placing-units"' in html, address


def test_the_register_is_read_a_page_at_a_time(
    town: Town, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = open_at(town, "2026-03-09T10:00", {"title": "Other"}, service=town.hospital)
    to_ppm(town, other)
    hold_ppm(town, other)
    rated = add(town, other, "risk_rated", "2026-03-30T11:00", RATED)
    add(town, other, "restriction_imposed", "2026-03-31T10:00", UNIT, refers_to=(rated.entry.id,))
    window = Window.of(None, london("2026-04-02T09:00"))
    with acting_for([town.council.pk]):
        first = restricted_on(bodies=[town.council.pk], window=window, size=1)
        then = restricted_on(bodies=[town.council.pk], window=window, size=1, after=first.next)
        wrong = restricted_on(bodies=[town.council.pk], window=window, size=1, after="x~9~\x00")
    assert [each.name for each in (*first.services, *then.services)] == [
        "Ely General, Ward 3",
        "Plas Derwen",
    ]
    assert then.next == ""
    assert wrong == first


def test_the_register_is_had_as_a_file(town: Town, case: Case, signed_in: Browser) -> None:
    answer = signed_in(town.mari).get("/restrictions/?unit=Dementia+unit&file=csv")
    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (row["Service"], row["May we place?"], row["Case"]) == ("Plas Derwen", "No", case.ref)
    assert (row["What it keeps out"], row["Since"]) == ("Dementia unit", "2026-03-31")
    theirs = signed_in(town.sam).get("/restrictions/?file=csv").content.decode()
    assert "Plas Derwen" not in theirs


def imposed(town: Town, case: Case) -> str:
    with acting_for([town.council.pk]):
        return standing(case.pk).restrictions[0].imposed_by


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
