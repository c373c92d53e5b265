"""Where a service or a body is: its areas, and the wider ones in which those lie."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import JSONField
from django.db.models.expressions import RawSQL

from candour.bodies.models import Area, Body, BodyFunction, Service

# An area lies in a wider one, that in another: never as deep as this, but rows can go in a circle.
DEEPEST = 9


@dataclass(frozen=True, slots=True)
class Near:
    """An area in which something lies; `steps` is 0 for its own, 1 for the one around that."""

    area: Area
    steps: int


def area_coded(code: str) -> Area | None:
    """Return the area of this code, whenever it existed, or None."""
    return Area.objects.filter(code=code).first()


def areas_near(
    day: date, *, service: Service | None = None, areas: Iterable[Area] = ()
) -> Sequence[Near]:
    """Return the areas asked about and every wider one in which they lie, nearest first. One query.

    Args:
        day: what lies where counts as it is on this London day.
        service: asks about the areas in which it lies; where none is kept, about those of the
            authority that hosts it.
        areas: areas to begin with, instead of or beside those of a service.
    """
    starts = ", ".join(str(int(area.pk)) for area in areas)
    begins = f"SELECT unnest('{{{starts}}}'::bigint[])"
    nearest = _nearest(day, begins, 0 if service is None else service.pk)
    found = Area.objects.raw(
        f"{nearest} SELECT w.*, nearest.steps FROM bodies_area AS w "  # noqa: S608  # numbers and a day
        f"JOIN nearest ON nearest.id = w.id WHERE {_holds(day)} "
        "ORDER BY nearest.steps, w.name, w.id"
    )
    return tuple(Near(area, vars(area)["steps"]) for area in found)


def near_by_number(day: date, *, service: int, body: int) -> RawSQL:
    """Return an expression for `areas_near` within another query: steps by the area's number.

    Args:
        day: as there.
        service: the service asked about; 0 for none, which asks about the areas of the body.
        body: the body that leads.
    """
    of_body = f"SELECT w.place_id FROM bodies_bodyfunction AS w WHERE w.body_id = {int(body)}"  # noqa: S608  # a number
    begins = f"{of_body} AND w.place_id IS NOT NULL AND {int(service)} = 0 AND {_holds(day)}"
    nearest = _nearest(day, begins, int(service))
    told = "SELECT coalesce(jsonb_object_agg(id, steps), '{}'::jsonb) FROM nearest"
    return RawSQL(f"({nearest} {told})", (), output_field=JSONField())  # noqa: S611  # numbers and a day


def _holds(day: date) -> str:
    on = f"date '{day.isoformat()}'"
    return f"coalesce(w.from_date, {on}) <= {on} AND {on} <= coalesce(w.to_date, {on})"


def _nearest(day: date, begins: str, service: int) -> str:
    """Return the SQL that tells areas and those around them, as the table ``nearest``.

    A service of which no area is kept lies where the authority that hosts it is.
    """
    holds = _holds(day)
    return f"""
WITH RECURSIVE kept (id) AS (
    {begins}
    UNION
    SELECT w.area_id FROM bodies_servicearea AS w WHERE w.service_id = {service} AND {holds}
), starts (id) AS (
    SELECT id FROM kept
    UNION
    SELECT w.place_id FROM bodies_service AS s
    JOIN bodies_bodyfunction AS w ON w.body_id = s.host_authority_id AND {holds}
    JOIN bodies_area AS a ON a.id = w.place_id AND a.kind = 'local_authority'
    WHERE s.id = {service} AND NOT EXISTS (SELECT FROM kept)
), near (id, steps) AS (
    SELECT id, 0 FROM starts
    UNION
    SELECT w.wider_id, near.steps + 1
    FROM near JOIN bodies_areawithin AS w ON w.area_id = near.id
    WHERE near.steps < {DEEPEST} AND {holds}
), nearest AS (SELECT id, min(steps) AS steps FROM near GROUP BY id)
"""  # noqa: S608  # numbers and a day


def areas_of_body(body: Body, day: date) -> list[Area]:
    """Return the areas for which a body holds functions on a day, by name. One query."""
    rows = BodyFunction.objects.on(day).filter(body=body, place__isnull=False)
    places = {row.place for row in rows.select_related("place") if row.place is not None}
    return sorted(places, key=lambda area: (area.name, area.pk))
