"""A person's settings: an address for their calendar, and how they are reminded."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from candour.calendars.keeping import keep_calendar
from candour.calendars.tasks import waiting_cases
from candour.cases.models import Case
from candour.database.row_security import acting_for
from candour.people.models import Post, User
from candour.site.demo import load_demo
from tests.journeys.readers import every_reader
from tests.setup.test_demo import WEDNESDAY
from tests.support.casework import make_town

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey, pytest.mark.slow]


@every_reader
def test_an_address_is_made_and_revoked_and_reminders_are_chosen(
    page: Page,
    come_in_as: Callable[[User], None],
    check_accessible: Callable[[Page], None],
    screenshot: Callable[[str], Path],
) -> None:
    town = make_town()
    town.mari.email = "mari@staff.example"
    town.mari.save()
    come_in_as(town.mari)
    page.goto("/")
    page.get_by_role("link", name="Your settings").click()
    expect(page.get_by_role("heading", name="Reminders", level=1)).to_be_visible()
    check_accessible(page)
    screenshot("settings-reminders")
    page.get_by_label("How many days before its date").fill("forty")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Enter a number of days from 0 to 30")).to_be_visible()
    check_accessible(page)
    page.get_by_label("How many days before its date").fill("5")
    page.get_by_label("As soon as there is something").check()
    page.get_by_label("Quiet from").fill("5pm")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("You will be reminded so from now on")).to_be_visible()
    expect(page.get_by_label("Quiet from")).to_have_value("17:00")
    page.get_by_role("link", name="Calendar", exact=True).click()
    expect(page.get_by_role("heading", name="Your calendar", level=1)).to_be_visible()
    check_accessible(page)
    page.get_by_role("button", name="Make an address").click()
    address = page.get_by_label("Address of your calendar")
    expect(address).to_be_visible()
    check_accessible(page)
    screenshot("settings-calendar")
    found = address.input_value()
    assert page.request.get(found).headers["content-type"].startswith("text/calendar")
    page.get_by_role("button", name="Revoke it").click()
    expect(page.get_by_text("The address is revoked")).to_be_visible()
    assert page.request.get(found).status == 404


@every_reader
def test_the_page_of_meetings_says_who_was_invited_and_whom_none_reached(
    page: Page,
    come_in_as: Callable[[User], None],
    check_accessible: Callable[[Page], None],
    screenshot: Callable[[str], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CANDOUR_NOW", WEDNESDAY.isoformat())
    load_demo(as_of=WEDNESDAY, with_experiences=False)
    for case, body in waiting_cases():
        keep_calendar(case, body, WEDNESDAY)
    mari = User.objects.get(username="mari")
    with acting_for([post.body_id for post in mari.posts.all()]):
        ref = Case.objects.get(service__name="Plas Glas y Dorlan", closed_at=None).ref
    come_in_as(mari)
    page.goto(f"/cases/{ref}/meetings/")
    expect(page.get_by_text("County Hall, Cardiff, committee room 3")).to_be_visible()
    expect(page.get_by_text("Dietitian: No address is known")).to_be_visible()
    expect(page.get_by_text("To the provider’s part: 2:30pm–4pm").first).to_be_visible()
    check_accessible(page)
    screenshot("meetings-invitations")
    Post.objects.filter(role="chair", body__slug="cardiff").update(to_date="2026-01-01")
    page.goto("/worklist/?whose=body")
    expect(page.get_by_text("Nobody holds this post").first).to_be_visible()
    check_accessible(page)
    screenshot("worklist-unheld")
