"""Red, amber and green in words: the colour’s name, a shape of its own, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from candour.engine.rag import COLOURS, Because, Colour, Lane
from candour.web import dates

# The shape that stands beside the colour: nobody needs the colour.
SHAPES: Final[Mapping[Because, str]] = {
    Because.LATE: "late",
    Because.CANNOT_COMPLY: "blocked",
    Because.SAID_DONE: "open",
    Because.MORE_TIME_ASKED: "attention",
    Because.SENT_BACK: "attention",
    Because.SOON: "today",
    Because.EXTENDED: "attention",
    Because.ON_COURSE: "later",
    Because.DONE: "met",
    Because.DONE_LATE: "met",
    Because.ENDED: "cancelled",
}
_NAMES: Final[Mapping[Colour, Promise | str]] = {
    Colour.RED: gettext_lazy("Red"),
    Colour.AMBER: gettext_lazy("Amber"),
    Colour.GREEN: gettext_lazy("Green"),
    Colour.NONE: gettext_lazy("Ended"),
}
LANE_SHAPES: Final[Mapping[Lane, str]] = {
    Lane.LATE: "late",
    Lane.VERIFY: "open",
    Lane.SOON: "today",
    Lane.ON_COURSE: "later",
    Lane.DONE: "met",
}


@dataclass(frozen=True, slots=True)
class Days:
    """The days that the words name, where they are known."""

    today: date
    due_on: date | None = None
    said_done_on: date | None = None
    asked_until: date | None = None
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class Rag:
    """One colour in words: its shape, its name, and why an action has it."""

    shape: str
    name: str
    why: str


def rag_words(why: Because, days: Days) -> Rag:
    """Return a colour in words."""
    return Rag(SHAPES[why], str(_NAMES[COLOURS[why]]), _why(why, days))


def _why(why: Because, days: Days) -> str:
    if why is Because.LATE:
        return _late(days)
    if why is Because.ON_COURSE and days.due_on is None:
        return _("No date while the clock is paused")
    named = {
        Because.SAID_DONE: days.said_done_on,
        Because.MORE_TIME_ASKED: days.asked_until,
        Because.DONE: days.done_on,
        Because.DONE_LATE: days.done_on,
    }
    words = {
        Because.CANNOT_COMPLY: _("The provider says that it cannot comply"),
        Because.SAID_DONE: _("Said to be done on %(day)s; nobody has seen to it yet"),
        Because.MORE_TIME_ASKED: _("More time is asked for, until %(day)s"),
        Because.SENT_BACK: _("Sent back: not done yet"),
        Because.SOON: _("Due %(when)s"),
        Because.EXTENDED: _("Given more time; due %(when)s"),
        Because.ON_COURSE: _("On course: due %(when)s"),
        Because.DONE: _("Done in time, on %(day)s"),
        Because.DONE_LATE: _("Done late, on %(day)s"),
        Because.ENDED: _("Ended before it was done"),
    }[why]
    return words % {"day": _day(named.get(why)), "when": _when(days)}


def _late(days: Days) -> str:
    late = (days.today - days.due_on).days if days.due_on else 0
    return ngettext("%(n)s day late", "%(n)s days late", late) % {"n": late}


def _when(days: Days) -> str:
    return dates.days_from(days.due_on, days.today) if days.due_on else ""


def _day(day: date | None) -> str:
    return dates.day(day) if day else ""


def lane_title(lane: Lane) -> str:
    """Return the heading of a column of the board."""
    return {
        Lane.LATE: _("Late or stuck"),
        Lane.VERIFY: _("To be verified"),
        Lane.SOON: _("Needs a look"),
        Lane.ON_COURSE: _("On course"),
        Lane.DONE: _("Done or ended"),
    }[lane]


def lane_lead(lane: Lane) -> str:
    """Return what there is to do about the actions of a column."""
    return {
        Lane.LATE: _("Red: give more time with a reason, or a default notice."),
        Lane.VERIFY: _("Amber: the provider says it is done. See for yourself."),
        Lane.SOON: _("Amber: due within a week, given more time, asked for more, or sent back."),
        Lane.ON_COURSE: _("Green: nothing to do today."),
        Lane.DONE: _("Green: seen to be done."),
    }[lane]
