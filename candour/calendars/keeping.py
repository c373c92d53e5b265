"""Makes calendars say what a log says: sends what differs, and draws the meetings to come."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection

from candour.bodies.models import Nation
from candour.calendars.answers import brought_to, file_answers
from candour.calendars.differences import to_send
from candour.calendars.directory import known_addresses
from candour.calendars.inviting import Called, Setting, called, uid_of
from candour.calendars.models import CalendarInvitation, CalendarMeeting, MeetingState
from candour.calendars.sending import Sending, sent_by
from candour.cases import log, standings
from candour.cases.models import Case
from candour.database.row_security import acting_for
from candour.engine import Standing
from candour.engine.london import local
from candour.engine.words import Words

UNUSABLE = "unusable"  # why somebody is not reached: mail takes no such address


@dataclass(frozen=True)
class _Work:
    """One look at a case."""

    case: Case
    standing: Standing
    as_of: datetime


def keep_calendar(case_id: int, body_id: int, as_of: datetime) -> int:
    """Send what the log of a case says and calendars do not yet; return how many messages.

    All of it is one transaction, under the lock that those who record hold: a message is in the
    outbox if and only if it is noted as sent, so doing this again sends nothing again.
    """
    with acting_for([body_id]):
        head = log.head_of(case_id, lock=True)
        case = Case.objects.select_related("body", "service__provider").get(pk=case_id)
        work = _Work(case, standings.standing_at(head), as_of)
        number = _bring_up_to_date(work)
        file_answers(case, brought_to(case))
        with connection.cursor() as cursor:
            cursor.execute("SELECT calendar_case_seen(%s, %s)", [case_id, head.seq])
    return number


def _bring_up_to_date(work: _Work) -> int:
    day = local(work.as_of).date()
    domain = settings.CANDOUR_MAIL_DOMAIN
    meetings = called(work.standing, _setting(work.case, domain), known_addresses(work.case, day))
    begun = frozenset(
        uid_of(meeting.sitting, domain, with_provider=part)
        for meeting in meetings
        if meeting.sitting.begun
        for part in (False, True)
    )
    kept = _latest_sent(work.case)
    sending = Sending(work.case, work.as_of, meetings, kept)
    wanted = [each.invitation for each in sending.asked.values()]
    differing = to_send(wanted, [sent_by(row) for row in kept], begun, day)
    number = sum(sending.send(each) for each in differing)
    _draw(work, meetings, sending.unusable)
    return number


def _setting(case: Case, domain: str) -> Setting:
    service = case.service
    return Setting(
        ref=case.ref,
        body=Words(case.body.name, case.body.name_cy),
        service=Words(service.name, service.name_cy) if service else Words(""),
        provider=service.provider.name if service else "",
        domain=domain,
        both=case.body.nation == Nation.WALES,
    )


def _latest_sent(case: Case) -> list[CalendarInvitation]:
    rows = CalendarInvitation.objects.filter(case=case).order_by("uid", "email", "-sequence")
    return list(rows.distinct("uid", "email"))


def _draw(work: _Work, meetings: Iterable[Called], unusable: Mapping[str, list[str]]) -> None:
    """Write the meetings of a case as they are now, in place of what was drawn before."""
    CalendarMeeting.objects.filter(case=work.case).delete()
    told = {entry.id: entry.recorded_at for entry in work.standing.recorded}
    CalendarMeeting.objects.bulk_create(
        [
            _row(
                work.case,
                meeting,
                told[meeting.sitting.changed_by],
                unusable.get(meeting.sitting.id, ()),
            )
            for meeting in meetings
        ]
    )


def _row(
    case: Case, meeting: Called, changed_at: datetime, unusable: Iterable[str]
) -> CalendarMeeting:
    sitting, refused = meeting.sitting, set(unusable)
    emails = (asked.invitation.guest.email for asked in meeting.asked)
    unreached = [[one.who, str(one.why)] for one in meeting.unreached]
    return CalendarMeeting(
        case=case,
        sitting=UUID(sitting.id),
        name=sitting.name,
        title=meeting.title.en,
        title_cy=meeting.title.cy,
        day=meeting.times.day,
        begins=meeting.times.begins,
        ends=meeting.times.ends,
        place=meeting.place,
        state=_state(meeting),
        emails=[email for email in emails if email not in refused],
        unreached=unreached + [[email, UNUSABLE] for email in sorted(refused)],
        changed_at=changed_at,
    )


def _state(meeting: Called) -> MeetingState:
    if meeting.sitting.begun:
        return MeetingState.BEGUN
    return MeetingState.CANCELLED if meeting.sitting.call is None else MeetingState.CALLED
