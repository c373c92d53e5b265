"""The documents of a case, as they stand: what was withdrawn is not among them."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from candour.attachments.models import FiledDocument
from candour.attachments.sorts import SORTS, Sort
from candour.engine import Entry, Standing
from candour.engine.audiences import kept_from_provider
from candour.engine.vocabulary.filing import FILED, TITLE


@dataclass(frozen=True, slots=True)
class Held:
    """A document with its entry as that holds now."""

    document: FiledDocument
    entry: Entry

    @property
    def title(self) -> str:
        """What it is, in the words of whoever filed it, or put that right."""
        return str(self.entry.data[TITLE])

    @property
    def sort(self) -> Sort:
        """What sort of file it is."""
        return SORTS[self.document.media_type]

    @property
    def outcome(self) -> str:
        """What came of reading it for its words, an `Outcome`; empty while nobody has."""
        reading = getattr(self.document, "reading", None)
        return reading.outcome if reading else ""

    @property
    def for_members(self) -> bool:
        """Whether it is for the agencies alone, never the provider (CV-50)."""
        return kept_from_provider(self.entry)


def documents_of(case_id: int, standing: Standing) -> list[Held]:
    """Return the documents of a case, newest first. One query, and none where it has none."""
    filed = {entry.id: entry for entry in standing.by_kind.get(FILED, ())}
    if not filed:
        return []
    rows = FiledDocument.objects.filter(case_id=case_id)
    rows = rows.select_related("kept_by", "body", "reading").defer("reading__words")
    known = {str(row.pk): row for row in rows}
    found = [Held(known[each], entry) for each, entry in filed.items() if each in known]
    return sorted(found, key=lambda held: (held.entry.happened_at, held.document.kept_at))[::-1]


def document_of(case_id: int, standing: Standing, number: UUID) -> Held | None:
    """Return one document of a case, or None: there is none, or it was withdrawn. One query."""
    entries = standing.by_kind.get(FILED, ())
    entry = next((each for each in entries if each.id == str(number)), None)
    row = FiledDocument.objects.filter(case_id=case_id, pk=number).first() if entry else None
    return Held(row, entry) if row is not None and entry is not None else None


def supporting(held: list[Held], entry_id: str) -> Iterator[Held]:
    """Yield those documents that support an entry."""
    return (each for each in held if entry_id in each.entry.refers_to)
