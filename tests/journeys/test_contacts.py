"""Somebody is at risk on a Saturday night: the number that answers is there at every turn."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from candour import policies
from candour.people.models import Post
from tests.journeys.readers import Reader, every_reader
from tests.journeys.walking import choose, fill, press
from tests.support.casework import make_town

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]
PASSWORD = "a-long-enough-password"
NIGHT = "01629 532600"

Check = Callable[[Page], None]
Take = Callable[[str], Path]


@every_reader
def test_the_number_for_the_hour(
    page: Page,
    reader: Reader,
    live_site: str,
    monkeypatch: pytest.MonkeyPatch,
    check_accessible: Check,
    screenshot: Take,
) -> None:
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-28T23:45")
    for name in policies.available():  # a busy machine reads them all in more than a page’s time
        policies.load(name)
    town = make_town()
    town.in_derbyshire()
    town.sam.set_password(PASSWORD)
    town.sam.save()
    Post.objects.create(user=town.sam, body=town.healthwatch, role="safeguarding_lead")
    page.goto("/")
    fill(page, {"User name or email address": "sam"})
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")
    page.goto(f"/cases/open/?procedure=healthwatch_derbyshire&service={town.hospital.pk}")
    choose(page, {"Is somebody at immediate risk": "Yes"})
    expect(page.get_by_role("main")).to_contain_text(NIGHT)
    check_accessible(page)
    choose(page, {"Who regulates the setting?": "Nobody"})
    fill(page, {"Title": "Left without care at night"})
    press(page, "Open the case")
    answers = page.get_by_role("region", name="Who answers now")
    expect(answers.get_by_role("link", name=NIGHT)).to_be_visible()
    check_accessible(page)
    screenshot("who-answers")
    page.get_by_role("link", name="Record: Referral made").click()
    expect(page.get_by_role("region", name="Who answers now")).to_contain_text(NIGHT)
    check_accessible(page)
    page.go_back()
    page.get_by_role("link", name="Contacts", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Monday to Friday: 8am to 8pm")
    check_accessible(page)
    screenshot("contacts")
