"""What was typed is kept: off line, reloaded, in a browser that was closed, by a failing site."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import OperationalError
from playwright.sync_api import Browser, BrowserContext, Page, expect

from candour.database.row_security import acting_for
from candour.people.actor import Actor
from candour.site import clock
from candour.telling import drafts
from candour.telling.actions import set_form
from candour.telling.forms import FormLook
from candour.telling.models import Told
from candour.web.views import tell
from tests.journeys.conftest import ARGUMENTS, chromium
from tests.journeys.readers import PHONE, Reader
from tests.support.casework import Town, make_town

Check = Callable[[Page], None]
Shot = Callable[[str], Path]
BARE_PHONE = Reader("bare-phone", 375, 740, scripts=False)
WORDS = "Staff were kind, but nobody came for an hour."


@pytest.fixture
def town(transactional_db: None) -> Town:
    town = make_town()
    set_form(FormLook(is_open=True), actor=Actor.system(town.healthwatch), as_of=clock.now())
    return town


def told(town: Town) -> list[Told]:
    with acting_for([town.healthwatch.pk]):
        return list(Told.objects.select_related("experience"))


def go_on(page: Page, words: str = "Go on") -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=words, exact=True).click()


def to_the_page_before_sending(page: Page) -> None:
    page.goto("/tell/ely/en/")
    page.get_by_label("No", exact=True).check()
    go_on(page)
    page.get_by_label("What happened?").fill(WORDS)
    go_on(page)
    page.get_by_label("Where did it happen?").first.fill("A place nobody knows")
    go_on(page)
    go_on(page)
    page.get_by_label("Bad", exact=True).check()
    go_on(page)
    go_on(page)
    page.get_by_label("No, skip them").check()
    go_on(page)
    go_on(page)
    page.get_by_label("No, thank you").check()
    go_on(page)
    expect(page.get_by_role("heading", name="Check what you wrote")).to_be_visible()


@pytest.mark.parametrize("reader", [PHONE], indirect=True)
def test_off_line_on_sending_it_is_sent_once_when_the_line_is_back(
    page: Page, context: BrowserContext, town: Town, check_accessible: Check, screenshot: Shot
) -> None:
    to_the_page_before_sending(page)
    page.get_by_role("link", name="Change Who can we show your words to?").click()
    page.get_by_label("You can print some of my words").check()
    page.reload()
    expect(page.get_by_label("You can print some of my words")).to_be_checked()
    page.get_by_label("You can print some of my words").uncheck()
    page.reload()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(0)
    go_on(page)
    page.get_by_role("link", name="Change What happened?").click()
    page.get_by_label("What happened?").fill("Nobody came for two hours.")
    page.reload()
    expect(page.get_by_label("What happened?")).to_have_value("Nobody came for two hours.")
    go_on(page)
    context.set_offline(True)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("status").get_by_text("No signal.")).to_be_visible()
    check_accessible(page)
    screenshot("tell-off-line")
    assert not told(town)
    context.set_offline(False)
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    (one,) = told(town)
    assert one.experience.answer == "Nobody came for two hours."


def test_a_browser_that_was_closed_goes_on_where_somebody_stopped(
    browser: Browser, town: Town, live_site: str, tmp_path: Path
) -> None:
    def opened() -> BrowserContext:
        return browser.browser_type.launch_persistent_context(
            tmp_path / "profile",
            executable_path=chromium(),
            args=ARGUMENTS,
            base_url=live_site,
            locale="en-GB",
        )

    first = opened()
    page = first.new_page()
    page.goto("/tell/ely/en/")
    page.get_by_label("No", exact=True).check()
    go_on(page)
    with page.expect_request(lambda asked: "so_far=yes" in (asked.post_data or "")):
        page.get_by_label("What happened?").fill(WORDS)
        page.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide'))")
    page.wait_for_timeout(500)
    first.close()
    second = opened()
    page = second.new_page()
    page.goto("/tell/ely/en/")
    page.get_by_role("link", name="Go on where you stopped").click()
    expect(page.get_by_label("What happened?")).to_have_value(WORDS)
    page.get_by_role("link", name="Delete what I wrote").click()
    go_on(page, "Delete it")
    expect(page.get_by_role("heading", name="It is deleted")).to_be_visible()
    page.goto("/tell/ely/en/what/")
    expect(page.get_by_text("Nothing is kept here from before.")).to_be_visible()
    second.close()


@pytest.mark.parametrize("reader", [PHONE, BARE_PHONE], indirect=True, ids=["phone", "bare"])
def test_where_the_site_fails_what_was_typed_is_sent_later(
    context: BrowserContext,
    town: Town,
    check_accessible: Check,
    reader: Reader,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = context.new_page()  # unwatched: what fails is meant to
    page.goto("/tell/ely/en/")
    page.get_by_label("No", exact=True).check()
    go_on(page)
    page.get_by_label("What happened?").fill(WORDS)

    def failing(*_given: object, **_named: object) -> None:
        raise OperationalError("the database is away")

    monkeypatch.setattr(tell, "keep", failing)
    page.get_by_role("button", name="Go on", exact=True).click()
    if reader.scripts:
        expect(page.get_by_role("status").get_by_text("sent again by itself")).to_be_visible()
        monkeypatch.setattr(tell, "keep", drafts.keep)
        expect(page.get_by_label("Where did it happen?").first).to_be_visible(timeout=20_000)
    else:
        expect(page.get_by_text("Nothing is lost.")).to_be_visible()
        check_accessible(page)
        monkeypatch.setattr(tell, "keep", drafts.keep)
        go_on(page, "Send again")
    expect(page.get_by_label("Where did it happen?").first).to_be_visible()
    page.get_by_role("link", name="Back", exact=True).click()
    expect(page.get_by_label("What happened?")).to_have_value(WORDS)
