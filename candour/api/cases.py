"""Cases that the token’s body leads or shares."""

from enum import StrEnum
from http import HTTPStatus
from typing import Annotated

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router

from candour.api.admission import Tokens, admitted
from candour.api.faults import Refused
from candour.api.models import Part
from candour.api.paging import MOST, unknown_page
from candour.api.restrictions import restriction_shape
from candour.api.shapes import CaseShape, CasesShape, DutyShape, OneCaseShape, ProblemShape, Said
from candour.cases.models import Case, CaseDuty, DutyState
from candour.cases.queries import case_by_ref
from candour.cases.queries.due_rows import bounds_at, group_of
from candour.cases.queries.placing import of_case
from candour.directory.merging import same_service
from candour.engine import Words
from candour.policies import PackError, load_version

router = Router(tags=["Cases"], auth=Tokens(Part.CASES))
LARGEST = 2**63 - 1


class State(StrEnum):
    """Which cases a list is asked for."""

    OPEN = "open"
    CLOSED = "closed"
    ALL = "all"


@router.get("/cases", response={200: CasesShape, frozenset({401, 403, 422, 429}): ProblemShape})
def cases(
    request: HttpRequest,
    state: State = State.OPEN,
    service: Annotated[int | None, Query(ge=1, le=LARGEST)] = None,
    after: Annotated[str, Query(max_length=20)] = "",
    size: Annotated[int, Query(ge=1, le=MOST)] = MOST,
) -> CasesShape:
    """List the cases that the body leads or shares, the last opened first."""
    if after and not (after.isascii() and after.isdigit() and int(after) <= LARGEST):
        raise unknown_page()
    with admitted(request).acting():
        found = list(_matching(state, service, after)[: size + 1])
        return CasesShape(
            cases=[_shape(case) for case in found[:size]],
            next=str(found[size - 1].pk) if len(found) > size else "",
        )


def _matching(state: State, service: int | None, after: str) -> QuerySet[Case]:
    found = Case.objects.select_related("body").order_by("-pk")
    if state is not State.ALL:
        found = found.filter(closed_at__isnull=state is State.OPEN)
    if service is not None:
        found = found.filter(service__in=same_service(service))
    return found.filter(pk__lt=int(after)) if after else found


@router.get(
    "/cases/{ref}",
    response={200: OneCaseShape, frozenset({401, 403, 404, 422, 429}): ProblemShape},
)
def one_case(request: HttpRequest, ref: str) -> OneCaseShape:
    """Give one case with what is due in it and the restrictions in force."""
    asker = admitted(request)
    with asker.acting():
        case = case_by_ref(ref)
        if case is None:
            raise Refused(
                HTTPStatus.NOT_FOUND,
                "There is no such case",
                "None of this number is led by the token’s body or shared with it.",
            )
        bounds = bounds_at(asker.moment)
        due = CaseDuty.objects.filter(case=case, state=DutyState.OPEN).order_by("sorts_at", "pk")
        return OneCaseShape(
            **_shape(case).model_dump(),
            step_title=Said.of(_step(case)),
            due=[
                DutyShape(
                    case=case.ref,
                    duty=owed.duty_id,
                    title=Said.both(owed.title, owed.title_cy),
                    owner=owed.owner_role,
                    due_on=owed.due_on,
                    due_at=owed.due_at,
                    late_from=owed.late_from,
                    group=group_of(owed.sorts_at, bounds).value,
                )
                for owed in due
            ],
            restrictions=[
                restriction_shape(each) for each in of_case(case.pk) if each.ends is None
            ],
        )


def _shape(case: Case) -> CaseShape:
    return CaseShape(
        ref=case.ref,
        title=case.title,
        led_by=case.body.slug,
        service=case.service_id,
        procedure=case.procedure,
        version=case.version,
        step=case.step,
        opened_at=case.opened_at,
        closed_at=case.closed_at,
    )


def _step(case: Case) -> Words:
    """Return the title of a case’s step; its id where this release has not its procedure."""
    try:
        step = load_version(case.procedure, case.version).steps.get(case.step)
    except PackError:
        step = None
    return step.title if step else Words(case.step)
