"""Verifies sent letters as they stand in the database, reading as the auditor, all in one view."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from psycopg import ServerCursor

from candour.cases.checking import Fault
from candour.cases.verification import Auditor, one_view
from candour.engine.vocabulary import SENDING
from candour.letters.sealing import KeptLetter, faults

AT_ONCE = 50  # letters fetched at a time, each with its PDFs
LETTERS = """
    SELECT c.ref, l.id::text, l.sealed::text, l.seal, e.payload -> 'data' ->> 'letter',
           e.seq, f.use, f.language, f.content,
           (l.template, l.delivery, l.sent_by_id, l.sent_at) IS DISTINCT FROM
               (l.sealed ->> 'template', l.sealed ->> 'delivery',
                (l.sealed ->> 'sent_by')::bigint, (l.sealed ->> 'sent_at')::timestamptz)
    FROM letter_sent l
    JOIN case_file c ON c.id = l.case_id
    LEFT JOIN case_entry e ON e.id = l.id AND e.case_id = l.case_id
    LEFT JOIN letter_file f ON f.letter_id = l.id
    {where} ORDER BY c.ref, l.id, f.id
"""
# An entry carries a seal, and the letter that it stands for is gone.
MISSING = """
    SELECT c.ref, e.seq FROM case_entry e JOIN case_file c ON c.id = e.case_id
    WHERE {where} e.kind = ANY (%s) AND e.payload -> 'data' ->> 'letter' IS NOT NULL AND
        NOT EXISTS (SELECT 1 FROM letter_sent l WHERE l.id = e.id)
    ORDER BY c.ref, e.seq
"""


def verify_letters(ref: str | None = None) -> tuple[int, tuple[Fault, ...]]:
    """Return how many sent letters there are, and what of them is not as it was sealed.

    Args:
        ref: the number of the one case asked for; every case where it is None.
    """
    number, found = 0, []
    with one_view() as auditor:
        for letter, seq, strange in _letters(auditor, ref):
            number += 1
            said = [*faults(letter), *(["its columns say other things."] if strange else [])]
            found += [Fault(letter.ref, seq, f"letter {letter.id}: {what}") for what in said]
        found += _missing(auditor, ref)
    return number, tuple(found)


def _letters(auditor: Auditor, ref: str | None) -> Iterator[tuple[KeptLetter, int, bool]]:
    where, values = ("", []) if ref is None else ("WHERE c.ref = %s", [ref.strip().upper()])
    with ServerCursor(auditor, "sent_letters") as rows:
        rows.itersize = AT_ONCE
        rows.execute(LETTERS.format(where=where), values)
        for _, each in groupby(rows, key=itemgetter(1)):
            yield _letter(list(each))


def _letter(rows: list[tuple[Any, ...]]) -> tuple[KeptLetter, int, bool]:
    ref, letter_id, sealed, seal, said, seq = rows[0][:6]
    files = tuple((row[6], row[7], row[8]) for row in rows if row[8] is not None)
    says = None if seq is None else (said or "")
    return KeptLetter(letter_id, ref, sealed, seal, says, files), seq or 0, bool(rows[0][9])


def _missing(auditor: Auditor, ref: str | None) -> list[Fault]:
    where, values = ("", []) if ref is None else ("c.ref = %s AND", [ref.strip().upper()])
    what = "it carries the seal of a letter that is gone."
    gone = auditor.execute(MISSING.format(where=where), [*values, list(SENDING)])
    return [Fault(each, seq, what) for each, seq in gone]
