"""What to send: the difference between what the log says and what was sent."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from candour.calendars.events import Invitation, Method, Person
from candour.calendars.sittings import Times

Whose = tuple[str, str]  # a UID and an address in small letters


@dataclass(frozen=True, slots=True)
class Sent:
    """The latest object sent to somebody about a meeting."""

    invitation: Invitation
    method: Method
    sequence: int


@dataclass(frozen=True, slots=True)
class ToSend:
    """An object to send."""

    invitation: Invitation
    method: Method
    sequence: int


def to_send(
    wanted: Iterable[Invitation], sent: Iterable[Sent], settled: frozenset[str], today: date
) -> Iterator[ToSend]:
    """Yield what is to be sent so that every calendar says what the log says.

    Sending it and asking again yields nothing.

    Args:
        wanted: what everybody invited is to have, as the log says now.
        sent: the latest object sent to each, by UID and address.
        settled: the UIDs of meetings that have begun: their calendars stay as they are.
        today: the London day; nobody is told about a day that is past.
    """
    had = {whose(each.invitation): each for each in sent}
    kept = set()
    for invitation in wanted:
        kept.add(whose(invitation))
        before = had.get(whose(invitation))
        if invitation.uid in settled or invitation.times.day < today or _stands(before, invitation):
            continue
        yield ToSend(invitation, Method.REQUEST, _next(before))
    for key, before in had.items():
        over = before.invitation.uid in settled or before.invitation.times.day < today
        if key not in kept and before.method is Method.REQUEST and not over:
            yield ToSend(before.invitation, Method.CANCEL, _next(before))


def whose(invitation: Invitation) -> Whose:
    """Return by what an invitation is known: what it is about, and whose it is."""
    return invitation.uid, invitation.guest.email


def _stands(before: Sent | None, invitation: Invitation) -> bool:
    if before is None or before.method is Method.CANCEL:
        return False
    # Somebody's name spelt better is no news about the meeting.
    named = replace(invitation, guest=before.invitation.guest)
    return before.invitation == named


def _next(before: Sent | None) -> int:
    return 0 if before is None else before.sequence + 1


def as_json(invitation: Invitation) -> dict[str, Any]:
    """Return an invitation as it is kept beside what was sent."""
    times = invitation.times
    return {
        "uid": invitation.uid,
        "name": invitation.guest.name,
        "email": invitation.guest.email,
        "day": times.day.isoformat(),
        "begins": times.begins.isoformat() if times.begins else None,
        "ends": times.ends.isoformat() if times.ends else None,
        "summary": invitation.summary,
        "place": invitation.place,
        "description": invitation.description,
        "languages": list(invitation.languages),
    }


def from_json(kept: Mapping[str, Any]) -> Invitation:
    """Return the invitation that `as_json` wrote."""
    begins, ends = kept["begins"], kept["ends"]
    return Invitation(
        uid=kept["uid"],
        guest=Person(kept["name"], kept["email"]),
        times=Times(
            date.fromisoformat(kept["day"]),
            datetime.fromisoformat(begins) if begins else None,
            datetime.fromisoformat(ends) if ends else None,
        ),
        summary=kept["summary"],
        place=kept["place"],
        description=kept["description"],
        languages=tuple(kept["languages"]),
    )
