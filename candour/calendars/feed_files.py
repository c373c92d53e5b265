"""A feed as a calendar program reads it (RFC 5545), written line by line: thousands in a moment.

The lines are few and ours, so they are written here; the library that reads them back in the tests
takes ten times as long to write them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

LONGEST_LINE = 75  # octets, by RFC 5545, section 3.1
REFRESH = "PT1H"
_HEAD = (
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Candour//Feed//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
)
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True, slots=True)
class Shown:
    """One event of a feed.

    Attributes:
        uid: what it is known by, the same at every reading.
        day: the London day of an event that lasts all day; of others, the day on which it begins.
        begins, ends: the instants of an event that has any.
        changed_at: when it came to be as it is.
        busy: whether whoever has it is taken up by it.
    """

    uid: str
    summary: str
    address: str
    day: date
    changed_at: datetime
    begins: datetime | None = None
    ends: datetime | None = None
    place: str = ""
    busy: bool = False


def feed_file(name: str, events: Iterable[Shown]) -> bytes:
    """Return a feed of this name; the same events always give the same bytes."""
    lines = [
        *_HEAD,
        f"NAME:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-PUBLISHED-TTL:{REFRESH}",
    ]
    for event in events:
        lines += _event(event)
    lines.append("END:VCALENDAR")
    return ("\r\n".join(map(_folded, lines)) + "\r\n").encode()


def _event(event: Shown) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{_instant(event.changed_at)}"
    if event.begins is None or event.ends is None:
        yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
    else:
        # In Greenwich time, which every program turns into its owner's: no table of zones needed.
        yield f"DTSTART:{_instant(event.begins)}"
        yield f"DTEND:{_instant(event.ends)}"
    yield f"SUMMARY:{_text(event.summary)}"
    if event.place:
        yield f"LOCATION:{_text(event.place)}"
    yield f"URL:{event.address}"
    yield f"DESCRIPTION:{_text(event.address)}"
    yield f"TRANSP:{'OPAQUE' if event.busy else 'TRANSPARENT'}"
    yield "CLASS:PRIVATE"
    yield "END:VEVENT"


def _instant(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    plain = words
    if not words.isprintable():
        plain = "".join(c for c in words if c == "\n" or c.isprintable())
    return plain.translate(_ESCAPED)


def _folded(line: str) -> str:
    """Return a line in pieces of at most so many octets, no character cut in two."""
    if line.isascii():
        rest = range(LONGEST_LINE, len(line), LONGEST_LINE - 1)
        later = (line[at : at + LONGEST_LINE - 1] for at in rest)
        return "\r\n ".join([line[:LONGEST_LINE], *later])
    pieces, piece, size = [], "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > LONGEST_LINE:
            pieces.append(piece)
            piece, size = "", 1  # the blank that begins every further piece
        piece += letter
        size += width
    return "\r\n ".join([*pieces, piece])
