"""When to look next whether there is anything to tell somebody: pure."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from candour.engine.london import LONDON, local
from candour.reminders.choices import Choices, How

EVERY = timedelta(minutes=5)  # how long somebody who wants to hear at once may wait
LONGEST_HOLIDAY = 30  # days without a working day after which we look anyway


def next_look(
    choices: Choices, is_working: Callable[[date], bool], said_today: int, now: datetime
) -> datetime | None:
    """Return when to look next; None for somebody who wants to hear nothing.

    Always after `now`, and never later than the first instant at which they may be told.
    """
    if choices.how is How.NONE:
        return None
    at = local(now)
    if choices.how is How.AT_ONCE and is_working(at.date()) and not choices.is_quiet(at.time()):
        return now + EVERY
    for ahead in range(LONGEST_HOLIDAY):
        day = at.date() + timedelta(days=ahead)
        if is_working(day) and not (ahead == 0 and choices.how is How.DIGEST and said_today):
            for clock in _opens(choices):
                if (opens := _instant(day, clock)) > now:
                    return opens
    return _instant(at.date() + timedelta(days=LONGEST_HOLIDAY), time(12))


def _opens(choices: Choices) -> list[time]:
    """Return the clock times at which telling may begin on a working day, in order."""
    first = choices.morning if choices.how is How.DIGEST else time(0)
    clocks = {first, max(first, choices.quiet_until)}
    return sorted(clock for clock in clocks if not choices.is_quiet(clock))


def _instant(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, LONDON).astimezone(UTC)
