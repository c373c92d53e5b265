"""Every page that the demonstration leads to, for people of each sort of body, in both languages."""

import re
from functools import partial

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from candour.bodies.models import Body
from candour.cases.models import Case
from candour.database.row_security import acting_for
from candour.people.models import User
from candour.site.demo import load_demo
from tests.setup.test_demo import WEDNESDAY
from tests.support.crawling import Crawl, sort_of

pytestmark = pytest.mark.slow
MOST_QUERIES = 10
EVERYBODY = ("mari", "elin", "owain", "sam", "asha", "beth")
CASES_TOLD = {  # pages of one part of a case, and a case of the demonstration that has much of it
    "case": "Lapwing Lodge",
    "case-meetings": "Skylark Rise",
    "case-ratings": "Skylark Rise",
    "case-decisions": "Llys y Wennol",
    "case-plan": "Skylark Rise",
    "case-restrictions": "Llys y Wennol",
    "case-closure": "Lapwing Lodge",
    "case-parallel": "Llys y Wennol",
    "case-sharing": "Llys y Wennol",
    "case-procedure": "Llys y Wennol",
    "case-responses": "Dovewell Hospital, discharge lounge",
    "case-contacts": "Limekiln House",
}
FRAME = re.compile(r"<(h1|th|caption|dt|legend|label|button|summary)\b[^>]*>(.*?)</\1>", re.S)
TAGS = re.compile(r"<[^>]+>")


def _client(name: str, language: str = "en") -> Client:
    client = Client()
    client.force_login(User.objects.get(username=name))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client


def ask(client: Client, address: str) -> tuple[int, str]:
    """Return the status of a page and its words, following where it sends on to."""
    answer = client.get(address, follow=True)
    if answer.streaming:  # a style sheet or a picture: read to its end, so that the file is closed
        return answer.status_code, str(len(list(answer)))
    return answer.status_code, answer.content.decode()


@pytest.fixture
def demonstration(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANDOUR_NOW", WEDNESDAY.isoformat())
    load_demo(as_of=WEDNESDAY)


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.usefixtures("demonstration")
def test_no_link_is_broken_and_no_page_asks_much(language: str) -> None:
    faults, seen = [], set()
    for name in EVERYBODY:
        client = _client(name, language)
        crawl = Crawl(partial(ask, client))
        crawl.walk()
        assert len(crawl.pages) > 10
        faults += [f"{name}: {fault}" for fault in crawl.faults]
        faults += [f"{name}: {fault}" for fault in _asking_much(client, crawl)]
        seen |= {sort_of(address).split(" ")[0] for address in crawl.pages}
    assert not faults, "\n".join(faults)
    assert {*CASES_TOLD, "responses", "restrictions", "case-minutes", "what-if"} <= seen


def _asking_much(client: Client, crawl: Crawl) -> list[str]:
    """Return which pages need more queries than a page may; forms that are sent on are asked too."""
    faults = []
    for address, page in crawl.pages.items():
        if "<html" in page:
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            said = [each for each in asked.captured_queries if "SAVEPOINT" not in each["sql"]]
            if len(said) > MOST_QUERIES:
                faults.append(f"{address} needs {len(said)} queries")
    return faults


@pytest.mark.usefixtures("demonstration")
def test_each_part_of_a_case_is_shown_with_something_in_it() -> None:
    with acting_for(Body.objects.values_list("pk", flat=True)):
        found = dict(Case.objects.values_list("service__name", "ref"))
    for room, service in CASES_TOLD.items():
        name = "asha" if found[service].startswith("HD") else "mari"
        part = "" if room == "case" else f"{room.removeprefix('case-')}/"
        status, page = ask(_client(name), f"/cases/{found[service]}/{part}")
        assert status == 200, room
        assert "app-empty" not in page, f"{room} of {service} is empty"
    for address in ("/responses/", "/restrictions/"):
        status, page = ask(_client("asha" if "resp" in address else "mari"), address)
        assert "app-empty" not in page, address


@pytest.mark.usefixtures("demonstration")
def test_nothing_of_the_frame_of_a_part_of_a_case_is_left_in_english() -> None:
    with acting_for(Body.objects.values_list("pk", flat=True)):
        found = dict(Case.objects.values_list("service__name", "ref"))
    faults = []
    for room, service in CASES_TOLD.items():
        name = "asha" if found[service].startswith("HD") else "mari"
        part = "" if room == "case" else f"{room.removeprefix('case-')}/"
        address = f"/cases/{found[service]}/{part}"
        english, welsh = (_frame(ask(_client(name, each), address)[1]) for each in ("en", "cy"))
        faults += [f"{room}: {words}" for words in sorted(english & welsh - SAME_IN_BOTH)]
    assert not faults, "\n".join(faults)


SAME_IN_BOTH: set[str] = set()


def _frame(page: str) -> set[str]:
    """Return the words of headings, table heads, labels and buttons."""
    words = {" ".join(TAGS.sub(" ", inside).split()) for _tag, inside in FRAME.findall(page)}
    return {each for each in words if re.search(r"[A-Za-z]{4}", each)}
