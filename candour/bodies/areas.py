"""Where a service or a body is: its areas, and the wider ones in which those lie."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from candour.bodies.models import Area, AreaKind, Body, BodyFunction, Service, ServiceArea

# An area lies in a wider one, that in another: never as deep as this, but rows can go in a circle.
DEEPEST = 9
_HOLDS = """
coalesce(w.from_date, '-infinity') <= %(on)s AND %(on)s <= coalesce(w.to_date, 'infinity')
"""
_NEAR = f"""
WITH RECURSIVE near (id, steps) AS (
    SELECT start, 0 FROM unnest(%(starts)s::bigint[]) AS start
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


def areas_of_service(service: Service, day: date) -> list[Area]:
    """Return the areas in which a service lies on a day, by name.

    Where none is kept, those of the authority that hosts it. One query, or two.
    """
    kept = ServiceArea.objects.on(day).filter(service=service).select_related("area")
    found = sorted({each.area for each in kept}, key=lambda area: (area.name, area.pk))
    if found or service.host_authority_id is None:
        return found
    return _places(service.host_authority_id, day, AreaKind.LOCAL_AUTHORITY)


def areas_of_body(body: Body, day: date) -> list[Area]:
    """Return the areas for which a body holds functions on a day, by name. One query."""
    return _places(body.pk, day)


def _places(body: int, day: date, kind: str = "") -> list[Area]:
    rows = BodyFunction.objects.on(day).filter(body=body, place__isnull=False)
    if kind:
        rows = rows.filter(place__kind=kind)
    places = {row.place for row in rows.select_related("place") if row.place is not None}
    return sorted(places, key=lambda area: (area.name, area.pk))


def areas_around(starts: Iterable[Area], day: date) -> Sequence[Near]:
    """Return areas and every wider one in which they lie on a day, nearest first. One query."""
    told = {"starts": [area.pk for area in starts], "on": day}
    if not told["starts"]:
        return ()
    return tuple(Near(area, vars(area)["steps"]) for area in Area.objects.raw(_NEAR, told))
