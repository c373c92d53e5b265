"""The provider's manager answers by a link, on a phone; the officer invites and sees what came."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.cache import cache
from playwright.sync_api import Locator, Page, expect

from candour.people.models import User
from tests.journeys.readers import DESKTOP, PHONE, Reader
from tests.support.casework import make_town
from tests.support.letters import provider_contacts
from tests.support.outside import Outside, in_cardiff

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]
Check = Callable[[Page], None]
Shot = Callable[[str], Path]
BARE_PHONE = Reader("phone-without-scripts", 375, 740, scripts=False)
on_a_bare_phone = pytest.mark.parametrize("reader", [BARE_PHONE], indirect=True, ids=["bare-phone"])
on_both = pytest.mark.parametrize("reader", [DESKTOP, PHONE], indirect=True, ids=["desk", "phone"])


@pytest.fixture
def made(
    live_site: str, owner_cursor: psycopg.Cursor[Any], monkeypatch: pytest.MonkeyPatch
) -> Outside:
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-31T11:00")
    cache.clear()
    town = make_town()
    provider_contacts(town)
    return in_cardiff(town)


@on_a_bare_phone
def test_the_provider_s_manager_answers_by_link_on_a_phone_without_scripts(
    page: Page, made: Outside, check_accessible: Check, screenshot: Shot, tmp_path: Path
) -> None:
    # Given an invitation, when its link is opened
    made.invited(
        made.entry("notice_sent"),
        made.entry("concern_raised"),
        plan=True,
        note="Please answer before the meeting of the 15th.",
    )
    page.goto(made.address())
    check_accessible(page)
    screenshot("outside-link")
    page.get_by_role("button", name="Open it").click()
    # Then what is asked is there, and nothing else of the case
    expect(page.get_by_text("Please answer before the meeting")).to_be_visible()
    check_accessible(page)
    screenshot("outside-page")
    # When they say that a notice arrived, and answer it in Welsh
    page.get_by_role("button", name="Say that you have it").first.click()
    expect(page.get_by_text("It is recorded")).to_be_visible()
    page.get_by_role("button", name="Answer it").first.click()
    check_accessible(page)
    page.get_by_role("link", name="Cymraeg").click()
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    check_accessible(page)
    page.get_by_role("link", name="English").click()
    page.get_by_role("button", name="Send to Cardiff Council").click()
    expect(page.get_by_text("Say it in a few words").first).to_be_visible()
    check_accessible(page)
    page.get_by_label("Your answer").fill("We agree to every point.")
    page.get_by_role("button", name="Send to Cardiff Council").click()
    expect(page.get_by_text("We agree to every point.")).to_be_visible()
    # When they say that an action is done, with evidence
    page.get_by_role("button", name="Report on it").click()
    page.get_by_label("It is done").check()
    page.get_by_label("What has been done").fill("Every chart is checked at each round.")
    (tmp_path / "charts.csv").write_text("round,gaps\n1,0\n")
    page.get_by_label("Documents or pictures that show it").set_input_files(tmp_path / "charts.csv")
    screenshot("outside-report")
    page.get_by_role("button", name="Send to Cardiff Council").click()
    expect(page.get_by_text("charts.csv")).to_be_visible()
    expect(page.get_by_text("Answered: 2 of 3")).to_be_visible()
    check_accessible(page)
    screenshot("outside-answered")
    # Then they close it, and it opens no more
    page.get_by_role("button", name="Close it here").click()
    expect(page.get_by_role("heading", name="Closed")).to_be_visible()
    check_accessible(page)


@on_both
def test_an_officer_invites_and_sees_what_came(
    page: Page,
    made: Outside,
    come_in_as: Callable[[User], None],
    check_accessible: Check,
    screenshot: Shot,
) -> None:
    # Given a plan whose actions wait for the provider, when the officer asks it from there
    come_in_as(made.user)
    page.goto(f"/cases/{made.case.ref}/portal/")
    check_accessible(page)
    page.goto(f"/cases/{made.case.ref}/plan/")
    page.get_by_role("link", name="Ask them to answer by link").click()
    check_accessible(page)
    screenshot("portal-invite")
    page.get_by_role("button", name="Invite them").click()
    expect(page.get_by_text("Gwenllian Huws is invited")).to_be_visible()
    check_accessible(page)
    # Then the plan says whom it was, and that they have not come yet
    page.goto(f"/cases/{made.case.ref}/plan/")
    expect(page.get_by_role("link", name=re.compile("Gwenllian Huws.*Not opened"))).to_be_visible()
    check_accessible(page)
    screenshot("plan-asked-outside")
    link, officer = made.address(), page.context.cookies()
    page.context.clear_cookies()
    page.goto(link)
    page.get_by_role("button", name="Open it").click()
    page.get_by_role("button", name="Ask for more time").click()
    check_accessible(page)
    for box, value in (("day", "20"), ("month", "5"), ("year", "2026")):
        page.locator(f"[name=new_date-{box}]").fill(value)
    page.get_by_label("Why more time is needed").fill("The builder comes in May.")
    page.get_by_role("button", name="Send to Cardiff Council").click()
    expect(page.get_by_text("The builder comes in May.")).to_be_visible()
    page.context.add_cookies([{**cookie} for cookie in officer])  # type: ignore[typeddict-item]  # as read
    page.goto(f"/cases/{made.case.ref}/portal/")
    expect(page.get_by_text("Waits for you").first).to_be_visible()
    check_accessible(page)
    screenshot("portal")
    page.get_by_role("link", name=re.compile("^Gwenllian Huws")).click()
    expect(page.get_by_role("heading", name="What they see now")).to_be_visible()
    check_accessible(page)
    screenshot("portal-one")
    page.get_by_text("Revoke the invitation").click()
    page.get_by_label("Why is it revoked?").fill("She has left the home.")
    page.get_by_role("button", name="Revoke it").click()
    expect(page.get_by_text("Revoked").first).to_be_visible()
    check_accessible(page)


def by_keys(page: Page, where: Locator) -> None:
    """Go on with Tab until the focus is there, as somebody without a mouse does."""
    for _ in range(60):
        if where.evaluate("each => each === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab never comes to {where}")


def pressed(page: Page, words: str) -> None:
    """Find a button with Tab, and press it with Enter."""
    by_keys(page, page.get_by_role("button", name=words).first)
    page.keyboard.press("Enter")


def test_the_provider_s_manager_answers_by_keyboard_alone(page: Page, made: Outside) -> None:
    # Given a link, when it is opened and a notice acknowledged without a mouse
    made.invited(made.entry("notice_sent"), made.entry("concern_raised"), plan=True)
    page.goto(made.address())
    pressed(page, "Open it")
    pressed(page, "Say that you have it")
    expect(page.get_by_text("It is recorded")).to_be_visible()
    # And answered: what is missing is said, and nothing has to be begun again
    pressed(page, "Answer it")
    pressed(page, "Send to Cardiff Council")
    expect(page.get_by_text("Say it in a few words").first).to_be_visible()
    by_keys(page, page.get_by_label("Your answer"))
    page.keyboard.type("We agree to every point.")
    pressed(page, "Send to Cardiff Council")
    expect(page.get_by_text("We agree to every point.")).to_be_visible()
    # And a fact disputed
    pressed(page, "Say that a fact is wrong")
    by_keys(page, page.get_by_role("textbox").first)
    page.keyboard.type("It was two falls, not three.")
    pressed(page, "Send to Cardiff Council")
    expect(page.get_by_text("It was two falls, not three.")).to_be_visible()
    # And more time asked for an action
    pressed(page, "Ask for more time")
    for box, value in (("day", "20"), ("month", "5"), ("year", "2026")):
        by_keys(page, page.locator(f"[name=new_date-{box}]"))
        page.keyboard.type(value)
    by_keys(page, page.get_by_label("Why more time is needed"))
    page.keyboard.type("The builder comes in May.")
    pressed(page, "Send to Cardiff Council")
    expect(page.get_by_text("The builder comes in May.")).to_be_visible()
    # Then they close it
    pressed(page, "Close it here")
    expect(page.get_by_role("heading", name="Closed")).to_be_visible()
    answered = {entry.kind for entry in made.standing().recorded}
    assert {"receipt_confirmed", "reply_given", "facts_disputed", "more_time_asked"} <= answered
