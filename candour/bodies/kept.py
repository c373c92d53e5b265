"""What the directory keeps of one body, one area or one group, over all time: reads for a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from candour.bodies.desks import Desks
from candour.bodies.effective import holds_on
from candour.bodies.models import (
    Area,
    AreaKind,
    AreaWithin,
    Body,
    BodyFunction,
    Closure,
    DirectoryChange,
    Function,
    Group,
    GroupMember,
    Service,
    ServiceArea,
    Succession,
)

MOST_SERVICES: Final = 20
MOST_CHANGES: Final = 10
MOST_BODIES: Final = 50
GROUPS, CLOSURES, HELD, WITHIN = "kept_groups", "kept_closures", "kept_held", "kept_within"


@dataclass(frozen=True, slots=True)
class BodyKept:
    """All that is kept of a body.

    Attributes:
        functions: what it holds or held, the earliest first.
        successions: from whom it took functions over, and to whom it handed them on.
        desks: its desks as they are on the day asked about.
        groups: the groups to which it belongs or belonged, as numbers, names and days.
        closures: the days of closure that are not over on the day asked about.
        services: some of the services that it runs on that day; `more` where there are others.
        changes: the newest changes.
    """

    body: Body
    functions: Sequence[BodyFunction]
    successions: Sequence[Succession]
    desks: Desks
    groups: Sequence[dict[str, Any]]
    closures: Sequence[dict[str, Any]]
    services: Sequence[Service]
    more: bool
    changes: Sequence[DirectoryChange]


def body_kept(number: int, day: date) -> BodyKept | None:
    """Return what is kept of a body, or None where there is none. Six queries."""
    members = GroupMember.objects.filter(body=OuterRef("pk")).order_by("pk")
    closed = Closure.objects.filter(body=OuterRef("pk"), to_date__gte=day).order_by("from_date")
    found = Body.objects.filter(pk=number)
    annotated = found.annotate(
        kept_groups=ArraySubquery(members.values(told=membership())),
        kept_closures=ArraySubquery(
            closed.values(
                told=JSONObject(
                    row="pk",
                    first="from_date",
                    last="to_date",
                    reason="reason",
                    reason_cy="reason_cy",
                )
            )
        ),
    )
    body = annotated.first()
    if body is None:
        return None
    functions = BodyFunction.objects.filter(body=body).select_related("place", "service", "contact")
    handed = Succession.objects.filter(Q(predecessor=body) | Q(successor=body))
    services = list(Service.objects.on(day).filter(provider=body)[: MOST_SERVICES + 1])
    return BodyKept(
        body=body,
        functions=list(functions.order_by("function", "from_date", "pk")),
        successions=list(handed.select_related("predecessor", "successor").order_by("on", "pk")),
        desks=Desks.of([body.pk], day),
        groups=getattr(body, GROUPS),
        closures=getattr(body, CLOSURES),
        services=services[:MOST_SERVICES],
        more=len(services) > MOST_SERVICES,
        changes=list(DirectoryChange.objects.filter(body=body)[:MOST_CHANGES]),
    )


def membership() -> JSONObject:
    """Return a membership of a group as a page tells it, for a subquery over `GroupMember`."""
    return JSONObject(
        row="pk",
        group="group",
        name="group__name",
        name_cy="group__name_cy",
        first="from_date",
        last="to_date",
    )


def bodies_named(words: str, day: date) -> QuerySet[Body]:
    """Return bodies whose name holds these words, those at most `MOST_BODIES`, with what they do.

    Without words, those that do more than provide services.
    """
    held = BodyFunction.objects.on(day).filter(body=OuterRef("pk")).order_by("function", "pk")
    found = Body.objects.annotate(
        kept_held=ArraySubquery(held.values(told=JSONObject(of="function", area="area")))
    )
    if words:
        return found.filter(Q(name__icontains=words) | Q(name_cy__icontains=words))[:MOST_BODIES]
    leading = BodyFunction.objects.on(day).exclude(function=Function.PROVIDER)
    return found.filter(holds_on(day), pk__in=leading.values("body"))[:MOST_BODIES]


@dataclass(frozen=True, slots=True)
class AreaKept:
    """What is kept of an area: what it lies in, what lies in it, who does what, which services."""

    area: Area
    around: Sequence[AreaWithin]
    inside: Sequence[AreaWithin]
    functions: Sequence[BodyFunction]
    services: Sequence[Service]
    more: bool


def area_kept(code: str, day: date) -> AreaKept | None:
    """Return what is kept of an area, or None where there is none. Four queries."""
    area = Area.objects.filter(code=code).first()
    if area is None:
        return None
    near = list(
        AreaWithin.objects.filter(Q(area=area) | Q(wider=area))
        .select_related("area", "wider")
        .order_by("wider__name", "area__name")
    )
    functions = BodyFunction.objects.filter(place=area).select_related("body", "contact")
    lying = list(_services_in(area, day)[: MOST_SERVICES + 1])
    return AreaKept(
        area=area,
        around=[each for each in near if each.area_id == area.pk],
        inside=[each for each in near if each.wider_id == area.pk],
        functions=list(functions.order_by("function", "from_date", "body__name")),
        services=lying[:MOST_SERVICES],
        more=len(lying) > MOST_SERVICES,
    )


def _services_in(area: Area, day: date) -> QuerySet[Service]:
    """Return services that lie in an area itself, or where an authority of it hosts them."""
    lies = ServiceArea.objects.on(day).filter(service=OuterRef("pk"))
    hosts = BodyFunction.objects.on(day).filter(place=area).values("body")
    there: QuerySet[Service] = Service.objects.on(day).filter(
        Q(Exists(lies.filter(area=area))) | Q(~Exists(lies), host_authority__in=hosts)
        if area.kind == AreaKind.LOCAL_AUTHORITY
        else Q(Exists(lies.filter(area=area)))
    )
    return there.select_related("provider").order_by("name", "pk")


def areas_listed(day: date) -> QuerySet[Area]:
    """Return every area that there is on a day, with what it lies in and who does what there."""
    within = AreaWithin.objects.on(day).filter(area=OuterRef("pk")).order_by("wider__name")
    held = BodyFunction.objects.on(day).filter(place=OuterRef("pk")).order_by("function", "pk")
    found: QuerySet[Area] = Area.objects.on(day).annotate(
        kept_within=ArraySubquery(
            within.values(told=JSONObject(name="wider__name", name_cy="wider__name_cy"))
        ),
        kept_held=ArraySubquery(
            held.values(told=JSONObject(of="function", name="body__name", body="body"))
        ),
    )
    return found.order_by("kind", "name", "pk")


def group_kept(number: int) -> tuple[Group, list[GroupMember]] | None:
    """Return a group with everybody who belongs or belonged to it, or None. Two queries."""
    group = Group.objects.filter(pk=number).first()
    if group is None:
        return None
    members = group.members.select_related("body", "service__provider")
    return group, list(members.order_by("body__name", "service__name", "from_date"))
