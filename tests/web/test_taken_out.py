"""Who took which lists out as files, for whoever heads a body."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from candour.database.row_security import acting_for
from candour.finding.models import Format
from candour.finding.taking import Taking, taken
from candour.people.models import Post, User
from candour.site import clock
from candour.web.spreadsheets import MARK
from tests.support.casework import Town, open_at
from tests.web.pages import main_of, read

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
PAGE = "/search/taken-out/"


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-31T15:00")


def some(town: Town, user: User, number: int, name: str = "cases") -> None:
    with acting_for([town.council.pk]):
        for n in range(number):
            taking = Taking(name, f"/cases/?q=home{n}&file=csv", Format.CSV, n)
            taken(taking, person=user, bodies=[town.council], as_of=clock.now())


def test_the_head_sees_who_took_what_and_how_much(town: Town, signed_in: Browser) -> None:
    open_at(town, "2026-03-09T09:00")
    signed_in(town.mari).get("/cases/?q=night&file=csv")
    browser = signed_in(town.ieuan)  # the chair
    assert f'href="{PAGE}"' in browser.get("/search/").content.decode()
    page = browser.get(PAGE)
    words = read(page)
    for said in ("Tue 31 Mar 2026, 3pm", "Mari Ellis", "Cases", "1 row", "CSV"):
        assert said in words
    assert 'href="/cases/?q=night"' in main_of(page)  # the list itself, to look at


def test_nobody_else_sees_it_and_no_head_sees_another_body_s(
    town: Town, signed_in: Browser
) -> None:
    some(town, town.mari, 1)
    assert signed_in(town.mari).get(PAGE).status_code == 404  # an officer of the same body
    assert PAGE not in signed_in(town.mari).get("/search/").content.decode()
    Post.objects.create(user=town.olwen, body=town.elsewhere, role="head_of_service")
    words = read(signed_in(town.olwen).get(PAGE))
    assert "Nothing here" in words
    assert "Mari Ellis" not in words


def test_it_is_narrowed_by_name_table_and_days(town: Town, signed_in: Browser) -> None:
    some(town, town.mari, 1)
    some(town, town.sam, 1, "plans")
    browser = signed_in(town.ieuan)
    for query, there, gone in (
        ("q=mari", "Mari Ellis", "Sam Okafor"),
        ("q=plans", "Sam Okafor", "Mari Ellis"),
        ("since=2026-03-31&until=2026-03-31", "Mari Ellis", "Nothing here"),
        ("since=2026-04-01", "Nothing here", "Mari Ellis"),
        ("until=2026-03-30", "Nothing here", "Mari Ellis"),
        ("since=nonsense&until=0001-01-01&after=x", "Mari Ellis", "Nothing here"),
    ):
        words = read(browser.get(f"{PAGE}?{query}"))
        assert there in words, query
        assert gone not in words, query


def test_many_come_in_pages_without_gap_or_repeat_and_few_queries(
    town: Town, signed_in: Browser, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    some(town, town.mari, 120)
    browser, address, seen = signed_in(town.ieuan), PAGE, []
    while address:
        with django_assert_max_num_queries(10):
            page = browser.get(address)
        markup = main_of(page)
        seen += [n for n in range(120) if f"?q=home{n}<" in markup]
        before, found, _rest = markup.partition('" rel="next"')
        address = before.rsplit('href="', 1)[1].replace("&amp;", "&") if found else ""
    assert sorted(seen) == list(range(120))


def test_the_list_leaves_as_a_file_which_is_written_down_too(
    town: Town, signed_in: Browser
) -> None:
    some(town, town.mari, 2)
    browser = signed_in(town.ieuan)
    file = browser.get(f"{PAGE}?file=csv").content.decode().removeprefix(MARK)
    assert file.count("Mari Ellis") == 2
    words = read(browser.get(PAGE))
    assert "Ieuan Rees" in words
    assert "Taken out" in words
