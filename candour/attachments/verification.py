"""Verifies filed documents: what the database says of them, as the auditor, and their bytes."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from candour.attachments import storing
from candour.cases.checking import Fault
from candour.cases.verification import one_view

# What is stored under which name, beside what its entry says that it is.
ROWS = """
    SELECT c.ref, e.seq, d.stored_as, d.sha256,
           (e.payload -> 'data' ->> 'sha256', (e.payload -> 'data' ->> 'size')::bigint,
            e.payload -> 'data' ->> 'media_type')
               IS NOT DISTINCT FROM (d.sha256, d.size, d.media_type)
    FROM filed_document d
    JOIN case_file c ON c.id = d.case_id
    LEFT JOIN case_entry e ON e.id = d.id AND e.case_id = d.case_id AND e.kind = 'document_filed'
    WHERE %(ref)s::text IS NULL OR c.ref = %(ref)s
    ORDER BY c.ref, e.seq
"""
GONE = """
    SELECT c.ref, e.seq FROM case_entry e JOIN case_file c ON c.id = e.case_id
    WHERE (%(ref)s::text IS NULL OR c.ref = %(ref)s) AND e.kind = 'document_filed'
      AND NOT EXISTS (SELECT FROM filed_document d WHERE d.id = e.id AND d.case_id = e.case_id)
    ORDER BY c.ref, e.seq
"""


@dataclass(frozen=True, slots=True)
class Filed:
    """What came of verifying the documents.

    Attributes:
        number: how many there are.
        faults: what of them is not as it was filed.
        unled: names in the store that no document leads to; None where only one case was asked for.
    """

    number: int
    faults: tuple[Fault, ...]
    unled: tuple[str, ...] | None


def verify_filed(ref: str | None = None) -> Filed:
    """Return how many documents are filed, and which of them are not as they were filed.

    Every stored file is read to its end, one after the other.

    Args:
        ref: the number of the one case asked for; every case where it is None.
    """
    values = {"ref": None if ref is None else ref.strip().upper()}
    with one_view() as auditor:
        rows = auditor.execute(ROWS, values).fetchall()
        gone = auditor.execute(GONE, values).fetchall()
    faults = [Fault(each, seq, "the document that it filed is gone.") for each, seq in gone]
    for each, seq, stored_as, sha256, fits in rows:
        faults += [Fault(each, seq or 0, what) for what in _wrong(stored_as, sha256, fits=fits)]
    known = {row[2] for row in rows}
    unled = None if ref else tuple(sorted(n for n in storing.names() if n not in known))
    return Filed(len(rows), tuple(faults), unled)


def _wrong(stored_as: str, sha256: str, *, fits: bool) -> Iterator[str]:
    if not fits:
        yield "the register of documents says other things than it."
    digest = hashlib.sha256()
    try:
        for piece in storing.pieces(stored_as):
            digest.update(piece)
    except storing.Missing:
        yield f"the file that it filed is missing (stored as {stored_as})."
        return
    if digest.hexdigest() != sha256:
        yield f"the file that it filed was changed (stored as {stored_as})."
