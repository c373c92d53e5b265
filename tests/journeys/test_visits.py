"""A visit, from its plan to the draft of its report, also where the signal goes away there."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.cache import cache
from playwright.sync_api import BrowserContext, Page, expect

from candour.people.models import User
from tests.journeys.readers import PHONE, every_reader
from tests.journeys.walking import choose, fill, fill_when, press
from tests.support.casework import make_town
from tests.support.signatures import Derbyshire, in_derbyshire
from tests.support.visits import WHO_MAY, authorise, decide, planned, visit_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]
Check = Callable[[Page], None]
Shot = Callable[[str], Path]
ComeIn = Callable[[User], None]
on_a_phone = pytest.mark.parametrize("reader", [PHONE], indirect=True, ids=["phone"])
KEPT = """async (path) => {
  for (let tries = 0; tries < 100; tries++) {
    if (navigator.serviceWorker.controller && await caches.match(path)) return true
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return false
}"""
WAITS = "1 note waits on this phone"


@pytest.fixture
def made(
    live_site: str, owner_cursor: psycopg.Cursor[Any], monkeypatch: pytest.MonkeyPatch
) -> Derbyshire:
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-30T11:00")
    cache.clear()
    made = in_derbyshire(make_town())
    authorise(made)
    return made


def note(page: Page, words: str, *, area: str = "Bells") -> None:
    """Write a note on the phone, as somebody in a corridor does."""
    choose(page, {"What it is about": area, "How do you know?": "Seen for ourselves"})
    choose(page, {"How is it?": "A worry"})
    fill(page, {"What you saw or heard": words})
    page.get_by_label("Nobody who uses the service can be recognised").check()
    press(page, "Note it")


@every_reader
def test_a_visit_is_planned_noted_down_and_written_up(  # fixtures of a journey
    page: Page,
    made: Derbyshire,
    come_in_as: ComeIn,
    check_accessible: Check,
    screenshot: Shot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Given a decision to enter and view
    decide(made)
    come_in_as(made.town.sam)
    page.goto(f"/cases/{made.case.ref}/visits/")
    check_accessible(page)

    # When the officer plans the visit
    page.get_by_role("link", name="Plan a visit").or_(
        page.get_by_role("button", name="Plan a visit")
    ).click()
    check_accessible(page)
    screenshot("visit-plan")
    fill_when(page, "2026-03-31 19:00", "planned_for")
    choose(page, {"Who goes": WHO_MAY[0], "Announced?": "Yes"})
    fill(page, {"What to look at, and what to ask": "Bells\nSupper"})
    fill(page, {"Who is told before (optional)": "The ward"})
    choose(page, {"Is it a council’s social service for people under 18?": "No"})
    press(page, "Record it")
    page.get_by_role("link", name="Ely General, Ward 3").click()
    check_accessible(page)
    screenshot("visit-planned")

    # And on the evening notes down what they see
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-31T19:30")
    page.reload()
    page.get_by_role("button", name="Note down what you see").click()
    check_accessible(page)
    note(page, "A bell rang for half an hour.")
    expect(page.get_by_text("A bell rang for half an hour.")).to_be_visible()
    check_accessible(page)
    screenshot("visit-notes")

    # Then the visit is written up out of that
    page.get_by_role("link", name="Back to the visit").click()
    expect(page.get_by_text("1 note: 0 good, 1 a worry")).to_be_visible()
    page.get_by_role("link", name="Write up the visit").click()
    expect(page.get_by_label("Findings")).to_have_value(re.compile("A bell rang"))
    check_accessible(page)
    press(page, "Record it")
    page.get_by_role("button", name="Draft the report").click()
    expect(page.get_by_label("What it says")).to_have_value(re.compile("A bell rang"))
    check_accessible(page)
    fill(page, {"Recommendations (optional)": "Two at night."})
    choose(page, {"Is it written so that nobody who uses the service can be recognised?": "Yes"})
    press(page, "Record it")
    expect(page.get_by_role("button", name="Send the draft to the provider")).to_be_visible()
    check_accessible(page)
    screenshot("visit-drafted")


@on_a_phone
def test_what_is_noted_without_signal_is_kept_and_sent_once_by_itself(  # the same
    page: Page,
    context: BrowserContext,
    made: Derbyshire,
    come_in_as: ComeIn,
    check_accessible: Check,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Given the page for notes, open on a phone
    planned(made)
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-31T19:30")
    come_in_as(made.town.sam)
    notes = f"/cases/{made.case.ref}/visits/{visit_of(made).entry.id}/notes/"
    page.goto(notes)
    assert page.evaluate(KEPT, notes), "the page is not kept on the phone"

    # When the signal goes, and something is noted
    context.set_offline(True)
    note(page, "A bell rang for half an hour.")
    expect(page.get_by_role("status").filter(has_text=WAITS)).to_be_visible()
    check_accessible(page)
    fill(page, {"What you saw or heard": "Half a sentence"})

    # Then it outlives the page being closed and opened again, still without signal
    page.reload()
    expect(page.get_by_text(WAITS)).to_be_visible()
    expect(page.get_by_label("What you saw or heard")).to_have_value("Half a sentence")
    assert visit_of(made).notes == ()

    # And is sent once, by itself, when the signal is back
    context.set_offline(False)
    expect(page.get_by_text("Everything is sent.")).to_be_visible(timeout=30_000)
    (kept,) = visit_of(made).notes
    assert kept.data["observed"] == "A bell rang for half an hour."
    page.reload()
    expect(page.get_by_text("Noted so far")).to_be_visible()
    assert len(visit_of(made).notes) == 1


@on_a_phone
def test_an_answer_that_is_lost_on_the_way_is_asked_for_again(
    page: Page, made: Derbyshire, come_in_as: ComeIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned(made)
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-31T19:30")
    come_in_as(made.town.sam)
    page.goto(f"/cases/{made.case.ref}/visits/{visit_of(made).entry.id}/notes/")
    lost: list[Any] = []

    def lose(route: Any) -> None:  # the site has the note, the phone never learns it
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch())
            route.abort()
        else:
            route.continue_()

    page.route("**/notes/", lose)
    note(page, "A bell rang for half an hour.")
    expect(page.get_by_text(WAITS)).to_be_visible()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.get_by_text("Everything is sent.")).to_be_visible()
    assert len(visit_of(made).notes) == 1


@on_a_phone
def test_somebody_signed_out_on_the_way_loses_nothing(
    page: Page,
    context: BrowserContext,
    made: Derbyshire,
    come_in_as: ComeIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    planned(made)
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-31T19:30")
    come_in_as(made.town.sam)
    notes = f"/cases/{made.case.ref}/visits/{visit_of(made).entry.id}/notes/"
    page.goto(notes)
    context.clear_cookies(name="candour_session")
    note(page, "A bell rang for half an hour.")
    expect(page.get_by_text("You are signed out. Nothing is lost")).to_be_visible()
    come_in_as(made.wendy)
    page.goto(notes)
    expect(page.get_by_text(WAITS)).to_have_count(0)  # it is not hers
    come_in_as(made.town.sam)
    page.goto(notes)
    expect(page.get_by_text("Everything is sent.")).to_be_visible()
    assert len(visit_of(made).notes) == 1
