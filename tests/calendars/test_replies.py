"""Answers to invitations as calendar programs send them, and files that answer nothing."""

from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from candour.calendars.answers import Brought, file_answers
from candour.calendars.models import CalendarAnswer
from candour.calendars.queries import guests_of
from candour.calendars.replies import Answer, NotAReply, Reply, read_reply
from candour.cases.models import Case
from candour.database.row_security import acting_for
from tests.support.casework import Town
from tests.support.invitations import call, case_at_ppm, event, look, outbox, put_right

# As Outlook writes it: folded lines, quoted zone, upper-case scheme, its own properties.
OUTLOOK = """BEGIN:VCALENDAR\r
METHOD:REPLY\r
PRODID:Microsoft Exchange Server 2010\r
VERSION:2.0\r
BEGIN:VTIMEZONE\r
TZID:GMT Standard Time\r
BEGIN:STANDARD\r
DTSTART:16010101T020000\r
TZOFFSETFROM:+0100\r
TZOFFSETTO:+0000\r
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\r
END:STANDARD\r
BEGIN:DAYLIGHT\r
DTSTART:16010101T010000\r
TZOFFSETFROM:+0000\r
TZOFFSETTO:+0100\r
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\r
END:DAYLIGHT\r
END:VTIMEZONE\r
BEGIN:VEVENT\r
ATTENDEE;PARTSTAT={said};CN=Gwen Lloyd:MAILTO:Gwen@Cardiff.example\r
COMMENT;LANGUAGE=en-GB:Running ten minutes\r
  late\\n\r
UID:{uid}\r
SUMMARY;LANGUAGE=en-GB:Accepted: Provider Performance Meeting\r
DTSTART;TZID="GMT Standard Time":20260330T130000\r
DTEND;TZID="GMT Standard Time":20260330T163000\r
CLASS:PRIVATE\r
PRIORITY:5\r
DTSTAMP:20260313T091500Z\r
TRANSP:OPAQUE\r
STATUS:CONFIRMED\r
SEQUENCE:{sequence}\r
X-MICROSOFT-CDO-APPT-SEQUENCE:{sequence}\r
END:VEVENT\r
END:VCALENDAR\r
"""
GOOGLE = """BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:REPLY
BEGIN:VEVENT
DTSTART:20260330T120000Z
DTEND:20260330T153000Z
DTSTAMP:20260312T120000Z
ORGANIZER;CN=Cardiff Council:mailto:case@council.example
UID:{uid}
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={said};CN=gwen@cardiff.example;X-NUM-GUESTS=0:mailto:gwen@cardiff.example
CREATED:20260312T110000Z
SEQUENCE:{sequence}
STATUS:CONFIRMED
SUMMARY:Provider Performance Meeting
TRANSP:OPAQUE
END:VEVENT
END:VCALENDAR
"""


def ics(pattern: str = OUTLOOK, said: str = "ACCEPTED", uid: str = "u@x", sequence: int = 0) -> str:
    return (
        pattern.replace("{said}", said).replace("{uid}", uid).replace("{sequence}", str(sequence))
    )


def test_an_answer_from_outlook_is_read() -> None:
    assert read_reply(ics(sequence=2)) == Answer(
        uid="u@x",
        email="gwen@cardiff.example",
        reply=Reply.ACCEPTED,
        sequence=2,
        said_at=datetime(2026, 3, 13, 9, 15, tzinfo=UTC),
        comment="Running ten minutes late",
    )


@pytest.mark.parametrize("pattern", [OUTLOOK, GOOGLE])
@pytest.mark.parametrize("said", ["ACCEPTED", "DECLINED", "TENTATIVE", "declined"])
def test_each_answer_is_told_from_the_others(pattern: str, said: str) -> None:
    assert read_reply(ics(pattern, said)).reply == said.lower()
    assert read_reply(ics(pattern, said).encode()).email == "gwen@cardiff.example"


def test_another_time_proposed_is_a_maybe() -> None:
    countered = ics(GOOGLE, "NEEDS-ACTION").replace("METHOD:REPLY", "METHOD:COUNTER")
    assert read_reply(countered).reply is Reply.TENTATIVE


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("", "no calendar file"),
        (ics().replace("METHOD:REPLY\r\n", ""), "none"),
        ("Dear all, I will come.", "no calendar file"),
        (ics().replace("METHOD:REPLY", "METHOD:REQUEST"), "REQUEST"),
        (ics(said="NEEDS-ACTION"), "needs-action"),
        (ics(said="DELEGATED"), "delegated"),
        (ics(uid=""), "UID"),
        (
            ics().replace("BEGIN:VEVENT", "BEGIN:VTODO").replace("END:VEVENT", "END:VTODO"),
            "no event",
        ),
        ("X" * 300_000, "bytes"),
        (ics().replace("MAILTO:Gwen@Cardiff.example", "urn:uuid:1"), "none that was"),
    ],
)
def test_what_answers_nothing_says_why(written: str, says: str) -> None:
    with pytest.raises(NotAReply) as refused:
        read_reply(written)
    assert says in str(refused.value)


@given(st.text(max_size=400) | st.binary(max_size=400))
@example(
    b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nSEQUENCE:x\r\nEND:VEVENT\r\nEND:VCALENDAR"
)
@settings(max_examples=300, deadline=None)
def test_no_stranger_s_file_breaks_the_reader(written: str | bytes) -> None:
    with pytest.raises(NotAReply):
        read_reply(written)


@given(st.integers(0, len(OUTLOOK)), st.text(max_size=20))
@settings(max_examples=300, deadline=None)
def test_nor_one_that_was_damaged_on_the_way(place: int, noise: str) -> None:
    try:
        answer = read_reply(ics()[:place] + noise + ics()[place:])
    except NotAReply:
        return
    assert isinstance(answer.reply, Reply)
    assert 0 <= answer.sequence < 2**31
    assert len(answer.comment) <= 1_001


@pytest.mark.django_db
class TestFiling:
    """Answers beside the invited."""

    @pytest.fixture
    def case(self, town: Town) -> Case:
        case = case_at_ppm(town)
        self.call = call(town, case)
        look(town, "2026-03-12T10:01")
        return case

    def file(self, town: Town, case: Case, written: str) -> int:
        came = datetime(2026, 3, 13, 10, tzinfo=UTC)
        with acting_for([town.council.pk]):
            return file_answers(case, [Brought(self.call, came, written.encode())])

    def guest(self, town: Town, case: Case) -> tuple[str, bool]:
        with acting_for([town.council.pk]):
            (meeting,) = guests_of(case)
        gwen = meeting.guests[0]
        assert gwen.email == "gwen@cardiff.example"
        return gwen.reply, gwen.of_this

    def test_an_answer_stands_beside_whoever_gave_it_once(self, town: Town, case: Case) -> None:
        uid = str(event(outbox(town)[0])["UID"])
        assert self.guest(town, case) == ("", False)
        assert self.file(town, case, ics(uid=uid)) == 1
        assert self.file(town, case, ics(uid=uid)) == 0
        assert self.guest(town, case) == ("accepted", True)

    def test_an_answer_to_an_earlier_date_is_not_one_to_this(self, town: Town, case: Case) -> None:
        uid = str(event(outbox(town)[0])["UID"])
        put_right(town, case, self.call, "2026-03-12T15:00", meets_on="2026-04-01")
        look(town, "2026-03-12T15:01")
        self.file(town, case, ics(uid=uid, sequence=0))
        assert self.guest(town, case) == ("accepted", False)

    @pytest.mark.parametrize("said", ["nobody@else.example", "idris@uhb.example"])
    def test_nobody_answers_for_an_invitation_that_they_were_not_sent(
        self, town: Town, case: Case, said: str
    ) -> None:
        rhodri = str(event(outbox(town)[2])["UID"])
        assert self.file(town, case, ics(uid=rhodri).replace("Gwen@Cardiff.example", said)) == 0
        assert self.file(town, case, ics(uid="other@else.example")) == 0
        with acting_for([town.council.pk]):
            assert not CalendarAnswer.objects.exists()
