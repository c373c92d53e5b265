"""Where a service or a body is: its areas, and the wider ones in which those lie."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from candour.bodies.models import Area, Body, BodyFunction, Service

# An area lies in a wider one, that in another: never as deep as this, but rows can go in a circle.
DEEPEST = 9
_HOLDS = """
coalesce(w.from_date, '-infinity') <= %(on)s AND %(on)s <= coalesce(w.to_date, 'infinity')
"""
# A service of which no area is kept lies where the authority that hosts it is.
_NEAR = f"""
WITH RECURSIVE kept (id) AS (
    SELECT unnest(%(starts)s::bigint[])
    UNION
    SELECT w.area_id FROM bodies_servicearea AS w WHERE w.service_id = %(service)s AND {_HOLDS}
), starts (id) AS (
    SELECT id FROM kept
    UNION
    SELECT w.place_id FROM bodies_service AS s
    JOIN bodies_bodyfunction AS w ON w.body_id = s.host_authority_id AND {_HOLDS}
    JOIN bodies_area AS a ON a.id = w.place_id AND a.kind = 'local_authority'
    WHERE s.id = %(service)s AND NOT EXISTS (SELECT FROM kept)
), near (id, steps) AS (
    SELECT id, 0 FROM starts
    UNION
    SELECT w.wider_id, near.steps + 1
    FROM near JOIN bodies_areawithin AS w ON w.area_id = near.id
    WHERE near.steps < {DEEPEST} AND {_HOLDS}
), nearest AS (SELECT id, min(steps) AS steps FROM near GROUP BY id)
SELECT w.*, nearest.steps FROM bodies_area AS w JOIN nearest ON nearest.id = w.id
WHERE {_HOLDS} ORDER BY nearest.steps, w.name, w.id
"""  # noqa: S608  # a number and a text of this module


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
    told = {
        "on": day,
        "service": 0 if service is None else service.pk,
        "starts": [area.pk for area in areas],
    }
    return tuple(Near(area, vars(area)["steps"]) for area in Area.objects.raw(_NEAR, told))


def areas_of_body(body: Body, day: date) -> list[Area]:
    """Return the areas for which a body holds functions on a day, by name. One query."""
    rows = BodyFunction.objects.on(day).filter(body=body, place__isnull=False)
    places = {row.place for row in rows.select_related("place") if row.place is not None}
    return sorted(places, key=lambda area: (area.name, area.pk))
