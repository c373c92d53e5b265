"""The pages of feeding back: few queries, nothing lost, nobody else's."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from candour.feeding_back.actions import choose_cycle
from candour.feeding_back.cycles import Cycle, Every
from tests.feeding_back.conftest import NOW, QUARTER, Feeding

PLACE = "/experiences/feedback/ely-trust/2026-01-01/2026-03-31/"
MOST_QUERIES = 10
OF_THE_TEST = ("SAVEPOINT", "_setting(", "set_config(")  # within the transaction of a test


@pytest.fixture
def sam(feeding: Feeding) -> Client:
    client = Client()
    client.force_login(feeding.town.sam)
    return client


def page(client: Client, place: str) -> str:
    client.get(place)  # what is counted anew every five minutes is counted by the first
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(place)
    assert answer.status_code == 200
    said = [each["sql"] for each in asked if not any(word in each["sql"] for word in OF_THE_TEST)]
    assert len(said) <= MOST_QUERIES, "\n".join(" ".join(each.split())[:200] for each in said)
    return answer.content.decode()


def test_from_what_is_due_to_the_answer(feeding: Feeding, sam: Client) -> None:
    rows = feeding.told([1] * 12 + [5] * 40, themes=["food", "staff"])
    choose_cycle(Every.QUARTER, actor=feeding.actor, as_of=NOW)
    assert "1 digest to an organisation is due" in page(sam, "/")
    assert PLACE in page(sam, "/experiences/feedback/")
    number = rows[0].pk
    tick = {"do": "fit", "experience": number, f"words-{number}": "Ward 3 was what it was"}
    assert sam.post(PLACE, tick).status_code == 302
    before = page(sam, PLACE)
    assert "“Ward 3 was what it was”" in before
    seen = re.search(r'name="seen" value="(\w+)"', before)
    assert seen is not None
    answer = sam.post(PLACE, {"do": "release", "seen": seen[1], "language": "en"})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    place = answer["Location"]
    assert "Nothing came back yet." in page(sam, place)
    said = {"came_on": "2026-04-02", "words": "We read it.", "changed": "More staff at night."}
    assert sam.post(place, said).status_code == 302
    assert "More staff at night." in page(sam, place)
    assert "More staff at night." in page(sam, f"/experiences/{number}/")
    assert sam.get(f"{place}digest.pdf")["Content-Type"] == "application/pdf"
    assert PLACE not in page(sam, "/experiences/feedback/")


def test_every_digest_ever_released_can_be_reached(
    feeding: Feeding, sam: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("candour.web.views.feedback.MOST_LISTED", 1)
    before = Cycle(date(2025, 10, 1), date(2025, 12, 31))
    feeding.told([1] * 12)
    feeding.told([1] * 12, on=before.last)
    first, second = (feeding.release(cycle).pk for cycle in (before, QUARTER))
    newest, oldest = (page(sam, f"/experiences/feedback/?page={number}") for number in (1, 2))
    assert f"/released/{second}/" in newest
    assert f"/released/{first}/" not in newest
    assert f"/released/{first}/" in oldest


def test_what_was_typed_comes_back_with_what_is_wrong(feeding: Feeding, sam: Client) -> None:
    rows = feeding.told([1] * 12)
    number = rows[0].pk
    answer = sam.post(PLACE, {"do": "fit", "experience": number, f"words-{number}": "I made it up"})
    assert answer.status_code == 422
    assert "I made it up" in answer.content.decode()
    digest = feeding.release()
    place = f"/experiences/feedback/released/{digest.pk}/"
    answer = sam.post(place, {"came_on": "soon", "words": "Thank you all"})
    assert answer.status_code == 422
    assert "Thank you all" in answer.content.decode()
    assert sam.post("/experiences/feedback/", {"every": "day"}).status_code == 422


def test_days_that_are_no_cycle_and_other_people_s_digests_are_not_there(
    feeding: Feeding, sam: Client
) -> None:
    feeding.told([1] * 12)
    place = f"/experiences/feedback/released/{feeding.release().pk}/"
    for days in ("2026-01-02/2026-03-31", "today/tomorrow", "9999-12-01/9999-12-31"):
        assert sam.get(f"/experiences/feedback/ely-trust/{days}/").status_code == 404
    other = Client()
    other.force_login(feeding.town.olwen)
    assert other.get(place).status_code == 404
    assert other.get(f"{place}digest.pdf").status_code == 404
