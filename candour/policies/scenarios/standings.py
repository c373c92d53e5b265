"""A standing at a moment as plain values (for programs) and as lines (for people)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from candour.engine import DutyAt, MoveAt, Snapshot, Standing
from candour.policies.moments import written


def as_json(standing: Standing, snapshot: Snapshot) -> dict[str, Any]:
    """Return a standing as JSON values. The shape is public: docs/procedure-format.md lays it out.

    Moments are London time with their offset, days are ISO dates, ids are the pack's.
    """
    procedure = standing.procedure
    return {
        "procedure": {"name": procedure.name, "version": procedure.version},
        "at": written(snapshot.moment),
        "step": snapshot.step.id,
        "closed": snapshot.closed,
        "due": [_duty(at) for at in snapshot.duties],
        "moves": [_move(at) for at in snapshot.moves],
        "restrictions": [
            {"restriction": held.restriction, "scope": held.scope, "since": written(held.since)}
            for held in snapshot.restrictions
        ],
        "autos": [{"auto": a.id, "mode": a.mode, "to": a.to_role} for a in snapshot.autos],
        "next_change": written(snapshot.next_change) if snapshot.next_change else None,
        "entries": len(standing.recorded),
    }


def _duty(at: DutyAt) -> dict[str, Any]:
    owed, duty = at.owed, at.owed.duty
    return {
        "duty": duty.id,
        "key": owed.key,
        "title": duty.title.en,
        "owner": duty.owner,
        "state": str(at.state),
        "due_on": owed.due.on.isoformat() if owed.due.on else None,
        "due_at": written(owed.due.moment) if owed.due.moment else None,
        "late_from": written(owed.due.late_from) if owed.due.late_from else None,
        "clock": str(duty.clock),
        "started_by": owed.trigger,
        "started_at": written(owed.started_at),
        "clauses": list(duty.clauses),
    }


def _move(at: MoveAt) -> dict[str, Any]:
    return {
        "move": at.move.id,
        "title": at.move.title.en,
        "to": at.move.to,
        "open": at.is_open,
        "reasons": [reason.text.en for reason in at.reasons],
        "clauses": list(at.move.clauses),
    }


def as_lines(standing: Standing, snapshot: Snapshot, *, why: bool = False) -> Iterator[str]:
    """Yield a standing line by line; `why` adds how each date comes about and what bars a move."""
    closed = " (closed)" if snapshot.closed else ""
    yield f"{standing.procedure.title.en}, {standing.procedure.version}"
    yield f"At {written(snapshot.moment)}: {snapshot.step.title.en}{closed} [{snapshot.step.id}]"
    yield from _section("Due", [_duty_lines(standing, at, why=why) for at in snapshot.duties])
    yield from _section("Moves", [_move_lines(at, why=why) for at in snapshot.moves])
    held = snapshot.restrictions
    lines = [[f"{r.restriction}, since {written(r.since)}: {r.scope}"] for r in held]
    yield from _section("Restrictions in force", lines)
    suggested = [[f"{auto.title.en} [{auto.id}], to {auto.to_role}"] for auto in snapshot.autos]
    yield from _section("Suggested", suggested)
    change = snapshot.next_change
    yield f"Next change by time alone: {written(change) if change else 'none'}"


def _section(heading: str, items: list[list[str]]) -> Iterator[str]:
    yield f"{heading}:" if items else f"{heading}: nothing"
    for first, *rest in items:
        yield f"  {first}"
        yield from (f"      {line}" for line in rest)


def _duty_lines(standing: Standing, at: DutyAt, *, why: bool) -> list[str]:
    owed, duty = at.owed, at.owed.duty
    when = _when(owed.due.on.isoformat() if owed.due.on else None, owed.due.moment)
    clauses = f" ({', '.join(duty.clauses)})" if duty.clauses else ""
    first = f"{when}  {at.state:<6}  {duty.title.en} [{duty.id}], {duty.owner}{clauses}"
    if not why:
        return [first]
    proof = owed.proof(standing.pauses_of(duty.id))
    return [first, *(proof.lines() if proof else [f"The date was set by entry {owed.fixed_by}."])]


def _when(day: str | None, moment: datetime | None) -> str:
    return written(moment) if moment else day or "paused"


def _move_lines(at: MoveAt, *, why: bool) -> list[str]:
    state = "open   " if at.is_open else "blocked"
    first = f"{state}  {at.move.title.en} [{at.move.id}] to {at.move.to}"
    reasons = [reason.text.en for reason in at.reasons]
    named = why and at.move.clauses and reasons
    return [first, *reasons, *([f"Clauses: {', '.join(at.move.clauses)}"] if named else [])]
