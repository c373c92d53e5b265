"""Invitations to the meetings of a case, from the log to the outbox, read back as calendars do."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection

from candour.calendars.models import CalendarMeeting
from candour.calendars.tasks import waiting_cases
from candour.database.row_security import acting_for
from candour.mail.models import MailAttachment
from tests.support.casework import Town, hold_ppm, london
from tests.support.invitations import (
    CALL,
    begins,
    call,
    case_at_ppm,
    event,
    look,
    outbox,
    provider_contact,
    put_right,
)

pytestmark = pytest.mark.django_db
LOOKED = "2026-03-12T10:01"


def test_a_call_invites_each_person_once_and_to_the_part_they_attend(town: Town) -> None:
    case = case_at_ppm(town)
    entry = call(town, case)
    assert look(town, LOOKED) == 3
    assert look(town, LOOKED) == 0
    assert waiting_cases() == []
    gwen, idris, rhodri = outbox(town)
    assert [m.to_email for m in (gwen, idris, rhodri)] == [
        "gwen@cardiff.example",
        "idris@uhb.example",
        "rhodri@derwen.example",
    ]
    assert {str(m.entry_id) for m in outbox(town)} == {entry}
    assert {m.reply_case_id for m in outbox(town)} == {case.pk}
    assert begins(gwen) == datetime(2026, 3, 30, 12, tzinfo=UTC)
    assert event(gwen).end == datetime(2026, 3, 30, 15, 30, tzinfo=UTC)
    assert begins(rhodri) == datetime(2026, 3, 30, 13, 30, tzinfo=UTC)
    assert event(gwen)["UID"] == event(idris)["UID"] != event(rhodri)["UID"]
    assert str(event(gwen)["ATTENDEE"]) == "mailto:gwen@cardiff.example"
    assert event(gwen)["ATTENDEE"].params["RSVP"] == "TRUE"
    assert event(gwen)["SEQUENCE"] == 0


def test_what_the_provider_gets_says_nothing_of_the_members_part(town: Town) -> None:
    case = case_at_ppm(town)
    call(town, case, agenda=["Each agency’s rating of risk", "A word about the manager"])
    look(town, LOOKED)
    gwen, _idris, rhodri = outbox(town)
    sent = "".join((rhodri.subject, rhodri.text, rhodri.html, rhodri.calendar))
    for canary in (
        "13:00",
        "T130000",
        "T120000",
        "A word about",
        "rating",
        "gwen@",
        "Falls",
        "Idris",
    ):
        assert canary not in sent, canary
    assert "A word about the manager" in gwen.text
    assert "With the provider: plan, timescales and support" in rhodri.text
    assert "14:30" in rhodri.text


def test_while_nobody_says_when_the_provider_joins_it_is_told_the_day_alone(town: Town) -> None:
    case = case_at_ppm(town)
    entry = call(town, case, provider_from="")
    look(town, LOOKED)
    rhodri = outbox(town)[2]
    assert event(rhodri).start == date(2026, 3, 30)
    assert event(rhodri).end == date(2026, 3, 31)
    assert "You will be told at what time you join" in " ".join(rhodri.text.split())
    assert "13:00" not in rhodri.text
    put_right(town, case, entry, "2026-03-13T09:00", provider_from="15:00")
    assert look(town, "2026-03-13T09:01") == 1
    again = outbox(town)[3]
    assert begins(again).hour == 14
    assert (event(again)["UID"], event(again)["SEQUENCE"]) == (event(rhodri)["UID"], 1)


def test_a_correction_of_the_date_updates_everybody(town: Town) -> None:
    case = case_at_ppm(town)
    entry = call(town, case)
    look(town, LOOKED)
    before = outbox(town)
    correction = put_right(town, case, entry, "2026-03-13T09:00", meets_on="2026-04-02")
    assert look(town, "2026-03-13T09:01") == 3
    after = outbox(town)[3:]
    assert {str(m.entry_id) for m in after} == {correction}
    for first, second in zip(before, after, strict=True):
        assert event(first)["UID"] == event(second)["UID"]
        assert (event(first)["SEQUENCE"], event(second)["SEQUENCE"]) == (0, 1)
        assert begins(second).date() == date(2026, 4, 2)
        assert second.subject.startswith("Changed")


def test_a_newer_call_changes_who_comes_and_when(town: Town) -> None:
    case = case_at_ppm(town)
    call(town, case)
    look(town, LOOKED)
    others = [*CALL["invited"][:1], "Advocacy: Nesta Pugh <nesta@advocacy.example>"]
    call(town, case, "2026-03-16T10:00", invited=others, meets_on="2026-03-31")
    assert look(town, "2026-03-16T10:01") == 4
    told = {m.to_email: m for m in outbox(town)[3:]}
    assert {email: m.calendar_method for email, m in told.items()} == {
        "gwen@cardiff.example": "REQUEST",
        "nesta@advocacy.example": "REQUEST",
        "idris@uhb.example": "CANCEL",
        "rhodri@derwen.example": "CANCEL",
    }
    assert event(told["gwen@cardiff.example"])["SEQUENCE"] == 1
    assert event(told["nesta@advocacy.example"])["SEQUENCE"] == 0
    gone = event(told["rhodri@derwen.example"])
    assert (gone["SEQUENCE"], str(gone["STATUS"])) == (1, "CANCELLED")
    assert begins(told["rhodri@derwen.example"]).date() == date(2026, 3, 30)
    assert "13:00" not in told["rhodri@derwen.example"].text


def test_a_call_taken_back_cancels_and_called_again_goes_on_counting(town: Town) -> None:
    case = case_at_ppm(town)
    entry = call(town, case)
    look(town, LOOKED)
    put_right(town, case, entry, "2026-03-13T09:00", withdraws=True)
    assert look(town, "2026-03-13T09:01") == 3
    assert {m.calendar_method for m in outbox(town)[3:]} == {"CANCEL"}
    assert {event(m)["SEQUENCE"] for m in outbox(town)[3:]} == {1}
    with acting_for([town.council.pk]):
        assert CalendarMeeting.objects.get().state == "cancelled"
    call(town, case, "2026-03-14T09:00", meets_on="2026-04-09")
    assert look(town, "2026-03-14T09:01") == 3
    assert {event(m)["SEQUENCE"] for m in outbox(town)[6:]} == {2}
    assert len({event(m)["UID"] for m in outbox(town)}) == 2


def test_once_held_nothing_more_is_sent_and_the_next_is_another_meeting(town: Town) -> None:
    case = case_at_ppm(town)
    call(town, case)
    look(town, LOOKED)
    hold_ppm(town, case)
    assert look(town, "2026-03-30T18:00") == 0
    call(town, case, "2026-03-31T10:00", meets_on="2026-04-20")
    assert look(town, "2026-03-31T10:01") == 3
    first, second = outbox(town)[0], outbox(town)[3]
    assert event(first)["UID"] != event(second)["UID"]
    assert event(second)["SEQUENCE"] == 0


def test_a_meeting_that_is_past_when_it_is_written_down_invites_nobody(town: Town) -> None:
    case = case_at_ppm(town)
    call(town, case)
    assert look(town, "2026-03-31T00:00") == 0
    assert outbox(town) == []


def test_agencies_are_reached_by_the_directory_the_provider_s_by_its_own(town: Town) -> None:
    provider_contact(
        town, role="responsible_individual", name="Rhodri Bevan", email="RI@derwen.example"
    )
    provider_contact(town, role="health_board", name="Not theirs", email="spy@derwen.example")
    case = case_at_ppm(town)
    agencies = ["health_board", "responsible_individual"]
    call(town, case, invited=["Health board", "Unigolyn cyfrifol"], agencies_invited=agencies)
    assert look(town, LOOKED) == 1
    (only,) = outbox(town)
    assert only.to_email == "ri@derwen.example"
    assert begins(only).hour == 13
    with acting_for([town.council.pk]):
        assert CalendarMeeting.objects.get().unreached == [["Health board", "no_address"]]


@pytest.mark.parametrize(
    "line",
    [
        "Somebody <new@derwen.example>",
        "Derwen Care: Somebody <somebody@gmail.com>",
        "Contracts team: Somebody <boss@derwen.example>",
        "boss@derwen.example",
    ],
)
def test_whoever_may_be_the_provider_s_gets_the_provider_s_part(town: Town, line: str) -> None:
    provider_contact(town, role="owner", name="The owner", email="boss@derwen.example")
    case = case_at_ppm(town)
    call(town, case, invited=[line])
    look(town, LOOKED)
    (only,) = outbox(town)
    assert begins(only).minute == 30


def test_of_a_meeting_in_parts_a_stranger_gets_nothing_until_somebody_says_whose(
    town: Town,
) -> None:
    case = case_at_ppm(town)
    call(town, case, invited=["A. Stranger <who@else.example>", "Ieuan <ieuan@staff.example>"])
    look(town, LOOKED)
    assert [m.to_email for m in outbox(town)] == ["ieuan@staff.example"]
    with acting_for([town.council.pk]):
        (row,) = CalendarMeeting.objects.all()
        assert row.unreached == [["A. Stranger <who@else.example>", "whose_guest"]]


def test_an_address_that_mail_does_not_take_stops_nobody_else(town: Town) -> None:
    case = case_at_ppm(town)
    call(town, case, invited=["Health board: X <x@-.example>", CALL["invited"][0]])
    assert look(town, LOOKED) == 1
    with acting_for([town.council.pk]):
        (row,) = CalendarMeeting.objects.all()
        assert row.unreached == [["x@-.example", "unusable"]]
        assert row.emails == ["gwen@cardiff.example"]


def test_a_member_of_staff_is_written_to_in_their_language_others_in_wales_in_both(
    town: Town,
) -> None:
    town.ieuan.language = "cy"
    town.ieuan.save()
    case = case_at_ppm(town)
    call(town, case, invited=["Ieuan <ieuan@staff.example>", CALL["invited"][0]])
    look(town, LOOKED)
    ieuan, gwen = outbox(town)
    assert ieuan.language == "cy"
    assert "Fe’ch gwahoddir" in ieuan.text
    assert "You are invited" not in ieuan.text + ieuan.html + ieuan.calendar
    assert event(ieuan)["SUMMARY"].params["LANGUAGE"] == "cy"
    assert "You are invited" in gwen.text
    assert "Fe’ch gwahoddir" in gwen.text
    assert '<div lang="cy">' in gwen.html


def test_the_file_is_attached_too_and_says_the_same(town: Town) -> None:
    case = case_at_ppm(town)
    call(town, case)
    look(town, LOOKED)
    with acting_for([town.council.pk]):
        (file,) = MailAttachment.objects.filter(message=outbox(town)[0]).select_related("content")
        assert (file.name, file.type) == ("invitation.ics", "application/ics")
        assert bytes(file.content.content).decode() == outbox(town)[0].calendar


def test_what_is_rolled_back_invites_nobody(town: Town) -> None:
    case = case_at_ppm(town)
    look(town, LOOKED)
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT before")
        call(town, case)
        assert waiting_cases() == [(case.pk, town.council.pk)]
        cursor.execute("ROLLBACK TO before")
    assert waiting_cases() == []


def test_another_body_sees_neither_the_meetings_nor_who_was_invited(town: Town) -> None:
    case = case_at_ppm(town)
    call(town, case)
    look(town, LOOKED)
    with acting_for([town.elsewhere.pk]):
        assert not CalendarMeeting.objects.exists()
    with acting_for([town.council.pk]):
        assert CalendarMeeting.objects.get().begins == london("2026-03-30T13:00")
