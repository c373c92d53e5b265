"""Redress: a duty that a telling had met is owed again when the telling did not arrive.

It is owed again from the failure on, by the same date. Whatever has happened since the telling
counts as it would have counted had the duty stayed open: a later telling meets it, a stop or the
closing of the case ends it. Sending it again to all whom it did not reach meets it once more.
"""

from collections.abc import Collection
from dataclasses import replace

from candour.engine.deliveries import carriers, told_again, told_at_bottom, undelivered
from candour.engine.duties import OpenDuty, following, parts_met
from candour.engine.entries import Entry
from candour.engine.ledger import Ledger
from candour.engine.procedure import Duty
from candour.engine.vocabulary import CHANGED
from candour.engine.vocabulary.delivering import AGAIN, FAILED

CLOSED = "case_closed"


class DeliveredLedger(Ledger):
    """The ledger of duties, with what follows from tellings that did not arrive."""

    def take(self, entry: Entry) -> None:
        """Let an entry have its effect; what did not arrive is seen to before anything else."""
        if entry.kind == FAILED:
            self._take_back(entry)
        elif entry.kind == AGAIN:
            self._make_good(entry)
        super().take(entry)

    def _take_back(self, failed: Entry) -> None:
        for told in told_at_bottom(failed, self.by_kind):
            carried = carriers(told, self.by_kind)
            for owed in list(self.duties.values()):
                if not (owed.ended_by or carried.isdisjoint(owed.met_by)):
                    self._owe_again(owed, told, carried, failed)

    def _owe_again(self, met: OpenDuty, told: str, carried: Collection[str], failed: Entry) -> None:
        """Open a duty again, without what this telling did, and let all that came since count."""
        duty = self.procedure.duties.get(met.duty.id)
        if duty is None:  # the procedure has changed since, and no longer asks for it
            return
        kept = [ref for ref in met.met_by if ref not in carried]
        since = next(ref for ref in met.met_by if ref in carried)
        if met.met_at is not None:
            self._forget_following(met)
            self.open_by_duty.setdefault(duty.id, []).append(met.key)
        self.duties[met.key] = self._dated_again(
            met._replace(
                met_at=None,
                met_by=(),
                parts=frozenset(),
                undelivered=tuple(dict.fromkeys((*met.undelivered, told))),
            ),
            duty,
        )
        for entry in self._since(duty, since, kept):
            if self.duties[met.key].is_open:
                self._count(met, entry, met_it=entry.id in kept)
        if self.duties[met.key].is_open and (duty.alternatives or duty.not_owed_when):
            self._settle(self.duties[met.key], failed)

    def _dated_again(self, owed: OpenDuty, duty: Duty) -> OpenDuty:
        """Return a duty by its clock, which stood still in pauses while it was taken for met.

        One that was met under another procedure keeps the date that it had.
        """
        if owed.duty is not duty:
            changed = self.by_kind[CHANGED][-1].id
            return owed._replace(duty=duty, fixed_by=owed.fixed_by or changed)
        if owed.fixed_by:
            return owed
        return owed._replace(due=owed.due_by_clock(self._pauses_of(duty)))

    def _forget_following(self, met: OpenDuty) -> None:
        """Leave out the next time of a repeating duty: only the meeting of this one opened it."""
        if met.duty.clock.repeats:
            key = following(met, self._pauses_of(met.duty)).key
            if key in self.open_by_duty.get(met.duty.id, ()):
                self.open_by_duty[met.duty.id].remove(key)
                del self.duties[key]

    def _since(self, duty: Duty, told: str, kept: Collection[str]) -> list[Entry]:
        """Return in order what may have met or ended the duty since the telling, or did before."""
        patterns = (*duty.met_by, *duty.stops, *duty.starts)
        kinds = dict.fromkeys((*(pattern.kind for pattern in patterns), AGAIN, CLOSED))
        place = {entry.id: number for number, entry in enumerate(self.recorded)}
        found = [entry for kind in kinds for entry in self.by_kind.get(kind, ())]
        found.sort(key=lambda entry: (entry.happened_at, place[entry.id]))
        ids = [entry.id for entry in found]
        after = set(ids[ids.index(told) + 1 :])
        return [entry for entry in found if entry.id in kept or entry.id in after]

    def _count(self, owed: OpenDuty, entry: Entry, *, met_it: bool) -> None:
        """Let an earlier entry count for a duty as it would have, had the duty been open."""
        if entry.kind == AGAIN:
            if met_it or self._made_good(self.duties[owed.key], entry):
                self._tell_again(owed.key, entry)
        elif self._ends(owed, entry):
            self._end(owed.key, entry)
        else:
            self._stop_duties(entry, owed.key)
            if self.duties[owed.key].is_open and not undelivered(entry.id, self.by_kind):
                self._meet_duties(entry, owed.key)

    def _made_good(self, owed: OpenDuty, again: Entry) -> bool:
        """Whether this was the last of what made a telling good that had met the duty before."""
        return any(
            told in owed.undelivered
            and not undelivered(told, self.by_kind)
            and told_again(told, self.by_kind)[-1].id == again.id
            for told in told_at_bottom(again, self.by_kind)
        )

    def _ends(self, owed: OpenDuty, entry: Entry) -> bool:
        """Whether the duty ended with the case, or began anew with the entry."""
        if entry.kind == CLOSED:
            return not owed.duty.outlives
        return owed.duty.opens == "restart" and any(
            other.duty.id == owed.duty.id
            and other.subject == owed.subject
            and other.trigger == entry.id != owed.trigger
            for other in self.duties.values()
        )

    def _make_good(self, again: Entry) -> None:
        """Meet the duties that a telling had met, now that it reached all whom it had not."""
        for told in told_at_bottom(again, self.by_kind):
            for owed in list(self.duties.values()):
                known = owed.is_open and told in owed.undelivered
                if known and not undelivered(told, self.by_kind):
                    self._tell_again(owed.key, again)

    def _tell_again(self, key: str, again: Entry) -> None:
        """Let a duty be met by what was sent again, as the telling itself had met it."""
        bottom = told_at_bottom(again, self.by_kind)
        for found in list(self.by_kind.values()):
            for told in found:
                owed = self.duties[key]
                if owed.is_open and told.id in bottom and told.id in owed.undelivered:
                    repeated = replace(told, id=again.id, happened_at=again.happened_at)
                    self._meet(key, repeated, parts_met(owed.duty, told))
