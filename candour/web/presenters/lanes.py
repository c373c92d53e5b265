"""Lanes: things that ran side by side, each on a line of its own over one stretch of time.

Places are shares of the width, so the picture is as wide as the page; the table beside it says the
same in words.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from candour.web import dates


@dataclass(frozen=True, slots=True)
class Span:
    """Something that lasted: from when to when, and whether it goes on."""

    begins: datetime
    ends: datetime
    runs: bool


@dataclass(frozen=True, slots=True)
class Track:
    """What one lane shows: a name, what lasted, and the moments at which something happened."""

    name: str
    says: str
    spans: tuple[Span, ...] = ()
    moments: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """Something that lasted, drawn: its place and width, such as “12.50%”."""

    x: str
    width: str
    runs: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """One line of the picture."""

    name: str
    says: str
    bars: tuple[Bar, ...]
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A day written under the picture, and how its words stand to its place."""

    x: str
    anchor: str
    words: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole: lanes from top to bottom, days under them, and where today is."""

    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    today: str


def picture(tracks: Iterable[Track], now: datetime) -> Picture | None:
    """Return the picture of these tracks up to `now`; None where there is nothing to draw."""
    drawn = tuple(tracks)
    instants = [
        instant
        for track in drawn
        for instant in (*track.moments, *(end for s in track.spans for end in (s.begins, s.ends)))
    ]
    if not instants:
        return None
    scale = _Scale(min(instants), max(*instants, now, min(instants) + timedelta(days=1)))
    return Picture(
        lanes=tuple(_lane(track, scale) for track in drawn),
        ticks=tuple(scale.ticks()),
        today=scale.place(now),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    begins: datetime
    ends: datetime

    def share(self, moment: datetime) -> float:
        """Return how far along a moment lies, from 1 to 99 so that nothing is cut off."""
        return 1 + 98 * ((moment - self.begins) / (self.ends - self.begins))

    def place(self, moment: datetime) -> str:
        return f"{self.share(moment):.2f}%"

    def ticks(self) -> Iterable[Tick]:
        middle = self.begins + (self.ends - self.begins) / 2
        for moment, x, anchor in (
            (self.begins, "1%", "start"),
            (middle, "50%", "middle"),
            (self.ends, "99%", "end"),
        ):
            yield Tick(x, anchor, dates.day(moment))


def _lane(track: Track, scale: _Scale) -> Lane:
    return Lane(
        name=track.name,
        says=track.says,
        bars=tuple(
            Bar(
                scale.place(span.begins),
                f"{max(scale.share(span.ends) - scale.share(span.begins), 0.5):.2f}%",
                span.runs,
            )
            for span in track.spans
        ),
        marks=tuple(scale.place(moment) for moment in track.moments),
    )
