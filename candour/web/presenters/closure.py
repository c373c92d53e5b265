"""The closure room: how ready every resident is, the questions, the assurances, the notice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from candour.engine import Standing
from candour.engine.closures import LISTED, MOVED, PLANNED, Lack, Resident, residents
from candour.engine.conditions import DuePassed
from candour.engine.london import local
from candour.engine.procedure import Duty
from candour.web import dates
from candour.web.presenters.actions import Action
from candour.web.presenters.addresses import BACK_TO, leading_back, of_case, recording_page
from candour.web.presenters.closure_questions import GIVEN, Question, assurances
from candour.web.presenters.closure_questions import questions as checklist
from candour.web.presenters.proofs import Why, why
from candour.web.presenters.residents import (
    ROOM,
    Group,
    ResidentRow,
    group_words,
    lack_words,
    resident_rows,
    resident_stages,
    short_title,
)
from candour.web.presenters.restrictions import Told, told_line
from candour.web.presenters.sight import Sight
from candour.web.presenters.worklist import Tab
from candour.web.spoken import said

WIDTH = 440
GROUP_LOOKS = {
    Group.FORGOTTEN: "late",
    Group.MISSING: "today",
    Group.LATE: "late",
    Group.READY: "week",
    Group.MOVED: "met",
}


@dataclass(frozen=True, slots=True)
class Stage:
    """One thing that is arranged for residents: how many have it, drawn as a bar of `WIDTH`."""

    title: str
    done: int
    of: int
    late: int
    done_bar: int
    late_bar: int


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that residents are without: what, and who, each with the form to mend it."""

    what: str
    who: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MoveDay:
    """The moves of one day: who goes where."""

    day: str
    status: str
    who: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """A period of notice: the day on which it ends, and the proof."""

    what: str
    line: Told
    proof: Why


@dataclass(frozen=True, slots=True)
class ClosurePage:
    """Everything about the closing of a service."""

    stages: tuple[Stage, ...]
    residents: tuple[ResidentRow, ...]
    listed: int
    counts: tuple[Tab, ...]
    everybody: str
    legend: tuple[str, ...]
    missing: tuple[Missing, ...]
    moves: tuple[MoveDay, ...]
    moved_form: str
    questions: tuple[Question, ...]
    answered: int
    assurances: tuple[tuple[str, str, str], ...]
    notices: tuple[Notice, ...]
    whole: tuple[Told, ...]
    ways: tuple[Action, ...]


def closure_page(standing: Standing, sight: Sight, only: Group | None = None) -> ClosurePage:
    """Return the page; `only` one group of the residents, or None for all."""
    people = residents(standing)
    rows = tuple(resident_rows(standing, people, sight))
    stages = resident_stages(standing)
    questions = tuple(checklist(standing, sight))
    return ClosurePage(
        stages=tuple(_stage(duty, n, rows) for n, duty in enumerate(stages)),
        residents=tuple(row for row in rows if only is None or only in row.groups),
        listed=len(rows),
        counts=tuple(_counts(rows, sight.ref, only)),
        everybody=of_case("case-closure", sight.ref) if only else "",
        legend=tuple(short_title(duty) for duty in stages),
        missing=tuple(_missing(standing, people, sight)),
        moves=tuple(_moves(rows, people, local(sight.moment).date())),
        moved_form=leading_back(recording_page(sight.ref, MOVED), ROOM),
        questions=questions,
        answered=sum(question.status == "met" for question in questions),
        assurances=tuple(assurances(standing, sight)),
        notices=tuple(_notices(standing, sight)),
        whole=tuple(_whole(standing, sight)),
        ways=tuple(_ways(standing, sight)),
    )


def _counts(rows: tuple[ResidentRow, ...], ref: str, only: Group | None) -> Iterator[Tab]:
    room = of_case("case-closure", ref)
    for group in Group:
        number = sum(group in row.groups for row in rows)
        address = room if group is only else f"{room}?{urlencode({'show': group.value})}"
        look = GROUP_LOOKS[group]
        yield Tab(group_words(group), str(number), f"{address}#residents", group is only, look)


def _missing(standing: Standing, people: tuple[Resident, ...], sight: Sight) -> Iterator[Missing]:
    """Yield what anybody is without, worst first, so that nobody is forgotten."""
    may = sight.may_act and PLANNED in standing.procedure.kinds and not standing.closed
    for lack in Lack:
        without = [resident for resident in people if lack in resident.lacks]
        if without:
            yield Missing(
                lack_words(lack),
                tuple((each.number, _planning(each, sight) if may else "") for each in without),
            )


def _planning(resident: Resident, sight: Sight) -> str:
    extra = {"resident": resident.number, BACK_TO: ROOM}
    return recording_page(sight.ref, PLANNED, extra=extra)


def _moves(
    rows: tuple[ResidentRow, ...], people: tuple[Resident, ...], today: date
) -> Iterator[MoveDay]:
    """Yield the days on which somebody moved or is to move, in order."""
    moved = {each.key for each in people if each.moved is not None}
    dated = sorted((row.day, place) for place, row in enumerate(rows) if row.day is not None)
    for day, found in groupby(dated, key=lambda each: each[0]):
        there = [rows[place] for _day, place in found]
        late = day < today and any(row.key not in moved for row in there)
        status = "late" if late else "met" if {row.key for row in there} <= moved else "week"
        yield MoveDay(
            dates.day(day), status, tuple((row.number, row.address, row.home) for row in there)
        )


def _stage(duty: Duty, number: int, rows: tuple[ResidentRow, ...]) -> Stage:
    told = [found for row in rows if (found := row.stages[number].told) is not None]
    done = sum(each.status == "met" for each in told)
    late = sum(each.status == "late" for each in told)
    of = max(len(told), 1)
    return Stage(
        title=short_title(duty),
        done=done,
        of=len(told),
        late=late,
        done_bar=round(WIDTH * done / of),
        late_bar=round(WIDTH * late / of),
    )


def _notices(standing: Standing, sight: Sight) -> Iterator[Notice]:
    moves = standing.procedure.moves.values()
    waited = {
        duty
        for move in moves
        for need in move.needs
        if isinstance(need, DuePassed)
        for duty in need.duties
    }
    for owed in standing.duties.values():
        if owed.duty.id in waited and not owed.ended_by:
            ends = dates.day(owed.due.on) if owed.due.on else _("No date while the clock is paused")
            line = told_line(standing, owed, sight)
            yield Notice(ends, line, why(standing, owed))


def _whole(standing: Standing, sight: Sight) -> Iterator[Told]:
    """Yield what is owed once for the whole closure, of the kinds that belong to closing."""
    kinds = {k.name for k in standing.procedure.kinds.values() if k.group == "closures"}
    for owed in standing.duties.values():
        patterns = (*owed.duty.starts, *owed.duty.met_by)
        if not owed.subject and any(pattern.kind in kinds for pattern in patterns):
            yield told_line(standing, owed, sight)


def _ways(standing: Standing, sight: Sight) -> Iterator[Action]:
    if not sight.may_act or standing.closed:
        return
    for kind in (LISTED, "closure_plan_agreed", GIVEN):
        if kind in standing.procedure.kinds:
            page = leading_back(recording_page(sight.ref, kind), ROOM)
            yield Action(said(standing.procedure.kind(kind).title), page)
