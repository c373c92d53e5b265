"""Signing in and out, and what the pages say when something goes wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from candour.people.models import User
from tests.journeys.readers import Reader, every_reader

pytestmark = [pytest.mark.journey, pytest.mark.urls("tests.web.patterns.urls")]
PASSWORD = "a-long-enough-password"

Check = Callable[[Page], None]
Take = Callable[[str], Path]


@pytest.fixture(autouse=True)
def _no_tries_remembered() -> None:
    cache.clear()


@pytest.fixture
def mari(live_site: str) -> User:
    return User.objects.create_user("mari", password=PASSWORD, display_name="Mari Ellis")


def _fill_in(page: Page, name: str, password: str) -> None:
    page.get_by_label("User name or email address").fill(name)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()


@every_reader
def test_a_person_signs_in_and_out(
    page: Page, reader: Reader, mari: User, check_accessible: Check, screenshot: Take
) -> None:
    page.goto("/sign-in/?next=/patterns/")
    check_accessible(page)
    screenshot("sign-in")
    _fill_in(page, "mari", "not-the-password")
    expect(page.get_by_role("alert")).to_contain_text("The user name or the password is not right")
    check_accessible(page)
    screenshot("sign-in-refused")
    _fill_in(page, "mari", PASSWORD)
    expect(page).to_have_url("/patterns/")
    expect(page.locator(".app-header")).to_contain_text("Mari Ellis")
    check_accessible(page)
    screenshot("signed-in")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to Candour")


@every_reader
def test_the_page_speaks_welsh_when_asked(
    page: Page, reader: Reader, check_accessible: Check, screenshot: Take
) -> None:
    page.goto("/sign-in/")
    page.get_by_role("link", name="Cymraeg").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mewngofnodi i Candour")
    assert page.locator("html").get_attribute("lang") == "cy"
    check_accessible(page)
    screenshot("sign-in-welsh")


@every_reader
def test_a_page_that_is_not_there_says_so(
    page: Page, reader: Reader, check_accessible: Check, screenshot: Take
) -> None:
    page.goto("/nowhere/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    check_accessible(page)
    screenshot("not-found")


@every_reader
def test_a_form_from_an_old_page_is_given_back(
    page: Page, reader: Reader, mari: User, check_accessible: Check, screenshot: Take
) -> None:
    page.goto("/patterns/")
    page.get_by_label("What happened?").fill("She fell at night.\nNobody came.")
    page.context.clear_cookies()
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your page was open a long time")
    expect(page.locator("main")).to_contain_text("She fell at night.")
    expect(page.get_by_role("link", name="Open it now")).to_have_attribute("href", page.url)
    check_accessible(page)
    screenshot("stale")
