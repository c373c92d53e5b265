"""Corrections: what was recorded, as it holds once later entries have put it right."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from candour.engine.entries import Entry

CORRECTION = "correction_made"


def in_effect(recorded: Sequence[Entry]) -> list[Entry]:
    """Return the entries as corrected, in order of happening; ties keep the order of recording.

    A withdrawn entry is left out. A correction can itself be withdrawn by a later correction, and
    then has no effect. Corrections stay in the result, as things that happened.
    """
    void = _withdrawn_corrections(recorded)
    held = {entry.id: entry for entry in recorded if entry.id not in void}
    for correction in recorded:
        if correction.kind == CORRECTION and correction.id not in void:
            _apply(correction, held)
    return sorted(held.values(), key=lambda entry: entry.happened_at)


def _withdrawn_corrections(recorded: Sequence[Entry]) -> set[str]:
    """Return the ids of corrections that a later correction, itself standing, withdraws."""
    kinds = {entry.id: entry.kind for entry in recorded}
    void: set[str] = set()
    for entry in reversed(recorded):
        if entry.kind == CORRECTION and entry.id not in void and entry.data.get("withdraws"):
            void.update(ref for ref in entry.refers_to if kinds.get(ref) == CORRECTION)
    return void


def _apply(correction: Entry, held: dict[str, Entry]) -> None:
    for ref in correction.refers_to:
        target = held.get(ref)
        if target is None:
            continue
        if correction.data.get("withdraws"):
            del held[ref]
            continue
        when = correction.data.get("happened_at")
        held[ref] = replace(
            target,
            happened_at=datetime.fromisoformat(when) if when else target.happened_at,
            data={**target.data, **(correction.data.get("changes") or {})},
        )
