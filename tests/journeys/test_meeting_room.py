"""A PPM is prepared, taken line by line in its room, and finished; two people write at once."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, expect

from candour.cases.models import Case
from candour.people.models import User
from tests.journeys.readers import every_reader
from tests.journeys.walking import choose, fill, press
from tests.journeys.watching import Watcher
from tests.support.casework import Town, make_town, open_at, to_ppm
from tests.support.meetings import attend, call_ppm, open_ppm
from tests.support.meetings import finish as finish_meeting

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]

Check = Callable[[Page], None]
Take = Callable[[str], Path]
ComeIn = Callable[[User], None]
MEMBERS = ("Contracts team", "Health board", "Care Inspectorate Wales (CIW)")
LOCK = {
    "action-action": "Lock the trolley between rounds",
    "action-outcome": "No medicine out of sight in twelve checks",
    "action-owner": "Gwen Lloyd",
    "action-due_on": "17 April",
}


@pytest.fixture
def town(live_site: str) -> Town:
    """Organisations, people and services."""
    return make_town()


@pytest.fixture
def case(town: Town, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A case at PPM, with the meeting called for today."""
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-30T10:00")
    case = open_at(town, "2026-03-09T09:00")
    to_ppm(town, case)
    call_ppm(town, case)
    return case


@dataclass(frozen=True)
class Walk:
    """One person's way through the meeting, looked at on each page."""

    page: Page
    check: Check
    take: Take

    def look(self, name: str) -> None:
        """See that the page is in order, and keep a picture of it."""
        self.check(self.page)
        self.take(name)

    def part(self, name: str) -> Locator:
        """Return a part of the page."""
        return self.page.get_by_role("region", name=name, exact=True)


@every_reader
def test_a_meeting_prepared_taken_live_and_finished(
    page: Page,
    town: Town,
    case: Case,
    come_in_as: ComeIn,
    check_accessible: Check,
    screenshot: Take,
) -> None:
    walk = Walk(page, check_accessible, screenshot)
    come_in_as(town.mari)
    page.goto(f"/cases/{case.ref}/")
    page.get_by_role("link", name="Meetings", exact=True).click()
    walk.look("meetings-to-come")
    prepare(walk)
    capture(walk)
    with_the_provider(walk)
    finish(walk)
    read_the_copies(walk, case)


def prepare(walk: Walk) -> None:
    walk.page.get_by_role("link", name="Prepare it").click()
    expect(walk.part("Agenda, from what is open")).to_contain_text("Purpose of the meeting")
    walk.look("meeting-prepare")
    walk.page.get_by_role("button", name="Open the meeting").click()
    press(walk.page, "Record it")


def capture(walk: Walk) -> None:
    main = walk.page.get_by_role("main")
    expect(main).to_contain_text("What is recorded now is kept from the provider.")
    expect(main).to_contain_text("Attendance has not been taken.")
    walk.look("meeting-room-opened")
    type_row(walk.page, {"point-point": "Two falls on the top floor since Thursday."})
    expect(walk.part("Recorded so far")).to_contain_text("Two falls")
    expect(walk.page.locator("#point-point")).to_be_focused()
    decide(walk.page)
    expect(walk.page.get_by_role("alert")).to_contain_text("does not have its quorum")
    walk.look("meeting-room-refused")
    there(walk.page)
    decide(walk.page)
    expect(walk.part("Recorded so far")).to_contain_text("Families are told on Thursday.")
    expect(walk.part("Recorded so far")).to_contain_text("Kept from the provider")


def type_row(page: Page, boxes: dict[str, str]) -> None:
    """Type into one row by keys alone: Tab from box to box, Enter at the end."""
    first, *others = boxes.items()
    page.locator(f"#{first[0]}").focus()
    page.keyboard.type(first[1])
    for name, text in others:
        page.keyboard.press("Tab")
        expect(page.locator(f"#{name}")).to_be_focused()
        page.keyboard.type(text)
    page.keyboard.press("Enter")


def decide(page: Page) -> None:
    page.get_by_label("Decision", exact=True).select_option("Immediate mitigation")
    page.get_by_label("Reason", exact=True).fill("Families are told on Thursday.")
    page.get_by_label("Reason", exact=True).press("Enter")


def there(page: Page) -> None:
    """Take attendance: the members are there, and have acknowledged the disclaimer."""
    if not page.get_by_role("button", name="Record who is there").is_visible():
        page.locator("summary", has_text="attendance").click()
    for agency in MEMBERS:
        page.get_by_role("group", name=agency, exact=True).get_by_label("There").check()
        page.get_by_label(f"Disclaimer: {agency}").check()
    press(page, "Record who is there")


def with_the_provider(walk: Walk) -> None:
    press(walk.page, "The provider joins")
    main = walk.page.get_by_role("main")
    expect(main).to_contain_text("What is recorded now may be shown to the provider.")
    type_row(walk.page, LOCK)
    expect(walk.part("Recorded so far")).to_contain_text("Fri 17 Apr 2026")
    expect(walk.page.get_by_text("This meeting is confidential.")).to_be_attached()
    walk.page.get_by_role("button", name=re.compile("^Take up.*Purpose")).click()
    expect(walk.part("Agenda")).to_contain_text("Now · ")
    walk.look("meeting-room")


def finish(walk: Walk) -> None:
    walk.page.get_by_role("button", name="Finish the meeting").click()
    walk.look("meeting-finish")
    fill(walk.page, {"Role of the chair": "Operational manager"})
    answers = {"Can every member decide for its organisation?": "Yes"}
    choose(walk.page, {**answers, "Improvement shown": "Too early to say"})
    press(walk.page, "Finish the meeting")
    expect(walk.part("The clocks that run now")).to_contain_text("Decisions and actions of the PPM")
    walk.look("meeting-after")


def read_the_copies(walk: Walk, case: Case) -> None:
    walk.page.goto(f"/cases/{case.ref}/meetings/")
    walk.look("meetings-held")
    walk.part("Held").get_by_role("link", name="The provider’s copy").click()
    main = walk.page.get_by_role("main")
    expect(main).not_to_contain_text("Families are told")
    expect(main).to_contain_text("Lock the trolley between rounds")
    walk.look("minutes-provider")
    walk.page.get_by_role("link", name="The members’ copy").click()
    expect(walk.page.get_by_role("article")).to_contain_text("Families are told on Thursday.")
    walk.check(walk.page)


@contextmanager
def window(browser: Browser, site: str, who: User) -> Iterator[Page]:
    """Yield a page of somebody's own, with their own session, watched like any other."""
    client = Client()
    client.force_login(who)
    name = settings.SESSION_COOKIE_NAME
    with closing(browser.new_context(base_url=site, locale="en-GB")) as context:
        context.set_default_timeout(10_000)
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])
        page = context.new_page()
        watcher = Watcher(page, site)
        yield page
        assert not watcher.faults, "On the way:\n" + "\n".join(watcher.faults)


def test_two_people_write_at_once_and_see_each_other_without_asking(
    browser: Browser, live_site: str, town: Town, case: Case
) -> None:
    sitting = open_ppm(town, case)
    everyone = ["contracts_team", "health_board", "ciw"]
    attend(town, case, "10:00", everyone, took=everyone)
    room = f"/cases/{case.ref}/meetings/{sitting}/run/"
    with (
        window(browser, live_site, town.mari) as mari,
        window(browser, live_site, town.ieuan) as chair,
    ):
        mari.goto(room)
        chair.goto(room)
        mari.locator("#action-action").fill("Half an action that is not")
        chair.locator("#point-point").fill("Said by the chair.")
        chair.keyboard.press("Enter")
        seen = mari.get_by_role("region", name="Recorded so far")
        expect(seen).to_contain_text("Said by the chair.", timeout=15_000)
        # What was being typed is still there, and so is the place in it.
        expect(mari.locator("#action-action")).to_have_value("Half an action that is not")
        expect(mari.locator("#action-action")).to_be_focused()
        press(chair, "Call for ratings")
        expect(mari.get_by_role("region", name="Ratings of risk")).to_contain_text(
            "0 of 3 have rated", timeout=15_000
        )
        mari.wait_for_timeout(6_000)  # it has asked for news, and there was none
        expect(mari.locator("[data-app-gone]")).to_be_hidden()
        mari.get_by_role("button", name="Rate for your agency").click()
        expect(mari.get_by_role("link", name="Back to the meeting room")).to_be_visible()
        mari.go_back()
        mari.locator("#point-point").fill("Not sent yet.")
        finish_meeting(town, case, "10:00")
        expect(mari.get_by_role("alert")).to_contain_text("it was finished", timeout=15_000)
        expect(mari.locator("#point-point")).to_have_value("Not sent yet.")
        expect(mari.get_by_role("region", name="Recorded so far")).to_contain_text("by the chair")
