"""Every page that the demonstration leads to, for people of each sort of body."""

from functools import partial

import pytest
from django.test import Client

from candour.people.models import User
from candour.site.demo import load_demo
from tests.setup.test_demo import WEDNESDAY
from tests.support.crawling import Crawl

pytestmark = pytest.mark.slow


def _client(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=name))
    return client


def ask(client: Client, address: str) -> tuple[int, str]:
    """Return the status of a page and its words, following where it sends on to."""
    answer = client.get(address, follow=True)
    if answer.streaming:  # a style sheet or a picture: read to its end, so that the file is closed
        return answer.status_code, str(len(list(answer)))
    return answer.status_code, answer.content.decode()


@pytest.mark.django_db
def test_no_link_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANDOUR_NOW", WEDNESDAY.isoformat())
    load_demo(as_of=WEDNESDAY)
    faults = []
    for name in ("mari", "elin", "owain", "sam"):
        crawl = Crawl(partial(ask, _client(name)))
        crawl.walk()
        assert len(crawl.pages) > 10
        faults += [f"{name}: {fault}" for fault in crawl.faults]
    assert not faults, "\n".join(faults)
