"""Every component at once: axe sees them all, on every screen."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.readers import WITHOUT_SCRIPTS, Reader, every_reader

pytestmark = [pytest.mark.journey, pytest.mark.urls("tests.web.patterns.urls")]


@every_reader
def test_every_component_is_accessible(
    page: Page,
    reader: Reader,
    check_accessible: Callable[[Page], None],
    screenshot: Callable[[str], Path],
) -> None:
    page.goto("/patterns/")
    for details in page.locator("details.app-why").all():
        details.locator("summary").click()
    check_accessible(page)
    screenshot("patterns")


@every_reader
def test_filters_stand_open_except_on_a_phone(page: Page, reader: Reader) -> None:
    page.goto("/patterns/")
    fields = page.get_by_role("button", name="Show results")
    expect(fields).to_be_visible(visible=reader.name != "phone")
    if reader.name == "phone":
        page.locator("summary", has_text="Filter").click()
        expect(fields).to_be_visible()


def test_one_box_selects_the_whole_list(page: Page) -> None:
    page.goto("/patterns/")
    page.get_by_label("Select all on this page").check()
    assert page.locator("input[data-app-selects]:checked").count() == 3
    page.get_by_label("Choose experience 2").uncheck()
    expect(page.get_by_label("Select all on this page")).not_to_be_checked()


@pytest.mark.parametrize("reader", [WITHOUT_SCRIPTS], indirect=True)
def test_without_scripts_no_box_is_offered_that_would_do_nothing(page: Page) -> None:
    page.goto("/patterns/")
    expect(page.get_by_label("Select all on this page")).to_have_count(0)
    expect(page.get_by_label("Choose experience 2")).to_be_visible()
