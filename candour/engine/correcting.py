"""What a correction may say: nothing that leaves the record unable to stand.

`corrections` says what a correction does; here is what is wrong with one before it is recorded.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from candour.engine.corrections import CORRECTION, in_effect
from candour.engine.entries import Draft, Entry
from candour.engine.fields import Problem
from candour.engine.standing import Standing
from candour.engine.vocabulary import CHANGED, MOVING
from candour.engine.vocabulary.filing import FILED, OF_THE_FILE
from candour.engine.vocabulary.signing import SEAL, SIGNED

OPENING = "case_opened"
SETTLED = ("move", "step")  # where a case went


def correction_problems(standing: Standing, draft: Draft, as_of: datetime) -> Iterator[Problem]:
    """Yield what is wrong with a draft of a correction whose own fields are well formed."""
    changes, when = draft.data.get("changes"), draft.data.get("happened_at")
    if not (changes or when or draft.data.get("withdraws")):
        yield Problem("changes", "Say what is right, or that the entry was made in error.")
    if when and datetime.fromisoformat(when) > as_of:
        yield Problem("happened_at", "The right date lies in the future.")
    found = [fault for ref in draft.refers_to for fault in _of_target(standing, draft, ref)]
    yield from found or _of_the_whole(standing, draft)


def _of_target(standing: Standing, draft: Draft, ref: str) -> Iterator[Problem]:
    """Yield why this entry may not be put right so."""
    target = standing.entry(ref)
    if target is None:
        return
    withdraws, changes = draft.data.get("withdraws"), draft.data.get("changes") or {}
    if target.kind == OPENING and withdraws:
        yield Problem("withdraws", "The opening of a case cannot be withdrawn; close the case.")
    if standing.procedure.kind(target.kind).fixed:
        yield Problem("refers_to", "This stands as it was recorded. Ask anew instead.")
    if target.kind == CORRECTION and not withdraws:
        yield Problem("refers_to", "A correction is withdrawn, or the entry itself corrected anew.")
    if target.data.get(SEAL) and target.kind == SIGNED and not withdraws:
        yield Problem(
            "changes", "It was signed as it stands: withdraw it, and have the right one signed."
        )
    if target.kind == FILED and any(name in changes for name in OF_THE_FILE):
        yield Problem(
            "changes", "What the file itself says is not put right here: file the right one."
        )
    if target.kind == CHANGED and (
        withdraws or draft.data.get("happened_at") or {*changes} - {"reason"}
    ):
        yield Problem(
            "changes", "Only the reason of this can be corrected; to undo it, change back."
        )
    held = next((entry for entry in standing.chronicle if entry.id == ref), target)
    if target.kind in MOVING and any(
        name in changes and changes[name] != held.data.get(name) for name in SETTLED
    ):
        yield Problem("changes", "Where a case went is put right by withdrawing the move.")
    kind = standing.procedure_of(ref).kind(target.kind)
    yield from kind.problems({**held.data, **changes})


def _of_the_whole(standing: Standing, draft: Draft) -> Iterator[Problem]:
    """Yield why the record could not stand as it would be once corrected."""
    before = {entry.id: entry for entry in standing.chronicle}
    after = in_effect([*standing.recorded, _as_recorded(draft)])
    for entry in after:
        if before.get(entry.id) not in (None, entry):
            kind = standing.procedure_of(entry.id).kind(entry.kind)
            yield from kind.problems(entry.data)
    astray = _first_astray(standing, after)
    if astray is not None and _first_astray(standing, standing.chronicle) is None:
        title = standing.procedure_of(astray.id).moves[astray.data["move"]].title.en
        yield Problem(
            "withdraws" if draft.data.get("withdraws") else "happened_at",
            f"The move “{title}” would no longer follow from where the case was before it. "
            "Withdraw that move first.",
        )


def _as_recorded(draft: Draft) -> Entry:
    return Entry(
        id=draft.id,
        kind=draft.kind,
        happened_at=draft.happened_at,
        recorded_at=draft.happened_at,
        author=draft.author,
        role=draft.role,
        data=draft.data,
        refers_to=draft.refers_to,
    )


def _first_astray(standing: Standing, chronicle: Sequence[Entry]) -> Entry | None:
    """Return the first move that does not lead on from the step before it, or None."""
    step = ""
    for entry in chronicle:
        if entry.kind == OPENING:
            step = standing.procedure_of(entry.id).start
        elif entry.kind == CHANGED:
            step = entry.data.get("goes_on_at") or step
        elif entry.kind in MOVING:
            move = standing.procedure_of(entry.id).moves[entry.data["move"]]
            if step not in move.from_steps:
                return entry
            step = move.to
    return None


def corrected(standing: Standing, draft: Draft) -> Iterator[tuple[Entry, Entry]]:
    """Yield each entry whose values a correction changes: as it holds, and as it would."""
    changes = draft.data.get("changes")
    if draft.kind != CORRECTION or not changes or draft.data.get("withdraws"):
        return
    for held in standing.chronicle:
        if held.id in draft.refers_to:
            yield held, replace(held, data={**held.data, **changes})
