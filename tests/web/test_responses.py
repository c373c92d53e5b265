"""The pages of responses: one case’s, the register of all, and its file."""

import csv
import io
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from candour.cases.models import Case
from candour.people.models import User
from candour.web.spreadsheets import MARK, csv_lines, safe_cell
from tests.support.answering import open_with, put, say
from tests.support.casework import Town, london
from tests.support.outside import Outside
from tests.web.pages import read

Browser = Callable[[User], Client]


@pytest.fixture
def case(town: Town, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setenv("CANDOUR_NOW", "2026-01-22T09:00")
    case = open_with(town)
    first = put(town, case, "Ely Hospitals Trust")
    board = put(town, case, "Ely Board", first, when="2025-12-08T11:00")
    say(town, case, "acknowledgement_received", "2025-12-12T09:00", {"responsible": True}, board)
    return case


def test_a_case_says_of_each_recipient_how_it_stands_and_why(
    town: Town, case: Case, signed_in: Browser
) -> None:
    said = read(signed_in(town.sam).get(f"/cases/{case.ref}/responses/"))
    assert "Put to Ely Hospitals Trust, Ely Board" in said
    assert "Late: was due Wed 21 Jan 2026" in said
    assert "Fri 12 Dec 2025" in said
    assert said.count("Wed 21 Jan 2026 (1 day late)") == 3
    assert "because it went to more than one body with a duty to answer" in said
    assert "Ely Board: received Mon 8 Dec 2025, answer due Wed 21 Jan 2026" in said


def test_whoever_is_waited_for_can_be_asked_by_link_and_whoever_was_asked_is_named(
    town: Town, case: Case, signed_in: Browser
) -> None:
    made = Outside(case, town.healthwatch, town.sam, "lead_officer")
    trust, board = (entry.id for entry in made.standing().by_kind["recommendation_issued"])
    place, browser = f"/cases/{case.ref}/portal/invite/?about=", signed_in(town.sam)
    page = browser.get(f"/cases/{case.ref}/responses/").content.decode()
    assert f'href="{place}{trust}"' in page
    assert f'href="{place}{board}"' in page
    form = browser.get(f"{place}{trust}").content.decode()
    assert f'value="{trust}" checked' in form

    until = {"as_of": london("2026-01-22T09:00"), "until": date(2026, 2, 20), "sort": "health"}
    number = made.invited(trust, **until)
    said = read(browser.get(f"/cases/{case.ref}/responses/"))
    assert "Not opened yet; may answer until Fri 20 Feb 2026" in said
    made.revokes(number, "Somebody else answers", as_of=london("2026-01-22T09:00"))
    assert "Asked by link" not in read(browser.get(f"/cases/{case.ref}/responses/"))

    answer = {"from_whom": "Ely Hospitals Trust", "tier": "organisation", "response": "We will."}
    say(town, case, "response_received", "2026-01-22T08:00", answer, trust)
    page = browser.get(f"/cases/{case.ref}/responses/").content.decode()
    assert f"{place}{trust}" not in page
    assert f"{place}{board}" in page


def test_a_case_of_another_body_is_not_there(town: Town, case: Case, signed_in: Browser) -> None:
    assert signed_in(town.olwen).get(f"/cases/{case.ref}/responses/").status_code == 404


def test_a_case_in_which_nothing_was_put_says_so(
    town: Town, monkeypatch: pytest.MonkeyPatch, signed_in: Browser
) -> None:
    monkeypatch.setenv("CANDOUR_NOW", "2025-12-02T09:00")
    empty = open_with(town)
    said = read(signed_in(town.sam).get(f"/cases/{empty.ref}/responses/"))
    assert "Nothing has been put to anybody" in said


def test_the_register_names_who_is_late(town: Town, case: Case, signed_in: Browser) -> None:
    browser = signed_in(town.sam)
    said = read(browser.get("/responses/?which=late"))
    assert "2 Late" in said
    assert "Ely Hospitals Trust" in said
    assert (
        "Ely Board"
        not in read(browser.get("/responses/?from=Ely+Hospitals+Trust")).split("How it stands")[1]
    )
    assert "No recipient is in this list" in read(browser.get("/responses/?which=late&from=No+one"))


def test_an_address_that_no_page_gave_out_leads_to_the_first(
    town: Town, case: Case, signed_in: Browser
) -> None:
    answer = signed_in(town.sam).get("/responses/?after=nonsense&which=nonsense")
    assert answer["Location"] == "/responses/"


def test_others_find_an_empty_register(town: Town, case: Case, signed_in: Browser) -> None:
    assert "Nobody is waited for" in read(signed_in(town.olwen).get("/responses/"))
    assert "You hold no post yet" in read(signed_in(town.dilys).get("/responses/"))


def test_the_file_has_the_same_lines_and_no_formula(
    town: Town, case: Case, signed_in: Browser
) -> None:
    put(town, case, '=HYPERLINK("http://x","Ely")', when="2025-12-08T12:00")
    answer = signed_in(town.sam).get("/responses.csv?which=all", follow=True)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="responses-2026-01-22.csv"' in answer["Content-Disposition"]
    text = answer.content.decode()
    assert text.startswith(MARK)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix(MARK))))
    assert len(rows) == 3
    assert rows[0]["Recipient"].startswith("'=HYPERLINK")
    assert {row["Answer due"] for row in rows} == {"2026-01-07", "2026-01-21"}


@pytest.mark.parametrize(
    "value",
    ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "＝1", "\r=1", "\n=1", "\u00a0=1", "\u3000=1"],
)
def test_what_begins_like_a_formula_is_marked_as_text(value: str) -> None:
    assert safe_cell(value) == f"'{value}"


def test_plain_text_and_nothing_stay_as_they_are() -> None:
    assert [safe_cell(value) for value in ("A = b", None, 3)] == ["A = b", "", "3"]
    assert list(csv_lines([["a;=1"]]))[1] == '"a;=1"\r\n', "nor where cells end at semicolons"
