"""Invitations to meetings in words: who was sent one, what they answered, who was not reached."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from candour.calendars.invited import Why
from candour.calendars.models import MeetingState
from candour.calendars.queries import GuestAnswer, MeetingGuests
from candour.calendars.replies import Reply
from candour.calendars.sittings import Times
from candour.mail.models import State
from candour.web import dates


@dataclass(frozen=True, slots=True)
class InvitedLine:
    """Somebody who was sent an invitation: for when, how it stands, what they wrote."""

    who: str
    when: str
    status: str
    words: str
    comment: str


@dataclass(frozen=True, slots=True)
class UnreachedLine:
    """Somebody who is invited and was sent nothing, and what to do."""

    who: str
    words: str


@dataclass(frozen=True, slots=True)
class Invitations:
    """What became of the invitations to one meeting."""

    when: str
    place: str
    invited: tuple[InvitedLine, ...]
    unreached: tuple[UnreachedLine, ...]

    @property
    def any(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.when or self.place or self.invited or self.unreached)


NONE = Invitations("", "", (), ())


def invitations(found: Iterable[MeetingGuests]) -> Mapping[str, Invitations]:
    """Return the invitations to the meetings that are called and to come, by their names."""
    return {
        meeting.name: Invitations(
            when=_when(Times(meeting.day, meeting.begins, meeting.ends)) if meeting.begins else "",
            place=meeting.place,
            invited=tuple(_line(guest, meeting) for guest in meeting.guests),
            unreached=tuple(UnreachedLine(who, _why(why)) for who, why in meeting.unreached),
        )
        for meeting in found
        if meeting.state == MeetingState.CALLED
    }


def _when(times: Times) -> str:
    if times.begins is None or times.ends is None:
        return ""
    return f"{dates.clock_time(times.begins)}–{dates.clock_time(times.ends)}"


def _line(guest: GuestAnswer, meeting: MeetingGuests) -> InvitedLine:
    status, words = _standing(guest)
    own = (guest.times.begins, guest.times.ends) != (meeting.begins, meeting.ends)
    return InvitedLine(
        who=f"{guest.name} <{guest.email}>" if guest.name else guest.email,
        when=(_when(guest.times) or _("the day, no time yet")) if own else "",
        status=status,
        words=words,
        comment=guest.comment,
    )


def _standing(guest: GuestAnswer) -> tuple[str, str]:
    """Return how an invitation looks, and in which words."""
    if guest.mail in (State.FAILED, State.BOUNCED):
        return "late", _("Did not arrive")
    if not guest.reply:
        if guest.mail is State.SENT:
            return "open", _("No answer yet")
        return "paused", _("On its way")
    if not guest.of_this:
        return "attention", _("To an earlier date")
    return {
        Reply.ACCEPTED: ("met", _("Accepted")),
        Reply.DECLINED: ("cancelled", _("Declined")),
        Reply.TENTATIVE: ("attention", _("May come")),
    }[Reply(guest.reply)]


def _why(why: str) -> str:
    words: dict[str, str] = {
        Why.NO_ADDRESS: _("No address is known: invite them yourself, or put one in the directory"),
        Why.WHOSE_GUEST: _(
            "Nobody knows whose guest this is, and the meeting has a part that the provider is not "
            "in: correct the call, the line beginning with the agency’s name"
        ),
    }
    return words.get(why, _("Mail takes no such address: correct the call"))
