"""Takes a file of routes into the directory: all of its rows, or on any fault none.

What is there already is left as it is, so the same file may be taken again. A desk with other
hours, or another name, than before changes from the row's first day on, or is put right where that
is not given.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.db import transaction

from candour.bodies.keeping import Keeper, add, change, put_right
from candour.bodies.keeping_refused import KeepingError
from candour.bodies.models import Area, Body, BodyFunction, Contact
from candour.bodies.routes_file import Fault, RouteRow, read_routes
from candour.engine.words import same


@dataclass(slots=True)
class RoutesReport:
    """What became of a file: counts, and the faults for which nothing was taken."""

    rows: int = 0
    routes_added: int = 0
    desks_added: int = 0
    desks_changed: int = 0
    unchanged: int = 0
    dry_run: bool = False
    faults: list[Fault] = field(default_factory=list)

    @property
    def taken(self) -> bool:
        """Whether it was taken, or would be."""
        return not self.faults

    def lines(self) -> list[str]:
        """Return the report in words."""
        if self.faults:
            count = len(self.faults)
            says = f"Nothing was taken: {count} {'fault' if count == 1 else 'faults'}."
            return [says, *map(str, self.faults), "Put these right and take the file again."]
        would = "would be " if self.dry_run else ""
        return [
            f"{self.rows} rows read.",
            f"{self.routes_added} routes {would}added, {self.unchanged} there already.",
            f"{self.desks_added} desks {would}added, {self.desks_changed} {would}changed.",
            *(["Nothing was kept: this was a dry run."] if self.dry_run else []),
        ]


Kept = TypeVar("Kept", Area, Body)


def import_routes(content: bytes, by: Keeper, *, dry_run: bool = False) -> RoutesReport:
    """Take a file of routes in and return what became of it.

    Args:
        content: the bytes of the file.
        by: who takes it in, and when.
        dry_run: do everything, report, and undo it.

    Raises:
        RoutesFileError: it is no file of routes.
    """
    read = read_routes(content)
    report = RoutesReport(rows=len(read.rows), dry_run=dry_run, faults=list(read.faults))
    with transaction.atomic():
        _Taking(report, by).take(read.rows)
        if dry_run or report.faults:
            transaction.set_rollback(True)
    report.faults.sort(key=lambda fault: fault.line)
    return report


class _Taking:
    """Takes rows in, one by one, with everything that they name looked up once."""

    def __init__(self, report: RoutesReport, by: Keeper) -> None:
        self.report, self.by = report, by
        self.areas: dict[str, list[Area]] = _named(
            Area.objects.all(), lambda area: (area.code, area.name, area.name_cy)
        )
        self.bodies: dict[str, list[Body]] = _named(
            Body.objects.all(), lambda body: (body.slug, body.name, body.name_cy)
        )

    def take(self, rows: Iterable[RouteRow]) -> None:
        for row in rows:
            area, body = self._one("area", row, row.area), self._one("body", row, row.body)
            if not isinstance(area, Area) or not isinstance(body, Body):
                continue
            try:
                with transaction.atomic():
                    self._take(row, area, body)
            except KeepingError as error:
                self.report.faults.append(Fault(row.line, error.field, error.words.en))

    def _one(self, column: str, row: RouteRow, name: str) -> Area | Body | None:
        """Return the one area or body of a name; where there is none or several, a fault."""
        known: Mapping[str, Sequence[Area | Body]]
        known = self.areas if column == "area" else self.bodies
        found: Sequence[Area | Body] = known.get(same(name), ())
        if len(found) == 1:
            return found[0]
        short = "code" if column == "area" else "short name"
        says = (
            f"several are called “{name}”; give the {short}"
            if found
            else f"the directory knows no “{name}”; add it there first, or give its {short}"
        )
        self.report.faults.append(Fault(row.line, column, says))
        return None

    def _take(self, row: RouteRow, area: Area, body: Body) -> None:
        desk = self._desk(row, body) if row.phone or row.email else None
        held = BodyFunction.objects.filter(
            body=body, function=row.function, place=area, service=None, people=row.people
        )
        there = next((one for one in held if _says_the_same(one, row)), None)
        if there is not None:
            self.report.unchanged += 1
            if desk is not None and there.contact_id not in _chain(desk):
                put_right(there, self.by, values={"contact": desk})
            return
        route = BodyFunction(
            body=body,
            function=row.function,
            place=area,
            area=area.name,
            people=row.people,
            contact=desk,
            from_date=row.begins,
            to_date=row.ends,
        )
        add(route, self.by)
        self.report.routes_added += 1

    def _desk(self, row: RouteRow, body: Body) -> Contact:
        over = self._night(row, body) if row.out_of_hours else None
        reached = Contact.objects.filter(body=body, phone=row.phone, to_date__isnull=True)
        known = reached.filter(email=row.email) if row.email else reached
        desk: Contact | None = known.exclude(role="out_of_hours").order_by("pk").first()
        values = {"name": row.contact, "hours": row.hours, "taken_over_by": over}
        if desk is None:
            desk = Contact(body=body, role=row.role, phone=row.phone, email=row.email, **values)
            desk.from_date = row.begins
            add(desk, self.by)
            self.report.desks_added += 1
            return desk
        other = {name: value for name, value in values.items() if getattr(desk, name) != value}
        if not other:
            return desk
        self.report.desks_changed += 1
        if row.begins is None or desk.from_date == row.begins:
            put_right(desk, self.by, values=other)
            return desk
        return change(desk, self.by, from_day=row.begins, values=other)

    def _night(self, row: RouteRow, body: Body) -> Contact:
        known = Contact.objects.filter(body=body, phone=row.out_of_hours, to_date__isnull=True)
        desk: Contact | None = known.order_by("pk").first()
        if desk is None:
            desk = Contact(
                body=body, role="out_of_hours", phone=row.out_of_hours, hours="out of hours"
            )
            add(desk, self.by)
            self.report.desks_added += 1
        return desk


def _says_the_same(held: BodyFunction, row: RouteRow) -> bool:
    """Whether a route that is kept holds from the row's first day on, and as long."""
    begun = row.begins is None or held.from_date is None or held.from_date <= row.begins
    return begun and held.to_date == row.ends


def _chain(desk: Contact) -> set[int]:
    """Return a desk and those that it replaced: what led to one of them leads to it."""
    found: set[int] = set()
    at: Contact | None = desk
    while at is not None and at.pk not in found:
        found.add(at.pk)
        at = at.replaces
    return found


def _named(rows: Iterable[Kept], names: Callable[[Kept], Iterable[str]]) -> dict[str, list[Kept]]:
    """Return rows by each of their names, as names are compared."""
    found: dict[str, list[Kept]] = {}
    for row in rows:
        for name in {same(name) for name in names(row) if name}:
            found.setdefault(name, []).append(row)
    return found
