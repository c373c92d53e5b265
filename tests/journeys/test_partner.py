"""A case is shared with a partner, whose officer finds it and sees what partners may be told."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from candour.bodies.models import BodyFunction
from candour.cases.models import Case
from candour.people.models import User
from tests.journeys.readers import every_reader
from tests.journeys.walking import choose, fill, press
from tests.support.casework import Town, add, hold_ppm, make_town, open_at, to_ppm

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
KEPT = "The manager is believed to falsify charts"


@pytest.fixture
def town(live_site: str, monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-31T15:00")
    town = make_town()
    BodyFunction.objects.create(body=town.elsewhere, function="commissioner")
    return town


@pytest.fixture
def case(town: Town) -> Case:
    case = open_at(town, "2026-03-09T09:00")
    to_ppm(town, case)
    hold_ppm(town, case)
    said = {"evidence": "verbal", "from_whom": "A nurse", "what_it_shows": KEPT}
    add(town, case, "evidence_added", "2026-03-31T10:00", said, audience="members")
    return case


@every_reader
def test_a_case_is_shared_with_a_partner_and_ended(
    page: Page,
    town: Town,
    case: Case,
    come_in_as: Callable[[User], None],
    check_accessible: Callable[[Page], None],
    screenshot: Callable[[str], Path],
) -> None:
    # Given a case, when its officer shares it from the page of its sharings
    come_in_as(town.mari)
    page.goto(f"/cases/{case.ref}/sharing/")
    check_accessible(page)
    page.get_by_role("button", name="Share with another body").click()
    check_accessible(page)
    press(page, "Share the case")
    expect(page.get_by_text("Choose the body that the case is shared with").first).to_be_visible()
    check_accessible(page)
    screenshot("share-refused")
    fill(page, {"Which body?": "Powys Council", "What for?": "It pays for two people there."})
    choose(page, {"What does it see?": "What partners may be told"})
    choose(page, {"On what legal basis?": "Statutory duty"})
    for box, value in (("day", "30"), ("month", "6"), ("year", "2026")):
        page.locator(f"[name=until-{box}]").fill(value)
    press(page, "Share the case")
    # Then the page says so
    expect(page.get_by_text("Powys Council sees the case from now on")).to_be_visible()
    check_accessible(page)
    screenshot("sharing-partners")

    # When the partner's officer comes, then the case stands among those shared with them
    come_in_as(town.olwen)
    page.goto("/worklist/")
    expect(page.get_by_role("heading", name="Shared with us")).to_be_visible()
    check_accessible(page)
    screenshot("worklist-shared")
    page.locator("section[aria-labelledby=shared] a").click()
    # And they read what partners may be told, and nothing of the members' part
    expect(page.get_by_text("Cardiff Council shared this case with you")).to_be_visible()
    expect(page.get_by_text("Three falls in one week")).to_be_visible()
    expect(page.get_by_text(KEPT)).to_have_count(0)
    check_accessible(page)
    screenshot("shared-case")
    page.goto(f"/cases/{case.ref}/")
    expect(page.get_by_text(case.ref)).to_have_count(0)

    # When the officer ends it, then the partner sees it no more
    come_in_as(town.mari)
    page.goto(f"/cases/{case.ref}/sharing/")
    page.get_by_role("link", name="End it").click()
    check_accessible(page)
    page.get_by_label("Why does it end?").fill("They moved away.")
    press(page, "End it")
    expect(page.get_by_text("Powys Council sees the case no more")).to_be_visible()
    check_accessible(page)
    come_in_as(town.olwen)
    page.goto("/worklist/")
    expect(page.get_by_role("heading", name="Worklist", level=1)).to_be_visible()
    expect(page.get_by_text("Shared with us")).to_have_count(0)
