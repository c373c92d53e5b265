"""Verifies the case logs as they stand in the database, reading as the auditor, all in one view."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from typing import Any

import psycopg
from django.db import connections, transaction
from psycopg import sql

from candour.cases.checking import CaseLog, Checking, Fault, LogRow, Report

AUDITOR = "auditor"
AT_ONCE = 5000  # rows fetched at a time

Auditor = psycopg.Connection[tuple[Any, ...]]

FILES = "SELECT id, ref, seq, head_hash FROM case_file {where} ORDER BY id"
ROWS = """
    SELECT case_id, seq, convert_to(payload::text, 'UTF8'), prev_hash, hash
    FROM case_entry {where} ORDER BY case_id, seq
"""
# The chain covers an entry's words; this, the columns by which it is found.
CONTRADICTING = """
    SELECT c.ref, e.seq FROM case_entry e JOIN case_file c ON c.id = e.case_id {where}
    (
        SELECT f.id = e.id AND f.kind = e.kind AND f.role = e.role AND f.audience = e.audience
            AND f.happened_at = e.happened_at AND f.recorded_at = e.recorded_at
            AND f.author = coalesce(e.author_id::text, 'system')
        FROM json_to_record(e.payload) AS f (
            id uuid, kind text, role text, audience text, happened_at timestamptz,
            recorded_at timestamptz, author text
        )
    ) IS NOT TRUE ORDER BY c.ref, e.seq
"""
# Numbers are given out without gaps, so a number that no case has is a case that is gone.
MISSING = """
    SELECT ref FROM (
        SELECT format('%s-%s-%s', prefix, year,
                      CASE WHEN n < 10000 THEN lpad(n::text, 4, '0') ELSE n::text END) AS ref
        FROM case_number CROSS JOIN LATERAL generate_series(1, last) AS n
    ) AS given
    WHERE NOT EXISTS (SELECT 1 FROM case_file WHERE case_file.ref = given.ref) ORDER BY ref
"""


class NoCaseOfThatNumber(LookupError):
    """A case was asked for by a number that none has."""

    def __init__(self, ref: str) -> None:
        super().__init__(f"No case has the number {ref}. They look like CV-2026-0042.")


def verify(ref: str | None = None) -> Report:
    """Return whether the log of the case with this number, or of every case, is as recorded.

    Memory use does not grow with the number of cases.

    Raises:
        NoCaseOfThatNumber: no case has it.
    """
    checking = Checking()
    with one_view() as auditor, ThreadPoolExecutor(1) as beside:
        (view,) = auditor.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        contradicting = beside.submit(_contradicting, view, ref)
        for log in logs(auditor, ref):
            checking.take(log)
        checking.faults += contradicting.result()
        if ref is None:
            what = "its number was given out, and the case is gone."
            checking.faults += [Fault(gone, 0, what) for (gone,) in auditor.execute(MISSING)]
    return checking.report()


@contextmanager
def one_view(view: str = "") -> Iterator[Auditor]:
    """Yield the auditor's connection, seeing the records throughout as they are at this moment.

    With a `view` that another connection exported, it sees them as that one does.
    """
    with transaction.atomic(using=AUDITOR):
        auditor: Auditor = connections[AUDITOR].connection
        auditor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        if view:
            auditor.execute(sql.SQL("SET TRANSACTION SNAPSHOT {}").format(view))
        yield auditor


def _contradicting(view: str, ref: str | None) -> list[Fault]:
    """Return the entries whose columns say other things than their words. In a thread of its own.

    Where words are no longer an entry at all this says nothing: their hash is wrong too.
    """
    where, values = ("WHERE", []) if ref is None else ("WHERE c.ref = %s AND", [_spelt(ref)])
    what = "its columns say other things than its words."
    try:
        with one_view(view) as auditor:
            found = auditor.execute(CONTRADICTING.format(where=where), values)
            return [Fault(case_ref, seq, what) for case_ref, seq in found]
    except psycopg.DataError:
        return []
    finally:
        connections[AUDITOR].close()


def _spelt(ref: str) -> str:
    return ref.strip().upper()


def logs(auditor: Auditor, ref: str | None = None) -> Iterator[CaseLog]:
    """Yield the logs of all cases in order, or of the one with this number.

    The rows of a log must be read before the next log is asked for. Entries that belong to no
    case come last, each case that is gone as an empty one.

    Args:
        auditor: a connection that sees every case.
        ref: the number of the one case asked for.

    Raises:
        NoCaseOfThatNumber: no case has it.
    """
    if ref is not None:
        ref = _spelt(ref)
        if auditor.execute("SELECT 1 FROM case_file WHERE ref = %s", [ref]).fetchone() is None:
            raise NoCaseOfThatNumber(ref)
    values = [] if ref is None else [ref]
    only = "" if ref is None else "WHERE ref = %s"
    theirs = "" if ref is None else "WHERE case_id = (SELECT id FROM case_file WHERE ref = %s)"
    with (
        psycopg.ServerCursor(auditor, "case_entries") as rows,
        psycopg.ServerCursor(auditor, "case_files") as files,
    ):
        rows.itersize = files.itersize = AT_ONCE
        files.execute(FILES.format(where=only), values, binary=True)
        rows.execute(ROWS.format(where=theirs), values, binary=True)
        yield from _paired(files, groupby(rows, key=itemgetter(0)))


def _paired(
    files: Iterator[tuple[Any, ...]], each: Iterator[tuple[int, Iterator[tuple[Any, ...]]]]
) -> Iterator[CaseLog]:
    """Yield each file with its rows; both come in order of the case's id."""
    nothing: tuple[float, Iterator[tuple[Any, ...]]] = (float("inf"), iter(()))
    owner, rows = next(each, nothing)
    for case_id, ref, seq, head_hash in files:
        while owner < case_id:
            yield _gone(owner, rows)
            owner, rows = next(each, nothing)
        mine = rows if owner == case_id else iter(())
        yield CaseLog(ref, seq, head_hash, _facts(mine))
        if owner == case_id:
            owner, rows = next(each, nothing)
    while owner != float("inf"):
        yield _gone(owner, rows)
        owner, rows = next(each, nothing)


def _gone(case_id: float, rows: Iterator[tuple[Any, ...]]) -> CaseLog:
    return CaseLog(f"entries of a case that is gone (its id was {case_id})", 0, b"", _facts(rows))


def _facts(rows: Iterator[tuple[Any, ...]]) -> Iterator[LogRow]:
    return (row[1:] for row in rows)  # the case's id is known by now
