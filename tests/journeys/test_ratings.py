"""Three people rate under seal, each in a window of their own; the chair opens; nobody peeks."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from candour.bodies.models import Body
from candour.cases.models import Case
from candour.people.models import Post, User
from tests.journeys.readers import Reader, every_reader
from tests.journeys.walking import choose, fill, press
from tests.journeys.watching import Watcher
from tests.support.casework import Town, hold_ppm, make_town, open_at, to_ppm

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]
SECRET = "Two people are losing weight and nobody has noticed."
CHAIR = "Chair of the meeting, Cardiff Council"
Check = Callable[[Page], None]


@pytest.fixture
def town(live_site: str, owner_cursor: psycopg.Cursor[Any]) -> Town:
    """The town, with a health board beside the council."""
    return make_town()


@pytest.fixture
def case(town: Town, monkeypatch: pytest.MonkeyPatch, owner_cursor: psycopg.Cursor[Any]) -> Case:
    """A case at PPM that the council shares with the health board, whose officer is Sioned."""
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-30T11:00")
    case = open_at(town, "2026-03-09T09:00")
    to_ppm(town, case)
    hold_ppm(town, case)
    board = Body.objects.create(name="Health board", nation="wales", slug="health-board")
    sioned = User.objects.create(username="sioned", display_name="Sioned Huws")
    Post.objects.create(user=sioned, body=board, role="health_board_lead")
    owner_cursor.execute(
        "UPDATE case_file SET shared_with = ARRAY[%s]::bigint[] WHERE id = %s", [board.pk, case.pk]
    )
    owner_cursor.connection.commit()
    return case


@contextmanager
def window(browser: Browser, reader: Reader, site: str, who: User) -> Iterator[Page]:
    """Yield a page of somebody's own, with their own session, watched like any other."""
    client = Client()
    client.force_login(who)
    name = settings.SESSION_COOKIE_NAME
    with closing(
        browser.new_context(
            base_url=site,
            viewport={"width": reader.width, "height": reader.height},
            java_script_enabled=reader.scripts,
            locale="en-GB",
            timezone_id="Europe/London",
        )
    ) as context:
        context.set_default_timeout(10_000)
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])
        page = context.new_page()
        watcher = Watcher(page, site)
        yield page
        assert not watcher.faults, "On the way:\n" + "\n".join(watcher.faults)


def _take(page: Page, reader: Reader, name: str) -> None:
    folder = Path(__file__).resolve().parents[2] / "var" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{name}-{reader.name}.png", full_page=True)


@every_reader
def test_rating_under_seal(
    browser: Browser,
    live_site: str,
    reader: Reader,
    town: Town,
    case: Case,
    check_accessible: Check,
) -> None:
    ratings = f"/cases/{case.ref}/ratings/"
    with ExitStack() as stack:
        people = (town.ieuan, town.mari, User.objects.get(username="sioned"))
        chair, mari, sioned = (
            stack.enter_context(window(browser, reader, live_site, who)) for who in people
        )
        chair.goto(ratings)
        expect(chair.get_by_role("main")).to_contain_text("Nothing to show yet")
        check_accessible(chair)
        _take(chair, reader, "ratings-none")
        _call(chair, "Cardiff Council\nHealth board\nSocial work")
        harm = "Serious harm, or the service"
        _seal(sioned, ratings, "Health board", harm, SECRET, check_accessible)
        _take(sioned, reader, "ratings-sealed")
        expect(sioned.get_by_role("main")).to_contain_text("1 of 3 have rated")
        _seal(mari, ratings, "Cardiff Council", "Minor", "Seen on two visits.", check_accessible)

        for page in (chair, mari):
            _peek(page, case)
        check_accessible(chair)
        _take(chair, reader, "ratings-waiting")
        sioned.goto(ratings)
        sioned.get_by_role("link", name="Replace your rating").click()
        expect(sioned.get_by_label("Rationale", exact=True)).to_have_value(SECRET)

        _seal(chair, ratings, "Social work", "at risk of harm", "From reviews.", check_accessible)
        expect(chair.get_by_role("table")).to_contain_text(SECRET)
        expect(chair.get_by_role("main")).to_contain_text("3 agencies chose 3 different cells")
        expect(chair.get_by_role("img")).to_be_visible()
        check_accessible(chair)
        _take(chair, reader, "ratings-opened")

        _agree(chair, check_accessible)
        chair.goto(ratings)
        expect(chair.get_by_role("main")).to_contain_text("The provider sent a new manager today.")
        expect(chair.get_by_role("table")).to_contain_text("Graver than agreed")
        check_accessible(chair)
        _take(chair, reader, "ratings-agreed")
        _open_early(chair, sioned, ratings, check_accessible)


def _call(page: Page, agencies: str) -> None:
    page.get_by_role("button", name="Call for ratings").click()
    choose(page, {"Which post are you acting in?": CHAIR})
    fill(page, {"Agencies called on to rate, one to a line": agencies})
    press(page, "Record it")


def _open_early(chair: Page, sioned: Page, ratings: str, check_accessible: Check) -> None:
    """The chair opens a round that nobody else has to wait for; an officer may not."""
    _call(chair, "Cardiff Council\nHealth board")
    _seal(sioned, ratings, "Health board", "Minor", "Weights are back.", check_accessible)
    chair.goto(ratings)
    chair.get_by_role("button", name="Open the ratings").click()
    check_accessible(chair)
    choose(chair, {"Which post are you acting in?": "Contract monitoring officer, Cardiff Council"})
    fill(chair, {"Why they are opened": "The council's officer is ill today."})
    press(chair, "Open them")
    expect(chair.get_by_role("alert")).to_contain_text("only whoever chairs the meeting")
    choose(chair, {"Which post are you acting in?": CHAIR})
    press(chair, "Open them")
    expect(chair.get_by_role("table")).to_contain_text("Weights are back.")
    check_accessible(chair)


def _seal(
    page: Page, ratings: str, agency: str, impact: str, why: str, check_accessible: Check
) -> None:
    page.goto(ratings)
    page.get_by_role("button", name="Rate for your agency").click()
    if agency != "Social work":  # the others have the name of a body that the person works for
        expect(page.get_by_role("radio", name=agency, exact=True)).to_be_checked()
    check_accessible(page)
    posts = page.get_by_role("group", name="Which post are you acting in?")
    if posts.count():
        posts.get_by_role("radio").first.check()
    page.get_by_role("radio", name=agency, exact=True).check()
    page.get_by_label(impact).check()
    page.get_by_label("Capacity in doubt").check()
    press(page, "Seal it")
    expect(page.get_by_role("alert")).to_contain_text("Rationale")
    check_accessible(page)
    fill(page, {"Rationale": why})
    press(page, "Seal it")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("Rating sealed")


def _peek(page: Page, case: Case) -> None:
    """Look everywhere that a rating could show: its page, the case, its form, its correction."""
    for address in ("ratings/", "?show=all", "record/", "ratings/mine/", "ratings/open/"):
        page.goto(f"/cases/{case.ref}/{address}")
        assert SECRET not in page.content(), address
    page.goto(f"/cases/{case.ref}/ratings/")
    expect(page.get_by_role("main")).to_contain_text("Has rated")


def _agree(page: Page, check_accessible: Check) -> None:
    page.get_by_role("button", name="Record the agreed rating").click()
    choose(page, {"Which post are you acting in?": CHAIR})
    page.get_by_label("Quality of life may be affected").check()
    page.get_by_label("Able, with support from agencies").check()
    choose(page, {"What the rating supports": "PPM"})
    fill(page, {"Rationale": "We agreed round the table."})
    press(page, "Record it")
    expect(page.get_by_role("alert")).to_contain_text("milder than the middle one")
    check_accessible(page)
    page.get_by_label("Yes, I go ahead with a written rationale").check()
    page.locator("#entry-rationale").fill("The provider sent a new manager today.")
    press(page, "Record it")
