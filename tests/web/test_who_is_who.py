"""The pages of bodies, services, areas and groups: who is who, today or on another day."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from candour.bodies.models import (
    Area,
    Body,
    BodyFunction,
    Closure,
    Contact,
    Group,
    GroupMember,
    Service,
    ServiceArea,
    Succession,
)
from candour.directory.models import Rating
from candour.people.models import User
from tests.support.casework import Town, open_at
from tests.support.told import tell
from tests.support.who_is_who import make_area, make_keeper, make_routes
from tests.web.pages import read

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
MOST = 10


@pytest.fixture
def area(town: Town, monkeypatch: pytest.MonkeyPatch) -> Area:
    """The area of the home, with who is who in it, on a Monday at ten."""
    monkeypatch.setenv("CANDOUR_NOW", "2026-11-23T10:00")
    found = make_area()
    make_routes(town.council, town.service, found)
    return found


def page_of(client: Client, name: str, *args: object, **query: str) -> str:
    return read(client.get(reverse(name, args=args), query))


def test_a_service_says_who_is_who_and_which_number_answers_now(
    town: Town, area: Area, signed_in: Browser
) -> None:
    page = page_of(signed_in(town.mari), "directory-service", town.service.pk)
    assert "Safeguards adults Duty desk Cardiff Council" in page
    assert "029 2018 0111 Answers now, until 5pm" in page
    assert "Scrutinises Nobody is kept for this" in page
    assert "Safeguards children" not in page  # the home is for adults


def test_at_night_the_desk_that_takes_over_is_named(
    town: Town, area: Area, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANDOUR_NOW", "2026-11-23T22:00")
    page = page_of(signed_in(town.mari), "directory-service", town.service.pk)
    assert "Night team" in page
    assert "Stands in for Duty desk, which is closed" in page
    assert "Answers now, until tomorrow at 8:30am" in page


def test_another_day_is_asked_for_in_the_address_and_says_nothing_of_now(
    town: Town, area: Area, signed_in: Browser
) -> None:
    BodyFunction.objects.filter(body=town.council).update(to_date=date(2027, 3, 31))
    client = signed_in(town.mari)
    then = page_of(client, "directory-service", town.service.pk, on="2027-03-31")
    assert "As it was, or will be, on Wed 31 Mar 2027" in then
    assert "Duty desk" in then
    assert "Answers now" not in then
    after = page_of(client, "directory-service", town.service.pk, on="2027-04-01")
    assert "Duty desk" not in after
    boxes = {"on-day": "31", "on-month": "2", "on-year": "2027"}
    wrong = page_of(client, "directory-service", town.service.pk, **boxes)
    assert "must be a real day" in wrong


def test_a_service_shows_cases_experiences_and_ratings_that_the_reader_may_see(
    town: Town, area: Area, signed_in: Browser
) -> None:
    case = open_at(town, "2026-11-02T09:00")
    told = tell(town.council, ["Cold food"])[0]
    told.service = town.service
    Rating.objects.create(
        service=town.service, schema="ciw", question="environment", rating="good", current=True,
        given_on=date(2026, 5, 1), source="A file",
    )  # fmt: skip
    mine = page_of(signed_in(town.mari), "directory-service", town.service.pk)
    assert case.ref in mine
    assert "Ratings by Care Inspectorate Wales" in mine
    assert "Environment Good Fri 1 May 2026" in mine
    other = page_of(signed_in(town.olwen), "directory-service", town.service.pk)
    assert case.ref not in other
    assert "None that your bodies lead or share." in other


def test_a_body_shows_what_it_does_and_who_came_before_and_after(
    town: Town, area: Area, signed_in: Browser
) -> None:
    old = Body.objects.create(name="Old Council", nation="wales", slug="old")
    new = Body.objects.create(name="New Council", nation="wales", slug="new")
    for before, after, on in ((old, town.council, "1996-04-01"), (town.council, new, "2030-04-01")):
        Succession.objects.create(
            predecessor=before, successor=after, function="commissioner", on=date.fromisoformat(on)
        )
    page = page_of(signed_in(town.mari), "directory-body", town.council.pk)
    assert "Old Council Before, until Sun 31 Mar 1996" in page
    assert "New Council After, from Mon 1 Apr 2030" in page
    assert "Duty desk Safeguarding 029 2018 0111 Answers now, until 5pm" in page
    assert "Monday to Friday: 8:30am to 5pm Closed on bank holidays in Wales" in page
    assert "While it is closed: Night team" in page


def test_a_body_that_is_closed_for_some_days_says_so(
    town: Town, area: Area, signed_in: Browser
) -> None:
    Closure.objects.create(
        body=town.council, from_date="2026-11-23", to_date="2026-11-24", reason="Moving house"
    )
    page = page_of(signed_in(town.mari), "directory-body", town.council.pk)
    assert "Closed now, opens Wed 25 Nov 2026, 8:30am" in page
    assert "Moving house Mon 23 Nov 2026 – Tue 24 Nov 2026" in page


def test_an_area_begins_with_whom_to_ring_in_danger_now(
    town: Town, area: Area, signed_in: Browser
) -> None:
    page = page_of(signed_in(town.mari), "directory-area", area.code)
    danger = page.index("Somebody is in danger now")
    assert danger < page.index("999") < page.index("029 2018 0111") < page.index("101")
    assert "Safeguards children Duty desk Cardiff Council" in page
    assert "Plas Derwen" in page


def test_the_lists_name_areas_and_bodies_and_a_provider_is_found_by_its_name(
    town: Town, area: Area, signed_in: Browser
) -> None:
    client = signed_in(town.mari)
    assert "Cardiff W06000015 Local authority Cardiff Council" in page_of(client, "directory-areas")
    bodies = page_of(client, "directory-bodies")
    assert "Commissions services: Cardiff" in bodies
    assert "Derwen Care" not in bodies
    assert "Derwen Care" in page_of(client, "directory-bodies", q="derwen")


def test_a_group_names_who_belongs_to_it(town: Town, signed_in: Browser) -> None:
    group = Group.objects.create(name="Estuary Holdings", kind="owners")
    GroupMember.objects.create(group=group, body=town.service.provider)
    page = page_of(signed_in(town.mari), "directory-group", group.pk)
    assert "Providers under one owner" in page
    assert "Derwen Care" in page


@pytest.mark.parametrize(
    "address",
    [
        "/directory/bodies/99999999/",
        "/directory/bodies/99999999999999999999999/",
        "/directory/services/99999999999999999999999/",
        "/directory/areas/NOWHERE/",
        "/directory/groups/99999999999999999999999/",
    ],
)
def test_what_is_not_kept_is_not_there(town: Town, signed_in: Browser, address: str) -> None:
    assert signed_in(town.mari).get(address).status_code == 404


def test_no_page_costs_more_than_ten_queries_however_much_is_kept(
    town: Town, area: Area, signed_in: Browser
) -> None:
    make_keeper(town.mari, town.council)
    group = Group.objects.create(name="Group", kind="owners")
    for number in range(25):
        other = Body.objects.create(name=f"Body {number}", nation="wales", slug=f"body-{number}")
        desk = Contact.objects.create(body=other, role="safeguarding", phone="1", hours="always")
        BodyFunction.objects.create(
            body=other, function="safeguarding", area=area.name, place=area, contact=desk
        )
        Succession.objects.create(
            predecessor=other, successor=town.council, function="scrutiny", on=date(2020, 1, 1)
        )
        GroupMember.objects.create(group=group, body=other)
        home = Service.objects.create(name=f"Home {number}", provider=town.council)
        ServiceArea.objects.create(service=home, area=area)
        make_area(f"X{number}", f"Ward {number}", wider=area)
        Contact.objects.create(body=town.council, role="enquiries", phone=str(number))
    client = signed_in(town.mari)
    asked = (
        reverse("directory-service", args=[town.service.pk]),
        reverse("directory-body", args=[town.council.pk]),
        reverse("directory-area", args=[area.code]),
        reverse("directory-group", args=[group.pk]),
        reverse("directory-areas"),
        reverse("directory-bodies"),
        reverse("directory-keep", args=["function"]) + f"?body={town.council.pk}",
    )
    for address in asked:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        # Within the test's own transaction it costs statements of their own to say for whom.
        own = ("SAVEPOINT", "current_setting", "set_config")
        spent = [q["sql"] for q in queries if not any(words in q["sql"] for words in own)]
        assert len(spent) <= MOST, "\n".join([address, *(each[:100] for each in spent)])


def test_an_area_names_services_that_its_authority_hosts(
    town: Town, area: Area, signed_in: Browser
) -> None:
    Service.objects.filter(pk=town.hospital.pk).update(host_authority=town.council)
    page = page_of(signed_in(town.mari), "directory-area", area.code)
    assert "Ely General, Ward 3" in page


def test_where_a_case_names_a_body_those_of_its_service_are_offered(
    town: Town, area: Area, signed_in: Browser
) -> None:
    case = open_at(town, "2026-11-02T09:00")
    client = signed_in(town.mari)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(reverse("record", args=[case.ref, "referral_made"]))
    page = answer.content.decode()
    assert 'list="to-offers"' in page
    offered = page[page.index('<datalist id="to-offers">') :].split("</datalist>")[0]
    assert [words.split('"')[0] for words in offered.split('value="')[1:]] == [
        "Cardiff Council",
        "Derwen Care",
    ]
    own = ("SAVEPOINT", "current_setting", "set_config")
    spent = [q["sql"] for q in queries if not any(words in q["sql"] for words in own)]
    assert len(spent) <= MOST, "\n".join(each[:100] for each in spent)
    other = client.get(reverse("record", args=[case.ref, "concern_raised"])).content.decode()
    assert "datalist" not in other
