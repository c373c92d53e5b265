"""A day at the work: what waits, the case at a glance, its timeline narrowed, a chronology sent."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from candour.cases.models import Case
from candour.people.models import User
from tests.journeys.readers import Reader, every_reader
from tests.support.casework import Town, add, hold_ppm, make_town, open_at, to_ppm
from tests.support.signatures import put_to_be_signed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


@pytest.fixture
def town(live_site: str, monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setenv("CANDOUR_NOW", "2026-04-07T09:00")
    return make_town()


@pytest.fixture
def case(town: Town) -> Case:
    """A case with a PPM held on the Monday before Easter, and a paper for Mari to sign."""
    case = open_at(town, "2026-03-09T09:00")
    to_ppm(town, case)
    hold_ppm(town, case)
    data = {"part": "decisions", "to": ["Health board"]}
    add(town, case, "minutes_circulated", "2026-04-01T09:00", data)
    put_to_be_signed(town, case)
    return case


@every_reader
def test_the_officer_begins_the_day_and_sends_a_chronology(
    page: Page,
    reader: Reader,
    town: Town,
    case: Case,
    come_in_as: Callable[[User], None],
    check_accessible: Callable[[Page], None],
    screenshot: Callable[[str], Path],
) -> None:
    # Given an officer whose signature is asked for, when she comes in she sees it first.
    come_in_as(town.mari)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("My day")
    waiting = page.get_by_role("region", name="Waiting for me")
    expect(waiting.get_by_role("link", name="Sign:")).to_be_visible()
    check_accessible(page)
    screenshot("my-day")
    # When she opens the case, it says in one sentence how it stands, and what is beside the work.
    page.goto(f"/cases/{case.ref}/")
    expect(page.get_by_role("main")).to_contain_text("At PPM since 10 March; ")
    expect(page.get_by_role("region", name="Documents")).to_contain_text("To be signed")
    expect(page.get_by_role("region", name="People and bodies")).to_contain_text("Mari Ellis")
    check_accessible(page)
    screenshot("workspace")
    # When she narrows the timeline, only what she asked for stands there, and can be taken along.
    happened = page.get_by_role("region", name="What has happened")
    if reader.width < 641 and reader.scripts:
        happened.get_by_text("Filter", exact=True).click()
    happened.get_by_label("Sort of entry").select_option("minutes_circulated")
    if reader.scripts:
        page.evaluate("window.stayed = true")
    happened.get_by_role("button", name="Show results").click()
    expect(happened).to_contain_text("1 entry fits.")
    expect(happened.locator("li.moj-timeline__item")).to_have_count(1)
    expect(page).to_have_url(re.compile("sort=minutes_circulated"))
    check_accessible(page)
    if reader.scripts:  # the page stayed; only the timeline was asked for, and its address is told
        assert page.evaluate("window.stayed")
        expect(happened.get_by_role("button", name="Show results")).to_be_focused()
        page.go_back()
        expect(happened.locator("li.moj-timeline__item")).to_have_count(9)
        page.wait_for_load_state()
        page.go_forward()
        expect(happened.locator("li.moj-timeline__item")).to_have_count(1)
    happened.get_by_role("link", name="The same as a chronology").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Chronology")
    expect(page.get_by_role("main")).to_contain_text("Narrowed to: Minutes circulated.")
    # When she chooses who will read it, it is theirs to read, as a file, and recorded as shared.
    page.goto(f"/cases/{case.ref}/chronology/?for=provider")
    expect(page.get_by_role("table")).not_to_contain_text("by Mari Ellis")
    check_accessible(page)
    screenshot("chronology")
    file = page.get_by_role("link", name="Open as PDF").get_attribute("href")
    assert page.request.get(str(file)).body().startswith(b"%PDF")
    page.get_by_role("link", name="Record that you shared it").click()
    expect(page.get_by_label("What was shared")).to_have_value(f"Chronology of {case.ref}")


def test_the_chair_gets_to_what_waits_by_keys_alone(
    page: Page, town: Town, case: Case, come_in_as: Callable[[User], None]
) -> None:
    come_in_as(town.mari)
    page.goto("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # past the navigation
    link = page.get_by_role("region", name="Waiting for me").get_by_role("link", name="Sign:")
    for _ in range(30):
        if link.evaluate("link => link === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Terms of a visit")


@every_reader
def test_the_head_of_service_sees_where_things_are_late(
    page: Page,
    reader: Reader,
    town: Town,
    case: Case,
    come_in_as: Callable[[User], None],
    check_accessible: Callable[[Page], None],
    screenshot: Callable[[str], Path],
) -> None:
    come_in_as(town.ieuan)  # he chairs the body, so its cases are his to look over
    page.goto("/")
    steps = page.get_by_role("region", name="The whole organisation, step by step")
    expect(steps).to_contain_text("1 open case, 1 late")
    check_accessible(page)
    screenshot("my-day-of-a-head")
    steps.get_by_role("link", name="Everything that is late").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Worklist")
    expect(page.get_by_role("main")).to_contain_text("Summary of key agreed actions of the PPM")
