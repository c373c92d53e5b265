"""The checklists of a closure: each question with who has it, and what has to be assured."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from candour.engine import Entry, OpenDuty, Standing
from candour.engine.fields import as_values
from candour.engine.procedure import Duty
from candour.web.presenters.actions import Action
from candour.web.presenters.addresses import leading_back, recording_page
from candour.web.presenters.residents import ROOM
from candour.web.presenters.restrictions import told_line
from candour.web.presenters.sight import Sight
from candour.web.spoken import said

ANSWERED = "checklist_answered"
GIVEN = "question_given"


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the checklist: who has it, by when, and what was answered."""

    what: str
    status: str
    when: str
    owner: str
    answer: str
    ways: tuple[Action, ...]


def questions(standing: Standing, sight: Sight) -> Iterator[Question]:
    """Yield each question that is owed an answer."""
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
        page = recording_page(sight.ref, GIVEN, extra=extra)
        ways.append(Action(_("Give it to somebody"), page))
    return Question(
        what=said(owed.about),
        status=line.status,
        when=line.when,
        owner=str(given.data["owner"]) if given else "",
        answer=str(answer.data.get("notes") or "") if answer else "",
        ways=tuple(Action(way.words, leading_back(way.address, ROOM)) for way in ways),
    )


def _checklist(duty: Duty) -> str:
    values = (
        where.values[0] for p in duty.met_by for where in p.where if where.field == "checklist"
    )
    return str(next(values, ""))


def _last(standing: Standing, kind: str, field: str, item: str) -> Entry | None:
    found = reversed(standing.by_kind.get(kind, ()))
    return next((e for e in found if item in as_values(e.data.get(field))), None)


def assurances(standing: Standing, sight: Sight) -> Iterator[tuple[str, str, str]]:
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
        page = leading_back(recording_page(sight.ref, ANSWERED, extra=extra), ROOM)
        way = "" if held or not sight.may_act else page
        yield said(option.label), "met" if held else "open", way


def _each(duty: Duty) -> str:
    return next((pattern.each for pattern in duty.met_by if pattern.each), "")


def _times(standing: Standing, duty: Duty) -> dict[str, OpenDuty]:
    """Return the latest time that a duty was owed for each, by whom it is owed for."""
    return {
        owed.subject: owed
        for owed in standing.duties.values()
        if owed.duty.id == duty.id and owed.subject
    }
