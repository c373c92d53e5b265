"""Puts invitations into the outbox, and notes what was put there."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings

from candour.calendars.differences import Sent, ToSend, as_json, from_json, whose
from candour.calendars.events import Method, Organizer, itip
from candour.calendars.inviting import Asked, Called
from candour.calendars.models import CalendarInvitation
from candour.calendars.wording import cancel_mail, request_mail
from candour.cases.models import Case
from candour.mail.addresses import reads_answers, reply_address
from candour.mail.outbox import enqueue
from candour.mail.outgoing import Addressee, Attachment, CalendarPart, MailRefused, Outgoing

FILE_NAMES = {Method.REQUEST: "invitation.ics", Method.CANCEL: "cancelled.ics"}


def sent_by(row: CalendarInvitation) -> Sent:
    """Return what a row notes as sent."""
    return Sent(from_json(row.said), Method(row.method), row.sequence)


class Sending:
    """The sending of one case's invitations, at one moment.

    Attributes:
        asked: what the log asks for, by whose it is.
        unusable: the addresses that mail does not take, by meeting.
    """

    def __init__(
        self,
        case: Case,
        as_of: datetime,
        meetings: Iterable[Called],
        kept: Iterable[CalendarInvitation],
    ) -> None:
        self.case, self.as_of = case, as_of
        self.meetings = {meeting.sitting.id: meeting for meeting in meetings}
        self.asked = {whose(a.invitation): a for m in self.meetings.values() for a in m.asked}
        self.unusable: dict[str, list[str]] = {}
        self._before = {(row.uid, row.email): str(row.sitting) for row in kept}

    def send(self, due: ToSend) -> int:
        """Put one object into the outbox and note it; return 0 where mail takes no such address."""
        asked = self.asked.get(whose(due.invitation))
        sitting = asked.sitting.id if asked else self._before[whose(due.invitation)]
        entry = UUID(self.meetings[sitting].sitting.changed_by)
        try:
            message = enqueue(self._outgoing(due, asked, entry), as_of=self.as_of)
        except MailRefused:
            self.unusable.setdefault(sitting, []).append(due.invitation.guest.email)
            return 0
        CalendarInvitation.objects.create(
            case=self.case,
            sitting=UUID(sitting),
            uid=due.invitation.uid,
            email=due.invitation.guest.email,
            sequence=due.sequence,
            method=str(due.method),
            said=as_json(due.invitation),
            entry=entry,
            message=message,
            made_at=self.as_of,
        )
        return 1

    def _outgoing(self, due: ToSend, asked: Asked | None, entry: UUID) -> Outgoing:
        invitation = due.invitation
        content = itip(
            invitation,
            method=due.method,
            sequence=due.sequence,
            organizer=self._organizer(),
            as_of=self.as_of,
        )
        if asked is not None and due.method is Method.REQUEST:
            subject, bodies = request_mail(asked.about, invitation, due.sequence)
        else:
            subject, bodies = cancel_mail(invitation)
        file = Attachment(FILE_NAMES[due.method], "application/ics", content.encode())
        return Outgoing(
            key=f"calendar/{invitation.uid}/{invitation.guest.email}/{due.sequence}",
            body_id=self.case.body_id,
            case_id=self.case.pk,
            entry_id=entry,
            to=Addressee(invitation.guest.name, invitation.guest.email),
            subject=subject,
            text=bodies.text,
            html=bodies.html,
            attachments=(file,),
            calendar=CalendarPart(str(due.method), content),
            language=invitation.languages[0],
            reply_ref=self.case.pk,
        )

    def _organizer(self) -> Organizer:
        """Return the body, with the signed address by which answers find the case."""
        sender = settings.CANDOUR_MAIL_FROM
        email = reply_address(self.case.ref) if reads_answers() else sender
        return Organizer(self.case.body.name, email, sender)
