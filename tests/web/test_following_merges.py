"""Lists that tell what there is about a service tell it of every row that stands for it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from candour import policies
from candour.bodies.models import Service
from candour.cases.actions import open_case
from candour.cases.models import Case
from candour.cases.queries.placing import RestrictedPage, Window, restricted_on
from candour.database.row_security import acting_for
from candour.directory.merging import merge, part
from candour.directory.models import Merge, Rating
from candour.engine import Refusal
from candour.people.models import User
from tests.api.asking import token_of, told
from tests.support.casework import (
    OPENING,
    Town,
    add,
    draft,
    hold_ppm,
    london,
    make_town,
    open_at,
    to_ppm,
)
from tests.support.plans import ACTION
from tests.web.pages import read
from tests.web.test_directory import number_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 2, 9, tzinfo=UTC)
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
def town(monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setenv("CANDOUR_NOW", "2026-04-02T09:00")
    return make_town()


@pytest.fixture
def kept(town: Town) -> Service:
    """The row that is kept of the home, by another name: the case is about the other row."""
    return Service.objects.create(name="Derwen Court", provider=town.service.provider)


@pytest.fixture
def case(town: Town) -> Case:
    return restricted(town, town.service)


def restricted(town: Town, service: Service) -> Case:
    """Return a case about a service in which a unit was closed to new people."""
    found = open_at(town, "2026-03-09T09:00", service=service)
    to_ppm(town, found)
    hold_ppm(town, found)
    rated = add(town, found, "risk_rated", "2026-03-30T11:00", RATED).entry.id
    add(town, found, "restriction_imposed", "2026-03-31T10:00", UNIT, refers_to=(rated,))
    return found


@pytest.fixture
def merged(town: Town, kept: Service, case: Case) -> Merge:
    """The row that the case is about merged into another, and that one into the kept."""
    between = Service.objects.create(name="Between", provider=town.service.provider)
    by = User.objects.get(username="mari")
    merge(town.service.pk, between.pk, reason="One home.", by=by, as_of=NOW)
    return merge(between.pk, kept.pk, reason="It was renamed.", by=by, as_of=NOW)


def listed(town: Town, **more: Any) -> RestrictedPage:
    with acting_for([town.council.pk]):
        return restricted_on(bodies=[town.council.pk], window=Window(NOW, NOW), **more)


def names(page: RestrictedPage) -> list[tuple[int | None, str, int]]:
    return [(each.service_id, each.name, len(each.stood)) for each in page.services]


def test_a_restriction_stands_in_the_register_under_the_one_that_is_kept(
    town: Town, kept: Service, merged: Merge
) -> None:
    assert names(listed(town)) == [(kept.pk, "Derwen Court", 1)]
    for words in ("derwen court", "plas derwen"):  # found by the name of either row
        assert names(listed(town, search=words)) == [(kept.pk, "Derwen Court", 1)]
    assert names(listed(town, search="between")) == []
    part(merged.pk, because="Two homes.", by=merged.by, as_of=NOW)
    assert [name for _, name, _ in names(listed(town))] == ["Between"]


def test_restrictions_of_both_rows_stand_together_on_one_page(
    town: Town, kept: Service, case: Case
) -> None:
    restricted(town, kept)
    restricted(town, town.hospital)
    assert [each for _, each, _ in names(listed(town))] == [
        "Derwen Court",
        "Ely General, Ward 3",
        "Plas Derwen",
    ]
    merge(town.service.pk, kept.pk, reason="One home.", by=town.mari, as_of=NOW)
    first = listed(town, size=1)
    assert names(first) == [(kept.pk, "Derwen Court", 2)]
    second = listed(town, size=1, after=first.next)
    assert names(second) == [(town.hospital.pk, "Ely General, Ward 3", 1)]
    assert second.next == ""


def test_the_page_answers_whether_we_may_place_there(
    town: Town, kept: Service, case: Case, merged: Merge, signed_in: Callable[[User], Client]
) -> None:
    page = signed_in(town.mari)
    with CaptureQueriesContext(connection) as asked:
        said = read(page.get("/restrictions/?q=derwen&unit=Dementia+unit"))
    assert number_of(asked) <= 10
    assert "Derwen Court" in said
    assert case.ref in said
    assert "No" in said.partition("May we place?")[2]
    assert "Nothing on record" not in said, "the kept row is not named again as free"
    assert case.ref in read(page.get(reverse("place-at", args=[kept.pk])))


def test_the_api_answers_the_same_and_offers_the_kept_one_alone(
    town: Town, kept: Service, case: Case, merged: Merge
) -> None:
    token = token_of(town.mari)
    for service in (kept.pk, town.service.pk):
        found = told(token, "restrictions/may-place", service=service, unit="Dementia unit")
        assert found["answer"] == "no"
    (one,) = told(token, "restrictions")["services"]
    assert (one["service"], one["name"]["en"]) == (kept.pk, "Derwen Court")
    offered = told(token, "services", name="derwen")["services"]
    assert [each["id"] for each in offered] == [kept.pk]
    assert [each["ref"] for each in told(token, "cases", service=kept.pk)["cases"]] == [case.ref]


def test_the_page_of_the_kept_one_tells_cases_restrictions_and_the_latest_ratings(
    town: Town, kept: Service, case: Case, merged: Merge, signed_in: Callable[[User], Client]
) -> None:
    rate(town.service, "inadequate", "2026-02-01")
    rate(kept, "good", "2025-05-01")
    page = signed_in(town.mari)
    with CaptureQueriesContext(connection) as asked:
        said = read(page.get(reverse("directory-service", args=[kept.pk])))
    assert number_of(asked) <= 10
    assert case.ref in said
    assert "The case’s restrictions" in said
    assert "Inadequate" in said
    assert "Good" not in said
    assert "merged into another one" in read(
        page.get(reverse("directory-service", args=[town.service.pk]))
    )


def rate(service: Service, rating: str, on: str) -> None:
    Rating.objects.create(
        service=service,
        schema="cqc",
        question="overall",
        rating=rating,
        given_on=on,
        current=True,
        source="file.csv",
    )


def test_cases_and_plans_are_found_by_the_name_of_the_kept_one(
    town: Town, case: Case, merged: Merge, signed_in: Callable[[User], Client]
) -> None:
    add(town, case, "action_added", "2026-04-01T12:00", ACTION)
    page = signed_in(town.mari)
    for words in ("derwen+court", "plas+derwen"):
        assert case.ref in read(page.get(f"/cases/?q={words}"))
        assert case.ref in read(page.get(f"/plans/?service={words}"))
    assert case.ref not in read(page.get("/cases/?q=nowhere"))
    assert case.ref not in read(page.get("/plans/?service=nowhere"))


def test_a_second_live_case_is_refused_for_any_row_of_the_service(
    town: Town, kept: Service, case: Case, merged: Merge
) -> None:
    at = london("2026-04-02T09:00")
    with acting_for([town.council.pk]):
        answer = open_case(
            actor=town.actor(town.mari, "lead_officer"),
            procedure=policies.load("cardiff_vale"),
            body=town.council,
            service=kept,
            draft=draft("case_opened", at, OPENING),
            as_of=at,
        )
    assert isinstance(answer, Refusal)
    assert case.ref in str(answer)
    part(merged.pk, because="Two homes.", by=merged.by, as_of=NOW)
    assert open_at(town, "2026-04-02T09:00", service=kept).ref != case.ref
