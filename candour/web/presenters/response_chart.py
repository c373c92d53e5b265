"""A picture of one matter in time: for each recipient from receipt to due date, and what came."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from candour.engine.london import local
from candour.engine.recipients import Recipient
from candour.web import dates

WIDTH, LEFT, ROW, TOP = 720, 8, 46, 30  # units of the drawing; the browser scales it
TICK_WORDS = 115  # room that the longest day takes beside its line
_TRACK = WIDTH - 2 * LEFT


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One recipient’s line: where its time begins and ends, and the marks on it."""

    name: str
    y: int
    begins: int
    ends: int | None
    acknowledged: int | None
    answered: int | None


@dataclass(frozen=True, slots=True)
class ChartTick:
    """A month’s beginning on the axis."""

    x: int
    words: str


@dataclass(frozen=True, slots=True)
class ResponseChart:
    """The drawing: its size, rows, months, today, and what it shows in words."""

    width: int
    height: int
    rows: tuple[ChartRow, ...]
    ticks: tuple[ChartTick, ...]
    today: int | None
    words: str


def response_chart(group: Sequence[Recipient], moment: datetime) -> ResponseChart | None:
    """Return the drawing of a matter, or None where no recipient has a day to draw."""
    days = sorted(day for each in group for day in _days(each))
    first, last = days[0], days[-1]
    if last <= first:
        return None
    scale = _Scale(first - timedelta(days=2), last + timedelta(days=4))
    today = local(moment).date()
    return ResponseChart(
        width=WIDTH,
        height=TOP + ROW * len(group),
        rows=tuple(_row(each, number, scale) for number, each in enumerate(group)),
        ticks=tuple(_ticks(scale)),
        today=scale.x(today) if scale.first <= today <= scale.last else None,
        words=" ".join(_said(each) for each in group),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    def x(self, day: date) -> int:
        return LEFT + round(_TRACK * ((day - self.first).days / (self.last - self.first).days))


def _days(each: Recipient) -> Iterable[date]:
    found = (each.received_on, _due(each), _day(each.acknowledged_at), _day(each.answered_at))
    return (day for day in found if day)


def _due(each: Recipient) -> date | None:
    owed = each.explain or each.acknowledge
    return owed.due.on if owed else None


def _day(moment: datetime | None) -> date | None:
    return local(moment).date() if moment else None


def _row(each: Recipient, number: int, scale: _Scale) -> ChartRow:
    due, told, answered = _due(each), _day(each.acknowledged_at), _day(each.answered_at)
    return ChartRow(
        name=each.name,
        y=TOP + ROW * number,
        begins=scale.x(each.received_on),
        ends=scale.x(due) if due else None,
        acknowledged=scale.x(told) if told and told != answered else None,
        answered=scale.x(answered) if answered else None,
    )


def _ticks(scale: _Scale) -> Iterable[ChartTick]:
    month = scale.first.replace(day=1)
    while month <= scale.last:
        if month >= scale.first and scale.x(month) < WIDTH - TICK_WORDS:
            yield ChartTick(scale.x(month), dates.day(month))
        month = (month + timedelta(days=32)).replace(day=1)


def _said(each: Recipient) -> str:
    """Return a row of the drawing as a sentence."""
    parts = [
        _("%(name)s: received %(day)s") % {"name": each.name, "day": dates.day(each.received_on)}
    ]
    for words, day in (
        (_("answer due %(day)s"), _due(each)),
        (_("acknowledged %(day)s"), _day(each.acknowledged_at)),
        (_("answered %(day)s"), _day(each.answered_at)),
    ):
        if day:
            parts.append(words % {"day": dates.day(day)})
    return f"{', '.join(parts)}."
