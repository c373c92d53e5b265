"""The time line of a plan, laid out: a bar for each action from its adding to its date, and today.

The picture says nothing that the table beside it does not; it lets a person see what piles up.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from candour.engine.london import local
from candour.engine.plans import Action, ActionState
from candour.web import dates

WIDTH: Final = 440
LEFT: Final = 62  # room for the numbers of the actions
RIGHT: Final = 24
ROW: Final = 30
HEAD: Final = 34
FOOT: Final = 12
LEAST_DAYS: Final = 14
MOST_TICKS: Final = 4

# A shape for each state beside its colour: nobody needs the colour.
COLOURS: Final = {
    ActionState.DONE: "#14603b",
    ActionState.DONE_LATE: "#a3161f",
    ActionState.LATE: "#a3161f",
    ActionState.DUE: "#0b5c6b",
    ActionState.EXTENDED: "#8a4b00",
    ActionState.ENDED: "#565059",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One action: where its bar runs, where it ends by its first date, and how it stands."""

    label: str
    y: int
    x: float
    width: float
    first_x: float
    end_x: float
    done_x: float
    colour: str
    state: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A day on the scale."""

    x: float
    words: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything placed."""

    width: int
    height: int
    top: int
    today_x: float
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]


def drawing(actions: Iterable[tuple[str, Action]], today: date) -> Drawing | None:
    """Return the time line of these actions, or None where there are none."""
    listed = list(actions)
    if not listed:
        return None
    days = [day for _, action in listed for day in _days(action)]
    first, last = min(*days, today), max(*days, today)
    last = max(last, first + timedelta(days=LEAST_DAYS))
    scale = (WIDTH - LEFT - RIGHT) / (last - first).days

    def x_of(day: date) -> float:
        return round(LEFT + (day - first).days * scale, 1)

    step = max(1, -(-(last - first).days // MOST_TICKS))
    marked = [first + timedelta(days=n) for n in range(0, (last - first).days + 1, step)]
    return Drawing(
        width=WIDTH,
        height=HEAD + ROW * len(listed) + FOOT,
        top=HEAD,
        today_x=x_of(today),
        bars=tuple(_bar(label, row, action, x_of) for row, (label, action) in enumerate(listed)),
        ticks=tuple(Tick(x_of(day), dates.short_day(day)) for day in marked),
    )


def _days(action: Action) -> list[date]:
    added = local(action.entry.happened_at).date()
    days = [added, date.fromisoformat(action.entry.data["due_on"])]
    if action.due_on is not None:
        days.append(action.due_on)
    if action.completed is not None:
        days.append(local(action.completed.happened_at).date())
    return days


def _bar(label: str, row: int, action: Action, x_of: Callable[[date], float]) -> Bar:
    added, first = _days(action)[:2]
    due = action.due_on or first
    starts, ends = x_of(min(added, due)), x_of(max(added, due))
    done = action.completed
    return Bar(
        label=label,
        y=HEAD + ROW * row,
        x=starts,
        width=round(max(ends - starts, 3), 1),
        first_x=x_of(first) if first != due else 0,
        end_x=x_of(due),
        done_x=x_of(local(done.happened_at).date()) if done else 0,
        colour=COLOURS[action.state],
        state=str(action.state),
    )
