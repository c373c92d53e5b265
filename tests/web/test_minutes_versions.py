"""The page of minutes: what went out, what a new version puts right, what approved it."""

from collections.abc import Callable

import pytest
from django.test import Client

from candour.cases.models import Case
from candour.people.models import User
from tests.support.casework import Town, add, hold_ppm, open_at, to_ppm
from tests.web.pages import main_of, text_of

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
FULL = {"part": "minutes", "copy": "members", "to": ["Contracts team", "Health board"]}


@pytest.fixture
def minutes(town: Town, monkeypatch: pytest.MonkeyPatch) -> tuple[Case, str, str]:
    """A PPM held on 30 March: its case, its record, and the page of its minutes."""
    monkeypatch.setenv("CANDOUR_NOW", "2026-05-11T15:00")
    case = open_at(town, "2026-03-09T09:00")
    to_ppm(town, case)
    held = hold_ppm(town, case).entry.id
    return case, held, f"/cases/{case.ref}/meetings/{held}/"


def sent(town: Town, case: Case, when: str, refers: str, **more: str) -> str:
    made = add(town, case, "minutes_circulated", when, {**FULL, **more}, refers_to=(refers,))
    return made.entry.id


def test_before_anything_went_out_there_is_nothing_to_approve(
    town: Town, minutes: tuple[Case, str, str], signed_in: Browser
) -> None:
    page = text_of(main_of(signed_in(town.mari).get(minutes[2])))
    assert "What went out" not in page
    assert "Record that this copy was sent" in page
    assert "approved" not in page


def test_versions_are_listed_the_newest_first_and_one_copy_does_not_show_another(
    town: Town, minutes: tuple[Case, str, str], signed_in: Browser
) -> None:
    case, held, address = minutes
    first = sent(town, case, "2026-04-10T10:00", held)
    sent(town, case, "2026-04-17T10:00", first, corrects="The visit was on 24 March, not 25.")
    mari = signed_in(town.mari)
    page = text_of(main_of(mari.get(address)))
    assert page.index("Version 2, Fri 17 Apr 2026") < page.index("Version 1, Fri 10 Apr 2026")
    assert "Puts right: The visit was on 24 March, not 25." in page
    assert "Not approved yet" in page
    assert "Write a corrected version" in page
    other = text_of(main_of(mari.get(f"{address}?copy=provider")))
    assert "What went out" not in other


def test_the_meeting_that_approved_them_is_named(
    town: Town, minutes: tuple[Case, str, str], signed_in: Browser
) -> None:
    case, held, address = minutes
    first = sent(town, case, "2026-04-10T10:00", held)
    mari = signed_in(town.mari)
    way = f"/cases/{case.ref}/record/minutes_approved/?refers={first}"
    assert way in main_of(mari.get(address)).replace("&amp;", "&")
    add(town, case, "minutes_approved", "2026-05-11T14:10", {}, refers_to=(first,))
    page = text_of(main_of(mari.get(address)))
    assert "Approved on Mon 11 May 2026" in page
    assert "minutes_approved" not in main_of(mari.get(address))


def test_approved_while_a_meeting_sits_they_name_it_and_leave_its_agenda(
    town: Town, minutes: tuple[Case, str, str], signed_in: Browser
) -> None:
    case, held, address = minutes
    first = sent(town, case, "2026-04-10T10:00", held)
    add(town, case, "meeting_held", "2026-05-11T14:00", {"meeting": "jqmm"})
    add(town, case, "minutes_approved", "2026-05-11T14:10", {}, refers_to=(first,))
    page = text_of(main_of(signed_in(town.mari).get(address)))
    assert "Approved on Mon 11 May 2026: Joint Quality Management Meeting" in page
