"""The page of a case: due, next, happened, each with its why; and who may see it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from candour.cases.models import Case
from candour.people.models import User
from tests.support.casework import Town, add, hold_ppm, open_at, to_ppm
from tests.web.pages import items, main_of, part, read, text_of

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]


@pytest.fixture
def case(town: Town, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A case with a PPM held on the Monday before Easter, looked at that afternoon."""
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-30T15:00")
    case = open_at(town, "2026-03-09T09:00")
    to_ppm(town, case)
    hold_ppm(town, case)
    return case


def due(answer: Any) -> list[str]:
    return items(part(answer, "due"), "app-due")


def test_what_a_ppm_makes_due_stands_in_order_with_its_dates(
    town: Town, case: Case, signed_in: Browser
) -> None:
    answer = signed_in(town.mari).get(f"/cases/{case.ref}/")
    dated = [
        ("Decisions and actions of the PPM", "Tue 31 Mar 2026", "tomorrow", "This week"),
        ("Summary of key agreed actions", "Wed 1 Apr 2026", "in 2 days", "This week"),
        ("Written notice to the provider", "Wed 8 Apr 2026", "in 9 days", "Later"),
        ("Full minutes of the PPM", "Mon 13 Apr 2026", "in 14 days", "Later"),
        ("Communication plan agreed", "Wed 15 Apr 2026", "in 16 days", "Later"),
        ("Plan and monitoring arrangements", "Wed 15 Apr 2026", "in 16 days", "Later"),
        ("The PPM meets again", "Mon 11 May 2026", "in 42 days", "Later"),
    ]
    lines = due(answer)
    assert len(lines) == len(dated)
    for line, (what, when, relative, look) in zip(lines, dated, strict=True):
        assert what in line
        assert f"{when} ({relative})" in line
        assert look in line


def test_every_date_explains_itself_day_by_day(town: Town, case: Case, signed_in: Browser) -> None:
    lines = due(signed_in(town.mari).get(f"/cases/{case.ref}/"))
    plan = next(line for line in lines if "Plan and monitoring" in line)
    assert "Because this was recorded: Meeting held: Provider Performance Meeting (PPM)" in plan
    assert "10 working days after (working days of Wales)" in plan
    assert "Thu 2 Apr 2026 3 Fri 3 Apr 2026 not counted: Good Friday" in plan
    assert "Mon 6 Apr 2026 not counted: Easter Monday Tue 7 Apr 2026 4" in plan
    assert "Wed 15 Apr 2026 10" in plan
    assert "So it is due on Wednesday 15 April 2026" in plan
    assert "CV-62" in plan
    assert all("Why this date?" in line for line in lines)


def test_what_is_owed_leads_to_its_form(town: Town, case: Case, signed_in: Browser) -> None:
    markup = part(signed_in(town.mari).get(f"/cases/{case.ref}/"), "due")
    assert f"/cases/{case.ref}/record/minutes_circulated/?owed=ppm_decisions" in markup
    assert "part=decisions" in markup
    assert f"/cases/{case.ref}/record/timescale_extended/?duty=ppm_plan" in markup


def test_the_status_is_one_sentence_that_says_what_is_late(
    town: Town, case: Case, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANDOUR_NOW", "2026-04-02T09:00")
    page = read(signed_in(town.mari).get(f"/cases/{case.ref}/"))
    assert (
        "At PPM since 10 March; 2 things late, the first: Decisions and actions of the PPM, to all "
        "commissioning authorities; due in 6 days: Written notice to the provider after the PPM."
        in page
    )
    assert "Tue 31 Mar 2026 (2 days late)" in page


def test_a_blocked_move_says_what_is_missing_why_and_how_to_unblock_it(
    town: Town, case: Case, signed_in: Browser
) -> None:
    markup = part(signed_in(town.mari).get(f"/cases/{case.ref}/"), "next")
    (down,) = [line for line in items(markup, "app-move") if "Step down to QAM" in line]
    assert "Blocked" in down
    assert "Missing: Every member’s own rating since the last meeting must stand on record." in down
    assert "Still missing: Cardiff Council, Health board." in down
    assert "CV-91" in down
    assert f"/cases/{case.ref}/record/risk_rated/" in markup


def test_the_timeline_begins_with_the_newest(town: Town, case: Case, signed_in: Browser) -> None:
    happened = items(
        part(signed_in(town.mari).get(f"/cases/{case.ref}/"), "happened"), "moj-timeline__item"
    )
    assert "Meeting held: Provider Performance Meeting (PPM)" in happened[0]
    assert "by Mari Ellis, Operational manager" in happened[0]
    assert "Mon 30 Mar 2026, 10am" in happened[0]
    assert "Case opened: Falls at night and too few staff" in happened[-1]


def test_an_override_stands_with_its_rationale_and_what_it_passed(
    town: Town, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-30T15:00")
    case = open_at(town, "2026-03-09T09:00")
    move = {"move": "skip_to_ppm", "step": "ppm", "rationale": "Falls go on and cannot wait."}
    rationale = "Two people fell again last night; the concern follows in writing."
    add(town, case, "step_entered", "2026-03-10T09:00", move, override=rationale)
    page = read(signed_in(town.mari).get(f"/cases/{case.ref}/"))
    assert "Went ahead with a written rationale" in page
    assert "past: Straight to PPM, with a written rationale (CV-08, CV-09" in page
    assert rationale in page


def test_a_restriction_in_force_stands_first(town: Town, case: Case, signed_in: Browser) -> None:
    restriction = {
        "restriction": "whole_service",
        "scope": "No new placements",
        "rationale": "Staffing at night is not safe.",
        "decided_by_role": "operational_manager",
        "people_already_there": "A joint visit every week.",
        "jointly_with": "Health board",
        "effect_on_provider": "Weighed: eight beds stay empty.",
        "what_lifts_it": "Two staff at night for four weeks.",
    }
    rated = {"agency": "Cardiff Council", "impact": "I3", "engagement": "E2", "rationale": "Falls."}
    add(town, case, "risk_rated", "2026-03-30T11:00", rated)
    agreed = {
        "impact": "I3",
        "engagement": "E2",
        "outcome": "ppm",
        "rationale": "All agree.",
    }
    add(town, case, "rating_agreed", "2026-03-30T11:30", agreed)
    add(
        town,
        case,
        "restriction_imposed",
        "2026-03-30T12:00",
        restriction,
        override="The senior officer decided by telephone and will confirm in writing.",
    )
    answer = signed_in(town.mari).get(f"/cases/{case.ref}/")
    section = text_of(part(answer, "restrictions"))
    assert "No new placements" in section
    assert "Since Mon 30 Mar 2026" in section
    assert main_of(answer).index("restrictions") < main_of(answer).index('id="due"')
    assert "; new placements suspended." in read(answer)


def test_a_long_log_is_cut_and_shown_whole_when_asked(
    town: Town, case: Case, signed_in: Browser
) -> None:
    for minute in range(30):
        data = {"purpose": "provider_briefing", "with_whom": f"Call {minute}"}
        add(town, case, "contact_made", f"2026-03-30T13:{minute:02}", data)
    browser = signed_in(town.mari)
    short, whole = (
        items(part(browser.get(f"/cases/{case.ref}/{query}"), "happened"), "moj-timeline__item")
        for query in ("", "?show=all")
    )
    assert len(short) == 13  # the newest twelve, and the meeting that everything due goes back to
    assert len(whole) == 37


def test_nobody_else_finds_the_case(town: Town, case: Case, signed_in: Browser) -> None:
    for user in (town.olwen, town.sam, town.dilys):
        assert signed_in(user).get(f"/cases/{case.ref}/").status_code == 404
    assert Client().get(f"/cases/{case.ref}/").status_code == 302


def test_the_page_needs_few_queries(town: Town, case: Case, signed_in: Browser) -> None:
    browser = signed_in(town.mari)
    browser.get(f"/cases/{case.ref}/")
    with CaptureQueriesContext(connection) as queries:
        browser.get(f"/cases/{case.ref}/")
    # Savepoints and settings of their own are there because the test holds a transaction.
    kept = ("SAVEPOINT", "set_config", "current_setting")
    asked = [q["sql"] for q in queries if not any(words in q["sql"] for words in kept)]
    assert len(asked) <= 8, "\n".join(asked)


def test_it_reads_in_welsh(town: Town, case: Case, signed_in: Browser) -> None:
    browser = signed_in(town.mari)
    browser.cookies["candour_language"] = "cy"
    page = read(browser.get(f"/cases/{case.ref}/"))
    assert "Cofnodion llawn y PPM" in page
    assert "Llun 13 Ebr 2026" in page


def test_what_the_page_points_to_is_shown_however_old(
    town: Town, case: Case, signed_in: Browser
) -> None:
    for minute in range(30):
        data = {"purpose": "provider_briefing", "with_whom": f"Call {minute}"}
        add(town, case, "contact_made", f"2026-03-30T13:{minute:02}", data)
    markup = main_of(signed_in(town.mari).get(f"/cases/{case.ref}/"))
    pointed = {piece.split('"', 1)[0] for piece in markup.split('href="#entry-')[1:]}
    assert pointed
    assert all(f'id="entry-{entry}"' in markup for entry in pointed)
