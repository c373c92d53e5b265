"""The case log as it is stored: where it ends, the entries in it, and adding to it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self

from django.db import connection

from candour.cases import chain
from candour.cases.action_drawing import ACTIONS
from candour.cases.decision_drawing import DECISIONS
from candour.cases.models import Case
from candour.cases.procedures import procedure_named
from candour.cases.projections import Changes, Row
from candour.cases.recipient_drawing import RECIPIENTS
from candour.cases.span_drawing import SPANS
from candour.engine import Entry, Procedure, canonical, from_payload

HEAD = """
    SELECT id, ref, body_id, shared_with, service_id, title, procedure, version, step, seq,
           head_hash, closed_at, settled_at, next_change, live_key
    FROM case_file WHERE id = %s
"""
# Adding an entry waits here for whoever adds one to the same case; readers never wait.
LOCK = f"{HEAD} FOR NO KEY UPDATE"
ENTRIES = """
    SELECT payload::text, hash FROM case_entry WHERE case_id = %s AND seq > %s ORDER BY seq
"""
RECORD = """
    SELECT case_record(%s, %s, %s, string_to_array(%s, E'\n'), %s, %s, %s, %s::text[], %s, %s, %s,
                       %s, %s, %s::uuid[])
"""
ENTRY_ID = "case_entry_pkey"
MOVED_ON = "moved on"


class NoSuchCase(LookupError):
    """There is no such case, or none that the bodies acted for lead or share."""

    def __init__(self, case_id: int) -> None:
        super().__init__(
            f"There is no case with the number {case_id} here, or you do not work for a body that "
            "leads or shares it."
        )


class NotKept(Exception):
    """Something recorded elsewhere stands in the way; nothing was written."""


class EntryIdInUse(NotKept):
    """An entry's id is that of an entry in another case."""


class LiveCaseElsewhere(NotKept):
    """Another case that is open leaves no room for this one to be."""


class MovedOn(NotKept):
    """A case is no longer as it is remembered, or not to be seen by the bodies acted for."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where a case's log ends, and what acting on it needs to know of the case."""

    case_id: int
    ref: str
    body_id: int
    shared_with: Sequence[int]
    service_id: int | None
    title: str
    procedure_name: str
    version: str
    step: str
    seq: int
    hash: bytes
    closed_at: datetime | None
    settled_at: datetime
    next_change: datetime | None
    live_key: str | None

    @classmethod
    def of(cls, case: Case) -> Self:
        """Return where the log of a case just read ends."""
        return cls(
            case_id=case.pk,
            ref=case.ref,
            body_id=case.body_id,
            shared_with=case.shared_with,
            service_id=case.service_id,
            title=case.title,
            procedure_name=case.procedure,
            version=case.version,
            step=case.step,
            seq=case.seq,
            hash=bytes(case.head_hash),
            closed_at=case.closed_at,
            settled_at=case.settled_at,
            next_change=case.next_change,
            live_key=case.live_key,
        )

    def after(self, seq: int, digest: bytes, settled_at: datetime, facts: Row | None) -> Self:
        """Return it as it is once the log has grown; `facts` are what else the case's row says."""
        grown = replace(self, seq=seq, hash=digest, settled_at=settled_at)
        if facts is None:
            return grown
        return replace(
            grown,
            title=facts["title"],
            step=facts["step"],
            closed_at=_instant(facts["closed_at"]),
            next_change=_instant(facts["next_change"]),
            live_key=facts["live_key"],
        )

    @property
    def procedure(self) -> Procedure:
        """The procedure that the case runs on."""
        return procedure_named(self.procedure_name, self.version)


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry as it is stored: its canonical bytes, and its place in the chain."""

    canonical: bytes
    hash: bytes

    @property
    def entry(self) -> Entry:
        """The entry that the bytes stand for."""
        return from_payload(json.loads(self.canonical))


def head_of(case_id: int, *, lock: bool = False) -> Head:
    """Return where this case's log ends; with `lock`, keep others from adding to it meanwhile.

    Raises:
        NoSuchCase: there is none that the bodies acted for may see.
    """
    with connection.cursor() as cursor:
        cursor.execute(LOCK if lock else HEAD, [case_id])
        row = cursor.fetchone()
    if row is None:
        raise NoSuchCase(case_id)
    return Head(*row)


def entries_after(case_id: int, seq: int = 0) -> Iterator[Logged]:
    """Yield the entries of a case in order of recording, from the one after `seq` on."""
    with connection.cursor() as cursor:
        cursor.execute(ENTRIES, [case_id, seq])
        for text, digest in cursor.fetchall():
            yield Logged(text.encode(), digest)


def write(
    head: Head, entries: Sequence[Entry], changes: Changes, *, remembered: bool = False
) -> bytes:
    """Add entries at the end of a log, with what the log then comes to, and return the new end.

    Args:
        head: where the log ends.
        entries: what to add, in order.
        changes: what differs in what is drawn from the log.
        remembered: `head` was not read under a lock in this transaction.

    Raises:
        NotKept: the id of one is in use in another case, another live case stands in the way, or
            the log does not end where it is remembered to.
    """
    payloads, links = [], [head.hash]
    for entry in entries:
        written = canonical(entry)
        payloads.append(written.decode())
        links.append(chain.link(links[-1], written))
    with connection.cursor() as cursor:
        cursor.execute(
            RECORD,
            [
                # An array of its own would be escaped twice; JSON has no line breaks in it.
                *(head.case_id, head.body_id, head.seq, "\n".join(payloads), b"".join(links)),
                *(_json(changes.facts), _json(changes.duties), changes.duties_gone),
                *map(_json, (changes.restrictions, changes.suggestions, changes.experiences)),
                head.settled_at if remembered else None,
                *(_json(changes.words), changes.words_gone),
            ],
        )
        (in_the_way,) = cursor.fetchone()
    if in_the_way is not None:
        raise {ENTRY_ID: EntryIdInUse, MOVED_ON: MovedOn}.get(in_the_way, LiveCaseElsewhere)
    for table, rows in (
        (RECIPIENTS, changes.recipients),
        (SPANS, changes.spans),
        (DECISIONS, changes.decisions),
        (ACTIONS, changes.actions),
    ):
        if rows is not None:
            table.keep(head.case_id, head.body_id, rows)
    return links[-1]


def _instant(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def _json(value: Any) -> str | None:  # noqa: ANN401  # anything JSON can hold
    return None if value is None else json.dumps(value)
