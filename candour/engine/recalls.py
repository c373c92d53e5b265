"""Recalls: which entries (sharings, above all) a correction makes out of date."""

from collections.abc import Iterable, Mapping, Sequence

from candour.engine.corrections import CORRECTION
from candour.engine.entries import Entry
from candour.engine.patterns import Pattern


def out_of_date(
    pattern: Pattern,
    told_by: Iterable[Pattern],
    correction: Entry,
    by_kind: Mapping[str, Sequence[Entry]],
    recorded: Iterable[Entry],
) -> list[Entry]:
    """Return the entries fitting `pattern` that pass on what `correction` puts right.

    They refer to an entry that it corrects or withdraws. Where it withdraws an earlier correction,
    they passed on what that one said: they came after it, or an entry fitting `told_by` told of it.
    Only entries that happened before `correction` are in `by_kind` (CV-24).
    """
    fitting = [entry for entry in by_kind.get(pattern.kind, ()) if pattern.matches(entry)]
    told = [
        entry for known in told_by for entry in by_kind.get(known.kind, ()) if known.matches(entry)
    ]
    void = [e for e in recorded if e.kind == CORRECTION and e.id in correction.refers_to]

    def passed_on(entry: Entry) -> bool:
        if _speaks_of(entry, correction):
            return True
        return any(
            _speaks_of(entry, wrong)
            and any(
                later.happened_at >= wrong.happened_at
                for later in (entry, *(notice for notice in told if entry.id in notice.refers_to))
            )
            for wrong in void
        )

    return [entry for entry in fitting if passed_on(entry)]


def _speaks_of(entry: Entry, correction: Entry) -> bool:
    return not set(entry.refers_to).isdisjoint(correction.refers_to)
