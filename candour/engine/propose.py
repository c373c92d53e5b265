"""Propose: the only door into a case log. A draft becomes an entry, or a refusal that says why."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from candour.engine.audiences import audience_of
from candour.engine.bars import SHORTEST_RATIONALE, bars
from candour.engine.conditions import Reason
from candour.engine.correcting import corrected, correction_problems
from candour.engine.corrections import CORRECTION
from candour.engine.entries import SYSTEM, Draft, Entry
from candour.engine.fields import LONGEST_LINE, LONGEST_TEXT, MOST_ITEMS, Problem, text_fault
from candour.engine.meetings import HELD, OPENED
from candour.engine.procedure import Auto, Gate, Move
from candour.engine.sealing import sealing_problems
from candour.engine.standing import Standing
from candour.engine.vocabulary import MOVING, kind_named


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a draft was not taken. Nothing was recorded.

    `problems` are for single fields, `reasons` for the whole. `overridable` says that a written
    rationale from this role would let it through.
    """

    reasons: tuple[Reason, ...] = ()
    problems: tuple[Problem, ...] = ()
    overridable: bool = False

    def __str__(self) -> str:
        """Return every reason and problem in one line."""
        said = [reason.text.en for reason in self.reasons]
        return " ".join(said + [problem.message for problem in self.problems])


def propose(standing: Standing, draft: Draft, as_of: datetime) -> Entry | Refusal:
    """Return the entry that `draft` becomes at `as_of`, or the refusal that says why it may not.

    Raises:
        UnknownKind: the draft's kind is not in the vocabulary.
    """
    faults = tuple(_problems(standing, draft, as_of))
    if faults:
        return Refusal(problems=faults)
    reasons = tuple(bars(standing, draft))
    if reasons:
        return Refusal(reasons=reasons)
    return _through_gates(standing, draft, as_of)


def auto_draft(standing: Standing, auto: Auto, draft_id: str, at: datetime) -> Draft:
    """Return the draft of what `auto` does at `at`, made by the system itself."""
    data = dict(auto.data)
    if auto.kind in MOVING:
        data.setdefault("rationale", auto.title.en)
    trigger = standing.path[-1].by if standing.path else ""
    return Draft(
        id=draft_id,
        kind=auto.kind,
        happened_at=at,
        author=SYSTEM,
        role=SYSTEM,
        data=data,
        refers_to=(trigger,) if trigger else (),
        body=auto.title.en,
    )


def _problems(standing: Standing, draft: Draft, as_of: datetime) -> Iterator[Problem]:
    """Yield what is wrong with the draft's own fields."""
    kind = standing.procedure.kind(draft.kind)
    malformed = kind.problems(draft.data)
    yield from malformed
    yield from _envelope_problems(draft)
    if draft.happened_at > as_of:
        yield Problem("happened_at", "This lies in the future; record it once it has happened.")
    if not draft.author or not draft.role:
        yield Problem("role", "Say who records this and in which role.")
    kinds = {entry.id: entry.kind for entry in standing.recorded}
    if any(ref not in kinds for ref in draft.refers_to):
        yield Problem("refers_to", "It refers to an entry that is not in this case.")
    if kind.must_refer and not any(
        not kind.refers or kinds.get(r) in kind.refers for r in draft.refers_to
    ):
        wanted = " or ".join(kind_named(name).title.en.lower() for name in kind.refers)
        otherwise = "the one to correct" if draft.kind == CORRECTION else "one of this case"
        yield Problem("refers_to", f"Say which entry it is about: {wanted or otherwise}.")
    yield from sealing_problems(standing, draft)
    if draft.kind == CORRECTION and not malformed:
        yield from correction_problems(standing, draft, as_of)


def _envelope_problems(draft: Draft) -> Iterator[Problem]:
    """Yield what is wrong with the words that go with every entry, whatever its kind."""
    longest = {"body": LONGEST_TEXT, "override": LONGEST_TEXT, "audience": LONGEST_LINE}
    for name, most in longest.items():
        if fault := text_fault(getattr(draft, name), most):
            yield Problem(name, f"{name.capitalize()}: {fault}")
    if len(draft.refers_to) > MOST_ITEMS:
        yield Problem("refers_to", f"It refers to more than {MOST_ITEMS:,} entries.")


def _through_gates(standing: Standing, draft: Draft, as_of: datetime) -> Entry | Refusal:
    """Return the entry, when every gate holds or its rationale passes those that do not."""
    unmet = list(_unmet_rules(standing, draft, as_of))
    reasons = tuple(reason for _, found in unmet for reason in found)
    may_override = all(_may_override(rule, draft.role) for rule, _ in unmet)
    rationale = draft.override.strip()
    if reasons and not (may_override and len(rationale) >= SHORTEST_RATIONALE):
        return Refusal(reasons=reasons, overridable=may_override)
    return Entry(
        id=draft.id,
        kind=draft.kind,
        happened_at=draft.happened_at,
        recorded_at=as_of,
        author=draft.author,
        role=draft.role,
        data=dict(draft.data),
        refers_to=draft.refers_to,
        body=draft.body,
        audience=audience_of(standing, draft),
        override=rationale if reasons else "",
        overridden=tuple(rule.id for rule, _ in unmet),
    )


def _unmet_rules(
    standing: Standing, draft: Draft, as_of: datetime
) -> Iterator[tuple[Move | Gate, tuple[Reason, ...]]]:
    """Yield each move or gate that the draft meets and that does not hold, with its reasons.

    What the system does by itself was decided by the auto's own conditions, so no gate stops it.
    """
    if draft.role == SYSTEM:
        return
    rules: list[Move | Gate] = [g for g in standing.procedure.gates if g.on.matches(draft)]
    if draft.kind in MOVING:
        rules.insert(0, standing.procedure.moves[draft.data["move"]])
    for rule in rules:
        found = standing.reasons(rule, as_of, draft)
        if found:
            yield rule, found
    if draft.kind == OPENED:
        yield from _unmet_by_holding_it(standing, draft, as_of)
    yield from _unmet_once_corrected(standing, draft, as_of)


def _unmet_by_holding_it(
    standing: Standing, draft: Draft, as_of: datetime
) -> Iterator[tuple[Gate, tuple[Reason, ...]]]:
    """Yield the gates that bar holding a meeting as the record stands, before it is opened in vain.

    What they ask of the record of the meeting itself is asked once that is made.
    """
    held = replace(draft, kind=HELD)
    for gate in standing.procedure.gates:
        found = standing.reasons(gate, as_of) if gate.on.matches(held) else ()
        if found:
            yield gate, found


def _unmet_once_corrected(
    standing: Standing, draft: Draft, as_of: datetime
) -> Iterator[tuple[Gate, tuple[Reason, ...]]]:
    """Yield the gates that a corrected entry would not have passed by what it says itself.

    What they ask of the rest of the record was answered when the entry was recorded.
    """
    for held, right in corrected(standing, draft):
        for gate in standing.procedure.gates:
            asked = replace(gate, needs=tuple(need for need in gate.needs if need.about_draft))
            if gate.on.matches(right) and not (
                gate.on.matches(held) and standing.reasons(asked, as_of, held)
            ):
                found = standing.reasons(asked, as_of, right)
                if found:
                    yield gate, found


def _may_override(rule: Move | Gate, role: str) -> bool:
    return rule.override and (not rule.override_by or role in rule.override_by)
