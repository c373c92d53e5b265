"""The fold: from a procedure and a case's entries to its standing. Pure, and without a “now”.

Entries are taken in the order in which they were recorded, and count in the order in which they
happened: paper that arrives late finds its place, as it would on a clerk's desk. Taking a prefix
and then the rest gives the same standing as taking the whole.

A log may go on under another procedure. What was recorded before was valid under the procedure of
its time and is not judged again; what is owed is carried over (`candour.engine.succession`).
"""

from collections.abc import Iterable, Iterator

from candour.engine import restrictions
from candour.engine.corrections import CORRECTION, in_effect
from candour.engine.entries import Entry
from candour.engine.errors import BrokenLog, MalformedEntry
from candour.engine.procedure import Procedure
from candour.engine.redress import DeliveredLedger
from candour.engine.standing import Era, Library, Standing, StepTaken, no_other
from candour.engine.subjects import Subject
from candour.engine.succession import carried_over, fitting
from candour.engine.vocabulary import CHANGED


def fold(
    procedure: Procedure,
    entries: Iterable[Entry],
    onto: Standing | None = None,
    library: Library = no_other,
) -> Standing:
    """Return the standing that `entries` come to, after those already in `onto`.

    `procedure` is the one that the log begins under, and `library` has those that it goes on under;
    with `onto`, that standing’s own hold.

    Raises:
        UnknownKind: an entry's kind is not in the vocabulary.
        MalformedEntry: an entry's fields do not fit its kind.
        BrokenLog: an id is repeated, or an entry refers to one not recorded before it.
        UnknownProcedure: the log goes on under a procedure that the library does not have.
    """
    folding = _Folding(onto or Standing(procedure, library=library))
    for entry in entries:
        folding.take(entry)
    return folding.standing()


def counted_anew(procedure: Procedure, chronicle: Iterable[Entry]) -> Standing:
    """Return what entries written under other procedures come to under this one, from the start.

    They are in order of happening, as corrected, and as far as they fit. Nothing is refused: a move
    to a step that this procedure does not have is not made.
    """
    folding = _Folding(Standing(procedure))
    for entry in chronicle:
        folding.recount(entry)
    return folding.standing()


def replayed(procedure: Procedure, standing: Standing) -> Standing:
    """Return what a case of several eras would come to had `procedure` held in its present one.

    Nothing is refused; `candour.engine.succession.misfits` says what does not fit.
    """
    first, *between = (era.procedure for era in standing.eras[:-1])
    to_come = iter((*between, procedure))
    folding = _Folding(Standing(first, library=lambda *_: next(to_come)), judges=False)
    for place, entry in enumerate(standing.recorded):
        own = place >= standing.eras[-1].begins
        folding.take(next(_fitting(procedure, [entry])) if own else entry)
    return folding.standing()


def _fitting(procedure: Procedure, chronicle: Iterable[Entry]) -> Iterator[Entry]:
    return (fitting(entry, procedure.kind(entry.kind).problems(entry.data)) for entry in chronicle)


class _Folding:
    """A standing in the making: the same parts as `Standing`, open to change.

    `procedure` is the one that entries are recorded under now; the ledger counts under that of the
    time it has come to.
    """

    def __init__(self, onto: Standing, *, judges: bool = True) -> None:
        self.judges = judges
        self.procedure = onto.procedure
        self.library = onto.library
        self.recorded = list(onto.recorded)
        self.eras = list(onto.eras)
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
        self.ledger = DeliveredLedger(
            onto.procedure, onto, self.by_kind, self.recorded, self._frozen, self._in_force
        )

    def take(self, entry: Entry) -> None:
        if self.judges:
            self._check(entry)
        if entry.kind == CHANGED:
            self._begin_era(entry)
        self.recorded.append(entry)
        self.ids.add(entry.id)
        late = bool(self.chronicle) and entry.happened_at < self.chronicle[-1].happened_at
        if late or entry.kind == CORRECTION:
            self.in_order = False
        if self.in_order:
            self._apply(entry)

    def recount(self, entry: Entry) -> None:
        """Take an entry of the chronicle; changes of procedure mean nothing."""
        self.recorded.append(entry)
        self._apply(entry)

    def _begin_era(self, entry: Entry) -> None:
        """Go on under the procedure that the entry names; what it says of this one must be so."""
        until, its_version = entry.data["from_procedure"], entry.data["from_version"]
        if (until, its_version) != (self.procedure.name, self.procedure.version):
            msg = (
                f"Entry {entry.id} changes from version {its_version} of “{until}”, but the case "
                f"ran on version {self.procedure.version} of “{self.procedure.name}”."
            )
            raise BrokenLog(msg)
        if not self.eras:
            self.eras.append(Era(self.procedure))
        self.procedure = self.library(entry.data["procedure"], entry.data["version"])
        begins = len(self.recorded) + 1
        self.eras.append(Era(self.procedure, begins, entry.id, entry.happened_at))

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
            self._resume(Standing(self.eras[0].procedure if self.eras else self.procedure))
            for entry in in_effect(self.recorded):
                self._apply(entry)
            self.in_order = True
        return self._frozen()

    def _frozen(self) -> Standing:
        ledger = self.ledger
        return Standing(
            procedure=ledger.procedure,
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
            eras=tuple(self.eras),
            library=self.library,
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
            case kind if kind in restrictions.KINDS:
                self.restrictions = restrictions.after(self.restrictions, entry)
            case "clock_paused":
                self.ledger.pause(entry)
            case "clock_resumed":
                self.ledger.resume_clock(entry)
            case "timescale_extended":
                self.ledger.extend(entry)
            case "procedure_changed":
                self._change(entry)

    def _open_case(self, entry: Entry) -> None:
        self.opened_at = entry.happened_at
        start = self.ledger.procedure.start
        self.path.append(StepTaken(start, entry.happened_at, entry.id))

    def _move(self, entry: Entry) -> None:
        step = self.ledger.procedure.steps.get(entry.data.get("step", ""))
        if step is None:  # only where it was recorded under another procedure
            return
        self.path.append(StepTaken(step.id, entry.happened_at, entry.id))
        closes = step.final
        self.closed_at = entry.happened_at if closes else None
        if closes:
            self.ledger.close(entry)

    def _in_force(self) -> tuple[Subject, ...]:
        return restrictions.subjects(self.ledger.procedure, self.restrictions)

    def _change(self, entry: Entry) -> None:
        """Count on under the procedure that the entry began; see `candour.engine.succession`."""
        era = next((era for era in self.eras if era.by == entry.id), None)
        if era is None:  # recounted as if that procedure had always held
            return
        recounted = counted_anew(era.procedure, _fitting(era.procedure, self.chronicle[:-1]))
        self.ledger.go_on_under(
            era.procedure, carried_over(self.ledger.duties, recounted.duties, entry)
        )
        if self.path:
            self._go_on_at(entry, era.procedure)

    def _go_on_at(self, change: Entry, procedure: Procedure) -> None:
        here = self.path[-1].step
        wanted = (str(change.data.get("goes_on_at") or here), here)
        step = next((step for step in wanted if step in procedure.steps), procedure.start)
        if step != here:
            self.path.append(StepTaken(step, change.happened_at, change.id))
