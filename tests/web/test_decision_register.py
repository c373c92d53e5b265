"""Decisions of all cases with their reasons; the report of a case with the answers in it."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from candour.cases.models import CaseDecision
from candour.cases.queries.decisions import Decided, decisions_page
from candour.people.models import User
from tests.support.casework import Town, london
from tests.support.signatures import Derbyshire, in_derbyshire, tell
from tests.web.pages import read

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
MOST_QUERIES = 10
DECISION = {
    "decision": "report_or_recommendation",
    "consulted_roles": ["chair"],
    "reason": "=Two answers avoided the question of night staff.",
}
ASKED = {
    "to": "Ely Hospitals Trust",
    "tier": "provider",
    "about": ["safety"],
    "response_basis": "statutory",
    "recipient_kind": "nhs_trust",
    "received_on": "2026-03-30",
    "what_is_asked": "Two nurses on every night.",
}


@pytest.fixture
def made(town: Town, monkeypatch: pytest.MonkeyPatch) -> Derbyshire:
    monkeypatch.setenv("CANDOUR_NOW", "2026-04-30T11:00")
    cache.clear()
    return in_derbyshire(town)


def asked_of_tables(queries: CaptureQueriesContext) -> int:
    """Return how many queries a page made, without what only a test’s outer transaction adds."""
    added = ("SAVEPOINT", "RELEASE", "SELECT current_setting", "SELECT set_config")
    return sum(1 for query in queries if not query["sql"].startswith(added))


def decided(made: Derbyshire, when: str = "2026-03-30T10:00", **more: Any) -> str:
    data = {**DECISION, **more}
    return tell(made, "decision_made", when, data, role="chief_executive").entry.id


def put(made: Derbyshire, when: str = "2026-03-30T11:00", **more: Any) -> str:
    return tell(made, "recommendation_issued", when, {**ASKED, **more}).entry.id


def published(browser: Client, made: Derbyshire, *subjects: str) -> None:
    sent = {"press": "publish", "line": subjects, "nobody": "yes"}
    assert browser.post(f"/cases/{made.case.ref}/publishing/", sent).status_code == 302


def test_every_decision_stands_there_until_it_is_published(
    made: Derbyshire, signed_in: Browser
) -> None:
    sam = signed_in(made.town.sam)
    decision = decided(made)
    told = read(sam.get("/decisions/"))
    assert "=Two answers avoided the question" in told
    assert "Chief executive" in told
    assert "Consulted: Chair" in told
    assert made.case.ref in told
    late = read(sam.get("/decisions/?which=late"))
    waiting = read(sam.get("/decisions/?which=waiting"))
    published(sam, made, decision)
    after = read(sam.get("/decisions/"))
    assert "public since Thu 30 Apr 2026" in after
    if "night staff" in waiting:  # the procedure sets a time for publishing
        assert "night staff" in late
        assert "night staff" not in read(sam.get("/decisions/?which=waiting"))


def test_the_register_is_the_body_s_own(made: Derbyshire, signed_in: Browser) -> None:
    decided(made)
    for other in (made.town.mari, made.town.olwen, made.town.dilys):
        told = read(signed_in(other).get("/decisions/"))
        assert "night staff" not in told
        assert made.case.ref not in told


def test_it_is_had_as_a_file_without_formulas(made: Derbyshire, signed_in: Browser) -> None:
    decided(made)
    answer = signed_in(made.town.sam).get("/decisions/?file=csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0]["Reason"].startswith("'=Two answers")
    assert rows[0]["Decided on"] == "2026-03-30"


def test_pages_follow_one_another_and_cost_no_more_queries(
    made: Derbyshire, signed_in: Browser
) -> None:
    for number in range(12):
        decided(made, f"2026-03-30T10:{number:02}", reason=f"Reason {number}.")
    sam = signed_in(made.town.sam)
    with CaptureQueriesContext(connection) as queries:
        sam.get("/decisions/")
    assert asked_of_tables(queries) <= MOST_QUERIES
    found, after = [], ""
    with made.at_work():
        assert CaseDecision.objects.count() == 12
        for _ in range(4):
            items, after = decisions_page(
                bodies=[made.case.body_id],
                which=Decided.ALL,
                as_of=london("2026-04-30T11:00"),
                after=after,
                size=3,
            )
            found += [item.reason for item in items]
    assert found == [f"Reason {number}." for number in reversed(range(12))]
    assert after == ""
    assert sam.get("/decisions/?after=nonsense")["Location"] == "/decisions/"


def test_a_report_holds_each_answer_and_says_who_is_waited_for(
    made: Derbyshire, signed_in: Browser
) -> None:
    sam, place = signed_in(made.town.sam), f"/cases/{made.case.ref}/report/"
    assert "Nothing has been recommended yet" in read(sam.get(place))
    assert sam.get(f"{place}report.pdf")["Location"] == place
    tell(made, "step_entered", "2026-03-30T09:30", {"move": "to_report", "step": "report"})
    decided(made)
    first = put(made)
    put(made, "2026-03-30T11:30", to="Fen Home", response_basis="voluntary")
    answer = {"from_whom": "Ely Hospitals Trust", "response": "A second nurse from May."}
    tell(made, "response_received", "2026-04-10T10:00", answer, refers_to=(first,))
    with CaptureQueriesContext(connection) as queries:
        told = read(sam.get(place))
    assert asked_of_tables(queries) <= MOST_QUERIES
    assert "1 of 2 recipients have answered." in told
    assert "Fen Home has not answered" in told
    assert "A second nurse from May." in told
    assert "2 recommendations are not in the public register yet" in told
    file = sam.get(f"{place}report.pdf")
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(file.content)).pages)
    assert "A second nurse from May." in " ".join(text.split())
    published(sam, made, first)
    assert "1 recommendation is not in the public register yet" in read(sam.get(place))


def test_what_may_not_be_published_is_left_out_of_the_report(
    made: Derbyshire, signed_in: Browser
) -> None:
    sam, place = signed_in(made.town.sam), f"/cases/{made.case.ref}/report/"
    told = {"purpose": "provider", "with_whom": "Blodwen Tudor"}
    tell(made, "contact_made", "2026-03-30T09:00", told)
    tell(made, "step_entered", "2026-03-30T09:30", {"move": "to_report", "step": "report"})
    decided(made)
    put(made, what_is_asked="Do as Blodwen Tudor asked.")
    put(made, "2026-03-30T11:30", to="Fen Home")
    page = read(sam.get(place))
    assert "under which somebody who spoke to us is in the record" in page
    assert "Do as Blodwen" not in page
    file = sam.get(f"{place}report.pdf").content
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(file)).pages)
    assert "Blodwen" not in text
    assert "Fen Home" in text


def test_the_register_of_responses_says_what_was_said_and_what_is_public(
    made: Derbyshire, signed_in: Browser
) -> None:
    sam = signed_in(made.town.sam)
    tell(made, "step_entered", "2026-03-30T09:30", {"move": "to_report", "step": "report"})
    decided(made)
    first = put(made)
    put(made, "2026-03-30T11:30", to="Fen Home", response_basis="voluntary")
    answer = {"from_whom": "The trust", "intends": "part", "response": "A second nurse from May."}
    tell(made, "response_received", "2026-04-10T10:00", answer, refers_to=(first,))
    published(sam, made, first)
    sam.get("/")  # says what was done before
    with CaptureQueriesContext(connection) as queries:
        told = read(sam.get("/responses/?which=all"))
    assert asked_of_tables(queries) <= MOST_QUERIES
    assert "To do some of it A second nurse from May." in told
    assert "public since Thu 30 Apr 2026" in told
    voluntary = read(sam.get("/responses/?which=all&basis=voluntary")).split("How it stands")[1]
    assert "Fen Home" in voluntary
    assert "Ely Hospitals" not in voluntary
    rows = sam.get("/responses/?which=all&file=csv").content.decode("utf-8-sig")
    found = {row["Recipient"]: row for row in csv.DictReader(io.StringIO(rows))}
    assert found["Ely Hospitals Trust"]["What it said"] == "A second nurse from May."
    assert found["Ely Hospitals Trust"]["Public since"] == "2026-04-30"
    assert found["Fen Home"]["Public since"] == ""
