"""The fold: from a procedure and a case's entries to its standing. Pure, and without a “now”.

Entries are taken in the order in which they were recorded, and count in the order in which they
happened: paper that arrives late finds its place, as it would on a clerk's desk. Taking a prefix
and then the rest gives the same standing as taking the whole.
"""

from collections.abc import Iterable
from dataclasses import replace

from candour.engine.corrections import CORRECTION, in_effect
from candour.engine.entries import Entry
from candour.engine.errors import BrokenLog, MalformedEntry
from candour.engine.ledger import Ledger
from candour.engine.procedure import Procedure
from candour.engine.standing import Restriction, Standing, StepTaken


def fold(procedure: Procedure, entries: Iterable[Entry], onto: Standing | None = None) -> Standing:
    """Return the standing that `entries` come to, after those already in `onto`.

    Raises:
        UnknownKind: an entry's kind is not in the vocabulary.
        MalformedEntry: an entry's fields do not fit its kind.
        BrokenLog: an id is repeated, or an entry refers to one not recorded before it.
    """
    folding = _Folding(procedure, onto or Standing(procedure))
    for entry in entries:
        folding.take(entry)
    return folding.standing()


class _Folding:
    """A standing in the making: the same parts as `Standing`, open to change."""

    def __init__(self, procedure: Procedure, onto: Standing) -> None:
        self.procedure = procedure
        self.recorded = list(onto.recorded)
        self.ids = {entry.id for entry in onto.recorded}
        self.in_order = True
        self._resume(onto)

    def _resume(self, onto: Standing) -> None:
        self.chronicle = list(onto.chronicle)
        self.by_kind = {kind: list(found) for kind, found in onto.by_kind.items()}
        self.path = list(onto.path)
        self.opened_at = onto.opened_at
        self.closed_at = onto.closed_at
        self.restrictions = list(onto.restrictions)
        self.ledger = Ledger(self.procedure, onto, self.by_kind, self._frozen)

    def take(self, entry: Entry) -> None:
        self._check(entry)
        self.recorded.append(entry)
        self.ids.add(entry.id)
        late = bool(self.chronicle) and entry.happened_at < self.chronicle[-1].happened_at
        if late or entry.kind == CORRECTION:
            self.in_order = False
        if self.in_order:
            self._apply(entry)

    def _check(self, entry: Entry) -> None:
        kind = self.procedure.kind(entry.kind)
        found = kind.problems(entry.data)
        if found:
            faults = "; ".join(problem.message for problem in found)
            msg = f"Entry {entry.id} ({entry.kind}) does not fit its kind: {faults}."
            raise MalformedEntry(msg)
        if entry.id in self.ids:
            msg = f"Entry {entry.id} is in this log already; an id is used once."
            raise BrokenLog(msg)
        unknown = [ref for ref in entry.refers_to if ref not in self.ids]
        if unknown:
            msg = f"Entry {entry.id} refers to {unknown[0]}, which is not recorded before it."
            raise BrokenLog(msg)

    def standing(self) -> Standing:
        if not self.in_order:
            self._resume(Standing(self.procedure))
            for entry in in_effect(self.recorded):
                self._apply(entry)
            self.in_order = True
        return self._frozen()

    def _frozen(self) -> Standing:
        ledger = self.ledger
        return Standing(
            procedure=self.procedure,
            recorded=tuple(self.recorded),
            chronicle=tuple(self.chronicle),
            by_kind={kind: tuple(found) for kind, found in self.by_kind.items()},
            path=tuple(self.path),
            opened_at=self.opened_at,
            closed_at=self.closed_at,
            duties=dict(ledger.duties),
            open_by_duty={duty: tuple(keys) for duty, keys in ledger.open_by_duty.items() if keys},
            restrictions=tuple(self.restrictions),
            clock_pauses=tuple(ledger.clock_pauses),
        )

    def _apply(self, entry: Entry) -> None:
        self.chronicle.append(entry)
        self.by_kind.setdefault(entry.kind, []).append(entry)
        self._take_effect(entry)
        self.ledger.take(entry)

    def _take_effect(self, entry: Entry) -> None:
        match entry.kind:
            case "case_opened":
                self._open_case(entry)
            case "step_entered" | "case_closed" | "case_reopened":
                self._move(entry)
            case "restriction_imposed":
                self._impose(entry)
            case "restriction_reviewed":
                self._review(entry)
            case "restriction_lifted":
                self._lift(entry)
            case "clock_paused":
                self.ledger.pause(entry)
            case "clock_resumed":
                self.ledger.resume_clock(entry)
            case "timescale_extended":
                self.ledger.extend(entry)

    def _open_case(self, entry: Entry) -> None:
        self.opened_at = entry.happened_at
        self.path.append(StepTaken(self.procedure.start, entry.happened_at, entry.id))

    def _move(self, entry: Entry) -> None:
        step = str(entry.data["step"])
        self.path.append(StepTaken(step, entry.happened_at, entry.id))
        closes = self.procedure.steps[step].final
        self.closed_at = entry.happened_at if closes else None
        if closes:
            self.ledger.close(entry)

    def _impose(self, entry: Entry) -> None:
        data = entry.data
        self.restrictions.append(
            Restriction(entry.id, data["restriction"], data["scope"], entry.happened_at)
        )

    def _review(self, entry: Entry) -> None:
        self.restrictions = [
            replace(held, reviewed_at=entry.happened_at)
            if not entry.refers_to or held.imposed_by in entry.refers_to
            else held
            for held in self.restrictions
        ]

    def _lift(self, entry: Entry) -> None:
        self.restrictions = [r for r in self.restrictions if r.imposed_by not in entry.refers_to]
