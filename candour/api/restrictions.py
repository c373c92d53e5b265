"""Restrictions as they stood, and whether somebody may be placed in a service."""

from collections.abc import Sequence
from datetime import date
from http import HTTPStatus
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router

from candour.api.admission import Tokens, admitted
from candour.api.faults import Refused
from candour.api.models import Part
from candour.api.paging import MOST
from candour.api.shapes import (
    PlacingShape,
    ProblemShape,
    ReasonShape,
    RestrictedPageShape,
    RestrictedShape,
    RestrictionShape,
    Said,
    ServiceShape,
    ServicesShape,
)
from candour.bodies.models import Service
from candour.bodies.queries import services_on
from candour.cases.queries.placing import Stood, Window, restricted_on, stood_at
from candour.directory.merging import standing
from candour.engine import Words
from candour.engine.london import local
from candour.engine.placing import Placement, answer_of, choices_of
from candour.engine.restrictions import title_of

router = Router(tags=["Restrictions"], auth=Tokens(Part.RESTRICTIONS))
LARGEST = 2**63 - 1
FIRST, LAST = date(1900, 1, 1), date(2999, 12, 31)
PROBLEMS = frozenset({401, 403, 404, 422, 429})
Day = Annotated[
    date | None, Query(ge=FIRST, le=LAST, description="A London day; today if left out.")
]
Text = Annotated[str, Query(max_length=100, pattern="^[^\\x00]*$")]
MOST_SERVICES = 50


@router.get("/services", response={200: ServicesShape, PROBLEMS: ProblemShape})
def services(request: HttpRequest, name: Text) -> ServicesShape:
    """Find services open today by words of their name: other questions take their numbers."""
    asker = admitted(request)
    with asker.acting():
        there = standing(services_on(local(asker.moment).date(), search=name))
        found = there.order_by("name", "pk")
        return ServicesShape(
            services=[
                ServiceShape(
                    id=each.pk,
                    name=Said.both(each.name, each.name_cy),
                    provider=Said.both(each.provider.name, each.provider.name_cy),
                )
                for each in found[:MOST_SERVICES]
            ]
        )


@router.get("/restrictions", response={200: RestrictedPageShape, PROBLEMS: ProblemShape})
def restrictions(
    request: HttpRequest,
    on: Day = None,
    name: Text = "",
    after: Annotated[str, Query(max_length=1000)] = "",
    size: Annotated[int, Query(ge=1, le=MOST)] = MOST,
) -> RestrictedPageShape:
    """List the restrictions that stood on a day, service by service, by name."""
    asker = admitted(request)
    with asker.acting():
        found = restricted_on(
            bodies=[asker.body.pk],
            window=Window.of(on, asker.moment),
            search=name,
            after=after,
            size=size,
        )
    return RestrictedPageShape(
        on=on or local(asker.moment).date(),
        services=[
            RestrictedShape(
                service=each.service_id,
                name=Said.both(each.name, each.name_cy),
                restrictions=[restriction_shape(stood) for stood in each.stood],
            )
            for each in found.services
        ],
        next=found.next,
    )


@router.get("/restrictions/may-place", response={200: PlacingShape, PROBLEMS: ProblemShape})
def may_place(
    request: HttpRequest,
    service: Annotated[int, Query(ge=1, le=LARGEST)],
    on: Day = None,
    care_type: Text = "",
    funder: Text = "",
    complexity: Text = "",
    unit: Text = "",
) -> PlacingShape:
    """Answer whether somebody may be placed in a service on a day.

    What is left open is never taken for a yes: the answer is then “ask”. “yes” says that nothing on
    record stands against it, in the cases that the body leads or shares.
    """
    asker = admitted(request)
    with asker.acting():
        if not Service.objects.filter(pk=service).exists():
            raise Refused(
                HTTPStatus.NOT_FOUND,
                "There is no such service",
                "The directory has none of this number. Find it under /api/v1/services?name=…",
            )
        stood = stood_at(service, Window.of(on, asker.moment))
    placement = Placement(care_type=care_type, unit=unit, funder=funder, complexity=complexity)
    _check(placement, stood)
    placing = answer_of([each.restriction for each in stood], placement)
    by = {each.restriction.imposed_by: each for each in stood}
    return PlacingShape(
        service=service,
        on=on or local(asker.moment).date(),
        answer=placing.answer,
        reasons=[
            ReasonShape(
                answer=reason.answer,
                hangs_on=list(reason.unknown),
                restriction=restriction_shape(by[reason.restriction.imposed_by]),
            )
            for reason in placing.reasons
        ],
        told_as_of=asker.moment,
    )


def _check(placement: Placement, stood: Sequence[Stood]) -> None:
    """Refuse what no procedure of these cases knows, as it would be taken for a yes.

    Raises:
        Refused: a type of care, funder or complexity is none of theirs.
    """
    offered = [choices_of(each.procedure) for each in stood if each.procedure]
    for side in ("care_type", "funder", "complexity"):
        value = getattr(placement, side)
        known = {choice.id for choices in offered for choice in choices[side]}
        if value and known and value not in known:
            raise Refused(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                f"“{value}” is no {side}",
                f"The cases about this service know: {', '.join(sorted(known))}. Leave it out if "
                "you do not know.",
            )


def restriction_shape(each: Stood) -> RestrictionShape:
    """Return a restriction as the API gives it."""
    held = each.restriction
    title = title_of(each.procedure, held) if each.procedure else Words(held.restriction)
    return RestrictionShape(
        case=each.ref,
        led_by=Said.both(each.body, each.body_cy),
        kind=held.restriction,
        title=Said.of(title),
        scope=held.scope,
        care_types=list(held.care_types),
        complexities=list(held.complexities),
        units=list(held.units),
        funders=list(held.funders),
        since=held.since,
        reviewed_at=held.reviewed_at,
        stood_from=each.begins,
        stood_until=each.ends,
    )
