"""Settling: from when a duty's time runs, and which clock its circumstances give it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from candour.engine.clocks import Pause
from candour.engine.duties import OpenDuty, dated
from candour.engine.entries import Entry
from candour.engine.london import start_of
from candour.engine.matters import Matter
from candour.engine.procedure import Duty, Procedure


def begins(
    procedure: Procedure, duty: Duty, trigger: Entry, by_kind: Mapping[str, Sequence[Entry]]
) -> datetime:
    """Return when a duty's time begins: by its own field, that of what it refers to, or its own.

    The second only where its kind has no such field: whoever disclaims a matter has had time since
    the day on which the matter reached them.
    """
    given = trigger.data.get(duty.start_field) if duty.start_field else None
    if given:
        return start_of(date.fromisoformat(given))
    if duty.start_field and not procedure.kind(trigger.kind).field(duty.start_field):
        everything = (entry for found in by_kind.values() for entry in found)
        about = next((entry for entry in everything if entry.id in trigger.refers_to), None)
        if about is not None:
            return begins(procedure, duty, about, by_kind)
    return trigger.happened_at


def settled(
    procedure: Procedure, owed: OpenDuty, matter: Matter, pauses: Sequence[Pause]
) -> OpenDuty:
    """Return a duty by the clock that its matter gives it; a date that was agreed stays."""
    duty = owed.duty
    fits = (a for a in duty.alternatives if all(c.holds(matter) for c in a.when))
    chosen = next(fits, None)
    latest = None
    if chosen is not None and chosen.counted_from == "latest_start":
        started = (m for m in matter.members if any(p.matches(m) for p in duty.starts))
        latest = max(begins(procedure, duty, member, matter.by_kind) for member in started)
    owed = owed._replace(alternative=chosen, counted_from=latest)
    if owed.fixed_by not in ("", owed.trigger):
        return owed
    return dated(owed, matter.itself, pauses)
