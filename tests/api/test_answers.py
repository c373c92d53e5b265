"""What the API answers: the same as the screens, for the token’s body and no other."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from candour.bodies.models import Service
from candour.cases.models import Case
from tests.api.asking import ask, token_of, told
from tests.support.answering import open_with, put, say
from tests.support.casework import Town, open_at

pytestmark = pytest.mark.django_db
MOST_QUERIES = 10


def test_may_we_place_there(town: Town, case: Case) -> None:
    token, service = token_of(town.mari), town.service.pk

    def answer(**more: Any) -> str:
        found = told(token, "restrictions/may-place", service=service, **more)
        assert found["service"] == service
        return str(found["answer"])

    assert answer() == "ask"
    assert answer(unit="dementia  UNIT") == "no"
    assert answer(unit="Garden") == "yes"
    assert answer(unit="Dementia unit", on="2026-03-30") == "yes"
    assert answer(unit="Dementia unit", on="2026-03-31") == "no"
    assert answer(unit="Dementia unit", on="2027-02-28") == "no"
    said = told(token, "restrictions/may-place", service=service)["reasons"][0]
    assert said["hangs_on"] == ["unit"]
    assert said["restriction"]["units"] == ["Dementia unit"]
    assert said["restriction"]["title"]["cy"]
    free = told(token, "restrictions/may-place", service=town.hospital.pk)
    assert (free["answer"], free["reasons"]) == ("yes", [])


def test_a_word_that_nobody_knows_is_refused_and_never_a_yes(town: Town, case: Case) -> None:
    token, service = token_of(town.mari), town.service.pk
    for side in ("care_type", "funder", "complexity"):
        wrong = ask(token, "restrictions/may-place", service=service, **{side: "nursng"})
        assert wrong.status_code == 422, side
        assert "The cases about this service know:" in wrong.json()["detail"]
    assert ask(token, "restrictions/may-place", service=0).status_code == 422
    assert ask(token, "restrictions/may-place", service=987654).status_code == 404
    late = ask(token, "restrictions/may-place", service=service, on="2026-02-29")
    assert late.json()["errors"][0]["where"] == "query.on"


def test_what_the_cases_of_the_body_hold(town: Town, case: Case) -> None:
    token = token_of(town.mari)
    (one,) = told(token, "cases")["cases"]
    assert (one["ref"], one["step"], one["led_by"]) == (case.ref, "ppm", "cardiff")
    full = told(token, f"cases/{case.ref}")
    assert full["step_title"]["en"]
    assert [each["units"] for each in full["restrictions"]] == [["Dementia unit"]]
    due = told(token, "duties", size=100)["duties"]
    assert {each["duty"] for each in full["due"]} == {each["duty"] for each in due}
    late = told(token, "duties", group="late")["duties"]
    assert [each["due_on"] for each in due] == sorted(each["due_on"] for each in due)
    assert {each["group"] for each in late} <= {"late"}
    (found,) = told(token, "services", name="derwen")["services"]
    assert found["id"] == town.service.pk
    assert told(token, "restrictions")["services"][0]["service"] == town.service.pk
    assert told(token, "restrictions", on="2026-03-01")["services"] == []


def test_another_body_s_token_finds_nothing_of_it(town: Town, case: Case) -> None:
    other = token_of(town.olwen)
    assert told(other, "cases", state="all")["cases"] == []
    assert ask(other, f"cases/{case.ref}").status_code == 404
    assert told(other, "duties")["duties"] == []
    assert told(other, "restrictions")["services"] == []
    placing = told(other, "restrictions/may-place", service=town.service.pk, unit="Dementia unit")
    assert (placing["answer"], placing["reasons"]) == ("yes", [])


def test_recommendations_say_how_each_stands(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANDOUR_NOW", "2026-01-22T09:00")
    case = open_with(town)
    first = put(town, case, "Ely Hospitals Trust")
    put(town, case, "Fen Home", when="2025-12-08T12:00", response_basis="voluntary")
    answer = {
        "from_whom": "Ely Hospitals Trust",
        "tier": "organisation",
        "intends": "part",
        "response": "In May.",
    }
    say(town, case, "response_received", "2025-12-15T09:00", answer, first)
    token = token_of(town.sam)
    found = {each["to"]: each for each in told(token, "recommendations")["recommendations"]}
    trust = found["Ely Hospitals Trust"]
    assert (trust["state"], trust["said"], trust["answered_on"]) == (
        "answered",
        "In May.",
        "2025-12-15",
    )
    assert trust["intends"]["en"] == "To do some of it"
    assert not trust["published"]
    by_basis = told(token, "recommendations", basis="voluntary")["recommendations"]
    assert [each["to"] for each in by_basis] == ["Fen Home"]
    assert told(token_of(town.olwen), "recommendations")["recommendations"] == []


@pytest.mark.parametrize("path", ["cases", "duties", "restrictions", "recommendations"])
def test_lists_are_read_a_page_at_a_time(town: Town, case: Case, path: str) -> None:
    open_at(town, "2026-03-09T10:00", {"title": "Other"}, service=town.hospital)
    token = token_of(town.mari)
    (name,) = (key for key in told(token, path) if key not in ("next", "on"))
    whole = told(token, path)[name]
    pages, after = [], ""
    for _ in range(len(whole)):
        page = told(token, path, size=1, after=after)
        pages += page[name]
        after = page["next"]
    assert pages == whole
    assert after == ""
    if path != "restrictions":
        assert ask(token, path, after="no page").status_code == 422


@pytest.mark.parametrize(
    "path",
    ["cases", "cases/{ref}", "duties", "restrictions", "recommendations", "procedures"],
)
def test_no_answer_asks_the_database_more_than_ten_times(town: Town, case: Case, path: str) -> None:
    provider = town.service.provider
    for number in range(5):
        home = Service.objects.create(name=f"Home {number}", provider=provider)
        open_at(town, f"2026-03-09T1{number}:00", {"title": "Other"}, service=home)
    token = token_of(town.mari)
    with CaptureQueriesContext(connection) as queries:
        told(token, path.format(ref=case.ref))
    assert len(queries) <= MOST_QUERIES


def test_procedures_are_told_with_their_clocks_in_both_languages(town: Town, case: Case) -> None:
    token = token_of(town.mari)
    names = {each["name"] for each in told(token, "procedures")["procedures"]}
    assert {"cardiff_vale", "healthwatch_derbyshire"} <= names
    assert "local_healthwatch" not in names, "a base is no procedure"
    full = told(token, "procedures/cardiff_vale")
    clocks = {each["due"]["en"]: each["due"]["cy"] for each in full["duties"]}
    assert "5 working days after" in clocks
    assert clocks["5 working days after"] != "5 working days after"
    assert ask(token, "procedures/no_such").status_code == 404
    assert ask(token, "procedures/..%2F..").status_code == 404


def test_its_description_holds_every_address_and_opens_to_anybody(db: None) -> None:
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    told = answer.json()
    assert len(told["paths"]) == 9
    for path in told["paths"].values():
        assert set(path) == {"get"}, "it only reads"
        assert path["get"]["security"] == [{"Tokens": []}]
