"""The decisions of a case, and the public register of them as a file."""

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from candour import policies
from candour.cases.actions import Opened, Recorded, open_case, record
from candour.cases.models import Case
from candour.database.row_security import acting_for
from candour.people.models import Post, User
from tests.support.casework import Town, add, draft, london, open_at
from tests.web.pages import main_of, read

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
YEAR = """procedure: healthwatch_ely_year
version: "1"
title: {en: The year in Ely, cy: Y flwyddyn yn Ely}
based_on: local_healthwatch_year
"""
VISIT = {"decision": "enter_and_view", "chair_consulted": True, "reason": "=Worries at night"}


@pytest.fixture
def programme(town: Town, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Case:
    """The year of a Healthwatch by a pack of the site’s own; Sam is its chief executive too."""
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-30T15:00")
    monkeypatch.setenv("CANDOUR_PROCEDURES", str(tmp_path))
    (tmp_path / "healthwatch_ely_year").mkdir()
    (tmp_path / "healthwatch_ely_year" / "procedure.yaml").write_text(YEAR, "utf-8")
    Post.objects.create(user=town.sam, body=town.healthwatch, role="chief_executive")
    at = london("2026-01-05T09:00")
    answers = {"title": "The year", "service": "Healthwatch Ely"}
    days = {"policy_approved_on": "2025-09-01", "last_annual_report": "2025-06-30"}
    with acting_for([town.healthwatch.pk]):
        opened = open_case(
            actor=town.actor(town.sam, "chief_executive"),
            procedure=policies.load("healthwatch_ely_year"),
            body=town.healthwatch,
            service=None,
            draft=draft("case_opened", at, {**answers, **days}),
            as_of=at,
        )
        assert isinstance(opened, Opened), opened
        return Case.objects.get(pk=opened.case_id)


def said(town: Town, case: Case, kind: str, when: str, data: Mapping[str, Any], *to: str) -> str:
    with acting_for([town.healthwatch.pk]):
        answer = record(
            case_id=case.pk,
            actor=town.actor(town.sam, "chief_executive"),
            draft=draft(kind, london(when), data, refers_to=to),
            expected_seq=None,
            as_of=london(when),
        )
    assert isinstance(answer, Recorded), answer
    return answer.entry.id


def test_a_decision_says_when_it_was_or_has_to_be_published(
    town: Town, programme: Case, signed_in: Browser
) -> None:
    visit = said(town, programme, "decision_made", "2026-03-02T10:00", VISIT)
    money = {"decision": "resources", "chair_consulted": True, "reason": "A second officer."}
    said(town, programme, "decision_made", "2026-03-05T10:00", money)
    rounds = {"decision": "feedback_begins", "organisation": "Ely General", "reason": "Many use it"}
    said(town, programme, "decision_made", "2026-03-06T10:00", rounds)
    notice = {"notice": "decision_published", "to": ["The public"]}
    said(town, programme, "notice_sent", "2026-03-09T10:00", notice, visit)

    page = read(signed_in(town.sam).get(f"/cases/{programme.ref}/decisions/"))

    assert "Published Mon 9 Mar 2026" in page
    assert "To be published by Sun 5 Apr 2026" in page
    assert "Not of a kind that is published" in page
    assert "Consulted: Chair" in page
    assert page.index("Many use it") < page.index("A second officer.") < page.index("Worries")


def test_the_file_holds_what_is_public_and_no_formula(
    town: Town, programme: Case, signed_in: Browser
) -> None:
    said(town, programme, "decision_made", "2026-03-02T10:00", VISIT)
    rounds = {"decision": "feedback_begins", "organisation": "Ely General", "reason": "Many use it"}
    said(town, programme, "decision_made", "2026-03-06T10:00", rounds)

    answer = signed_in(town.sam).get(f"/cases/{programme.ref}/decisions/file/")

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert answer["Content-Disposition"].endswith(f'"decisions-{programme.ref}-2026-03-30.csv"')
    assert len(rows) == 2
    assert rows[1][2] == "'=Worries at night"
    assert rows[1][4] == "Chair"


def test_a_case_without_a_register_shows_its_decisions_all_the_same(
    town: Town, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-30T15:00")
    case = open_at(town, "2026-03-09T09:00")
    empty = main_of(signed_in(town.mari).get(f"/cases/{case.ref}/decisions/"))
    assert "Nothing has been decided yet" in empty
    reason = {"decision": "ppm_without_waiting", "reason": "Waiting would add to the risk."}
    add(town, case, "decision_made", "2026-03-10T10:00", reason)
    page = main_of(signed_in(town.mari).get(f"/cases/{case.ref}/decisions/"))
    assert "Waiting would add to the risk." in page
    assert "Register as a file" not in page
    assert "Public register" not in page


def test_nobody_else_sees_them(town: Town, programme: Case, signed_in: Browser) -> None:
    for part in ("", "file/"):
        answer = signed_in(town.olwen).get(f"/cases/{programme.ref}/decisions/{part}")
        assert answer.status_code == 404
