"""Keeping the directory on its screens: who may, what is refused, and what becomes of a row."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from candour.bodies.models import (
    Area,
    Body,
    BodyFunction,
    Closure,
    Contact,
    DirectoryChange,
    GroupMember,
    ServiceArea,
    Succession,
)
from candour.people.models import User
from tests.support.casework import Town
from tests.support.who_is_who import make_area, make_keeper, make_routes
from tests.web.pages import read

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]


@pytest.fixture
def keeper(town: Town, signed_in: Browser, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The browser of somebody who keeps the directory."""
    monkeypatch.setenv("CANDOUR_NOW", "2026-11-23T10:00")
    make_keeper(town.mari, town.council)
    return signed_in(town.mari)


@pytest.fixture
def desk(town: Town) -> Contact:
    return make_routes(town.council, town.service, make_area())


def day(name: str, written: str) -> dict[str, str]:
    year, month, of_month = written.split("-")
    return {f"{name}-day": of_month, f"{name}-month": month, f"{name}-year": year}


def new(sort: str, **about: int) -> str:
    return reverse("directory-keep", args=[sort]) + "".join(f"?{k}={v}" for k, v in about.items())


def kept(sort: str, row: int) -> str:
    return reverse("directory-keep-row", args=[sort, row])


def test_only_keepers_are_shown_the_way_and_may_go_it(
    town: Town, desk: Contact, signed_in: Browser
) -> None:
    client = signed_in(town.ieuan)
    assert "Add a desk" not in read(client.get(reverse("directory-body", args=[town.council.pk])))
    for address in (new("contact", body=town.council.pk), kept("contact", desk.pk)):
        assert client.get(address).status_code == 404
        assert client.post(address, {"phone": "1"}).status_code == 404
    assert Contact.objects.count() == 2


def test_a_desk_is_added_and_hours_that_cannot_be_read_are_given_back_with_how_to_write_them(
    town: Town, keeper: Client
) -> None:
    sent = {"role": "safeguarding", "phone": "029 2018 0111", "hours": "Mon 9 to 5"}
    address = new("contact", body=town.council.pk)
    refused = keeper.post(address, sent)
    assert refused.status_code == 422
    assert "“9” may be morning or evening. Write am or pm, or 09:00." in read(refused)
    assert "Mon 9 to 5" in refused.content.decode()
    done = keeper.post(address, {**sent, "hours": "Mon 9am to 5pm"}, follow=True)
    assert "Kept in the directory." in read(done)
    assert Contact.objects.get().hours == "Mon 9am to 5pm"
    written = DirectoryChange.objects.get()
    assert (written.by_name, written.by_person) == ("Mari Ellis, Cardiff Council", town.mari.pk)


def test_a_desk_changes_from_a_day_and_the_earlier_one_stays_as_it_was(
    town: Town, keeper: Client, desk: Contact
) -> None:
    sent = {
        "effect": "changes", **day("from_date", "2027-04-01"), "role": "safeguarding",
        "name": "Front door", "phone": "029 2018 0199", "hours": "always", "reason": "New line",
    }  # fmt: skip
    keeper.post(kept("contact", desk.pk), sent)
    body = reverse("directory-body", args=[town.council.pk])
    assert "Front door Safeguarding" not in read(keeper.get(body, {"on": "2027-03-31"}))
    after = read(keeper.get(body, {"on": "2027-04-01"}))
    assert "Front door Safeguarding" in after
    assert "New line" in after
    service = reverse("directory-service", args=[town.service.pk])
    assert "029 2018 0199" in read(keeper.get(service, {"on": "2027-04-01"}))


def test_the_day_of_a_change_is_asked_for_and_a_slip_needs_none(
    keeper: Client, desk: Contact
) -> None:
    sent = {"role": "safeguarding", "name": "Duty", "phone": "1", "hours": ""}
    refused = keeper.post(kept("contact", desk.pk), {**sent, "effect": "changes"})
    assert "On which day: fill this in" in read(refused)
    keeper.post(kept("contact", desk.pk), {**sent, "effect": "slip"})
    desk.refresh_from_db()
    assert (desk.name, desk.to_date) == ("Duty", None)


def test_a_function_is_added_for_an_area_and_the_same_is_refused_twice(
    town: Town, keeper: Client
) -> None:
    area = make_area()
    sent = {"function": "scrutiny", "place": str(area.pk), "people": "both"}
    address = new("function", body=town.council.pk)
    assert keeper.post(address, sent).status_code == 302
    refused = keeper.post(address, sent)
    assert refused.status_code == 422
    assert "The same is kept already" in read(refused)
    row = BodyFunction.objects.get(body=town.council)
    assert (row.place, row.area) == (area, "Cardiff")
    ends = {"effect": "ends", "people": "both", **day("from_date", "2027-03-31")}
    keeper.post(kept("function", row.pk), ends)
    row.refresh_from_db()
    assert row.to_date == date(2027, 3, 31)


def test_a_function_is_handed_on_and_taken_back(town: Town, keeper: Client, desk: Contact) -> None:
    sent = {
        "way": "after", "other": str(town.elsewhere.pk), "function": "commissioner",
        **day("on", "2027-04-01"),
    }  # fmt: skip
    BodyFunction.objects.create(body=town.elsewhere, function="scrutiny")
    keeper.post(new("succession", body=town.council.pk), sent)
    service = reverse("directory-service", args=[town.service.pk])
    assert "Powys Council" in read(keeper.get(service, {"on": "2027-04-01"}))
    keeper.post(kept("succession", Succession.objects.get().pk), {"reason": "Put off"})
    assert not Succession.objects.exists()


def test_a_service_lies_in_an_area_belongs_to_a_group_and_is_commissioned_by_one_body_alone(
    town: Town, keeper: Client
) -> None:
    area, pk = make_area(), town.hospital.pk
    keeper.post(new("lies", service=pk), {"area": str(area.pk)})
    keeper.post(new("member", service=pk), {"name": "Ely General", "kind": "family"})
    BodyFunction.objects.create(body=town.elsewhere, function="scrutiny")
    alone = {"body": str(town.elsewhere.pk), "function": "commissioner", "people": "both"}
    keeper.post(new("function", service=pk), alone)
    page = read(keeper.get(reverse("directory-service", args=[pk])))
    assert "Commissions services Powys Council No desk is kept for this This service alone" in page
    assert "Ely General" in page
    lies = ServiceArea.objects.get()
    keeper.post(kept("lies", lies.pk), day("from_date", "2026-12-31"))
    lies.refresh_from_db()
    assert lies.to_date == date(2026, 12, 31)
    assert GroupMember.objects.get().group.name == "Ely General"


def test_closures_areas_and_bodies_are_added(town: Town, keeper: Client) -> None:
    days = {**day("from_date", "2026-12-29"), **day("to_date", "2026-12-28")}
    wrong = keeper.post(new("closure", body=town.council.pk), {"name": "Christmas", **days})
    assert "The last day is before the first" in read(wrong)
    days |= day("to_date", "2026-12-31")
    keeper.post(new("closure", body=town.council.pk), {"name": "Christmas", **days})
    assert Closure.objects.get().reason == "Christmas"
    area = {"name": "Cardiff", "code": "W1", "kind": "local_authority", "nation": "wales"}
    assert keeper.post(new("area"), area)["Location"] == "/directory/areas/W1/"
    taken = keeper.post(new("area"), area)
    assert "This code or name is taken already" in read(taken)
    wider = Area.objects.create(code="W2", name="Wales", kind="nation", nation="wales")
    inner = Area.objects.get(code="W1")
    keeper.post(new("within", area=inner.pk), {"area": str(wider.pk)})
    assert "Wales" in read(keeper.get(reverse("directory-area", args=["W1"])))
    made = keeper.post(new("body"), {"name": "Llais", "kind": "", "nation": "wales"})
    assert made["Location"] == f"/directory/bodies/{Body.objects.get(slug='llais').pk}/"


@pytest.mark.parametrize(
    ("sort", "sent", "says"),
    [
        ("contact", {"role": "safeguarding"}, "Give a telephone number or an email address"),
        ("contact", {"role": "nothing", "phone": "1"}, "choose one of those offered"),
        ("contact", {"phone": "1"}, "What it is for: choose an answer"),
        ("contact", {"role": "quality", "email": "no address"}, "Email: give an address like"),
        ("contact", {"role": "quality", "phone": "1" * 201}, "one line of up to 200 characters"),
        ("closure", {"name": "Move"}, "First day: fill this in"),
        ("function", {"function": "regulator"}, "For which area: choose an answer"),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_its_field(
    town: Town, keeper: Client, sort: str, sent: dict[str, str], says: str
) -> None:
    refused = keeper.post(new(sort, body=town.council.pk), sent)
    assert refused.status_code == 422
    assert says in read(refused)


@pytest.mark.parametrize(
    "address",
    [
        "/directory/keep/contact/",
        "/directory/keep/contact/?body=99999999999999999999",
        "/directory/keep/contact/?body=²",
        "/directory/keep/contact/?service=1",
        "/directory/keep/nothing/?body=1",
        "/directory/keep/nothing/1/",
        "/directory/keep/contact/99999999999999999999999/",
    ],
)
def test_a_form_for_nothing_is_not_there(keeper: Client, address: str) -> None:
    assert keeper.get(address).status_code == 404
