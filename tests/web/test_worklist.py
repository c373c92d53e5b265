"""The worklist: groups, mine and my body's, counts, pages, empty states that teach."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from candour.bodies.models import Service
from candour.cases.models import Case
from candour.people.models import Post, User
from tests.support.casework import Town, add, hold_ppm, open_at, to_ppm
from tests.web.pages import main_of, part, read, text_of

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]


@pytest.fixture
def case(town: Town, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A case with a PPM held on the Monday before Easter, seen on the Tuesday after Easter."""
    monkeypatch.setenv("CANDOUR_NOW", "2026-04-07T09:00")
    case = open_at(town, "2026-03-09T09:00")
    to_ppm(town, case)
    hold_ppm(town, case)
    return case


def test_what_is_owed_stands_in_groups_with_case_date_and_owner(
    town: Town, case: Case, signed_in: Browser
) -> None:
    answer = signed_in(town.ieuan).get("/worklist/")
    late, week, later = (text_of(part(answer, f"group-{g}")) for g in ("late", "week", "later"))
    assert "Decisions and actions of the PPM" in late
    assert f"{case.ref} · Provider Performance Meeting (PPM)" in late
    assert "Tue 31 Mar 2026 7 days late Chair of the meeting" in late
    assert "Written notice to the provider after the PPM" in week
    assert "tomorrow" in week
    assert "Mon 13 Apr 2026" in week
    assert "Wed 15 Apr 2026" in later
    assert f'href="/cases/{case.ref}/#due"' in main_of(answer)


def test_mine_is_what_my_posts_owe_and_my_bodys_is_all(
    town: Town, case: Case, signed_in: Browser
) -> None:
    mine = read(signed_in(town.mari).get("/worklist/"))
    assert "Mine (0) My organisation’s (7)" in mine
    assert "Nothing is owed by you" in mine
    assert "Full minutes of the PPM" in read(signed_in(town.mari).get("/worklist/?whose=body"))


def test_a_number_narrows_the_list_to_its_group(town: Town, case: Case, signed_in: Browser) -> None:
    page = read(signed_in(town.ieuan).get("/worklist/?when=late"))
    assert "Decisions and actions of the PPM" in page
    assert "Full minutes of the PPM" not in page
    nothing = read(signed_in(town.ieuan).get("/worklist/?when=today"))
    assert "Nothing is owed at this time" in nothing


def test_pages_follow_each_other_without_gap_or_repeat(
    town: Town, case: Case, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("candour.web.views.worklist.PAGE", 4)
    browser, address, seen = signed_in(town.mari), "/worklist/?whose=body", []
    while address:
        markup = main_of(browser.get(address))
        seen += [text_of(row) for row in markup.split('<th scope="row"')[1:]]
        following = markup.partition('rel="next"')[0].rpartition('href="')[2].split('"')[0]
        address = following.replace("&amp;", "&") if 'rel="next"' in markup else ""
    assert len(seen) == len(set(seen)) == 7


def test_suggestions_of_the_procedures_stand_in_the_list_of_whom_they_are_for(
    town: Town, case: Case, signed_in: Browser
) -> None:
    progress = {"plan": "cap", "progress": "None.", "cannot_comply": True}
    add(town, case, "action_progressed", "2026-04-02T09:00", progress)
    suggested = text_of(part(signed_in(town.ieuan).get("/worklist/"), "suggested"))
    assert "The provider cannot comply: consider JIMP" in suggested
    assert case.ref in suggested
    assert "cannot comply" not in read(signed_in(town.mari).get("/worklist/"))
    page = signed_in(town.ieuan).get(f"/cases/{case.ref}/")
    assert f"/cases/{case.ref}/moves/ppm_to_jimp/" in part(page, "next")
    assert "Answer why not" in read(page)


def test_a_suggestion_answered_goes_away(town: Town, case: Case, signed_in: Browser) -> None:
    progress = {"plan": "cap", "progress": "None.", "cannot_comply": True}
    add(town, case, "action_progressed", "2026-04-02T09:00", progress)
    answered = {"auto": "cannot_comply", "taken": False, "reason": "It has changed its mind."}
    add(town, case, "suggestion_answered", "2026-04-02T10:00", answered)
    assert "Suggested by the procedures" not in read(signed_in(town.ieuan).get("/worklist/"))


def test_empty_lists_teach(town: Town, signed_in: Browser) -> None:
    assert "You hold no post yet" in read(signed_in(town.dilys).get("/worklist/"))
    assert "everything its procedure asks for appears here" in read(
        signed_in(town.mari).get("/worklist/")
    )


def test_nothing_of_another_body_is_counted_or_shown(
    town: Town, case: Case, signed_in: Browser
) -> None:
    page = read(signed_in(town.olwen).get("/worklist/?whose=body"))
    assert case.ref not in page
    assert "My organisation’s (0)" in page


@pytest.mark.parametrize("query", ["?after=nonsense", "?after=2026-01-01~x"])
def test_a_page_that_never_was_leads_to_the_first(
    town: Town, case: Case, signed_in: Browser, query: str
) -> None:
    answer = signed_in(town.mari).get(f"/worklist/{query}")
    assert (answer.status_code, answer["Location"]) == (302, "/worklist/")


@pytest.mark.parametrize("query", ["?when=nonsense", "?whose=nobody", "?when="])
def test_what_makes_no_sense_is_left_out(
    town: Town, case: Case, signed_in: Browser, query: str
) -> None:
    assert signed_in(town.mari).get(f"/worklist/{query}").status_code == 200


def test_the_list_needs_few_queries(town: Town, case: Case, signed_in: Browser) -> None:
    for n in range(5):
        home = Service.objects.create(name=f"Home {n}", provider=town.service.provider)
        more = open_at(town, "2026-03-09T09:00", service=home)
        to_ppm(town, more)
        hold_ppm(town, more)
    browser = signed_in(town.mari)
    browser.get("/worklist/?whose=body")
    with CaptureQueriesContext(connection) as queries:
        answer = browser.get("/worklist/?whose=body")
    # A request alone says with its first statement for whom it acts; within a test it takes three.
    around = ("SAVEPOINT", "RELEASE", "SELECT current_setting(", "SELECT set_config(")
    asked = [query["sql"] for query in queries if not query["sql"].startswith(around)]
    assert len(asked) <= 10, "\n".join(asked)
    assert "(42)" in read(answer)


def test_cases_are_listed_and_searched(town: Town, case: Case, signed_in: Browser) -> None:
    browser = signed_in(town.mari)
    page = read(browser.get("/cases/"))
    assert "Falls at night and too few staff" in page
    assert "2 late" in page
    assert "Next Wed 8 Apr 2026" in page
    assert case.ref in read(browser.get(f"/cases/?q={case.ref.lower()}"))
    assert case.ref in read(browser.get("/cases/?q=derwen"))
    assert "No case matches" in read(browser.get("/cases/?q=nowhere"))
    assert "No case matches" in read(browser.get("/cases/?state=closed"))
    assert "No case is open" in read(signed_in(town.olwen).get("/cases/"))


def test_what_somebody_who_left_owed_is_the_lead_s_and_says_that_nobody_holds_the_post(
    town: Town, case: Case, signed_in: Browser
) -> None:
    assert "Mine (0)" in read(signed_in(town.mari).get("/worklist/"))
    Post.objects.filter(user=town.ieuan, role="chair").update(to_date="2026-04-06")
    mine = signed_in(town.mari).get("/worklist/")
    late = text_of(part(mine, "group-late"))
    assert "Decisions and actions of the PPM" in late
    assert "Chair of the meeting Nobody holds this post" in " ".join(late.split())
    assert "Nobody holds this post" not in read(signed_in(town.ieuan).get("/worklist/"))
    all_of_it = read(signed_in(town.ieuan).get("/worklist/?whose=body"))
    assert "Nobody holds this post" in all_of_it
