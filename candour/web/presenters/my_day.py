"""My day in words: what waits for me, what I owe, what came in, what is asked of us."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from candour.bodies.models import Body
from candour.cases.queries import Counts, SuggestedItem
from candour.cases.queries.asked_of_us import SharedItem
from candour.cases.queries.soonest import Soonest
from candour.engine.clocks import Due
from candour.people.leavers import Holding
from candour.web import dates
from candour.web.my_day import Sort, Waiting
from candour.web.presenters.addresses import case_page, entry_place, of_case
from candour.web.presenters.dues import due_words, relative, soonness
from candour.web.presenters.my_waiting import (
    DayLine,
    asked_lines,
    case_words,
    digest_lines,
    entry_of,
    mail_lines,
    suggested_line,
)
from candour.web.presenters.naming import entry_title
from candour.web.presenters.shipped import procedure_of, step_name
from candour.web.presenters.work_lines import Alike, WorkLine, in_language
from candour.web.presenters.worklist import LOOKS, counted, work_groups


@dataclass(frozen=True, slots=True)
class Day:
    """What waits for somebody, what came in, which meetings come, what others ask."""

    lead: str
    waiting: tuple[DayLine, ...]
    meetings: tuple[DayLine, ...]
    came: tuple[DayLine, ...]
    shared: tuple[DayLine, ...]


def day_of(
    found: Sequence[Waiting],
    suggested: Iterable[SuggestedItem],
    shared: Iterable[SharedItem],
    counts: Counts,
    bodies: Collection[Body],
    moment: datetime,
) -> Day:
    """Return somebody's day as it reads at a moment.

    Args:
        found: what waits and what came in.
        suggested: what procedures put to the roles of the reader.
        shared: the cases that others share with the reader's bodies.
        counts: how much the reader owes, by when.
        bodies: the bodies that the reader works for.
        moment: the present instant.
    """
    return Day(
        lead=lead(counts, moment),
        waiting=(
            *asked_lines(found, bodies),
            *(suggested_line(item) for item in suggested),
            *mail_lines(found),
            *digest_lines(found),
        ),
        meetings=tuple(_meeting(item, moment) for item in found if item.sort is Sort.MEET),
        came=tuple(_came(item) for item in found if item.sort is Sort.CAME),
        shared=tuple(_shared(item, moment) for item in shared),
    )


@dataclass(frozen=True, slots=True)
class OwnGroup:
    """The first of one's own work in a group; `more` says how many others there are, and where."""

    title: str
    look: str
    number: str
    lines: tuple[WorkLine, ...]
    more: str
    address: str


def own_groups(found: Soonest, alike: Alike, moment: datetime, held: Holding) -> Iterator[OwnGroup]:
    """Yield one's own work: what is late, due today and due this week; `alike`, `held` as there."""
    for group in work_groups(found.items, alike, moment, held):
        which = next(each for each, look in LOOKS.items() if look == group.look)
        number = getattr(found.counts, which.value)
        others = number - sum(item.group is which for item in found.items)
        more = _("%(n)s more") % {"n": others} if others > 0 else ""
        yield OwnGroup(
            title=group.title,
            look=group.look,
            number=counted(number),
            lines=group.lines,
            more=more,
            address=f"{reverse('worklist')}?when={which.value}",
        )


def lead(counts: Counts, moment: datetime) -> str:
    """Return the day, and how much of one's own work is late, due today and due this week."""
    parts = [
        (counts.late, _late(counts.late)),
        (counts.today, _today(counts.today)),
        (counts.this_week, _this_week(counts.this_week)),
    ]
    said = [words for number, words in parts if number]
    owed = ", ".join(said) if said else _("nothing of yours is due this week")
    return f"{dates.long_day(moment)}: {owed}."


def _late(number: int) -> str:
    return ngettext("%(n)s thing of yours is late", "%(n)s things of yours are late", number) % {
        "n": number
    }


def _today(number: int) -> str:
    return ngettext("%(n)s is due today", "%(n)s are due today", number) % {"n": number}


def _this_week(number: int) -> str:
    return ngettext("%(n)s is due this week", "%(n)s are due this week", number) % {"n": number}


# -- meetings, what came in, what others ask -------------------------------------------------------


def _meeting(item: Waiting, moment: datetime) -> DayLine:
    when = dates.moment(item.at) if item.told else dates.day(item.at)
    soon = dates.london_day(item.at) == dates.london_day(moment)
    return DayLine(
        what=in_language(item.what, item.what_cy),
        address=of_case("case-meetings", item.ref),
        case=case_words(item.ref, item.case),
        note=" · ".join(filter(None, (when, item.who))),
        look="today" if soon else "week",
        state=dates.days_from(item.at, moment),
    )


def _came(item: Waiting) -> DayLine:
    entry, held = entry_of(item), procedure_of(item.procedure)
    title = entry_title(held, entry) if held else entry.kind.replace("_", " ")
    who = item.who or _("The system itself")
    return DayLine(
        what=title,
        address=entry_place(item.ref, entry.id),
        case=case_words(item.ref, item.case),
        note=_("%(who)s, %(when)s") % {"who": who, "when": dates.moment(item.at)},
    )


def _shared(item: SharedItem, moment: datetime) -> DayLine:
    led_by = in_language(item.led_by, item.led_by_cy)
    if item.title is None:
        words = {"who": led_by, "step": step_name(item.procedure, item.step)}
        note = _("Led by %(who)s, at %(step)s") % words
        page = case_page(item.ref) if item.members else of_case("shared-case", item.ref)
        return DayLine(item.case_title, page, item.ref, note)
    due = Due(item.due_on, item.due_at, item.late_from)
    soon = soonness(due, moment)
    return DayLine(
        what=in_language(item.title, item.title_cy or ""),
        address=case_page(item.ref, "due"),
        case=case_words(item.ref, item.case_title),
        note=_("%(when)s, for %(who)s") % {"when": due_words(due), "who": led_by},
        look=soon,
        state=relative(due, moment),
    )
