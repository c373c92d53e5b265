"""What there is to say to somebody about what is owed, at a moment: pure, and told once each.

A duty comes to somebody's notice in stages: its date comes near, its day has come, it is late, and,
for whoever leads the case, somebody else's is late. Each stage is told once of each date; when
several have passed unsaid, only the last is worth saying, and it stands for the earlier ones.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum

from candour.engine.london import local, start_of
from candour.reminders.choices import Choices, How

Time = tuple[int, str, datetime]  # a case, the key of a duty, and from when it is late


class Stage(IntEnum):
    """How far a time of a duty has come; a later one stands for those before."""

    SOON = 1
    TODAY = 2
    LATE = 3


class Because(StrEnum):
    """Why it is this person who is told."""

    OWN = "own"  # they hold a post that owes it
    LEFT = "left"  # nobody holds the post that owes it, so it is handed to them
    LED = "led"  # somebody else owes it and is late, in a case that they lead


@dataclass(frozen=True, slots=True)
class Owed:
    """One time that a duty is owed, and why it is this person's to know.

    Attributes:
        case_id, key: which it is.
        due_on: the London day on which it is due.
        due_at: the exact instant, where hours count.
        late_from: the first instant at which it is late.
    """

    case_id: int
    key: str
    due_on: date
    due_at: datetime | None
    late_from: datetime
    because: Because = Because.OWN

    @property
    def time(self) -> Time:
        """What is told of, and told of anew where its date moves."""
        return self.case_id, self.key, self.late_from


@dataclass(frozen=True, slots=True)
class News:
    """One thing to say: which time of a duty, and how far it has come."""

    owed: Owed
    stage: Stage


@dataclass(frozen=True, slots=True)
class Digest:
    """What one message says: the news, the most pressing first, and what is late besides.

    Attributes:
        still_late: how many of the person's own that they were told of before are late still.
    """

    news: tuple[News, ...]
    still_late: int


def stage_at(owed: Owed, choices: Choices, now: datetime) -> Stage | None:
    """Return how far a time of a duty has come; None while it is none of their business yet."""
    if now >= owed.late_from:
        return Stage.LATE
    if owed.because is Because.LED:
        return None
    today = local(now).date()
    if today >= owed.due_on:
        return Stage.TODAY
    ahead = timedelta(days=choices.days_before)
    return Stage.SOON if choices.days_before and today >= owed.due_on - ahead else None


def what_to_say(
    duties: Iterable[Owed], choices: Choices, told: Mapping[Time, Stage], now: datetime
) -> Digest | None:
    """Return what somebody is to be told now, or None where there is no news.

    Args:
        duties: what concerns them, each time once.
        choices: what they chose.
        told: the furthest stage of each time that they were told before.
        now: the present instant.

    Returns:
        Every time whose stage now is further than the one told; never one told already. Whether it
        is the hour to say it is for `next_look` to know.
    """
    news, still = [], 0
    for owed in duties:
        stage = stage_at(owed, choices, now)
        if stage is None:
            continue
        if stage > told.get(owed.time, 0):
            news.append(News(owed, stage))
        elif stage is Stage.LATE:
            still += 1
    if not news:
        return None
    return Digest(tuple(sorted(news, key=_pressing)), still)


def _pressing(news: News) -> tuple[int, datetime, int, str]:
    return -news.stage, news.owed.late_from, news.owed.case_id, news.owed.key


def may_say(
    choices: Choices, is_working: Callable[[date], bool], said_today: int, now: datetime
) -> bool:
    """Return whether this is an hour at which somebody may be told.

    Args:
        choices: what they chose.
        is_working: whether a London day is a working day where they work.
        said_today: how many messages they had today; a digest comes once a day.
        now: the present instant.
    """
    clock = local(now)
    if not is_working(clock.date()) or choices.is_quiet(clock.time()):
        return False
    if choices.how is How.DIGEST:
        return not said_today and clock.time() >= choices.morning
    return choices.how is How.AT_ONCE


def horizon(choices: Choices, now: datetime) -> datetime:
    """Return the instant by which a time must turn late to be any news now."""
    day = local(now).date() + timedelta(days=choices.days_before + 1)
    return start_of(day + timedelta(days=1))
