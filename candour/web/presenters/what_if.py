"""A what-if as a page shows it: totals, lists, and the weeks as a picture with its table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from candour.web import dates
from candour.web.spoken import spoken
from candour.whatif.tally import HAPPENINGS, LATER, OVERDUE, PAUSED

HEIGHT, TOP, BOTTOM, BAR, GAP = 240, 20, 64, 14, 14
LEFT = 48  # room for the first label, which runs to the left of its bars
_TOTALS = {
    "appear": gettext_lazy("Duties that appear"),
    "go": gettext_lazy("Duties that go"),
    "sooner": gettext_lazy("Due sooner"),
    "later": gettext_lazy("Due later"),
    "turn_late": gettext_lazy("Duties that turn late"),
    "no_longer_late": gettext_lazy("Late no longer"),
    "opens": gettext_lazy("Moves that open"),
    "shuts": gettext_lazy("Moves that shut"),
    "suggests": gettext_lazy("Suggestions that come"),
    "elsewhere": gettext_lazy("Cases at another step"),
    "misfits": gettext_lazy("Entries that do not fit"),
}
_WEEKS = {
    OVERDUE: gettext_lazy("Overdue"),
    LATER: gettext_lazy("Later"),
    PAUSED: gettext_lazy("Clock paused"),
}

Report = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class WeekBars:
    """One week of the picture: the bars of both sides, and what stands under and over them."""

    label: str
    short: str
    before: int
    after: int
    x: int
    before_height: float
    after_height: float


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of the work of each week, now and under the draft."""

    weeks: tuple[WeekBars, ...]
    width: int
    height: int
    base: int
    most: int


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One duty: what happens to it, as pairs of words and a number that is not nought."""

    title: str
    owner: str
    happens: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class WhatIfPage:
    """Everything a finished what-if shows."""

    draft: str
    present: str
    cases: int
    changed: int
    totals: tuple[tuple[str, int], ...]
    picture: Picture
    duties: tuple[DutyLine, ...]
    late: tuple[tuple[str, str, int, int], ...]
    moves: tuple[tuple[str, int, int], ...]
    steps: tuple[tuple[str, str, int], ...]
    misfits: tuple[tuple[str, str, int, str], ...]
    most: tuple[tuple[str, str, int, tuple[str, ...]], ...]
    uncounted: tuple[tuple[str, str], ...]


def what_if_page(report: Report) -> WhatIfPage:
    """Return a report in the language of the page."""
    return WhatIfPage(
        draft=_named(report["procedure"]),
        present=_named(report["instead_of"]),
        cases=report["cases"],
        changed=report["changed"],
        totals=tuple(
            (str(words), report["totals"][name])
            for name, words in _TOTALS.items()
            if report["totals"][name]
        ),
        picture=picture(report["weeks"]),
        duties=tuple(_duty(row) for row in report["duties"]),
        late=tuple(
            (_said(row["title"]), row["body"], row["turn_late"], row["no_longer_late"])
            for row in report["late"]
        ),
        moves=tuple((_said(row["title"]), row["opens"], row["shuts"]) for row in report["moves"]),
        steps=tuple(
            (_said(row["from_title"]), _said(row["to_title"]), row["cases"])
            for row in report["steps"]
        ),
        misfits=tuple(
            (_said(row["title"]), row["problem"], row["cases"], row["example"])
            for row in report["misfits"]
        ),
        most=tuple(
            (row["case"], row["title"], row["changes"], tuple(_said(one) for one in row["why"]))
            for row in report["most"]
        ),
        uncounted=tuple((row["case"], row["why"]) for row in report["uncounted"]),
    )


def _said(words: Mapping[str, str]) -> str:
    return words[spoken()] or words["en"]


def _named(part: Report) -> str:
    return _("%(title)s, version %(version)s") % {
        "title": _said(part["title"]),
        "version": part["version"],
    }


def _duty(row: Report) -> DutyLine:
    happens = tuple((str(_TOTALS[name]), row[name]) for name in HAPPENINGS if row[name])
    return DutyLine(_said(row["title"]), row["owner"], happens)


def picture(weeks: Sequence[Report]) -> Picture:
    """Return the bars of each week, on one scale from nought."""
    most = max([max(row["before"], row["after"]) for row in weeks], default=0) or 1
    room = HEIGHT - TOP - BOTTOM
    step = 2 * BAR + GAP
    bars = tuple(
        WeekBars(
            label=_label(row["week"]),
            short=_short(row["week"]),
            before=row["before"],
            after=row["after"],
            x=LEFT + number * step,
            before_height=round(row["before"] * room / most, 1),
            after_height=round(row["after"] * room / most, 1),
        )
        for number, row in enumerate(weeks)
    )
    return Picture(bars, LEFT + len(bars) * step, HEIGHT, HEIGHT - BOTTOM, most)


def _label(week: str) -> str:
    if week in _WEEKS:
        return str(_WEEKS[week])
    return _("Week of %(day)s") % {"day": dates.day(date.fromisoformat(week))}


def _short(week: str) -> str:
    if week in _WEEKS:
        return str(_WEEKS[week])
    day = date.fromisoformat(week)
    return f"{day.day}.{day.month}."
