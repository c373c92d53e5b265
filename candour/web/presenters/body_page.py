"""One body: what it does and since when, who came before and after, its desks and their hours."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from candour.bodies.effective import is_effective
from candour.bodies.hours import Sort, answers_at
from candour.bodies.kept import BodyKept
from candour.bodies.models import BodyFunction, Contact, Succession
from candour.web import dates
from candour.web.day_question import DayAsked
from candour.web.presenters.directory_changes import Changed, changed
from candour.web.presenters.spans_drawn import Axis, Drawn, axis
from candour.web.presenters.who_is_who import (
    NATIONS,
    body_address,
    desk_words,
    function_words,
    hours_lines,
    numbers,
    people_words,
    role_words,
    span_words,
    state_words,
    where_words,
)
from candour.web.spoken import spoken

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Done:
    """A row of what a body does, or what another did before it or does after it.

    `whose` is the other body, with its address; empty for the body itself.
    """

    words: str
    where: str
    people: str
    span: str
    whose: str
    address: str
    drawn: Drawn
    sort: str
    now: bool
    keep: str


@dataclass(frozen=True, slots=True)
class DeskShown:
    """A desk with its numbers, its hours, whether it answers now, and who takes over."""

    name: str
    role: str
    phones: tuple[str, ...]
    email: str
    hours: Sequence[str]
    status: str
    state: str
    takes_over: str
    span: str
    keep: str


@dataclass(frozen=True, slots=True)
class Belongs:
    """A group to which a body or a service belongs, or days of closure: a line with its days."""

    words: str
    span: str
    address: str
    keep: str


@dataclass(frozen=True, slots=True)
class BodyPage:
    """The page of a body; `first` and `last` bound what is drawn, `mark` is the day asked about."""

    name: str
    caption: str
    lead: str
    done: tuple[Done, ...]
    first: str
    last: str
    mark: int
    desks: tuple[DeskShown, ...]
    closures: tuple[Belongs, ...]
    groups: tuple[Belongs, ...]
    services: Sequence[tuple[str, str]]
    more: bool
    changes: tuple[Changed, ...]


def body_page(kept: BodyKept, asked: DayAsked) -> BodyPage:
    """Return the page of a body as it is on the day asked about."""
    body = kept.body
    rows = kept.functions
    days = [day for row in rows for day in (row.from_date, row.to_date)]
    line = axis([*days, *(step.on for step in kept.successions)], asked.day)
    return BodyPage(
        name=body.name_in(spoken()),
        caption=", ".join(filter(None, (body.kind, str(NATIONS[body.nation])))),
        lead=_exists(body.from_date, body.to_date),
        done=tuple(_done(kept, line, asked.day)),
        first=dates.day(line.first),
        last=dates.day(line.last),
        mark=line.mark,
        desks=tuple(_desk(kept, desk, asked) for desk in kept.desks.of_body(body)),
        closures=tuple(closure(told) for told in kept.closures),
        groups=tuple(belongs(told) for told in kept.groups),
        services=[
            (one.name_in(spoken()), reverse("directory-service", args=[one.pk]))
            for one in kept.services
        ],
        more=kept.more,
        changes=tuple(changed(each) for each in kept.changes),
    )


def _exists(first: date | None, last: date | None) -> str:
    if last is not None:
        return _("Existed until %(day)s") % {"day": dates.day(last)}
    return _("Since %(day)s") % {"day": dates.day(first)} if first else ""


def _done(kept: BodyKept, line: Axis, day: date) -> Iterator[Done]:
    """Yield what was done before, by itself and after, function by function."""
    functions = {row.function for row in kept.functions}
    functions |= {step.function for step in kept.successions}
    for function in sorted(functions, key=function_words):
        steps = [step for step in kept.successions if step.function == function]
        before = [step for step in steps if step.successor_id == kept.body.pk]
        after = [step for step in steps if step.predecessor_id == kept.body.pk]
        yield from (_other(step, line, before=True) for step in before)
        yield from (_own(row, line, day) for row in kept.functions if row.function == function)
        yield from (_other(step, line, before=False) for step in after)


def _own(row: BodyFunction, line: Axis, day: date) -> Done:
    return Done(
        words=function_words(row.function),
        where=where_words(row),
        people=people_words(row.people),
        span=span_words(row.from_date, row.to_date),
        whose="",
        address="",
        drawn=line.bar(row.from_date, row.to_date),
        sort="own",
        now=is_effective(day, row.from_date, row.to_date),
        keep=keep_address("function", row.pk),
    )


def _other(step: Succession, line: Axis, *, before: bool) -> Done:
    other = step.predecessor if before else step.successor
    first, last = (None, step.on - A_DAY) if before else (step.on, None)
    words = _("Before, until %(day)s") if before else _("After, from %(day)s")
    return Done(
        words=function_words(step.function),
        where="",
        people="",
        span=words % {"day": dates.day(last or step.on)},
        whose=other.name_in(spoken()),
        address=body_address(other),
        drawn=line.bar(first, last),
        sort="before" if before else "after",
        now=False,
        keep=keep_address("succession", step.pk),
    )


def _desk(kept: BodyKept, desk: Contact, asked: DayAsked) -> DeskShown:
    line = kept.desks.line(desk)
    own = next(kept.desks.places(line))
    status, state = "", ""
    if asked.is_today and desk.phone and own.hours.sort is not Sort.OTHERWISE:
        told = answers_at(own.hours, asked.at, shut=own.shut)
        status, state = state_words(told.open, told.until, asked.at)
    return DeskShown(
        name=desk_words(desk),
        role=role_words(desk.role) if desk.name else "",
        phones=numbers(desk.phone),
        email=desk.email,
        hours=hours_lines(own.hours),
        status=status,
        state=state,
        takes_over=desk_words(line[1]) if len(line) > 1 else "",
        span=span_words(desk.from_date, desk.to_date) if desk.from_date or desk.to_date else "",
        keep=keep_address("contact", desk.pk),
    )


def closure(told: dict[str, object]) -> Belongs:
    """Return days of closure in words."""
    first, last = (date.fromisoformat(str(told[end])) for end in ("first", "last"))
    words = str((spoken() == "cy" and told["reason_cy"]) or told["reason"])
    keep = keep_address("closure", int(str(told["row"])))
    return Belongs(words, f"{dates.day(first)} – {dates.day(last)}", "", keep)


def belongs(told: dict[str, object]) -> Belongs:
    """Return a membership of a group in words."""
    first, last = (
        date.fromisoformat(str(told[end])) if told[end] else None for end in ("first", "last")
    )
    words = str((spoken() == "cy" and told["name_cy"]) or told["name"])
    return Belongs(
        words,
        span_words(first, last) if first or last else "",
        reverse("directory-group", args=[told["group"]]),
        keep_address("member", int(str(told["row"]))),
    )


def keep_address(sort: str, row: int) -> str:
    """Return the address at which a row is changed or ended."""
    return reverse("directory-keep-row", args=[sort, row])
