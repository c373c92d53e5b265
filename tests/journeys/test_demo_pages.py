"""One page of each sort that the demonstration shows, at a desk and on a phone, seen by axe."""

from collections.abc import Callable
from functools import partial

import pytest
from django.test import Client
from playwright.sync_api import Page

from candour.people.models import User
from candour.site.demo import load_demo
from tests.journeys.readers import DESKTOP, PHONE
from tests.setup.test_demo import WEDNESDAY
from tests.setup.test_demo_pages import ask, parts_told
from tests.support.crawling import Crawl, one_of_each

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey, pytest.mark.slow]


@pytest.mark.parametrize(
    ("name", "reader"),
    [("mari", DESKTOP), ("mari", PHONE), ("asha", DESKTOP), ("asha", PHONE), ("sam", PHONE)],
    indirect=["reader"],
    ids=["council desk", "council phone", "county desk", "county phone", "town phone"],
)
def test_every_sort_of_page_is_accessible(
    page: Page,
    name: str,
    client: Client,
    come_in_as: Callable[[User], None],
    check_accessible: Callable[[Page], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CANDOUR_NOW", WEDNESDAY.isoformat())
    load_demo(as_of=WEDNESDAY)
    come_in_as(User.objects.get(username=name))
    crawl = Crawl(partial(ask, client), several=1)
    crawl.walk()
    looked_at = one_of_each(address for address, seen in crawl.pages.items() if "<html" in seen)
    looked_at += [address for whose, address in parts_told().values() if whose == name]
    assert len(looked_at) >= 10
    for address in looked_at:
        page.goto(address)
        check_accessible(page)
