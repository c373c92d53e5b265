"""The pages of a person's own settings: the calendar's address, and reminders."""

import re
from collections.abc import Callable
from datetime import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from candour.database.row_security import acting_for
from candour.people.models import User
from candour.reminders.choices import Choices, How
from candour.reminders.settings import choices_for
from tests.support.casework import Town
from tests.web.pages import main_of, read

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
CALENDAR, REMINDERS = "/settings/calendar/", "/settings/reminders/"
CHOSEN = {
    "how": "at_once",
    "days_before": "7",
    "morning": "9:15",
    "quiet_from": "5pm",
    "quiet_until": "07.45",
}


def chosen(user: User) -> Choices:
    with acting_for([], person=user.pk):
        return choices_for(user)


def test_an_address_is_made_shown_once_and_revoked(town: Town, signed_in: Browser) -> None:
    browser = signed_in(town.mari)
    assert "You have no address yet" in read(browser.get(CALENDAR))
    made = browser.post(CALENDAR, {"do": "make", "meetings": "mine"})
    assert "no-store" in made["Cache-Control"]
    found = re.search(r'value="http://testserver(/calendar/[^"]+\.ics)"', made.content.decode())
    assert found
    assert Client().get(found[1]).status_code == 200
    later = browser.get(CALENDAR)
    assert found[1] not in later.content.decode()
    assert "It was shown once" in read(later)
    assert 'value="mine" checked' in main_of(later)
    done = browser.post(CALENDAR, {"do": "revoke"}, follow=True)
    assert "The address is revoked" in read(done)
    assert Client().get(found[1]).status_code == 404


def test_which_meetings_it_shows_can_be_changed(town: Town, signed_in: Browser) -> None:
    browser = signed_in(town.mari)
    browser.post(CALENDAR, {"do": "make"})
    done = browser.post(CALENDAR, {"do": "choose", "meetings": "none"}, follow=True)
    assert 'value="none" checked' in main_of(done)
    browser.post(CALENDAR, {"do": "choose", "meetings": "whatever"})
    assert 'value="all" checked' in main_of(browser.get(CALENDAR))


def test_reminders_are_chosen_and_said_back(town: Town, signed_in: Browser) -> None:
    browser = signed_in(town.mari)
    first = main_of(browser.get(REMINDERS))
    assert 'value="digest" checked' in first
    assert 'value="08:00"' in first
    done = browser.post(REMINDERS, CHOSEN, follow=True)
    assert "Saved" in read(done)
    assert chosen(town.mari) == Choices(How.AT_ONCE, 7, time(9, 15), time(17), time(7, 45))
    assert 'value="at_once" checked' in main_of(done)
    assert chosen(town.ieuan) == Choices()


@pytest.mark.parametrize(
    ("name", "typed", "says"),
    [
        ("how", "shout", "Choose how you want to be reminded"),
        ("days_before", "31", "Enter a number of days from 0 to 30"),
        ("days_before", "soon", "Enter a number of days from 0 to 30"),
        ("days_before", "²", "Enter a number of days from 0 to 30"),
        ("morning", "", "Enter a time of day"),
        ("quiet_from", "25:00", "Enter a time of day"),
    ],
)
def test_what_cannot_be_read_is_shown_back_with_what_to_do(
    town: Town, signed_in: Browser, name: str, typed: str, says: str
) -> None:
    answer = signed_in(town.mari).post(REMINDERS, {**CHOSEN, name: typed})
    assert answer.status_code == 422
    assert f'<a href="#{name}">{says}' in main_of(answer)
    assert 'value="7"' in main_of(answer) or name == "days_before"
    assert chosen(town.mari) == Choices()


def test_somebody_without_an_address_is_told_that_no_mail_can_come(
    town: Town, signed_in: Browser
) -> None:
    assert "No mail can reach you" in read(signed_in(town.mari).get(REMINDERS))
    User.objects.filter(pk=town.mari.pk).update(email="mari@staff.example")
    assert "Mail goes to mari@staff.example" in read(signed_in(town.mari).get(REMINDERS))


def test_every_page_leads_to_the_settings(town: Town, signed_in: Browser) -> None:
    assert f'href="{REMINDERS}"' in signed_in(town.mari).get("/").content.decode()


@pytest.mark.parametrize("page", [CALENDAR, REMINDERS])
def test_the_pages_ask_the_database_little(town: Town, signed_in: Browser, page: str) -> None:
    browser = signed_in(town.mari)
    browser.get(page)
    with CaptureQueriesContext(connection) as asked:
        browser.get(page)
    assert len(asked) <= 10
