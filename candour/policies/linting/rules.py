"""Duties, gates and autos: what nothing starts, nothing meets, nobody owns, or can never hold."""

from collections.abc import Iterator

from candour.engine import SYSTEM
from candour.engine.clocks import Counting
from candour.engine.conditions import AllOf, AtStep, Condition
from candour.engine.matters import Circumstance
from candour.engine.patterns import Pattern
from candour.engine.procedure import Auto, Duty, Procedure
from candour.engine.vocabulary import KINDS, MOVING
from candour.policies.linting.contradictions import Setting, never
from candour.policies.linting.findings import Finding, error, note
from candour.policies.linting.journeys import Journeys
from candour.policies.linting.possible import Possible, moving_kinds


def duties(procedure: Procedure, journeys: Journeys) -> Iterator[Finding]:
    """Yield duties that nothing starts or meets, that nobody owns, or that come too early."""
    possible = Possible(procedure)
    for duty in procedure.duties.values():
        trail = ("duties", duty.id)
        for part in ("starts", "met_by", "stops"):
            yield from _patterns(possible, duty, part)
        yield from _circumstances(possible, duty)
        yield from _owner(procedure, duty)
        setting = Setting(possible, journeys.reached)
        if why := never(duty.only_if, setting):
            yield error((*trail, "only_if"), f"Nothing can start “{duty.id}”: {why}.")
        if why := never(duty.met_if, setting):
            yield error((*trail, "met_if"), f"Nothing can meet “{duty.id}”: {why}.")
        if duty.first_since is not None and (why := possible.why_not(duty.first_since)):
            yield error((*trail, "first_since"), f"“{duty.id}” never counts anew: {why}.")
        if duty.for_each is not None and (why := possible.why_not(duty.for_each)):
            yield error((*trail, "for_each"), f"“{duty.id}” is about nothing: {why}.")
        if duty.clock.counting is Counting.BEFORE and not duty.start_field:
            message = f"“{duty.id}” is due before the entry that starts it. Give “start_field”."
            yield error((*trail, "due"), message)
        if duty.outlives and not any(KINDS[p.kind].after_closing for p in duty.met_by):
            message = f"“{duty.id}” outlives the case, but nothing that meets it can be recorded"
            yield error((*trail, "outlives"), f"{message} once the case is closed.")
        if duty.extension is not None and "timescale_extended" not in procedure.kinds:
            message = f"“{duty.id}” may be extended, but “timescale_extended” is hidden."
            yield error((*trail, "extend"), message)


def _patterns(possible: Possible, duty: Duty, part: str) -> Iterator[Finding]:
    does = {"starts": "start", "met_by": "meet", "stops": "stop"}[part]
    patterns: tuple[Pattern, ...] = getattr(duty, part)
    for number, pattern in enumerate(patterns):
        if why := possible.why_not(pattern):
            message = f"Nothing can {does} “{duty.id}” here: {why}."
            yield error(("duties", duty.id, part, number), message)


def _circumstances(possible: Possible, duty: Duty) -> Iterator[Finding]:
    """Yield circumstances that nothing can ever bring about."""
    for number, other in enumerate(duty.alternatives):
        for why in _never(possible, other.when):
            message = f"The clock “{other.clock}” of “{duty.id}” can never run: {why}."
            yield error(("duties", duty.id, "due_instead", number), message)
    for why in _never(possible, duty.not_owed_when):
        message = f"A circumstance in which “{duty.id}” is not owed can never be: {why}."
        yield error(("duties", duty.id, "not_owed_when"), message)


def _never(possible: Possible, circumstances: tuple[Circumstance, ...]) -> Iterator[str]:
    patterns = (pattern for each in circumstances for pattern in each.patterns)
    yield from filter(None, map(possible.why_not, patterns))


def _owner(procedure: Procedure, duty: Duty) -> Iterator[Finding]:
    trail = ("duties", duty.id, "owner")
    if duty.owner not in procedure.roles:
        message = f"Nobody owns “{duty.id}”: “{duty.owner}” is not a role of this procedure."
        yield error(trail, message)
    elif all(p.roles and duty.owner not in p.roles for p in duty.met_by):
        message = f"“{duty.owner}” owns “{duty.id}”, but may record nothing that meets it."
        yield note(trail, message)


def gates(procedure: Procedure, journeys: Journeys) -> Iterator[Finding]:
    """Yield gates that guard nothing, or that nothing can ever pass."""
    possible = Possible(procedure)
    for gate in procedure.gates:
        if why := possible.why_not(gate.on):
            message = f"The gate “{gate.id}” guards nothing: {why}."
            yield error(("gates", gate.id, "on"), message)
        elif why := never(gate.needs, Setting(possible, journeys.reached, gate.on, gate.on.roles)):
            message = f"The gate “{gate.id}” can never be passed: {why}."
            yield error(("gates", gate.id, "needs"), message)


def autos(procedure: Procedure, journeys: Journeys) -> Iterator[Finding]:
    """Yield autos that can never act, or whose act would be refused."""
    possible = Possible(procedure)
    for auto in procedure.autos:
        trail = ("autos", auto.id)
        if why := never(auto.when, Setting(possible, journeys.reached)):
            yield error((*trail, "when"), f"“{auto.id}” can never act: {why}.")
        if why := possible.why_not(Pattern(auto.kind)):
            yield error((*trail, "does"), f"“{auto.id}” cannot act: {why}.")
        elif auto.kind in MOVING:
            yield from _moving(procedure, auto, journeys)
        elif auto.mode == "do" and KINDS[auto.kind].must_refer:
            message = f"“{auto.id}” cannot act by itself: “{auto.kind}” must refer to an entry."
            yield error((*trail, "does"), message)
        if auto.mode == "propose" and auto.to_role not in procedure.roles:
            message = f"“{auto.id}” is put to nobody: “{auto.to_role}” is not a role."
            yield error((*trail, "to"), message)


def _moving(procedure: Procedure, auto: Auto, journeys: Journeys) -> Iterator[Finding]:
    trail = ("autos", auto.id, "does", "data")
    move = procedure.moves.get(str(auto.data.get("move")))
    if move is None:
        yield error(trail, f"“{auto.id}” names no move of this procedure.")
        return
    if auto.data.get("step") != move.to:
        message = f"“{auto.id}” enters “{auto.data.get('step')}”, but “{move.id}” leads to"
        yield error(trail, f"{message} “{move.to}”.")
    kinds = moving_kinds(procedure, move)
    if auto.kind not in kinds:
        message = f"“{auto.id}” makes “{auto.kind}”, but “{move.id}” needs"
        yield error(trail, f"{message} “{' or '.join(kinds)}”.")
    stray = _steps_of(auto.when, journeys) - set(move.from_steps)
    if stray:
        message = f"“{auto.id}” may act at {', '.join(sorted(stray))}, from where “{move.id}” does"
        yield error(trail, f"{message} not lead. Add “at_step” to its “when”.")


def _steps_of(when: tuple[Condition, ...], journeys: Journeys) -> set[str]:
    """Return the steps at which all of `when` may hold, as far as `at_step` says."""
    steps = set(journeys.reached)
    for condition in when:
        if isinstance(condition, AtStep):
            steps &= set(condition.steps)
        elif isinstance(condition, AllOf):
            steps &= _steps_of(condition.parts, journeys)
    return steps


def roles(procedure: Procedure) -> Iterator[Finding]:
    """Yield names of roles that there are not, for procedures that no reader has checked."""
    known = {*procedure.roles, SYSTEM}
    for move in procedure.moves.values():
        for role in (*move.decided_by, *move.override_by):
            if role not in known:
                message = f"“{role}” decides “{move.id}”, but is not a role of this procedure."
                yield error(("moves", move.id), message)
