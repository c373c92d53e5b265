"""Compares a standing with what a scenario expects of it, part by part.

A list names what must be there; an empty list says that there must be nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from candour.engine import (
    DutyAt,
    DutyState,
    Entry,
    OpenDuty,
    Restriction,
    Snapshot,
    Standing,
)
from candour.engine.agendas import Point, agenda
from candour.engine.audiences import kept_from_provider
from candour.engine.clocks import Due
from candour.engine.contacts import answering
from candour.engine.plans import Action, plans
from candour.engine.procedure import Auto
from candour.policies.building.parts import ids
from candour.policies.moments import moment_of, written
from candour.policies.scenarios.reading import Expectation


@dataclass(frozen=True)
class Found:
    """What stands at the moment looked at, and which autos acted since the look before."""

    standing: Standing
    snapshot: Snapshot
    acted: tuple[str, ...]

    def owed(self, duty: str) -> list[DutyAt]:
        """Return the times that a duty is still owed."""
        return [at for at in self.snapshot.duties if at.owed.duty.id == duty]


def mismatches(
    standing: Standing, expectation: Expectation, acted: tuple[str, ...]
) -> Iterator[str]:
    """Yield, for each part that does not hold, what was expected and what was found."""
    found = Found(standing, standing.at(expectation.at), acted)
    for part, expected in expectation.says.items():
        yield from _PARTS[part](found, expected)


def _step(found: Found, expected: str) -> Iterator[str]:
    if found.snapshot.step.id != expected:
        yield f"step: expected {expected}, found {found.snapshot.step.id}."


def _due(found: Found, expected: Mapping[str, Any]) -> Iterator[str]:
    for duty, dates in expected.items():
        wanted = sorted(ids(dates))
        owed = found.owed(duty)
        got = sorted(_date(at.owed.due, wanted) for at in owed)
        if got != wanted:
            what = ", ".join(got) or "not owed"
            yield f"due: expected {duty} on {', '.join(wanted)}, found {what}."


def _date(due: Due, wanted: Iterable[str]) -> str:
    """Return a due date as scenarios write it: a moment where one is wanted and hours count."""
    if due.on is None:
        return "paused"
    if due.moment is None:
        return due.on.isoformat()
    same = (text for text in wanted if "T" in text and moment_of(text) == due.moment)
    exact = next(same, written(due.moment))
    return exact if any("T" in text for text in wanted) else due.on.isoformat()


def _late(found: Found, expected: list[str]) -> Iterator[str]:
    late = [at.owed.duty.id for at in found.snapshot.duties if at.state is DutyState.LATE]
    yield from _listed("late", expected, late)


def _not_late(found: Found, expected: list[str]) -> Iterator[str]:
    for duty in expected:
        states = [str(at.state) for at in found.owed(duty)]
        if not states or DutyState.LATE in states:
            what = ", ".join(states) or "not owed"
            yield f"not_late: expected {duty} owed in time, found {what}."


def _not_due(found: Found, expected: list[str]) -> Iterator[str]:
    for duty in expected:
        dates = [_date(at.owed.due, ()) for at in found.owed(duty)]
        if dates:
            yield f"not_due: expected {duty} not owed, found it due on {', '.join(dates)}."


def _met(found: Found, expected: list[str]) -> Iterator[str]:
    met = [owed.duty.id for owed in found.standing.duties.values() if owed.met_at is not None]
    yield from _listed("met", expected, met)


def _open_moves(found: Found, expected: list[str]) -> Iterator[str]:
    open_moves = [at.move.id for at in found.snapshot.moves if at.is_open]
    yield from _listed("open_moves", expected, open_moves)


def _blocked(found: Found, expected: Mapping[str, str]) -> Iterator[str]:
    moves = {at.move.id: at for at in found.snapshot.moves}
    for move, words in expected.items():
        if move not in moves:
            step = found.snapshot.step.id
            yield f"blocked: expected {move} barred, but it does not lead from {step}."
            continue
        said = " ".join(" ".join([r.text.en, *r.clauses]) for r in moves[move].reasons)
        if words.lower() not in said.lower() or not said:
            yield f"blocked: expected {move} barred with “{words}”, found “{said or 'open'}”."


def _restrictions(found: Found, expected: list[str]) -> Iterator[str]:
    held = [restriction.restriction for restriction in found.snapshot.restrictions]
    yield from _listed("restrictions", expected, held)


def _autos(found: Found, expected: list[str]) -> Iterator[str]:
    yield from _listed("autos", expected, _active(found))


def _no_autos(found: Found, expected: list[str]) -> Iterator[str]:
    for auto in expected:
        if auto in _active(found):
            yield f"no_autos: expected {auto} neither waiting nor done, but it is."


def _active(found: Found) -> list[str]:
    return [*(auto.id for auto in found.snapshot.autos), *found.acted]


def _next_change(found: Found, expected: str | None) -> Iterator[str]:
    got = found.snapshot.next_change
    if got != (moment_of(expected) if expected else None):
        yield f"next_change: expected {expected}, found {written(got) if got else 'none'}."


def _answers(found: Found, expected: Mapping[str, list[str]]) -> Iterator[str]:
    procedure, moment = found.standing.procedure, found.snapshot.moment
    for referral, wanted in expected.items():
        got = [
            one.contact.id
            for one in answering(procedure.contacts.values(), referral, moment, procedure.calendar)
        ]
        if got != wanted:
            yield f"answers: expected {wanted} for {referral}, found {got}."


def _documents(found: Found, expected: Mapping[str, str]) -> Iterator[str]:
    known = found.standing.procedure.documents
    for duty, wanted in expected.items():
        got = [at.owed.duty.document for at in found.owed(duty)]
        if wanted not in got or wanted not in known:
            shown = ", ".join(name if name in known else "none" for name in got) or "not owed"
            yield f"documents: expected {duty} done with {wanted}, found {shown}."


def _agenda(found: Found, expected: Mapping[str, list[str]]) -> Iterator[str]:
    for meeting, wanted in expected.items():
        items = agenda(found.standing, meeting, found.snapshot.moment)
        said = {item.heading.id: [heard(point) for point in item.points] for item in items}
        for line in wanted:
            heading, _, words = line.partition(": ")
            points = said.get(heading)
            if points is None or not any(words in point for point in points or [""]):
                shown = "; ".join(points) if points else "nothing" if points == [] else "no heading"
                yield f"agenda: expected “{line}” for {meeting}, found {shown}."


def heard(point: Point) -> str:
    """Return what a point of an agenda is about, in plain words."""
    match point:
        case Action():
            return str(point.entry.data["action"])
        case OpenDuty() | Auto():
            return point.title.en
        case Restriction():
            return point.scope
        case Entry():
            return f"{point.kind} {point.id}"


def _actions(found: Found, expected: Mapping[str, Any]) -> Iterator[str]:
    moment = found.snapshot.moment
    stand = {
        action.entry.id: [str(action.state), *map(str, action.shortfalls)]
        for plan in plans(found.standing, moment)
        for action in plan.actions
    }
    for entry, wanted in expected.items():
        if stand.get(entry) != list(ids(wanted)):
            shown = ", ".join(stand.get(entry, ["no action"]))
            yield f"actions: expected {entry}: {', '.join(ids(wanted))}, found {shown}."


def _for_members(found: Found, expected: list[str]) -> Iterator[str]:
    kept = [entry.id for entry in found.standing.recorded if kept_from_provider(entry)]
    yield from _listed("for_members", expected, kept)


def _for_everybody(found: Found, expected: list[str]) -> Iterator[str]:
    shown = [entry.id for entry in found.standing.recorded if not kept_from_provider(entry)]
    yield from _listed("for_everybody", expected, shown)


def _listed(part: str, expected: list[str], got: list[str]) -> Iterator[str]:
    shown = ", ".join(dict.fromkeys(got)) or "nothing"
    missing = [name for name in expected if name not in got]
    if missing:
        yield f"{part}: expected {', '.join(missing)}, found {shown}."
    elif got and not expected:
        yield f"{part}: expected nothing, found {shown}."


_PARTS: Final[Mapping[str, Callable[[Found, Any], Iterator[str]]]] = {
    "step": _step,
    "due": _due,
    "late": _late,
    "not_late": _not_late,
    "not_due": _not_due,
    "met": _met,
    "documents": _documents,
    "agenda": _agenda,
    "actions": _actions,
    "for_members": _for_members,
    "for_everybody": _for_everybody,
    "open_moves": _open_moves,
    "blocked": _blocked,
    "restrictions": _restrictions,
    "autos": _autos,
    "no_autos": _no_autos,
    "answers": _answers,
    "next_change": _next_change,
}
