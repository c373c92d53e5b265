"""What is due in the cases that the token’s body leads."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router

from candour.api.admission import Tokens, admitted
from candour.api.models import Part
from candour.api.paging import MOST, unknown_page
from candour.api.shapes import DutiesShape, DutyShape, ProblemShape, Said
from candour.cases.queries import DueItem, Group, Scope, worklist
from candour.cases.queries.worklist import UnknownPage

router = Router(tags=["What is due"], auth=Tokens(Part.DUTIES))


@router.get("/duties", response={200: DutiesShape, frozenset({401, 403, 422, 429}): ProblemShape})
def duties(
    request: HttpRequest,
    whose: Scope = Scope.BODY,
    group: Group | None = None,
    after: Annotated[str, Query(max_length=100)] = "",
    size: Annotated[int, Query(ge=1, le=MOST)] = MOST,
) -> DutiesShape:
    """List what is owed, soonest first: by the body, or by the person’s own roles."""
    asker = admitted(request)
    with asker.acting():
        try:
            found = worklist(
                posts=asker.posts,
                scope=whose,
                as_of=asker.moment,
                after=after,
                group=group,
                size=size,
            )
        except UnknownPage as fault:
            raise unknown_page() from fault
    return DutiesShape(duties=[_shape(item) for item in found.items], next=found.next)


def _shape(item: DueItem) -> DutyShape:
    return DutyShape(
        case=item.ref,
        duty=item.duty_id,
        title=Said.both(item.title, item.title_cy),
        owner=item.owner_role,
        due_on=item.due_on,
        due_at=item.due_at,
        late_from=item.late_from,
        group=item.group.value,
    )
