"""Reads of what became of invitations: who was sent one, how it travels, what was answered."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from candour.calendars.differences import from_json
from candour.calendars.events import Method
from candour.calendars.models import (
    CalendarAnswer,
    CalendarInvitation,
    CalendarMeeting,
    MeetingState,
)
from candour.calendars.sittings import Times
from candour.cases.models import Case
from candour.mail.models import MailMessage, State

SOON: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class GuestAnswer:
    """Somebody who has an invitation, and what is known of it.

    Attributes:
        mail: how the mail that brought the latest of it stands.
        reply: what they answered last, or empty; `of_this` says whether they had the latest
            invitation before them.
    """

    name: str
    email: str
    times: Times
    mail: State
    reply: str
    of_this: bool
    comment: str


@dataclass(frozen=True, slots=True)
class MeetingGuests:
    """One meeting that was called, and its guests. `unreached` are pairs of who and why."""

    sitting: str
    name: str
    day: date
    begins: datetime | None
    ends: datetime | None
    place: str
    state: str
    guests: tuple[GuestAnswer, ...]
    unreached: tuple[tuple[str, str], ...]


def guests_of(case: Case) -> tuple[MeetingGuests, ...]:
    """Return the meetings that a case called, each with its guests. Two queries at most."""
    meetings = list(CalendarMeeting.objects.filter(case=case).order_by("day", "pk"))
    sent = _sent(case) if meetings else []
    return tuple(
        MeetingGuests(
            str(meeting.sitting),
            meeting.name,
            meeting.day,
            meeting.begins,
            meeting.ends,
            meeting.place,
            meeting.state,
            tuple(_guest(row) for row in sent if row.sitting == meeting.sitting),
            tuple((str(who), str(why)) for who, why in meeting.unreached),
        )
        for meeting in meetings
    )


def meetings_soon(bodies: Collection[int], today: date) -> QuerySet[CalendarMeeting]:
    """Return the meetings called for today or the week after, in cases that these bodies lead."""
    return CalendarMeeting.objects.filter(
        day__gte=today,
        day__lte=today + SOON,
        state__in=(MeetingState.CALLED, MeetingState.BEGUN),
        case__body__in=bodies,
        case__closed_at=None,
    ).order_by("day", "begins", "pk")


def _sent(case: Case) -> list[Any]:
    """Return what was sent to each last, unless it was taken back, with its mail and its answer."""
    state = MailMessage.objects.filter(pk=OuterRef("message")).values("state")
    answers = CalendarAnswer.objects.filter(
        case=case, uid=OuterRef("uid"), email=OuterRef("email")
    ).order_by("-said_at", "-pk")
    answer = answers.values(said=JSONObject(reply="reply", sequence="sequence", comment="comment"))
    rows = (
        CalendarInvitation.objects.filter(case=case)
        .order_by("uid", "email", "-sequence")
        .distinct("uid", "email")
        .annotate(mail=Subquery(state), answer=Subquery(answer[:1]))
    )
    return sorted((row for row in rows if row.method == Method.REQUEST), key=lambda row: row.pk)


def _guest(row: Any) -> GuestAnswer:  # noqa: ANN401  # a row with what `_sent` added to it
    invitation = from_json(row.said)
    answer = row.answer or {"reply": "", "sequence": -1, "comment": ""}
    return GuestAnswer(
        name=invitation.guest.name,
        email=row.email,
        times=invitation.times,
        mail=State(row.mail),
        reply=answer["reply"],
        of_this=answer["sequence"] >= row.sequence,
        comment=answer["comment"],
    )
