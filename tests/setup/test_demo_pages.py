"""Every page that the demonstration leads to, for people of each sort of body, in two languages."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.http.response import HttpResponseRedirectBase
from django.test import Client

from candour.bodies.models import Body
from candour.cases.models import Case
from candour.database.row_security import acting_for
from candour.people.models import User
from candour.site.demo import load_demo
from tests.setup.test_demo import WEDNESDAY
from tests.support.crawling import Crawl, sort_of

pytestmark = pytest.mark.slow
MOST_QUERIES = 10
VISITORS = [
    ("en", ("mari", "elin", "owain", "sam", "asha", "beth")),
    ("cy", ("mari", "asha")),
]
CASES_TOLD = {  # pages of one part of a case, and a case of the demonstration that has much of it
    "case": "Lapwing Lodge",
    "case-meetings": "Skylark Rise",
    "case-ratings": "Plas Glas y Dorlan",
    "case-decisions": "Llys y Wennol",
    "case-plan": "Skylark Rise",
    "case-restrictions": "Llys y Wennol",
    "case-closure": "Lapwing Lodge",
    "case-parallel": "Llys y Wennol",
    "case-sharing": "Llys y Wennol",
    "case-procedure": "Llys y Wennol",
    "case-responses": "Dovewell Hospital, discharge lounge",
    "case-contacts": "Limekiln House",
    "case-visits": "Dovewell Hospital, discharge lounge",
}
SAME_IN_BOTH = {  # words that are the same, and what the demonstration's people wrote
    "Agenda",
    "Ofsted",
    "The owner is giving the home up",
    "Care Inspectorate Wales, Vale of Glamorgan Council",
    *(f"Resident {number}" for number in range(1, 18)),
}
FRAME = re.compile(r"<(h1|th|caption|dt|legend|label|button|summary)\b[^>]*>(.*?)</\1>", re.DOTALL)
TAGS = re.compile(r"<[^>]+>")


def _client(name: str, language: str = "en") -> Client:
    client = Client()
    client.force_login(User.objects.get(username=name))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client


def ask(
    client: Client, address: str, before_each: Callable[[], None] = lambda: None
) -> tuple[int, str]:
    """Return the status of a page and its words, following where it sends on to."""
    before_each()
    answer = client.get(address)
    while isinstance(answer, HttpResponseRedirectBase):
        before_each()
        answer = client.get(answer.url)
    if answer.streaming:  # a style sheet or a picture: read to its end, so that the file is closed
        return answer.status_code, str(len(list(answer)))
    if not answer["Content-Type"].startswith("text/html"):  # a document: opened by its own tests
        return answer.status_code, str(len(answer.content))
    return answer.status_code, answer.content.decode()


@pytest.fixture
def demonstration(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANDOUR_NOW", WEDNESDAY.isoformat())
    load_demo(as_of=WEDNESDAY)


@pytest.mark.parametrize(("language", "people"), VISITORS, ids=["English", "Welsh"])
@pytest.mark.usefixtures("demonstration")
def test_no_link_is_broken_and_no_page_asks_much(language: str, people: tuple[str, ...]) -> None:
    faults, seen = [], set()
    for name in people:
        asking = Asking(_client(name, language))
        crawl = Crawl(asking, several=2)
        crawl.walk()
        assert len(crawl.pages) > 10
        faults += [f"{name}: {fault}" for fault in crawl.faults + asking.faults]
        seen |= {sort_of(address).split(" ")[0] for address in crawl.pages}
    assert not faults, "\n".join(faults)
    assert {*CASES_TOLD, "responses", "restrictions", "case-minutes", "what-if"} <= seen


@dataclass
class Asking:
    """Asks for pages, and notes those that need more queries than a page may."""

    client: Client
    faults: list[str] = field(default_factory=list)

    def __call__(self, address: str) -> tuple[int, str]:
        said: list[str] = []

        def listen(execute: Any, sql: str, *more: Any) -> Any:  # what Django hands on
            said.append(sql)
            return execute(sql, *more)

        with connection.execute_wrapper(listen):
            status, page = ask(self.client, address, said.clear)
        # Outside a test there is no transaction around it, so no savepoint, and for whom it acts
        # is said together with the first statement.
        kept = ("SAVEPOINT", "set_config", "current_setting")
        number = sum(not any(words in sql for words in kept) for sql in said)
        if "<html" in page and number > MOST_QUERIES:
            self.faults.append(f"{address} needs {number} queries")
        return status, page


def parts_told() -> dict[str, tuple[str, str]]:
    """Return who sees each part of a case with something in it, and where."""
    with acting_for(Body.objects.values_list("pk", flat=True)):
        found = dict(Case.objects.values_list("service__name", "ref"))
    told = {}
    for room, service in CASES_TOLD.items():
        ref = found[service]
        part = "" if room == "case" else f"{room.removeprefix('case-')}/"
        told[room] = ("asha" if ref.startswith("HD") else "mari", f"/cases/{ref}/{part}")
    return told


@pytest.mark.usefixtures("demonstration")
def test_each_part_of_a_case_is_shown_with_something_in_it() -> None:
    registers = {"responses": ("asha", "/responses/"), "restrictions": ("mari", "/restrictions/")}
    for room, (name, address) in (parts_told() | registers).items():
        status, page = ask(_client(name), address)
        assert status == 200, room
        assert "app-empty" not in page, f"{room} is empty at {address}"


@pytest.mark.usefixtures("demonstration")
def test_nothing_of_the_frame_of_a_part_of_a_case_is_left_in_english() -> None:
    faults = []
    for room, (name, address) in parts_told().items():
        english, welsh = (_frame(ask(_client(name, each), address)[1]) for each in ("en", "cy"))
        faults += [f"{room}: {words}" for words in sorted(english & welsh - SAME_IN_BOTH)]
    assert not faults, "\n".join(faults)


def _frame(page: str) -> set[str]:
    """Return the words of headings, table heads, labels and buttons."""
    words = {" ".join(TAGS.sub(" ", inside).split()) for _tag, inside in FRAME.findall(page)}
    return {each for each in words if re.search(r"[A-Za-z]{4}", each)}
