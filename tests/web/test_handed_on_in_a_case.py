"""A case that was put to a body which then handed its function on: what stood stays, what is next
goes to the one after, from midnight in London on.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from candour.bodies.keeping import Keeper, hand_on
from candour.bodies.models import Body, Contact, Succession
from candour.cases.models import Case
from candour.cases.queries import standing
from candour.database.row_security import acting_for
from candour.letters.directory import directory_of
from candour.people.models import User
from tests.support.casework import Town, add, open_at
from tests.support.who_is_who import make_area, make_routes

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
ON = date(2027, 3, 29)  # the day after the clocks went forward
BEFORE, THEN = "2027-03-28T23:59:59", "2027-03-29T00:00:00"  # in London
SAFEGUARDING = "safeguarding"


@pytest.fixture
def trust(town: Town) -> Body:
    """A body that takes the council's safeguarding over, with a desk of its own."""
    make_routes(town.council, town.service, make_area())
    found = Body.objects.create(name="Children and Adults Trust", slug="trust", nation="wales")
    Contact.objects.create(
        body=found, role=SAFEGUARDING, name="Front door", email="front@trust.example",
        phone="029 2018 0500", hours="always",
    )  # fmt: skip
    by = Keeper("Mari Ellis, Cardiff Council", datetime(2027, 1, 4, 9, tzinfo=UTC))
    hand_on(Succession(predecessor=town.council, successor=found, function=SAFEGUARDING, on=ON), by)
    return found


def offered(client: Client, case: Case) -> list[str]:
    answer = client.get(reverse("record", args=[case.ref, "referral_made"])).content.decode()
    names = answer[answer.index('<datalist id="to-offers">') :].split("</datalist>")[0]
    return [words.split('"')[0] for words in names.split('value="')[1:]]


def test_from_midnight_on_the_one_after_is_offered_and_what_was_put_stays(
    town: Town, trust: Body, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = open_at(town, "2027-03-01T09:00")
    said = {"referral": "safeguarding_adult", "referral_form": "as1", "to": "Cardiff Council"}
    put = add(town, case, "referral_made", "2027-03-26T16:00", said, role="lead_officer").entry
    client = signed_in(town.mari)
    monkeypatch.setenv("CANDOUR_NOW", BEFORE)
    assert offered(client, case)[0] == "Cardiff Council"
    assert trust.name not in offered(client, case)
    monkeypatch.setenv("CANDOUR_NOW", THEN)
    assert offered(client, case)[0] == trust.name
    with acting_for([town.council.pk]):
        entries = standing(Case.objects.get(pk=case.pk)).recorded
    (kept,) = (one for one in entries if one.id == put.id)
    assert kept.data["to"] == "Cardiff Council"


def test_letters_go_to_whoever_holds_it_on_their_day(town: Town, trust: Body) -> None:
    case = open_at(town, "2027-03-01T09:00")
    with acting_for([town.council.pk]):
        found = Case.objects.select_related("service__provider", "body").get(pk=case.pk)
        for day, holder in ((date(2027, 3, 28), "Cardiff Council"), (ON, trust.name)):
            held = directory_of(found, (), day).routed(SAFEGUARDING)
            assert [one.name for one, _route in held] == [holder], day


def test_the_page_of_the_service_tells_each_day_its_own(
    town: Town, trust: Body, signed_in: Browser
) -> None:
    client = signed_in(town.mari)
    address = reverse("directory-service", args=[town.service.pk])
    for day, holder, phone in (
        ("2027-03-28", "Duty desk", "029 2018 0112"),  # a Sunday: the night team stands in for it
        ("2027-03-29", "Front door", "029 2018 0500"),
    ):
        page = client.get(f"{address}?on={day}").content.decode()
        safeguards = page.partition("Safeguards adults")[2].partition("Commissions services")[0]
        assert holder in safeguards, day
        assert phone in safeguards, day
