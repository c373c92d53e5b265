"""The page of the search, the box on every page, and filters that people keep."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from candour.attachments.configuration import storage_settings
from candour.attachments.reading import read_document
from candour.bodies.models import Service
from candour.cases.models import Case
from candour.database.row_security import acting_for
from candour.finding import filters, searching
from candour.finding.models import KeptFilter
from candour.people.models import User
from tests.support.casework import Town, add, hold_ppm, open_at, to_ppm
from tests.support.documents import filed
from tests.support.files import pdf_saying
from tests.support.letters import provider_contacts, sent
from tests.web.pages import read

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
NOT_OF_THE_PAGE = ("SAVEPOINT", "RELEASE", "SELECT current_setting(", "SELECT set_config(")


@pytest.fixture
def case(town: Town, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-31T15:00")
    case = open_at(town, "2026-03-09T09:00")
    to_ppm(town, case)
    hold_ppm(town, case)
    return case


# -- the search ---------------------------------------------------------------------------------


def test_everything_is_found_in_its_group(town: Town, case: Case, signed_in: Browser) -> None:
    provider_contacts(town)
    sent(town, case)
    page = read(signed_in(town.mari).get("/search/?q=derwen"))
    for words in ("Cases (1)", "Documents (1)", "Services (1)", "People (2)"):
        assert words in page, words
    assert "Falls at night and too few staff" in page
    assert "Gwenllian Huws" in page
    assert "ri@derwen.example" in page


def test_what_was_found_is_marked_and_leads_to_its_entry(
    town: Town, case: Case, signed_in: Browser
) -> None:
    page = signed_in(town.mari).get("/search/?q=one+member").content.decode()
    assert "<mark>one</mark> <mark>member</mark> of staff at night" in page
    assert f"/cases/{case.ref}/?show=all#entry-" in page


def test_a_page_that_looked_back_so_far_alone_says_so_and_leads_to_the_rest(
    case: Case, signed_in: Browser, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "NEWEST", 1)
    monkeypatch.setattr(searching, "WITHIN", 0)
    evidence = {"evidence": "professional_email", "what_it_shows": "Calm.", "from_whom": "A nurse"}
    add(town, case, "evidence_added", "2026-03-31T09:00", evidence)
    client = signed_in(town.mari)
    lately = client.get("/search/?q=%22zebra+crossing%22").content.decode()
    assert "What happened before" in lately
    assert "?q=%22zebra+crossing%22&amp;far=1" in lately
    of_all = client.get("/search/?q=%22zebra+crossing%22&far=1").content.decode()
    assert "What happened before" not in of_all


def test_a_filed_document_is_found_by_its_words_under_its_title(
    town: Town, case: Case, signed_in: Browser, tmp_path: Path, settings: Settings
) -> None:
    settings.STORAGES = {**settings.STORAGES, "documents": storage_settings("", tmp_path)}
    content = pdf_saying("Nobody saw", "the xylophone")
    document = filed(town, case, content, title="Night rota").document
    read_document(document.pk, case.body_id, document.kept_at)
    page = signed_in(town.mari).get("/search/?q=xylophone").content.decode()
    assert ">Night rota<" in page
    assert "Nobody saw the <mark>xylophone</mark>" in page
    assert f"/cases/{case.ref}/?show=all#entry-{document.pk}" in page


def test_the_number_of_a_case_leads_straight_to_it(
    town: Town, case: Case, signed_in: Browser
) -> None:
    typed = case.ref.lower()
    assert signed_in(town.mari).get(f"/search/?q=+{typed}+")["Location"] == f"/cases/{case.ref}/"
    elsewhere = signed_in(town.olwen).get(f"/search/?q={typed}")
    assert elsewhere.status_code == 200
    assert "Nothing found" in read(elsewhere)


def test_one_group_is_shown_a_page_at_a_time(
    town: Town, case: Case, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in range(2):
        ward = Service.objects.create(name=f"Ward {place}", provider=town.hospital.provider)
        open_at(town, f"2026-03-1{place}T09:00", {"title": f"Falls {place}"}, service=ward)
    monkeypatch.setattr("candour.web.views.finding.PAGE", 2)
    browser = signed_in(town.mari)
    first, second = (read(browser.get(f"/search/?q=falls&in=cases&page={n}")) for n in (1, 2))
    assert "Cases (3)" in first
    assert ("Falls 1" in first, "Falls 1" in second) == (True, False)
    assert case.ref in first, "something happened in it later"
    assert "Falls 0" in second
    assert "Services (" not in first, "not looked through"


@pytest.mark.parametrize(
    "query",
    [
        "?q=%00", "?q=falls&in=nonsense", "?q=falls&page=-1", "?q=falls&page=999999",
        "?q=falls&state=x", "?q=falls&since-day=31&since-month=2&since-year=2026",
        "?q=falls&until-day=1&until-month=1&until-year=9999", "?q=%ed%a0%80", "?q=" + "x" * 5000,
        "?q=falls&since-day=1&since-month=1&since-year=0001", "?q=%5c%27%22%3a*%26%7c!()",
    ],
)  # fmt: skip
def test_whatever_an_address_says_is_answered(
    town: Town, case: Case, signed_in: Browser, query: str
) -> None:
    assert signed_in(town.mari).get(f"/search/{query}").status_code == 200


def test_a_day_that_cannot_be_is_said(town: Town, case: Case, signed_in: Browser) -> None:
    page = read(signed_in(town.mari).get("/search/?q=a&since-day=31&since-month=2&since-year=2026"))
    assert "Happened from must be" in page


def test_who_holds_no_post_finds_nothing_and_hears_why(
    town: Town, case: Case, signed_in: Browser
) -> None:
    page = read(signed_in(town.dilys).get("/search/?q=falls"))
    assert "You hold no post today" in page
    assert case.ref not in page


def test_a_search_asks_as_much_of_the_database_however_much_it_finds(
    town: Town, case: Case, signed_in: Browser
) -> None:
    provider_contacts(town)
    sent(town, case)
    browser = signed_in(town.mari)
    numbers, provider = [], town.service.provider
    for more in range(2):
        for place in range(6 * more):
            ward = Service.objects.create(name=f"Plas Derwen {place}", provider=provider)
            open_at(town, "2026-03-11T09:00", {"title": f"Derwen {place}"}, service=ward)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get("/search/?q=derwen").status_code == 200
        numbers.append(len([each for each in asked if not each["sql"].startswith(NOT_OF_THE_PAGE)]))
    assert numbers[0] == numbers[1] <= 10


def test_every_page_has_the_box_and_asks_no_more_for_it(
    town: Town, case: Case, signed_in: Browser
) -> None:
    browser = signed_in(town.mari)
    for address in ("/worklist/", "/cases/", f"/cases/{case.ref}/", "/experiences/"):
        assert 'action="/search/"' in browser.get(address).content.decode(), address
    assert 'action="/search/"' not in Client().get("/sign-in/").content.decode()


# -- filters that are kept ----------------------------------------------------------------------


def kept_by(town: Town, user: User) -> list[tuple[str, str, str]]:
    with acting_for([town.council.pk], person=user.pk):
        return list(KeptFilter.objects.values_list("page", "name", "query"))


def test_a_filter_is_kept_found_again_and_let_go(
    town: Town, case: Case, signed_in: Browser
) -> None:
    browser = signed_in(town.mari)
    assert "Keep this filter" not in read(browser.get("/cases/")), "nothing to keep"
    assert "Keep this filter" in read(browser.get("/cases/?state=all&q=falls"))
    form = {"page": "cases", "query": "state=all&q=falls&after=9", "name": " Falls,   ever "}
    answer = browser.post("/filters/keep/", form)
    assert answer["Location"] == "/cases/?q=falls&state=all"
    page = read(browser.get(answer["Location"]))
    assert "“Falls, ever” is kept on this list." in page
    assert "Keep this filter" not in page
    assert kept_by(town, town.mari) == [("cases", "Falls, ever", "q=falls&state=all")]
    with acting_for([town.council.pk], person=town.mari.pk):
        number = KeptFilter.objects.get().pk
    assert browser.post(f"/filters/{number}/let-go/")["Location"] == "/cases/"
    assert kept_by(town, town.mari) == []


def test_a_kept_filter_is_its_person_s_alone(town: Town, case: Case, signed_in: Browser) -> None:
    form = {"page": "cases", "query": "q=falls", "name": "Mine"}
    signed_in(town.mari).post("/filters/keep/", form)
    with acting_for([town.council.pk], person=town.mari.pk):
        number = KeptFilter.objects.get().pk
    other = signed_in(town.ieuan)
    assert "Mine" not in read(other.get("/cases/"))
    other.post(f"/filters/{number}/let-go/")
    assert len(kept_by(town, town.mari)) == 1
    assert kept_by(town, town.ieuan) == []


@pytest.mark.parametrize(
    ("form", "leads_to"),
    [
        ({"page": "account_logout", "query": "q=x", "name": "x"}, "/worklist/?q=x"),
        ({"page": "cases", "query": "", "name": "x"}, "/cases/"),
        ({"page": "cases", "query": "q=x", "name": "  "}, "/cases/?q=x"),
        ({}, "/worklist/"),
    ],
)
def test_what_cannot_be_kept_is_not(
    town: Town, case: Case, signed_in: Browser, form: dict[str, str], leads_to: str
) -> None:
    browser = signed_in(town.mari)
    assert browser.post("/filters/keep/", form)["Location"] == leads_to
    assert kept_by(town, town.mari) == []
    assert browser.get("/filters/keep/")["Location"] == "/worklist/"


def test_there_is_room_for_so_many(
    town: Town, case: Case, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filters, "MOST_KEPT", 1)
    browser = signed_in(town.mari)
    for name in ("One", "One", "Two"):
        browser.post("/filters/keep/", {"page": "cases", "query": f"q={name}", "name": name})
    assert kept_by(town, town.mari) == [("cases", "One", "q=One")]
    assert "Let go of one first" in read(browser.get("/cases/"))
