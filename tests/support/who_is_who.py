"""A county with an area, a council with desks by day and night, and the keeper of a directory."""

from candour.bodies.models import (
    Area,
    AreaWithin,
    Body,
    BodyFunction,
    Contact,
    Service,
    ServiceArea,
)
from candour.people.models import Post, User


def make_keeper(user: User, body: Body) -> None:
    """Let somebody keep the directory."""
    Post.objects.create(user=user, body=body, role="directory_keeper")


def make_area(code: str = "W06000015", name: str = "Cardiff", wider: Area | None = None) -> Area:
    """Return an area, within another if one is given."""
    area = Area.objects.create(code=code, name=name, kind="local_authority", nation="wales")
    if wider is not None:
        AreaWithin.objects.create(area=area, wider=wider)
    return area


def make_routes(council: Body, service: Service, area: Area) -> Contact:
    """Let a council safeguard and commission in an area where a service lies; return its desk."""
    night = Contact.objects.create(
        body=council,
        role="out_of_hours",
        name="Night team",
        phone="029 2018 0112",
        hours="out of hours",
    )
    desk = Contact.objects.create(
        body=council,
        role="safeguarding",
        name="Duty desk",
        phone="029 2018 0111",
        hours="Mon-Fri 08:30-17:00; closed on bank holidays in Wales",
        taken_over_by=night,
    )
    for function in ("safeguarding", "commissioner"):
        BodyFunction.objects.create(
            body=council, function=function, area=area.name, place=area, contact=desk
        )
    ServiceArea.objects.create(service=service, area=area)
    return desk
