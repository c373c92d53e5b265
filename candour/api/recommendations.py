"""Recommendations in the cases that the token’s body leads, and how they were answered."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router

from candour.api.admission import Tokens, admitted
from candour.api.models import Part
from candour.api.paging import MOST, unknown_page
from candour.api.shapes import ProblemShape, RecommendationShape, RecommendationsShape, Said
from candour.cases.queries.recipients import (
    Basis,
    RecipientItem,
    UnknownPage,
    Which,
    recipients_page,
)
from candour.publishing.queries import published_among

router = Router(tags=["Recommendations"], auth=Tokens(Part.RECOMMENDATIONS))
Text = Annotated[str, Query(max_length=300, pattern="^[^\\x00]*$")]


@router.get(
    "/recommendations",
    response={200: RecommendationsShape, frozenset({401, 403, 422, 429}): ProblemShape},
)
def recommendations(
    request: HttpRequest,
    which: Which = Which.ALL,
    to: Text = "",
    basis: Basis | None = None,
    after: Annotated[str, Query(max_length=100)] = "",
    size: Annotated[int, Query(ge=1, le=MOST)] = MOST,
) -> RecommendationsShape:
    """List whom something was put to, on what basis, when an answer is due and what came of it."""
    asker = admitted(request)
    with asker.acting():
        try:
            items, following = recipients_page(
                bodies=[asker.body.pk],
                which=which,
                as_of=asker.moment,
                name=to,
                basis=basis,
                after=after,
                size=size,
            )
        except UnknownPage as fault:
            raise unknown_page() from fault
        public = published_among(item.put_by for item in items)
    return RecommendationsShape(
        recommendations=[
            _shape(
                item,
                late=item.late_from is not None and item.late_from <= asker.moment,
                published=item.put_by in public,
            )
            for item in items
        ],
        next=following,
    )


def _shape(item: RecipientItem, *, late: bool, published: bool) -> RecommendationShape:
    return RecommendationShape(
        case=item.ref,
        put_by=item.put_by,
        to=item.name,
        basis=item.basis,
        asked=item.asked,
        received_on=item.received_on,
        acknowledge_by=item.acknowledge_by,
        acknowledged_on=item.acknowledged_on,
        due_on=item.due_on,
        why_then=Said.both(item.because, item.because_cy),
        late=late,
        state=item.state,
        answered_on=item.answered_on,
        answered_late=item.answered_late,
        intends=Said.both(item.intends, item.intends_cy),
        said=item.said,
        published=published,
    )
