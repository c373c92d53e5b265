"""Invitations as they arrive: sent by the worker's own verbs, taken by a real SMTP server."""

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from icalendar import Calendar
from pytest_django import Settings

from candour.calendars.queries import guests_of
from candour.database.row_security import acting_for
from candour.mail.configuration import backend_settings
from candour.mail.delivery import deliver, due_messages
from candour.mail.reading.filing import file_message
from candour.mail.reading.incoming import read
from tests.support.casework import london, make_town
from tests.support.invitations import call, case_at_ppm, look, put_right
from tests.support.smtp import Listening, listening

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server(settings: Settings) -> Iterator[Listening]:
    """An SMTP server on loopback by which this test's mail leaves."""
    with listening() as found:
        for name, value in backend_settings(found.address(), Path("unused")).items():
            setattr(settings, name, value)
        settings.CANDOUR_MAIL_REPLIES = "case@replies.example"
        yield found


def send(when: str) -> None:
    at = london(when)
    for number, body, _domain in due_messages(at, 100):
        deliver(number, body, at)


def test_an_invitation_arrives_as_outlook_and_google_take_it(
    transactional_db: None, server: Listening
) -> None:
    town = make_town()
    case = case_at_ppm(town)
    entry = call(town, case)
    look(town, "2026-03-12T10:01")
    send("2026-03-12T10:02")
    put_right(town, case, entry, "2026-03-13T09:00", withdraws=True)
    look(town, "2026-03-13T09:01")
    send("2026-03-13T09:02")
    arrived = [one.message for one in server.postbox.taken]
    assert len(arrived) == 6
    assert {len(one.recipients) for one in server.postbox.taken} == {1}
    methods = []
    for message in arrived:
        assert message.get_content_type() == "multipart/mixed"
        alternatives, file = message.iter_parts()
        assert alternatives.get_content_type() == "multipart/alternative"
        text, html, invitation = alternatives.iter_parts()
        assert [p.get_content_type() for p in (text, html)] == ["text/plain", "text/html"]
        assert invitation.get_content_type() == "text/calendar"
        assert invitation.get_param("charset") == "utf-8"
        calendar = Calendar.from_ical(invitation.get_content())
        assert invitation.get_param("method") == str(calendar["METHOD"])
        methods.append(str(calendar["METHOD"]))
        assert file.get_content_type() == "application/ics"
        assert file.get_content_disposition() == "attachment"
        assert Calendar.from_ical(file.get_content()).to_ical() == calendar.to_ical()
        (event,) = calendar.events
        organizer = str(event["ORGANIZER"])
        assert organizer.startswith("mailto:case+cv-2026-0001.")
        assert organizer.removeprefix("mailto:") == str(message["Reply-To"])
        assert event["ORGANIZER"].params["SENT-BY"].removeprefix("mailto:") in message["From"]
        assert str(event["ATTENDEE"]).removeprefix("mailto:") in message["To"]
    assert methods == ["REQUEST"] * 3 + ["CANCEL"] * 3


def test_an_answer_by_mail_stands_beside_whoever_gave_it(
    transactional_db: None, server: Listening
) -> None:
    town = make_town()
    case = case_at_ppm(town)
    call(town, case)
    look(town, "2026-03-12T10:01")
    send("2026-03-12T10:02")
    asked = server.postbox.taken[0].message
    alternatives = next(iter(asked.iter_parts()))
    calendar = Calendar.from_ical(list(alternatives.iter_parts())[2].get_content())
    (event,) = calendar.events
    # As calendar programs answer: to the organizer, with the event and one attendee.
    reply = calendar.to_ical().decode().replace("METHOD:REQUEST", "METHOD:REPLY")
    reply = reply.replace("PARTSTAT=NEEDS-ACTION", "PARTSTAT=DECLINED")
    answer = EmailMessage()
    answer["From"] = "Gwen Lloyd <gwen@cardiff.example>"
    answer["To"] = str(event["ORGANIZER"]).removeprefix("mailto:")
    answer["Subject"] = "Declined: Provider Performance Meeting"
    answer["Message-ID"] = "<answer-1@cardiff.example>"
    answer.set_content("Gwen Lloyd has declined.")
    answer.add_alternative(reply.encode(), maintype="text", subtype="calendar")
    filed = file_message(read(answer.as_bytes()), london("2026-03-13T09:00"))
    look(town, "2026-03-13T09:01")
    with acting_for([town.council.pk]):
        (meeting,) = guests_of(case)
    assert [guest.reply for guest in meeting.guests] == ["declined", "", ""], filed
    assert meeting.guests[0].of_this
