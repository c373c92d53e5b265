"""Verifies documents that were put to be signed as they stand in the database, as the auditor."""

from candour.cases.checking import Fault
from candour.cases.verification import one_view

COUNT = """
    SELECT count(*) FROM signing_document d JOIN case_file c ON c.id = d.case_id
    WHERE %(ref)s::text IS NULL OR c.ref = %(ref)s
"""
ALTERED = """
    SELECT c.ref, coalesce(e.seq, 0) FROM signing_document d
    JOIN case_file c ON c.id = d.case_id
    LEFT JOIN signing_request r ON r.document_id = d.id
    LEFT JOIN signing_copy k ON k.request_id = r.id
    LEFT JOIN case_entry e ON e.id = r.id
    WHERE (%(ref)s::text IS NULL OR c.ref = %(ref)s) AND (
        d.seal <> encode(sha256(convert_to(d.sealed::text, 'UTF8')), 'hex')
        OR d.pdf_hash <> encode(sha256(d.pdf), 'hex')
        OR k.pdf_hash <> encode(sha256(k.pdf), 'hex')
        OR d.seal IS DISTINCT FROM e.payload -> 'data' ->> 'document'
    ) ORDER BY 1, 2
"""
# An entry carries the seal of a document, and that is gone or is another case's.
GONE = """
    SELECT c.ref, e.seq FROM case_entry e JOIN case_file c ON c.id = e.case_id
    WHERE (%(ref)s::text IS NULL OR c.ref = %(ref)s)
      AND e.kind IN ('signatures_asked', 'record_signed', 'document_signed')
      AND e.payload -> 'data' ->> 'document' IS NOT NULL
      AND NOT EXISTS (
          SELECT FROM signing_document d
          WHERE d.case_id = e.case_id AND d.seal = e.payload -> 'data' ->> 'document'
      ) ORDER BY 1, 2
"""
# The log says that somebody signed or that it ended, and the register of signatures does not, or
# the other way round.
CONTRADICTED = """
    SELECT c.ref, e.seq FROM case_entry e JOIN case_file c ON c.id = e.case_id
    WHERE (%(ref)s::text IS NULL OR c.ref = %(ref)s)
      AND (e.kind IN ('document_signed', 'signing_ended')
           OR (e.kind = 'record_signed' AND e.payload -> 'data' ->> 'document' IS NOT NULL))
      AND NOT EXISTS (SELECT FROM signing_event s WHERE s.entry = e.id AND s.case_id = e.case_id)
    UNION
    SELECT c.ref, 0 FROM signing_event s JOIN case_file c ON c.id = s.case_id
    WHERE (%(ref)s::text IS NULL OR c.ref = %(ref)s)
      AND s.entry IS NOT NULL AND NOT EXISTS (SELECT FROM case_entry e WHERE e.id = s.entry)
    ORDER BY 1, 2
"""
FAULTS = (
    (ALTERED, "the document put to be signed here is not the one that was sealed."),
    (GONE, "it carries the seal of a document that is gone."),
    (CONTRADICTED, "the log and the register of signatures say different things."),
)


def verify_documents(ref: str | None = None) -> tuple[int, tuple[Fault, ...]]:
    """Return how many documents were put to be signed, and what of them is not as it was sealed.

    Args:
        ref: the number of the one case asked for; every case where it is None.
    """
    values = {"ref": None if ref is None else ref.strip().upper()}
    with one_view() as auditor:
        (number,) = auditor.execute(COUNT, values).fetchone() or (0,)
        found = [
            Fault(each, seq, what)
            for question, what in FAULTS
            for each, seq in auditor.execute(question, values).fetchall()
        ]
    return number, tuple(found)
