"""Many open times of one duty: one line on the case page and the worklist, each with its why."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from candour.cases.models import Case
from candour.people.models import Post, User
from candour.web.presenters.addresses import owed_name
from candour.web.presenters.work_lines import in_common
from tests.support.casework import Town, add, open_at
from tests.web.pages import items, main_of, part, read, text_of

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
NEEDS = "Needs, capacity, risk of moving and the eight critical facts"
CLOSED_BY = "Service Operations Support Group (SOSG)"
MORE = {"residents": ["R/4", "R/5"], "move_by": "2026-05-20"}
FACTS = ["needs", "equipment", "transfer", "medication", "belongings", "money", "routine"]
ASSESSED = {
    "resident": "R/1",
    "critical_facts": [*FACTS, "relationships"],
    "capacity": "Decides with time.",
    "risk_of_moving": "None seen.",
    "equality": "None asked for.",
}


def closing(town: Town, residents: int, **more: Any) -> Case:
    """Return a home whose owner closes it, with so many residents listed."""
    case = open_at(town, "2026-03-02T09:00", **more)
    data = {"closure": "providers_own", "contract_type": "adult_home", "reason": "Not viable."}
    add(town, case, "closure_notified", "2026-03-02T10:00", data)
    move = {"move": "skip_to_sosg", "step": "sosg", "rationale": "The owner has decided to close."}
    if not town.mari.posts.filter(role="head_of_service").exists():
        Post.objects.create(user=town.mari, body=town.council, role="head_of_service")
    add(town, case, "step_entered", "2026-03-02T11:00", move, role="head_of_service")
    names = [f"R/{number}" for number in range(1, residents + 1)]
    listed = {"residents": names, "move_by": "2026-05-20"}
    add(town, case, "residents_listed", "2026-03-03T09:00", listed)
    return case


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-04T09:00")


def lines_of(answer: Any) -> list[str]:
    return items(part(answer, "due"), "app-due")


def needs(town: Town, case: Case, signed_in: Browser) -> str:
    """Return the markup of the group of needs to be assessed."""
    due = part(signed_in(town.mari).get(f"/cases/{case.ref}/"), "due")
    (found,) = [piece for piece in re.split(r'<li class="app-due ', due) if NEEDS in piece]
    return found


def test_many_times_of_a_duty_are_one_line_with_number_earliest_date_and_owner(
    town: Town, signed_in: Browser
) -> None:
    case = closing(town, 6)
    lines = lines_of(signed_in(town.mari).get(f"/cases/{case.ref}/"))
    (found,) = [line for line in lines if NEEDS in line]
    assert f"Later {NEEDS} (period set here) · 6 times The earliest: Tue 17 Mar 2026" in found
    assert "(in 13 days) Case manager Why this date?" in found
    assert "late" not in found.partition("Why this date?")[0]


def test_a_line_says_how_many_of_them_are_late(town: Town, signed_in: Browser) -> None:
    case = closing(town, 6)
    given = {
        "checklist": "closure_questions",
        "items": ["building"],
        "owner": "The estates officer",
        "due_on": "2026-03-25",
    }
    add(town, case, "question_given", "2026-03-03T10:00", given)
    lines = lines_of(signed_in(town.mari).get(f"/cases/{case.ref}/"))
    (found,) = [line for line in lines if "A closure question is answered" in line]
    assert "The earliest: Tue 3 Mar 2026 (1 day late) · 15 late Chair of the meeting" in found
    last = found.rpartition("Question 3: is the building safe, and can it be mended? Wed 25 Mar")
    assert last[1], "the one that is due last stands last"
    assert "Question 16" in last[0]


def test_groups_stand_in_the_order_of_their_earliest_date_among_the_other_lines(
    town: Town, signed_in: Browser
) -> None:
    case = closing(town, 6)
    lines = lines_of(signed_in(town.mari).get(f"/cases/{case.ref}/"))
    order = ["A closure question", "Other commissioners", "Case manager, nurse", "The SOSG meets"]
    order += [NEEDS, "Moved · 6 times", "written notice runs"]
    places = [next(n for n, line in enumerate(lines) if words in line) for words in order]
    assert places == sorted(places)


def test_a_group_opens_without_scripts_and_holds_each_with_its_form_and_its_why(
    town: Town, signed_in: Browser
) -> None:
    case = closing(town, 6)
    each = needs(town, case, signed_in).partition("Show each")[2]
    for number in range(1, 7):
        assert f"<strong>R/{number}</strong>" in each
        assert f"/cases/{case.ref}/record/needs_assessed/?owed=" in each
        assert f"resident=R%2F{number}" in each
    assert each.count("Why this date?") == 6
    assert each.count("Tue 17 Mar 2026") == 6


def test_of_a_group_only_the_days_of_the_earliest_are_drawn(town: Town, signed_in: Browser) -> None:
    case = closing(town, 6)
    assert needs(town, case, signed_in).count("<table") == 1


def test_fewer_than_four_stay_one_by_one(town: Town, signed_in: Browser) -> None:
    case = closing(town, 3)
    lines = [
        line for line in lines_of(signed_in(town.mari).get(f"/cases/{case.ref}/")) if NEEDS in line
    ]
    assert len(lines) == 3
    assert all("How the days were counted for" in line for line in lines)
    add(town, case, "residents_listed", "2026-03-03T10:00", MORE)
    lines = lines_of(signed_in(town.mari).get(f"/cases/{case.ref}/"))
    assert sum(NEEDS in line for line in lines) == 1


def test_the_heading_and_the_sentence_count_every_one(town: Town, signed_in: Browser) -> None:
    case = closing(town, 6)
    page = read(signed_in(town.mari).get(f"/cases/{case.ref}/"))
    assert "17 things late, the first: " in page
    assert "What is due 39" in page


def test_a_date_has_a_page_that_says_why(town: Town, signed_in: Browser) -> None:
    case = closing(town, 6)
    browser = signed_in(town.mari)
    each = needs(town, case, signed_in).partition("Show each")[2]
    addresses = re.findall(r'href="(/cases/[^"]+/due/[^"]+)"', each)
    assert len(set(addresses)) == 6
    page = read(browser.get(addresses[3]))
    assert f"{NEEDS} (period set here): R/4" in page
    assert "10 working days after (working days of Wales)" in page
    assert "Sat 7 Mar 2026 not counted: Saturday" in page
    assert "So it is due on Tuesday 17 March 2026" in page
    assert "Record: Needs assessed" in page
    assert "R%2F4" not in addresses[3]


def test_the_page_of_a_date_still_answers_when_it_has_been_met(
    town: Town, signed_in: Browser
) -> None:
    case = closing(town, 6)
    each = needs(town, case, signed_in).partition("Show each")[2]
    address = re.findall(r'href="(/cases/[^"]+/due/[^"]+)"', each)[0]
    add(town, case, "needs_assessed", "2026-03-03T12:00", ASSESSED)
    page = read(signed_in(town.mari).get(address))
    assert "Met Tue 3 Mar 2026" in page
    assert "Record:" not in page


@pytest.mark.parametrize("name", ["nothing", "0" * 32, "needs"])
def test_a_date_that_nobody_owes_is_not_there(town: Town, signed_in: Browser, name: str) -> None:
    case = closing(town, 4)
    assert signed_in(town.mari).get(f"/cases/{case.ref}/due/{name}/").status_code == 404


def test_a_date_of_one_case_is_not_a_page_of_another(town: Town, signed_in: Browser) -> None:
    case, other = closing(town, 4), open_at(town, "2026-03-02T09:00", service=town.hospital)
    address = re.findall(r"/due/([0-9a-f]{32})/", needs(town, case, signed_in))[0]
    browser = signed_in(town.mari)
    assert browser.get(f"/cases/{case.ref}/due/{address}/").status_code == 200
    assert browser.get(f"/cases/{other.ref}/due/{address}/").status_code == 404
    assert signed_in(town.olwen).get(f"/cases/{case.ref}/due/{address}/").status_code == 404


def test_the_name_of_a_time_says_nothing_of_whom_it_is_for() -> None:
    assert re.fullmatch("[0-9a-f]{32}", owed_name("needs:an-entry:../R 1/?#:1"))
    assert owed_name("needs:an-entry:r1:1") != owed_name("needs:an-entry:r2:1")


def test_the_worklist_groups_by_case_within_each_time(town: Town, signed_in: Browser) -> None:
    case = closing(town, 6)
    later = text_of(part(signed_in(town.mari).get("/worklist/?whose=body"), "group-later"))
    assert f"{NEEDS} (period set here) , {case.ref} · 6 times Show each" in later
    assert "R/1 Tue 17 Mar 2026 R/2 Tue 17 Mar 2026" in later
    assert f"{CLOSED_BY} The earliest: Tue 17 Mar 2026 in 13 days Case manager" in later
    assert "more of the same" not in later


def test_the_worklist_s_counts_are_of_duties_not_of_lines(town: Town, signed_in: Browser) -> None:
    closing(town, 6)
    page = read(signed_in(town.mari).get("/worklist/?whose=body"))
    assert "My organisation’s (39)" in page
    assert "17 Late 0 Today 8 This week 14 Later" in page


def test_two_cases_are_never_one_line(town: Town, signed_in: Browser) -> None:
    first, second = closing(town, 4), closing(town, 4, service=town.hospital)
    later = text_of(
        part(signed_in(town.mari).get("/worklist/?whose=body&when=later"), "group-later")
    )
    for case in (first, second):
        assert f"{NEEDS} (period set here) , {case.ref} · 4 times" in later


def test_what_stands_on_another_page_is_said(
    town: Town, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("candour.web.views.worklist.PAGE", 12)
    closing(town, 6)
    late = text_of(part(signed_in(town.mari).get("/worklist/?whose=body"), "group-late"))
    shown = int(re.findall(r"(\d+) times", late)[0])
    assert f"{16 - shown} more of the same in this case" in late
    assert 4 <= shown < 16


def test_many_are_not_many_queries(town: Town, signed_in: Browser) -> None:
    case = closing(town, 6)
    browser = signed_in(town.mari)
    for address in ("/worklist/?whose=body", f"/cases/{case.ref}/"):
        browser.get(address)
        with CaptureQueriesContext(connection) as queries:
            browser.get(address)
        # Outside a test no transaction is around it, and for whom it acts is said with the first.
        beside = ("SAVEPOINT", "set_config", "current_setting('candour.bodies', true), current")
        asked = [q["sql"] for q in queries if not any(words in q["sql"] for words in beside)]
        assert len(asked) <= 10, "\n".join(asked)


def test_groups_read_in_welsh(town: Town, signed_in: Browser) -> None:
    case = closing(town, 6)
    browser = signed_in(town.mari)
    browser.cookies["candour_language"] = "cy"
    assert "6 thro" in read(browser.get(f"/cases/{case.ref}/"))
    page = main_of(browser.get("/worklist/?whose=body"))
    assert "16 tro" in page
    assert "Dangos pob un" in page


@pytest.mark.parametrize(
    ("titles", "common"),
    [
        (["Moved: R1", "Moved: R10"], "Moved"),
        (["Check: all: R1", "Check: all: R2"], "Check: all"),
        (["Answered: Question 1: a", "Answered: Question 2: b"], "Answered"),
        (["The same", "The same"], "The same"),
        (["The same", "The same: R1"], "The same"),
        (["Was called so", "Is called so"], "Was called so"),
    ],
)
def test_what_titles_have_in_common(titles: list[str], common: str) -> None:
    assert in_common(titles) == common
