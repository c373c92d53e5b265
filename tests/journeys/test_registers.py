"""Registers and programs, by keyboard and on a phone, seen by axe: with scripts and without."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from candour.people.models import User
from candour.site.demo import load_demo
from tests.journeys.readers import DESKTOP, PHONE, WITHOUT_SCRIPTS
from tests.setup.test_demo import WEDNESDAY

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey, pytest.mark.slow]


READERS = [DESKTOP, PHONE, WITHOUT_SCRIPTS]


@pytest.mark.parametrize("reader", READERS, indirect=True, ids=[each.name for each in READERS])
def test_a_chief_executive_reads_the_registers_and_lets_a_program_read(
    page: Page,
    come_in_as: Callable[[User], None],
    check_accessible: Callable[[Page], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CANDOUR_NOW", WEDNESDAY.isoformat())
    # Given somebody who heads a Healthwatch
    load_demo(as_of=WEDNESDAY)
    come_in_as(User.objects.get(username="colin"))
    # When they look at what was decided, and at what was answered
    page.goto("/decisions/")
    expect(page.get_by_role("table")).to_contain_text("Chief executive")
    check_accessible(page)
    page.goto("/responses/?which=all")
    check_accessible(page)
    page.get_by_role("table").get_by_role("link").first.click()
    page.get_by_role("button", name="Report with the answers").click()
    # Then the report says whom it waits for, and reads as it will be published
    expect(page.get_by_role("heading", name="Before it goes out")).to_be_visible()
    expect(page.get_by_role("heading", name="As it will read")).to_be_visible()
    check_accessible(page)
    # And when they make a token by keyboard alone
    page.goto("/settings/programs/")
    page.get_by_label("What is the program?").focus()
    page.keyboard.type("Board report")
    page.get_by_label("Recommendations, and what was answered").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Make a token").focus()
    page.keyboard.press("Enter")
    # Then they are shown it, this once
    expect(page.get_by_role("heading", name="Your new token")).to_be_visible()
    token = page.get_by_label("Token", exact=True).input_value()
    check_accessible(page)
    header = {"Authorization": f"Bearer {token}"}
    assert page.request.get("/api/v1/recommendations", headers=header).ok
    assert page.request.get("/api/v1/cases", headers=header).status == 403
    page.goto("/settings/programs/")
    expect(page.get_by_role("table")).to_contain_text("Board report")
    assert token not in page.content()
