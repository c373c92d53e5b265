"""The pages of a directory of the regulator's size: none asks more than ten questions."""

import statistics
import time
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from candour.bodies.models import Body, Service
from candour.directory.models import Authority, Intake, Likeness
from candour.directory.searching import services_matching
from candour.people.models import User
from tests.support.casework import Town
from tests.support.who_is_who import make_keeper
from tests.support.whole_register import LARGEST_PROVIDER, SERVICES, fill
from tests.web.test_directory import number_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MOST: int = 10
TYPED = ("ash", "sunny", "sunnyfi", "Sunnyfield House", "mill leeds", "LS1", "suny", "wilow", "ho")


def test_no_page_asks_more_than_ten_questions_of_55_000_services(
    town: Town, signed_in: Callable[[User], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANDOUR_NOW", "2026-11-23T09:00")
    fill()
    assert Service.objects.count() == SERVICES + 2  # those of the town
    make_keeper(town.mari, town.council)
    keeper, reader = signed_in(town.mari), signed_in(town.olwen)
    asked = {
        address: max(questions(keeper, address), questions(reader, address))
        for address in addresses()
    }
    assert {address: many for address, many in asked.items() if many > MOST} == {}
    typed_quickly()


def addresses() -> list[str]:
    """Return the pages of the directory, each where it has most to show."""
    large = Body.objects.filter(kind="Provider").order_by("pk")[0]
    assert large.services.count() >= LARGEST_PROVIDER
    council = Body.objects.filter(slug="made-up-1").get()
    service = large.services.order_by("pk")[1]
    pair = Likeness.objects.order_by("pk")[0]
    authority = Authority.objects.filter(body__isnull=False)[0]
    return [
        "/directory/",
        "/directory/?page=2000",
        "/directory/?q=sunny",
        "/directory/?q=sunnyfield+house",
        f"/directory/?kind=Hospice&rating=cqc:good&authority={authority.pk}",
        "/directory/?state=closed",
        "/directory/find/?q=sunnyfie",
        "/directory/find.json?q=suny",
        f"/directory/services/{service.pk}/",
        f"/directory/services/{service.pk}/history/",
        "/directory/bodies/",
        "/directory/bodies/?q=made-up+care",
        f"/directory/bodies/{large.pk}/",
        f"/directory/bodies/{council.pk}/",
        "/directory/duplicates/",
        f"/directory/duplicates/{pair.one_id}/{pair.other_id}/",
        "/directory/imports/",
        f"/directory/imports/{Intake.objects.order_by('pk')[0].pk}/",
        "/directory/areas/",
        "/directory/areas/E09000001/",
        "/directory/authorities/",
    ]


def questions(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return number_of(asked)


def typed_quickly() -> None:
    """While typing: 20 ms where nothing else is at work, as bench/directory.py prints."""
    taken = []
    for words in TYPED * 3:
        began = time.perf_counter()
        assert services_matching(words, 8, on=date(2026, 11, 23)), words
        taken.append(time.perf_counter() - began)
    assert statistics.median(taken) < 0.1, sorted(taken)
