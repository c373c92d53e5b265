"""Duplicates: found, put together by a person, followed by what is about them, and undone."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from candour.bodies.models import Body, Service
from candour.cases.queries.around import cases_around
from candour.cases.queries.placing import stood_at
from candour.database.row_security import acting_for
from candour.directory.duplicates import find_duplicates, pairs
from candour.directory.errors import MergeRefusedError
from candour.directory.merging import merge, part, rows_of, standing, tell_apart
from candour.directory.models import Change, ListedProvider, Listing, Merge, Predecessor, What, Why
from candour.experiences.models import Experience
from candour.experiences.queries import felt_of_service
from candour.people.models import User
from tests.support.casework import Town, add, hold_ppm, make_town, open_at, to_ppm

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def somebody() -> User:
    return User.objects.create(username="nia", display_name="Nia")


@pytest.fixture
def provider() -> Body:
    return Body.objects.create(name="Meadow Care", slug="meadow", nation="england")


def service(provider: Body, name: str, postcode: str = "LS1 4AB") -> Service:
    return Service.objects.create(name=name, postcode=postcode, provider=provider)


def listed(
    of: Service, number: str, register: str = "cqc", *, first: str = "2020-01-01", until: str = ""
) -> None:
    known, _made = ListedProvider.objects.get_or_create(
        register=register, number=str(of.provider_id), defaults={"body": of.provider}
    )
    Listing.objects.create(
        register=register,
        number=number,
        service=of,
        provider=known,
        name=of.name,
        first_listed=first,
        listed_until=until or None,
    )


def found() -> list[tuple[str, str, str]]:
    find_duplicates()
    return [(each.one.name, each.other.name, each.why) for each in pairs()]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Sunnyside Care Home", "Sunnyside House", True),
        ("Sunnyside Care Home", "Sunnyside", True),
        ("Ashfield Manor", "Ashfield Manor Residential Home", True),
        ("The Care Home", "The Care Home", True),
        ("Sunnyside Care Home", "Beechwood Care Home", False),
        ("The Care Home", "The Nursing Home", False),
    ],
)
def test_like_names_at_one_postcode(provider: Body, one: str, other: str, alike: bool) -> None:
    service(provider, one)
    service(provider, other)
    service(provider, one, "LS9 9ZZ")
    assert bool(found()) is alike


def test_the_same_number_with_two_registers(provider: Body) -> None:
    one, other = service(provider, "North", ""), service(provider, "South", "")
    listed(one, "1-77")
    listed(other, "1-77", "own")
    assert found() == [("North", "South", Why.NUMBER)]


def test_one_registration_after_another_as_the_register_or_the_dates_say(provider: Body) -> None:
    next_owner = Body.objects.create(name="Willow", slug="willow", nation="england")
    one, other = service(provider, "Ashfield"), service(next_owner, "Ashfield Court", "LS1 4AB")
    listed(one, "1-1", until="2026-06-30")
    listed(other, "1-2", first="2026-07-01")
    assert found() == [("Ashfield", "Ashfield Court", Why.SUCCESSION)]
    Service.objects.filter(pk=other.pk).update(name="Quite Another", postcode="YO1 7HH")
    assert found() == []
    Predecessor.objects.create(register="cqc", number="1-2", predecessor="1-1")
    assert found() == [("Ashfield", "Quite Another", Why.SUCCESSION)]


def test_who_says_that_two_are_two_is_not_asked_again(provider: Body, somebody: User) -> None:
    one, other = service(provider, "Sunnyside"), service(provider, "Sunnyside")
    assert len(found()) == 1
    tell_apart(other.pk, one.pk, by=somebody, as_of=NOW)
    assert found() == []


def test_a_merge_is_told_followed_and_undone(provider: Body, somebody: User) -> None:
    a, b, c = (service(provider, name) for name in ("A", "B", "C"))
    first = merge(a.pk, b.pk, reason="One place.", by=somebody, as_of=NOW)
    merge(b.pk, c.pk, reason="It was renamed.", by=somebody, as_of=NOW)
    for one in (a, b, c):
        assert rows_of(one.pk) == [c.pk, b.pk, a.pk]
    assert list(standing(Service.objects.all())) == [c]
    assert Service.objects.count() == 3
    part(first.pk, because="Two doors, two managers.", by=somebody, as_of=NOW)
    assert rows_of(a.pk) == [a.pk]
    assert rows_of(b.pk) == [c.pk, b.pk]
    told = Change.objects.order_by("pk").values_list("service_id", "what", "after")
    assert list(told) == [
        (a.pk, What.MERGED, f"B ({b.pk})"),
        (b.pk, What.MERGED, f"C ({c.pk})"),
        (a.pk, What.PARTED, f"B ({b.pk})"),
    ]


def test_a_merge_that_makes_no_sense_is_refused(provider: Body, somebody: User) -> None:
    a, b, c = (service(provider, name) for name in ("A", "B", "C"))
    made = merge(a.pk, b.pk, reason="One place.", by=somebody, as_of=NOW)
    for one, other, why in (
        (c.pk, c.pk, "Same"),
        (c.pk, 0, "Not there"),
        (a.pk, c.pk, "Merged already"),
        (c.pk, a.pk, "Into one that was merged"),
        (b.pk, a.pk, "In a circle"),
        (b.pk, c.pk, "  "),
    ):
        with pytest.raises(MergeRefusedError):
            merge(one, other, reason=why, by=somebody, as_of=NOW)
    with pytest.raises(MergeRefusedError, match="Say why"):
        part(made.pk, because="", by=somebody, as_of=NOW)
    part(made.pk, because="Two.", by=somebody, as_of=NOW)
    with pytest.raises(MergeRefusedError, match="undone already"):
        part(made.pk, because="Two.", by=somebody, as_of=NOW)


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM directory_merge",
        "UPDATE directory_merge SET reason = ''",
        "UPDATE directory_merge SET kept_id = merged_id",
    ],
)
def test_a_merge_stays_as_it_was_written(provider: Body, somebody: User, change: str) -> None:
    a, b = service(provider, "A"), service(provider, "B")
    merge(a.pk, b.pk, reason="One place.", by=somebody, as_of=NOW)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert Merge.objects.get().reason == "One place."


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
def town() -> Town:
    return make_town()


def test_cases_restrictions_and_experiences_follow(town: Town, somebody: User) -> None:
    twin = Service.objects.create(name="Plas Derwen", provider=town.service.provider)
    case = open_at(town, "2026-03-09T09:00")
    to_ppm(town, case)
    hold_ppm(town, case)
    rated = add(town, case, "risk_rated", "2026-03-30T11:00", RATED).entry.id
    add(town, case, "restriction_imposed", "2026-03-31T10:00", UNIT, refers_to=(rated,))
    with acting_for([town.council.pk]):
        Experience.objects.create(
            body=town.council,
            source="form",
            source_ref="1",
            answer="Kind.",
            sentiment=1,
            service=town.service,
            received_on="2026-03-01",
            created_at=NOW,
        )
        assert stood_at(twin.pk) == ()
        assert felt_of_service(twin.pk, date(2026, 1, 1)) == {}
        other = open_at(town, "2026-04-01T09:00", service=twin)
    made = merge(town.service.pk, twin.pk, reason="One home.", by=somebody, as_of=NOW)
    with acting_for([town.council.pk]):
        assert len(stood_at(twin.pk)) == 1
        assert felt_of_service(twin.pk, date(2026, 1, 1)) == {1: 1}
        assert cases_around(other) == [case]
    part(made.pk, because="Two homes.", by=somebody, as_of=NOW)
    with acting_for([town.council.pk]):
        assert stood_at(twin.pk) == ()
