"""Makes who is who in the demonstration's areas: areas, desks with hours, routes, successors."""

from collections.abc import Mapping, Sequence
from typing import Any

from candour.bodies.models import (
    Area,
    AreaWithin,
    Body,
    BodyFunction,
    Closure,
    Contact,
    Group,
    GroupMember,
    Service,
    ServiceArea,
    Succession,
)
from candour.site.demonstration import FOLDER
from candour.site.demonstration.files import read

Rows = Sequence[Mapping[str, Any]]


def make_routes() -> None:
    """Make areas, routes, desks and groups where there are no areas yet."""
    if Area.objects.exists():
        return
    told = read(FOLDER / "routes.yaml")
    areas = _areas(told["areas"])
    bodies = _bodies(told["bodies"])
    desks = _desks(told["desks"], bodies)
    _routes(told["routes"], bodies, areas, desks)
    Succession.objects.bulk_create(
        Succession(
            predecessor=bodies[each["before"]],
            successor=bodies[each["after"]],
            function=each["function"],
            on=each["on"],
        )
        for each in told["successions"]
    )
    ServiceArea.objects.bulk_create(
        ServiceArea(service=service, area=areas[code])
        for slug, code in told["lie_in"].items()
        for service in Service.objects.filter(provider=bodies[slug])
    )
    _groups(told["groups"], bodies)
    Closure.objects.bulk_create(
        Closure(
            body=bodies[each["body"]],
            from_date=each["from"],
            to_date=each["to"],
            reason=each["reason"],
        )
        for each in told["closures"]
    )


def _areas(told: Rows) -> dict[str, Area]:
    plain = ("code", "name", "name_cy", "kind", "nation")
    made = Area.objects.bulk_create(
        Area(**{name: each.get(name, "") for name in plain}) for each in told
    )
    areas = {area.code: area for area in made}
    AreaWithin.objects.bulk_create(
        AreaWithin(area=areas[each["code"]], wider=areas[code])
        for each in told
        for code in each.get("within", ())
    )
    return areas


def _bodies(told: Rows) -> dict[str, Body]:
    for each in told:
        facts = {name: each.get(name, "") for name in ("name", "name_cy", "nation", "kind")}
        dates = {"from_date": each.get("from"), "to_date": each.get("to")}
        Body.objects.get_or_create(slug=each["slug"], defaults={**facts, **dates})
    return {body.slug: body for body in Body.objects.all()}


def _desks(told: Rows, bodies: Mapping[str, Body]) -> dict[tuple[int, str], Contact]:
    """Return every desk by its body and role, those told of made or completed."""
    plain = ("name", "name_cy", "phone", "email", "hours")
    known = {(each.body_id, each.role): each for each in Contact.objects.order_by("-pk")}
    for each in told:
        key = bodies[each["body"]].pk, each["role"]
        desk = known.setdefault(key, Contact(body_id=key[0], role=each["role"]))
        for name in plain:
            setattr(desk, name, each.get(name) or getattr(desk, name))
        if "takes_over" in each:
            desk.taken_over_by = known[key[0], each["takes_over"]]
        desk.save()
    return known


def _routes(
    told: Rows,
    bodies: Mapping[str, Body],
    areas: Mapping[str, Area],
    desks: Mapping[tuple[int, str], Contact],
) -> None:
    """Make the routes; a function that a body holds already gets its area's code with the first."""
    spare = {
        (each.body_id, each.function): each for each in BodyFunction.objects.filter(place=None)
    }
    for each in told:
        body, area = bodies[each["body"]], areas[each["area"]]
        row = spare.pop((body.pk, each["function"]), None)
        row = row or BodyFunction(body=body, function=each["function"], area=area.name)
        row.place = area
        row.people = each.get("people", "both")
        row.contact = desks.get((body.pk, each.get("desk", "")))
        row.from_date, row.to_date = each.get("from"), each.get("to")
        row.save()


def _groups(told: Rows, bodies: Mapping[str, Body]) -> None:
    services = {service.name: service for service in Service.objects.all()}
    for each in told:
        group = Group.objects.create(
            name=each["name"], name_cy=each.get("name_cy", ""), kind=each["kind"]
        )
        GroupMember.objects.bulk_create(
            [GroupMember(group=group, body=bodies[slug]) for slug in each.get("bodies", ())]
            + [GroupMember(group=group, service=services[n]) for n in each.get("services", ())]
        )
