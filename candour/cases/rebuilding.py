"""Draws again from the logs what is drawn from them, and says what differed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from candour.bodies.models import Body
from candour.cases import log, standings
from candour.cases.action_drawing import ACTIONS
from candour.cases.actions.handing import let_see
from candour.cases.decision_drawing import DECISIONS
from candour.cases.log import Head, NotKept
from candour.cases.models import Case
from candour.cases.procedures import live_key_of
from candour.cases.projections import Changes, Row, Settled, everything
from candour.cases.recipient_drawing import RECIPIENTS
from candour.cases.span_drawing import SPANS
from candour.cases.words_drawing import COLUMNS as WORDS_COLUMNS
from candour.database.row_security import acting_for
from candour.engine.partners import SHARED

FACTS = "title, step, closed_at, settled_at, next_change, live_key"
DRAWN = {
    "duties": (
        "case_duty",
        "key, duty_id, title, title_cy, owner_role, started_by, started_at, cycle, due_on, "
        "due_at, late_from, state, met_at",
    ),
    "restrictions": (
        "case_restriction",
        "imposed_by, restriction, scope, since, reviewed_at",
    ),
    "suggestions": ("case_suggestion", "auto_id, title, title_cy, to_role"),
    "experiences": ("case_experience", "experience_id, linked_by"),
    "words": ("case_words", WORDS_COLUMNS),
    **{
        what: (table.name, table.names)
        for what, table in (
            ("recipients", RECIPIENTS),
            ("spans", SPANS),
            ("decisions", DECISIONS),
            ("actions", ACTIONS),
        )
    },
}


@dataclass(frozen=True, slots=True)
class Difference:
    """Something drawn from a log that was not what the log comes to; it has been put right.

    `what` is one of `DRAWN`, or a fact of the case; `was` and `is_now` are None where there was no
    such row, or is none now.
    """

    ref: str
    what: str
    was: object
    is_now: object

    def __str__(self) -> str:
        """Return the difference in one line."""
        return f"{self.ref}, {self.what}: was {self.was}, is now {self.is_now}"


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What rebuilding one case came to; `trouble` says why it could not be, if so."""

    ref: str
    differences: tuple[Difference, ...] = ()
    trouble: str = ""


def rebuild(ref: str | None = None) -> Iterator[Rebuilt]:
    """Draw again what is drawn from the log of a case, or of every case, one at a time.

    Each case is kept by itself, so stopping half-way leaves none half-done, and others can go on
    working meanwhile.

    Yields:
        One result for each case; none at all where no case has this number.
    """
    for body_id in Body.objects.order_by("pk").values_list("pk", flat=True):
        with acting_for([body_id]):
            mine = Case.objects.filter(body_id=body_id).order_by("pk")
            if ref is not None:
                mine = mine.filter(ref=ref.strip().upper())
            found = list(mine.values_list("pk", "ref"))
        for case_id, case_ref in found:
            with acting_for([body_id]):
                yield rebuild_case(case_id, case_ref)


def rebuild_case(case_id: int, ref: str) -> Rebuilt:
    """Draw again what is drawn from one log, in a transaction that acts for its body."""
    head = log.head_of(case_id, lock=True)
    standings.forget(case_id)
    try:
        standing = standings.standing_at(head)
        live_key = live_key_of(standing.procedure, head.service_id)
        drawn = everything(Settled(standing, head.settled_at), live_key)
    except Exception as trouble:  # noqa: BLE001  # whatever keeps one log from being read, others can
        return Rebuilt(ref, trouble=str(trouble))
    seen = tuple(_partners(head)) if SHARED in standing.by_kind else ()
    differences = tuple(_differences(head, drawn))
    if differences:
        try:
            gone = _gone(differences, "duties", "key"), _gone(differences, "words", "entry")
            log.write(head, (), replace(drawn, duties_gone=gone[0], words_gone=gone[1]))
        except NotKept:
            why = "another open case stands in its place; close one of the two first"
            return Rebuilt(ref, trouble=why)
    return Rebuilt(ref, (*differences, *seen))


def _partners(head: Head) -> Iterator[Difference]:
    """Let the rows say again which bodies the log lets see the case, and yield what differed."""
    was = _who_sees(head.case_id)
    let_see(head.case_id)
    is_now = _who_sees(head.case_id)
    if was != is_now:
        yield Difference(head.ref, "partners", was, is_now)


def _who_sees(case_id: int) -> tuple[list[Row], list[Row]]:
    columns = "partner_id, body_id, members, shared_by, since, until"
    return (
        _stored("case_partner", columns, "case_id", case_id),
        _stored("case_file", "shared_with", "id", case_id),
    )


def _gone(differences: Sequence[Difference], what: str, by: str) -> list[str]:
    """Return the keys of the rows that the log does not come to."""
    return [
        found.was[by]
        for found in differences
        if found.what == what and found.is_now is None and isinstance(found.was, dict)
    ]


def _differences(head: Head, drawn: Changes) -> Iterator[Difference]:
    (facts,) = _stored("case_file", FACTS, "id", head.case_id)
    for name, value in (drawn.facts or {}).items():
        if facts[name] != value:
            yield Difference(head.ref, name, facts[name], value)
    for what, (table, columns) in DRAWN.items():
        stored = _stored(table, columns, "case_id", head.case_id)
        yield from _rows_differing(head.ref, what, stored, getattr(drawn, what))


def _rows_differing(
    ref: str, what: str, stored: Sequence[Row], drawn: Sequence[Row]
) -> Iterator[Difference]:
    """Yield the rows that only one side has, or that say something else; the first column names."""
    was = {next(iter(row.values())): row for row in stored}
    now = {next(iter(row.values())): row for row in drawn}
    for name in dict.fromkeys((*was, *now)):
        if was.get(name) != now.get(name):
            yield Difference(ref, what, was.get(name), now.get(name))


def _stored(table: str, columns: str, by: str, case_id: int) -> list[Row]:
    with connection.cursor() as cursor:
        sql = f"SELECT {columns} FROM {table} WHERE {by} = %s ORDER BY 1"  # noqa: S608  # our own names
        cursor.execute(sql, [case_id])
        names = columns.split(", ")
        return [dict(zip(names, map(_plain, row), strict=True)) for row in cursor.fetchall()]


def _plain(value: Any) -> Any:  # noqa: ANN401  # any column's value
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
