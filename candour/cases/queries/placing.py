"""Restrictions as they stood on a day: over all services, a page at a time, and of one service.

A day that is not today is asked about as a whole: what stood at any time of it counts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import connection

from candour.cases.procedures import ProcedureUnavailable, procedure_named
from candour.engine import Procedure, Restriction
from candour.engine.london import end_of, local, start_of

PAGE: Final = 50
LARGEST: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Window:
    """The time asked about: one instant, or all of a day; both ends count."""

    begins: datetime
    ends: datetime

    @classmethod
    def of(cls, day: date | None, now: datetime) -> "Window":
        """Return the present instant for today or no day at all, else the whole of a London day."""
        if day is None or day == local(now).date():
            return cls(now, now)
        return cls(start_of(day), end_of(day))


@dataclass(frozen=True, slots=True)
class Stood:
    """A restriction as it stood, in which case, led by whom; `ends` is None while it stands."""

    ref: str
    body: str
    body_cy: str
    procedure: Procedure | None
    restriction: Restriction
    begins: datetime
    ends: datetime | None


@dataclass(frozen=True, slots=True)
class RestrictedService:
    """A service, or a case that is about none, with what stood there.

    `service_id` is None and `name` the case’s title where there is no service.
    """

    service_id: int | None
    name: str
    name_cy: str
    stood: tuple[Stood, ...]


@dataclass(frozen=True, slots=True)
class RestrictedPage:
    """A page of services with restrictions, by name; `next` asks for the page after it."""

    services: tuple[RestrictedService, ...]
    next: str


# First those of the bodies’ own cases, by an index; then those of cases that are shared with them.
REACHED = """
    SELECT r.* FROM case_restriction_span r WHERE r.body_id = ANY (%(bodies)s::bigint[])
    UNION ALL
    SELECT r.* FROM case_file shared JOIN case_restriction_span r ON r.case_id = shared.id
    WHERE shared.shared_with <> '{}' AND NOT r.body_id = ANY (%(bodies)s::bigint[])
"""
THEN = "r.begins <= %(ends)s AND (r.ends IS NULL OR r.ends > %(begins)s)"
# What stands at a row that was merged stands under the row that is kept, and either name finds it.
NAMES = f"""
    SELECT DISTINCT coalesce(s.name, c.title) AS name, coalesce(s.id, 0) AS service,
           CASE WHEN s.id IS NULL THEN c.id ELSE 0 END AS of_case
    FROM ({REACHED}) AS r JOIN case_file c ON c.id = r.case_id
    LEFT JOIN bodies_service own ON own.id = c.service_id
    LEFT JOIN directory_merge m ON m.merged_id = c.service_id AND m.undone_at IS NULL
    LEFT JOIN bodies_service s ON s.id =
        CASE WHEN m.id IS NULL THEN c.service_id ELSE (directory_rows_of(c.service_id))[1] END
    WHERE {THEN} AND (coalesce(s.name, c.title) ILIKE %(like)s OR own.name ILIKE %(like)s)
      AND (coalesce(s.name, c.title), coalesce(s.id, 0),
           CASE WHEN s.id IS NULL THEN c.id ELSE 0 END)
        > (%(name)s, %(service)s, %(of_case)s)
    ORDER BY 1, 2, 3 LIMIT %(size)s
"""  # noqa: S608  # our own pieces
COLUMNS = """
    c.ref, b.name, b.name_cy, c.procedure, c.version, r.imposed_by::text, r.restriction, r.scope,
    r.since, r.reviewed_at, r.care_types, r.complexities, r.units, r.funders, r.varied_by,
    r.begins, r.ends
"""
STOOD = f"""
    WITH meant AS MATERIALIZED (
        SELECT ids[1] AS kept, unnest(ids) AS service FROM (
            SELECT DISTINCT directory_rows_of(asked.id) AS ids
            FROM unnest(%(services)s::bigint[]) AS asked (id)
        ) AS every_row
    )
    SELECT coalesce(s.id, 0), CASE WHEN s.id IS NULL THEN c.id ELSE 0 END,
           coalesce(s.name, c.title), coalesce(s.name_cy, ''), {COLUMNS}
    FROM case_file c JOIN case_restriction_span r ON r.case_id = c.id
    JOIN bodies_body b ON b.id = c.body_id
    LEFT JOIN meant ON meant.service = c.service_id
    LEFT JOIN bodies_service s ON s.id = meant.kept
    WHERE (c.service_id = ANY (ARRAY(SELECT service FROM meant))
           OR c.id = ANY (%(cases)s::bigint[]))
      AND {{when}}
    ORDER BY r.begins, c.ref, r.key
"""  # noqa: S608  # our own pieces

OF_CASE = f"""
    SELECT {COLUMNS} FROM case_restriction_span r JOIN case_file c ON c.id = r.case_id
    JOIN bodies_body b ON b.id = c.body_id WHERE r.case_id = %(case)s ORDER BY r.begins, r.key
"""  # noqa: S608  # our own pieces


def restricted_on(
    *,
    bodies: Iterable[int],
    window: Window,
    search: str = "",
    after: str = "",
    size: int = PAGE,
) -> RestrictedPage:
    """Return a page of services where restrictions stood, as far as these bodies may see.

    Two queries. A page that no page gave out is the first. Restrictions at rows that were merged
    into another are told under the one that is kept.

    Args:
        bodies: the bodies that the person works for.
        window: the time asked about.
        search: words that the service’s name holds, or that of a row merged into it; empty for all.
        after: the `next` of the page before; empty for the first.
        size: how many services a page has.
    """
    name, service, of_case = _since(after)
    like = search.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    found = _rows(
        NAMES,
        {
            "bodies": sorted(set(bodies)),
            "begins": window.begins,
            "ends": window.ends,
            "like": f"%{like}%",
            "name": name,
            "service": service,
            "of_case": of_case,
            "size": size + 1,
        },
    )
    shown = found[:size]
    by_place = _stood([row[1:] for row in shown], window)
    services = tuple(by_place[row[1:]] for row in shown if row[1:] in by_place)
    more = "~".join(map(str, (*shown[-1][1:], shown[-1][0]))) if len(found) > size else ""
    return RestrictedPage(services, more)


def stood_at(service_id: int, window: Window | None = None) -> tuple[Stood, ...]:
    """Return the restrictions of one service then, or of all time, in order. One query.

    Those of rows that were merged with it are its own.
    """
    found = _stood([(service_id, 0)], window)
    stood = [one for each in found.values() for one in each.stood]
    return tuple(sorted(stood, key=lambda one: (one.begins, one.ref)))


def of_case(case_id: int) -> tuple[Stood, ...]:
    """Return the restrictions of one case, of all time, in order. One query."""
    rows = _rows(OF_CASE, {"case": case_id})
    return tuple(_one(row) for row in rows)


def _stood(
    places: Sequence[tuple[int, int]], window: Window | None
) -> dict[tuple[int, int], RestrictedService]:
    """Return what stood at each place: a kept service’s number and 0, or 0 and a case’s."""
    values: dict[str, Any] = {
        "services": [service for service, _ in places if service],
        "cases": [case for _, case in places if case],
    }
    if window is not None:
        values |= {"begins": window.begins, "ends": window.ends}
    found: dict[tuple[int, int], RestrictedService] = {}
    for service, case, name, name_cy, *rest in _rows(
        STOOD.format(when=THEN if window else "true"), values
    ):
        before = found.get((service, case))
        stood = (*(before.stood if before else ()), _one(rest))
        found[service, case] = RestrictedService(service or None, name, name_cy, stood)
    return found


def _one(row: Sequence[Any]) -> Stood:
    ref, body, body_cy, procedure, version, imposed_by, restriction, scope, *rest = row
    since, reviewed_at, care_types, complexities, units, funders, varied_by, begins, ends = rest
    return Stood(
        ref=ref,
        body=body,
        body_cy=body_cy,
        procedure=_procedure(procedure, version),
        restriction=Restriction(
            imposed_by=imposed_by,
            restriction=restriction,
            scope=scope,
            since=since,
            reviewed_at=reviewed_at,
            care_types=tuple(care_types),
            complexities=tuple(complexities),
            units=tuple(units),
            funders=tuple(funders),
            varied_by=varied_by,
        ),
        begins=begins,
        ends=ends,
    )


def _procedure(name: str, version: str) -> Procedure | None:
    """Return the case’s procedure; None where this release has it not, which hides no line."""
    try:
        return procedure_named(name, version)
    except ProcedureUnavailable:
        return None


def _since(after: str) -> tuple[str, int, int]:
    """Return the place in the order of (name, service, case) after which a page begins."""
    service, _, rest = after.partition("~")
    case, mark, name = rest.partition("~")
    known = mark and all(part.isascii() and part.isdigit() for part in (service, case))
    if not known or max(int(service), int(case)) > LARGEST or "\x00" in name:
        return "", -1, -1
    return name, int(service), int(case)


def _rows(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
