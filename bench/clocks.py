"""How many due dates a second, one at a time: `python bench/clocks.py`.

Prints the median rate of several rounds for each way of asking, and its ratio to a plain sorted
list of working days searched by bisection, measured in the same run. Every way that gives working
days is checked to give the same ones. numpy is measured where it is installed.
"""

import gc
import random
import statistics
import time
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from importlib import import_module

from candour.engine.calendars import Calendar
from candour.engine.clocks import Clock, Pause, prove
from candour.policies.calendars import calendar

PLAIN = "sorted list and bisect"
SLOW = ("numpy.busday_offset", "due, three pauses", "prove, working days")
ROUNDS = 15
STARTS = 20_000
FIRST = date(2012, 1, 2)
ENGLAND = calendar("england")

Ask = Callable[[date, Calendar], object]


def seconds(ask: Ask, starts: Sequence[date]) -> float:
    """Return how long it takes to ask for each start once."""
    begun = time.perf_counter()
    for start in starts:
        ask(start, ENGLAND)
    return time.perf_counter() - begun


def bisected() -> Ask:
    """Return the plain way: the 20th day after, in a sorted list of working days."""
    span = (ENGLAND.last - ENGLAND.first).days
    every_day = [ENGLAND.first + timedelta(n) for n in range(span + 1)]
    working = [day for day in every_day if ENGLAND.is_working(day)]
    return lambda start, _: working[bisect_right(working, start) + 19]


def numpy_one_by_one() -> Ask | None:
    """Return numpy's way, one date at a time, or None where numpy is not installed."""
    try:
        np = import_module("numpy")
    except ImportError:
        return None
    days = np.busdaycalendar(holidays=[str(day) for day in ENGLAND.holidays])

    def ask(start: date, _: Calendar) -> object:
        # Counting after a day that is not a working day starts from the last one before it.
        found = np.busday_offset(np.datetime64(start), 20, roll="backward", busdaycal=days)
        answer: object = found.astype(date)
        return answer

    return ask


def ways(moments: Mapping[date, datetime]) -> dict[str, Ask]:
    """Return every way of asking, by name."""
    working, hours = Clock.parse("20 working days after"), Clock.parse("24 hours after")
    pauses = [
        Pause(datetime(year, 6, 1, tzinfo=UTC), datetime(year, 6, 8, tzinfo=UTC))
        for year in (2020, 2024, 2028)
    ]
    asked: dict[str, Ask | None] = {
        PLAIN: bisected(),
        "numpy.busday_offset": numpy_one_by_one(),
        "due_date, working days": working.due_date,
        "due_date, weeks": Clock.parse("2 weeks after").due_date,
        "due_date, months": Clock.parse("6 months after").due_date,
        "due, working days": lambda day, place: working.due(moments[day], place),
        "due, hours": lambda day, place: hours.due(moments[day], place),
        "due, three pauses": lambda day, place: working.due(moments[day], place, pauses),
        "prove, working days": lambda day, place: prove(working, moments[day], place),
    }
    return {name: ask for name, ask in asked.items() if ask}


def main() -> None:
    draw = random.Random(2026)
    starts = [FIRST + timedelta(draw.randrange(10_000)) for _ in range(STARTS)]
    moments = {day: datetime(day.year, day.month, day.day, 9, tzinfo=UTC) for day in starts}
    asked = ways(moments)
    for name in ("numpy.busday_offset", "due_date, working days"):
        same = asked.get(name, asked[PLAIN])
        assert all(same(day, ENGLAND) == asked[PLAIN](day, ENGLAND) for day in starts), name
    gc.freeze()
    # Round by round, so that whatever else the machine does falls on all alike.
    counts = {name: STARTS if name not in SLOW else STARTS // 20 for name in asked}
    rounds = [
        {name: counts[name] / seconds(ask, starts[: counts[name]]) for name, ask in asked.items()}
        for _ in range(ROUNDS)
    ]
    rates = {name: statistics.median(each[name] for each in rounds) for name in asked}
    print(f"Dates a second, one at a time: median of {ROUNDS} rounds of {STARTS:,} starts")
    for name, found in rates.items():
        print(f"{name:<24} {found:>12,.0f}/s   {found / rates[PLAIN]:6.3f} of bisect")


if __name__ == "__main__":
    main()
