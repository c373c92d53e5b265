"""The page of a case's meetings: held now, to come, held; and the minutes drafted from one."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from candour.calendars.answers import Brought, file_answers
from candour.cases.models import Case
from candour.database.row_security import acting_for
from candour.people.models import User
from tests.support.casework import Town, add, hold_ppm, london, open_at, to_ppm
from tests.support.invitations import CALL, call, case_at_ppm, event, look, outbox
from tests.support.meetings import attend, begin_part, call_ppm, finish, open_ppm
from tests.web.pages import main_of, part, read, text_of

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]


@pytest.fixture
def case(town: Town, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A case at PPM, with the provider met and the meeting called."""
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-30T10:30")
    case = open_at(town, "2026-03-09T09:00")
    to_ppm(town, case)
    call_ppm(town, case)
    return case


def test_a_meeting_to_come_says_who_is_invited_what_must_hold_and_its_agenda(
    town: Town, case: Case, signed_in: Browser
) -> None:
    page = text_of(part(signed_in(town.mari).get(f"/cases/{case.ref}/meetings/"), "coming"))
    assert "Provider Performance Meeting (PPM)" in page
    assert "Called for Mon 30 Mar 2026. Invited: Contracts team, Health board" in page
    assert "Always: The responsible individual is always invited" in page
    assert "Proposed beside them:" in page
    assert "Holds: " in page
    assert "Data-protection disclaimer, acknowledged by each" in page
    assert "With the provider: the concerns and its own account" in page


def test_the_call_is_filled_in_from_the_procedure(
    town: Town, case: Case, signed_in: Browser
) -> None:
    form = main_of(
        signed_in(town.mari).get(f"/cases/{case.ref}/record/meeting_called/?meeting=ppm")
    )
    assert 'value="health_board" checked' in form
    assert 'value="advocacy" checked' not in form
    assert "Each agency’s rating of risk, then the agreed one" in form
    invited = form.split("Is the responsible individual invited?")[1].split("</fieldset>")[0]
    assert 'value="yes" checked' in invited


def test_a_meeting_being_held_shows_its_part_and_leads_to_its_room(
    town: Town, case: Case, signed_in: Browser
) -> None:
    sitting = open_ppm(town, case)
    attend(town, case, "10:05", ["contracts_team", "health_board"], took=["contracts_team"])
    now = part(signed_in(town.mari).get(f"/cases/{case.ref}/meetings/"), "now")
    assert "This part: Members only." in text_of(now)
    assert "What is recorded now is kept from the provider." in text_of(now)
    assert "Present: Contracts team, Health board. 0 things are recorded." in text_of(now)
    assert f'href="/cases/{case.ref}/meetings/{sitting}/run/"' in now


def test_the_providers_copy_holds_only_what_the_provider_was_there_for(
    town: Town, case: Case, signed_in: Browser
) -> None:
    sitting = open_ppm(town, case)
    everyone = ["contracts_team", "health_board", "ciw"]
    attend(town, case, "10:05", everyone, took=everyone)
    decide(town, case, sitting, "10:10", "Families are told on Thursday.")
    begin_part(town, case, "with_provider", "10:15")
    decide(town, case, sitting, "10:20", "The pharmacist visits weekly.")
    finish(town, case, "10:25")
    browser = signed_in(town.mari)
    past = part(browser.get(f"/cases/{case.ref}/meetings/"), "past")
    assert "kept from the provider" in text_of(past)
    address = f"/cases/{case.ref}/meetings/{sitting}/"
    assert f"{address}?copy=provider" in past
    members, provider = (read(browser.get(f"{address}?copy={c}")) for c in ("members", "provider"))
    assert "Families are told on Thursday." in members
    assert "(members only)" in members
    assert "The pharmacist visits weekly." in members
    assert "The pharmacist visits weekly." in provider
    assert "Families" not in provider
    assert "(members only)" not in provider
    assert "What was recorded while you were there" in provider


PLAN = {
    "decision": "communication_plan",
    "plan_reaches": ["people_supported", "families"],
    "media_interest": "None is likely.",
    "replies_collated_by": "Care management",
}


def decide(town: Town, case: Case, sitting: str, when: str, reason: str) -> None:
    data = {**PLAN, "reason": reason}
    add(town, case, "decision_made", f"2026-03-30T{when}", data, refers_to=(sitting,))


def test_a_copy_that_was_sent_is_recorded_about_its_meeting(
    town: Town, case: Case, signed_in: Browser
) -> None:
    open_ppm(town, case)
    held = finish(town, case, "10:25")
    address = f"/cases/{case.ref}/record/minutes_circulated/"
    form = main_of(signed_in(town.mari).get(f"{address}?part=minutes&copy=members&refers={held}"))
    assert f'value="{held}" checked' in form


def test_while_a_meeting_goes_on_its_minutes_are_what_was_captured(
    town: Town, case: Case, signed_in: Browser
) -> None:
    sitting = open_ppm(town, case)
    noted = {"point": "Two falls at night."}
    add(town, case, "point_noted", "2026-03-30T10:10", noted, refers_to=(sitting,))
    address = f"/cases/{case.ref}/meetings/{sitting}/"
    browser = signed_in(town.mari)
    assert "Two falls at night." in read(browser.get(address))
    provider = read(browser.get(f"{address}?copy=provider"))
    assert "Two falls" not in provider
    assert "Nothing more stands in this copy." in provider


def test_of_a_meeting_from_paper_the_provider_gets_only_what_both_sides_agreed(
    town: Town, case: Case, signed_in: Browser
) -> None:
    held = hold_ppm(town, case).entry.id
    data = {**PLAN, "reason": "Families are told on Thursday."}
    add(town, case, "decision_made", "2026-03-30T10:20", data)
    page = read(signed_in(town.mari).get(f"/cases/{case.ref}/meetings/{held}/?copy=provider"))
    assert "It was not recorded which part of this meeting the provider was in." in page
    assert "Families" not in page
    assert "What was recorded while you were there" not in page


def test_the_clocks_after_a_meeting_stand_beside_it(
    town: Town, case: Case, signed_in: Browser
) -> None:
    hold_ppm(town, case)
    past = text_of(part(signed_in(town.mari).get(f"/cases/{case.ref}/meetings/"), "past"))
    assert "Decisions and actions of the PPM, to all commissioning authorities, Tue 31 Mar" in past
    assert "Full minutes of the PPM, Mon 13 Apr 2026" in past


def test_others_see_no_meetings_and_no_copy_that_there_is_not(
    town: Town, case: Case, signed_in: Browser
) -> None:
    sitting = open_ppm(town, case)
    assert signed_in(town.olwen).get(f"/cases/{case.ref}/meetings/").status_code == 404
    assert signed_in(town.olwen).get(f"/cases/{case.ref}/meetings/{sitting}/").status_code == 404
    mine = signed_in(town.mari)
    assert mine.get(f"/cases/{case.ref}/meetings/{sitting}/?copy=press").status_code == 404
    assert mine.get(f"/cases/{case.ref}/meetings/{case_uuid()}/").status_code == 404
    assert Client().get(f"/cases/{case.ref}/meetings/").status_code == 302


def case_uuid() -> str:
    return "00000000-0000-4000-8000-000000000000"


def test_the_pages_take_few_queries(town: Town, case: Case, signed_in: Browser) -> None:
    open_ppm(town, case)
    browser = signed_in(town.mari)
    browser.get(f"/cases/{case.ref}/meetings/")
    with CaptureQueriesContext(connection) as asked:
        browser.get(f"/cases/{case.ref}/meetings/")
    assert len(asked) <= 10


def test_invitations_stand_with_their_answers_and_whom_none_reached(
    town: Town, monkeypatch: pytest.MonkeyPatch, signed_in: Browser
) -> None:
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-13T10:30")
    case = case_at_ppm(town)
    called = call(town, case, invited=[*CALL["invited"], "Somebody <who@else.example>", "Police"])
    look(town, "2026-03-12T10:01")
    uid = str(event(outbox(town)[0])["UID"])
    reply = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n"
        f"UID:{uid}\r\nDTSTAMP:20260313T090000Z\r\nSEQUENCE:0\r\nCOMMENT:I come by bus\r\n"
        "ATTENDEE;PARTSTAT=TENTATIVE:mailto:gwen@cardiff.example\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    with acting_for([town.council.pk]):
        file_answers(case, [Brought(called, london("2026-03-13T09:00"), reply.encode())])
    browser = signed_in(town.mari)
    page = text_of(part(browser.get(f"/cases/{case.ref}/meetings/"), "coming"))
    assert "1pm–4:30pm · County Hall, room 3" in page
    assert "Gwen Lloyd <gwen@cardiff.example> May come “I come by bus”" in page
    assert "Idris Vaughan <idris@uhb.example> On its way" in page
    assert "To the provider’s part: 2:30pm–4:30pm" in page
    assert "Somebody <who@else.example>: Nobody knows whose guest this is" in page
    assert "Police: No address is known" in page
    with CaptureQueriesContext(connection) as asked:
        browser.get(f"/cases/{case.ref}/meetings/")
    assert len(asked) <= 10
