"""What entries say, as rows to be searched: a pure function of a standing.

An entry counts as it holds: what was corrected is found by the right words alone, what was
withdrawn not at all. Words that an outsider must not read stand in a row of their own.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final

from candour.documents.facts.seen import closed_field, closed_kind
from candour.engine import Entry, Standing
from candour.engine.audiences import kept_from_provider
from candour.engine.corrections import CORRECTION
from candour.engine.fields import Field, FieldType
from candour.engine.kinds import Kind
from candour.engine.templates import Audience
from candour.engine.vocabulary.filing import FILED

Row = dict[str, object]

COLUMNS = "name, entry, sort, kind, happened_at, kept, said"
LONGEST: Final = 60_000  # characters of one row, well within what one text’s index can hold
FREE: Final = frozenset({FieldType.LINE, FieldType.TEXT, FieldType.LINES})
DOCUMENTS: Final = frozenset({"minutes_circulated", FILED, "report_published"})
_BETWEEN: Final = re.compile(r"[\W_]+")  # what parts the words in the name of a file
KEPT: Final = "/kept"


class Sort(StrEnum):
    """What a text is, for the groups of a search."""

    CASE = "case"  # what a case is called and about: its opening
    ENTRY = "entry"
    DOCUMENT = "document"


def word_rows(standing: Standing) -> list[Row]:
    """Return what every entry of a case says."""
    return [row for entry in standing.chronicle for row in _rows(standing, entry)]


def touched(before: Standing, now: Standing) -> tuple[list[Row], list[str]]:
    """Return what entries say that are new or were put right since, and the ids of those.

    Corrections lead to what they correct, and through corrections of corrections to the first.
    """
    new = now.recorded[len(before.recorded) :]
    reached = {entry.id for entry in new}
    reached.update(_put_right(now, [entry for entry in new if entry.kind == CORRECTION]))
    held = (entry for entry in now.chronicle if entry.id in reached)
    return [row for entry in held for row in _rows(now, entry)], sorted(
        reached.difference(entry.id for entry in new)
    )


def _put_right(standing: Standing, corrections: Sequence[Entry]) -> Iterator[str]:
    waiting, seen = [ref for each in corrections for ref in each.refers_to], set[str]()
    while waiting:
        ref = waiting.pop()
        if ref not in seen:
            seen.add(ref)
            yield ref
            target = standing.entry(ref)
            if target is not None and target.kind == CORRECTION:
                waiting.extend(target.refers_to)


def _rows(standing: Standing, entry: Entry) -> Iterator[Row]:
    """Yield the rows of an entry: what everybody in the case may read of it, and what is kept."""
    if entry.kind == CORRECTION:  # it repeats what was wrong
        return
    kind = standing.procedure_of(entry.id).kind(entry.kind)
    all_kept = kept_from_provider(entry) or closed_kind(entry.kind, Audience.PROVIDER)
    said: Mapping[bool, list[str]] = {False: [], True: []}
    for known in kind.fields:
        kept = all_kept or closed_field(entry.kind, known, Audience.PROVIDER)
        said[kept].extend(_lines(known, entry.data.get(known.name)))
    if entry.kind == FILED:
        said[all_kept].append(_BETWEEN.sub(" ", str(entry.data.get("document", ""))))
    said[all_kept].append(entry.body)
    said[True].append(entry.override)  # why a rule was gone past is the agencies' affair
    for kept, lines in said.items():
        text = "\n".join(line for line in lines if line.strip())
        if text:
            yield _row(kind, entry, text, kept=kept)


def _row(kind: Kind, entry: Entry, text: str, *, kept: bool) -> Row:
    opening = entry.kind == "case_opened" and not kept
    sort = Sort.CASE if opening else Sort.DOCUMENT if kind.name in DOCUMENTS else Sort.ENTRY
    return {
        "name": f"{entry.id}{KEPT if kept else ''}",
        "entry": entry.id,
        "sort": sort.value,
        "kind": entry.kind,
        "happened_at": entry.happened_at.isoformat(),
        "kept": kept,
        "said": text[:LONGEST],
    }


def _lines(known: Field, value: object) -> Iterable[str]:
    """Return what somebody wrote in a field: no choices, and nothing that the system filled in."""
    if known.by_system or known.type not in FREE:
        return ()
    if isinstance(value, str):
        return (value,)
    return [str(line) for line in value] if isinstance(value, list | tuple) else ()
