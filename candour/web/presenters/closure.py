"""The closure room: how ready every resident is, the questions, the assurances, the notice."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from candour.engine import Entry, OpenDuty, Standing
from candour.engine.conditions import DuePassed
from candour.engine.fields import as_values
from candour.engine.procedure import Duty
from candour.engine.words import same
from candour.web import dates
from candour.web.presenters.actions import Action
from candour.web.presenters.addresses import recording_page
from candour.web.presenters.proofs import Why, why
from candour.web.presenters.restrictions import Told, told_line
from candour.web.presenters.sight import Sight
from candour.web.spoken import said

LISTED = "residents_listed"
ANSWERED = "checklist_answered"
GIVEN = "question_given"
WIDTH = 440


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
class Resident:
    """One resident, by number, and how each stage stands (None: not theirs, or not yet)."""

    number: str
    cells: tuple[Told | None, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the checklist: who has it, by when, and what was answered."""

    what: str
    status: str
    when: str
    owner: str
    answer: str
    ways: tuple[Action, ...]


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
    residents: tuple[Resident, ...]
    questions: tuple[Question, ...]
    answered: int
    assurances: tuple[tuple[str, str, str], ...]
    notices: tuple[Notice, ...]
    whole: tuple[Told, ...]
    ways: tuple[Action, ...]


def closure_page(standing: Standing, sight: Sight) -> ClosurePage:
    """Return the page."""
    stages = [duty for duty in standing.procedure.duties.values() if _each(duty) == "resident"]
    residents = tuple(_residents(standing, stages, sight))
    questions = tuple(_questions(standing, sight))
    return ClosurePage(
        stages=tuple(_stage(duty, n, residents) for n, duty in enumerate(stages)),
        residents=residents,
        questions=questions,
        answered=sum(question.status == "met" for question in questions),
        assurances=tuple(_assurances(standing, sight)),
        notices=tuple(_notices(standing, sight)),
        whole=tuple(_whole(standing, sight)),
        ways=tuple(_ways(standing, sight)),
    )


def _each(duty: Duty) -> str:
    return next((pattern.each for pattern in duty.met_by if pattern.each), "")


def _times(standing: Standing, duty: Duty) -> dict[str, OpenDuty]:
    """Return the latest time that a duty was owed for each, by whom it is owed for."""
    return {
        owed.subject: owed
        for owed in standing.duties.values()
        if owed.duty.id == duty.id and owed.subject
    }


def _residents(standing: Standing, stages: list[Duty], sight: Sight) -> Iterator[Resident]:
    names: dict[str, str] = {}
    for entry in standing.by_kind.get(LISTED, ()):
        for name in as_values(entry.data.get("residents")):
            if same(name):
                names.setdefault(same(name), str(name).strip())
    times = [_times(standing, duty) for duty in stages]
    for key, name in names.items():
        cells = (found.get(key) for found in times)
        yield Resident(
            name, tuple(told_line(standing, owed, sight) if owed else None for owed in cells)
        )


def _stage(duty: Duty, number: int, residents: tuple[Resident, ...]) -> Stage:
    cells = [cell for resident in residents if (cell := resident.cells[number]) is not None]
    done = sum(cell.status == "met" for cell in cells)
    late = sum(cell.status == "late" for cell in cells)
    of = max(len(cells), 1)
    return Stage(
        title=_short(duty),
        done=done,
        of=len(cells),
        late=late,
        done_bar=round(WIDTH * done / of),
        late_bar=round(WIDTH * late / of),
    )


def _short(duty: Duty) -> str:
    """Return a duty’s title without what it says of its period."""
    return said(duty.title).partition(" (")[0]


def _questions(standing: Standing, sight: Sight) -> Iterator[Question]:
    for duty in standing.procedure.duties.values():
        if _each(duty) == "held":
            for key, owed in _times(standing, duty).items():
                yield _question(standing, owed, key, sight)


def _question(standing: Standing, owed: OpenDuty, item: str, sight: Sight) -> Question:
    line = told_line(standing, owed, sight)
    given = _last(standing, GIVEN, "items", item)
    answer = _last(standing, ANSWERED, "held", item) if owed.met_at else None
    ways = list(line.ways)
    if line.ways and GIVEN in standing.procedure.kinds:
        extra = {"checklist": _checklist(owed.duty), "items": item}
        ways.append(Action(_("Give it to somebody"), recording_page(sight.ref, GIVEN, extra=extra)))
    return Question(
        what=said(owed.about),
        status=line.status,
        when=line.when,
        owner=str(given.data["owner"]) if given else "",
        answer=str(answer.data.get("notes") or "") if answer else "",
        ways=tuple(ways),
    )


def _checklist(duty: Duty) -> str:
    values = (
        where.values[0] for p in duty.met_by for where in p.where if where.field == "checklist"
    )
    return str(next(values, ""))


def _last(standing: Standing, kind: str, field: str, item: str) -> Entry | None:
    found = reversed(standing.by_kind.get(kind, ()))
    return next((e for e in found if item in as_values(e.data.get(field))), None)


def _assurances(standing: Standing, sight: Sight) -> Iterator[tuple[str, str, str]]:
    """Yield what has to be assured before registration is cancelled: words, status, way."""
    if ANSWERED not in standing.procedure.kinds:
        return
    asked = {
        item
        for duty in standing.procedure.duties.values()
        for p in duty.starts
        for item in p.each_of
    }
    fields = standing.procedure.kind(ANSWERED).fields
    for option in next((f.options for f in fields if f.name == "held"), ()):
        if option.id in asked:
            continue
        held = _last(standing, ANSWERED, "held", option.id)
        extra = {"checklist": "closure_assurances", "held": option.id}
        way = "" if held or not sight.may_act else recording_page(sight.ref, ANSWERED, extra=extra)
        yield said(option.label), "met" if held else "open", way


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
            yield Action(said(standing.procedure.kind(kind).title), recording_page(sight.ref, kind))
