"""The list of experiences and the page of one: what they show, to whom, and at what cost."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client

from candour.cases.actions import Recorded, link_experiences
from candour.database.row_security import acting_for
from tests.support.casework import Town, london, make_town, open_at
from tests.support.told import tell, tell_many

pytestmark = pytest.mark.django_db

AtMost = Callable[[int], AbstractContextManager[object]]
MOST_QUERIES = 10
# A test stands within a transaction: a savepoint and its release, the scope that held before, and
# setting it there and back. In a transaction of its own the scope goes with the first statement.
SAVEPOINT = 5


@pytest.fixture
def town() -> Town:
    return make_town()


@pytest.fixture
def client(town: Town) -> Client:
    client = Client()
    client.force_login(town.mari)
    return client


def _text(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def test_the_list_shows_what_was_said_where_and_how_it_felt(client: Client, town: Town) -> None:
    tell(town.council, ["The <b>food</b> was cold"], sentiment=5)
    page = client.get("/experiences/").content.decode()
    assert "The &lt;b&gt;food&lt;/b&gt; was cold" in page
    assert "Very negative</span>" in page
    assert "Plas Derwen, Derwen Care · Care plans" in page


def test_welsh_is_marked_up_as_welsh(client: Client, town: Town) -> None:
    tell(town.council, ["Roedd y bwyd yn oer"], language="cy")
    tell(town.council, ["Hard to say"], language="unknown")
    page = client.get("/experiences/").content.decode()
    assert re.search(r'<p [^>]*lang="cy">Roedd y bwyd yn oer', page)
    assert re.search(r'<p class="[^"]*">Hard to say', page)


def test_a_search_shows_what_matched_without_the_accent(client: Client, town: Town) -> None:
    tell(town.council, ["Roedd y tŷ yn oer", "The house was warm"])
    page = client.get("/experiences/", {"q": "ty"}).content.decode()
    assert "<mark>tŷ</mark>" in page
    assert "The house was warm" not in page


def test_filters_say_how_many_they_would_leave(client: Client, town: Town) -> None:
    tell(town.council, ["one", "two"], themes=["Parking"], service_name="Ward 1")
    tell(town.council, ["three"], themes=["Discharge"], service_name="Ward 2")
    text = _text(client, "/experiences/?theme=Parking")
    assert "2 experiences" in text
    assert "Parking (2)" in text
    assert "Discharge (1)" in text
    assert "Ward 2" in _text(client, "/experiences/?theme=Parking&service=Ward+2")


def test_the_list_can_be_narrowed_to_what_is_in_a_case(client: Client, town: Town) -> None:
    linked, _loose = tell(town.council, ["linked words", "loose words"])
    case = open_at(town, "2026-03-09T09:00")
    _link(town, case.pk, linked.pk)
    inside = _text(client, "/experiences/?linked=yes")
    assert "linked words" in inside
    assert "loose words" not in inside
    assert case.ref in inside
    assert "loose words" in _text(client, "/experiences/?linked=no")


def test_paging_keeps_the_search_and_the_selection(client: Client, town: Town) -> None:
    told = tell(town.council, [f"cold food {number}" for number in range(30)])
    first = client.get("/experiences/", {"q": "cold"}).content.decode()
    older = re.search(r'name="page" value="(older[^"]+)"', first)
    assert older
    newest = told[-1].pk
    sent = {"q": "cold", "experience": str(newest), "service": "", "page": older[1]}
    answer = client.get("/experiences/", sent)
    assert answer.status_code == 302
    assert answer["Location"] == f"/experiences/?q=cold&page={older[1]}&chosen={newest}"
    second = client.get(answer["Location"]).content.decode()
    assert f'name="chosen" value="{newest}"' in second
    assert "1 selected" in second
    assert "(1 of them not on this page)" in second
    assert "cold food 0<" not in first
    assert "food 0</p>" in second.replace("<mark>cold</mark> ", "")


def test_a_box_unticked_is_no_longer_selected(client: Client, town: Town) -> None:
    [told] = tell(town.council, ["cold"])
    page = client.get("/experiences/", {"chosen": told.pk}).content.decode()
    assert f'value="{told.pk}" data-app-selects checked' in page
    assert 'name="chosen"' not in page  # what stands on the page travels as its box alone


def test_more_than_can_be_selected_is_told(client: Client, town: Town) -> None:
    told = tell(town.council, ["cold"] * 3)
    ticks = [each.pk for each in told] + list(range(10_000, 10_200))
    assert (
        "You can select 200 experiences at most"
        in client.get("/experiences/", {"experience": ticks}, follow=True).content.decode()
    )


def test_a_day_that_is_none_is_told_and_nothing_else_is_lost(client: Client, town: Town) -> None:
    tell(town.council, ["cold"])
    text = _text(client, "/experiences/?q=cold&since-day=31&since-month=2&since-year=2026")
    assert "Received from must be a real day" in text
    assert "1 experience" in text


@pytest.mark.parametrize("token", ["nonsense", "older.2026-01-01.0", "older.0001-01-01.1"])
def test_a_page_that_is_not_there_leads_to_the_first(
    client: Client, town: Town, token: str
) -> None:
    tell(town.council, ["cold"])
    assert "cold" in _text(client, f"/experiences/?q=cold&page={token}")


def test_taking_a_filter_away_keeps_what_is_ticked(client: Client, town: Town) -> None:
    [told] = tell(town.council, ["cold"])
    answer = client.get("/experiences/", {"q": "cold", "experience": str(told.pk), "drop": "q"})
    assert answer["Location"] == f"/experiences/?chosen={told.pk}"


def test_empty_lists_teach(client: Client, town: Town) -> None:
    nothing = _text(client, "/experiences/")
    assert "candour import experiences FILE.csv --mapping nhs-fft --body cardiff" in nothing
    tell(town.council, ["cold"])
    assert "Clear the search and all filters" in _text(client, "/experiences/?q=zebra")
    client.force_login(town.dilys)
    assert "You hold no post today" in _text(client, "/experiences/")


def test_the_page_of_one_shows_every_word_and_where_it_came_from(
    client: Client, town: Town
) -> None:
    [told] = tell(town.council, ["cold " * 200 + "and never warm"], identifiable=True)
    case = open_at(town, "2026-03-09T09:00")
    _link(town, case.pk, told.pk)
    text = _text(client, f"/experiences/{told.pk}/?q=warm")
    assert "and never warm" in text
    for fact in ("winter.csv", told.source_ref, "Mon 2 Mar 2026", "naming or describing", case.ref):
        assert fact in text
    assert (
        'href="/experiences/?q=warm"'
        in client.get(f"/experiences/{told.pk}/?q=warm").content.decode()
    )


def test_another_body_reaches_nothing_of_it(client: Client, town: Town) -> None:
    [ours] = tell(town.council, ["our secret words"])
    [theirs] = tell(town.elsewhere, ["their secret words"])
    for address in ("/experiences/", "/experiences/?q=secret", f"/experiences/?chosen={theirs.pk}"):
        text = _text(client, address)
        assert "our secret words" in text
        assert "their secret words" not in text
        assert "1 selected" not in text
    assert client.get(f"/experiences/{theirs.pk}/").status_code == 404
    assert client.get(f"/experiences/{ours.pk}/").status_code == 200
    assert client.get(f"/experiences/{10**17}/").status_code == 404
    assert client.get(f"/experiences/{10**30}/").status_code == 404


def test_nobody_reads_without_signing_in(town: Town) -> None:
    [told] = tell(town.council, ["cold"])
    for address in ("/experiences/", f"/experiences/{told.pk}/", "/experiences/raise/"):
        answer = Client().get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in/")


def test_a_page_costs_few_queries_however_full(
    client: Client, town: Town, django_assert_max_num_queries: AtMost
) -> None:
    tell_many(town.council, 60)
    [told] = tell(town.council, ["The night staff were kind"])
    case = open_at(town, "2026-03-09T09:00")
    _link(town, case.pk, told.pk)
    for address in (
        "/experiences/",
        f"/experiences/?q=night&theme=Parking&linked=no&chosen={told.pk}",
        f"/experiences/{told.pk}/?q=night",
        f"/experiences/raise/?chosen={told.pk}",
        f"/experiences/add-to-case/?chosen={told.pk}",
    ):
        with django_assert_max_num_queries(MOST_QUERIES + SAVEPOINT):
            assert client.get(address).status_code == 200


def _link(town: Town, case_id: int, number: int) -> None:
    with acting_for([town.council.pk]):
        answer = link_experiences(
            case_id=case_id,
            actor=town.actor(town.mari, "lead_officer"),
            experiences=[number],
            draft_id=str(uuid4()),
            as_of=london("2026-03-09T10:00"),
        )
        assert isinstance(answer, Recorded), answer
