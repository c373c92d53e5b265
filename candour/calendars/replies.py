"""Reads the answer to an invitation that somebody's calendar sent back (iTIP, METHOD:REPLY).

It comes from outside, so nothing in it is believed beyond its form: whoever uses an `Answer` looks
for an invitation of that UID that was sent to that address.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from icalendar import Calendar, Event

from candour.engine.london import LONDON

MOST_BYTES = 256_000
LONGEST_COMMENT = 1_000
LONGEST_NAME = 300


class Reply(StrEnum):
    """What somebody answered."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    TENTATIVE = "tentative"


class NotAReply(ValueError):
    """A calendar file that answers no invitation; the words say why not."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answered to which invitation.

    Attributes:
        uid: the invitation's.
        email: who answers, in small letters, as their calendar has it.
        reply: accepted, declined or tentative; another time proposed is tentative.
        sequence: which version of the invitation they had before them; 0 where it does not say.
        said_at: when they answered, a UTC instant; None where it does not say.
        comment: what they wrote beside it, cut where it is long.
    """

    uid: str
    email: str
    reply: Reply
    sequence: int = 0
    said_at: datetime | None = None
    comment: str = ""


def read_reply(ics: str | bytes) -> Answer:
    """Return the answer that a calendar file holds.

    Raises:
        NotAReply: it is no calendar file, or one that answers nothing.
    """
    if len(ics) > MOST_BYTES:
        raise NotAReply(f"The calendar file has more than {MOST_BYTES:,} bytes; answers have few.")
    try:
        calendar = Calendar.from_ical(ics)
        method = str(calendar.get("METHOD", "")).upper()
        events = [part for part in calendar.walk("VEVENT") if isinstance(part, Event)]
    except Exception as fault:  # a stranger's file may break a reader in any way
        raise NotAReply("This is no calendar file that can be read.") from fault
    if method not in ("REPLY", "COUNTER"):
        raise NotAReply(f"Its method is “{method[:20] or 'none'}”; an answer says REPLY.")
    if not events:
        raise NotAReply("It holds no event, so it answers no invitation.")
    try:
        return _answer(events[0], countered=method == "COUNTER")
    except NotAReply:
        raise
    except Exception as fault:  # as above
        raise NotAReply("The event in it cannot be read.") from fault


def _answer(event: Event, *, countered: bool) -> Answer:
    attendees = _listed(event.get("ATTENDEE"))
    uid = str(event.get("UID", "")).strip()
    if not uid or len(attendees) != 1:
        raise NotAReply("An answer names the invitation by its UID and has one attendee.")
    attendee = attendees[0]
    email = str(attendee).strip().lower().removeprefix("mailto:")
    if "@" not in email or len(email) > LONGEST_NAME or len(uid) > LONGEST_NAME:
        raise NotAReply("Its attendee or its UID is none that was ever invited.")
    said = str(getattr(attendee, "params", {}).get("PARTSTAT", "")).lower()
    if countered and said != Reply.DECLINED:
        said = Reply.TENTATIVE
    if said not in set(Reply):
        raise NotAReply(f"The attendee’s answer is “{said[:20] or 'none'}”.")
    return Answer(
        uid=uid,
        email=email,
        reply=Reply(said),
        sequence=_number(event.get("SEQUENCE")),
        said_at=_instant(event),
        comment=_comment(event),
    )


def _listed(value: Any) -> list[Any]:  # noqa: ANN401  # whatever the reader makes of a property
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _number(value: Any) -> int:  # noqa: ANN401
    number = int(value) if value is not None else 0
    return number if 0 <= number < 2**31 else 0


def _instant(event: Event) -> datetime | None:
    stamp = event.get("DTSTAMP")
    moment = getattr(stamp, "dt", None)
    if not isinstance(moment, datetime):
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=LONDON)).astimezone(UTC)


def _comment(event: Event) -> str:
    words = " ".join(" ".join(str(each) for each in _listed(event.get("COMMENT"))).split())
    plain = "".join(letter for letter in words if letter.isprintable())
    return plain if len(plain) <= LONGEST_COMMENT else f"{plain[:LONGEST_COMMENT]}…"
