"""The procedures of this site: their steps, and what is due when by them."""

from http import HTTPStatus

from django.http import HttpRequest
from ninja import Router

from candour import policies
from candour.api.admission import Tokens
from candour.api.faults import Refused
from candour.api.models import Part
from candour.api.shapes import (
    ClockShape,
    OneProcedureShape,
    ProblemShape,
    ProcedureShape,
    ProceduresShape,
    Said,
    StepShape,
)
from candour.engine import Procedure, Words

router = Router(tags=["Procedures"], auth=Tokens(Part.PROCEDURES))


@router.get(
    "/procedures",
    response={200: ProceduresShape, frozenset({401, 403, 429}): ProblemShape},
)
def procedures(request: HttpRequest) -> ProceduresShape:  # noqa: ARG001  # what Ninja calls with
    """List the procedures under which cases can be opened here."""
    found = (_usable(name) for name in policies.available())
    return ProceduresShape(
        procedures=[_shape(each) for each in found if each is not None and not each.is_base]
    )


@router.get(
    "/procedures/{name}",
    response={200: OneProcedureShape, frozenset({401, 403, 404, 422, 429}): ProblemShape},
)
def one_procedure(
    request: HttpRequest,  # noqa: ARG001  # what Ninja calls with
    name: str,
) -> OneProcedureShape:
    """Give one procedure with its steps, and its duties with the words of their clocks."""
    found = _usable(name) if name in policies.available() else None
    if found is None:
        raise Refused(
            HTTPStatus.NOT_FOUND,
            "There is no such procedure",
            "This site has none of this name. /api/v1/procedures lists them.",
        )
    return OneProcedureShape(
        **_shape(found).model_dump(),
        steps=[StepShape(id=each.id, title=Said.of(each.title)) for each in found.steps.values()],
        duties=[
            ClockShape(
                id=each.id,
                title=Said.of(each.title),
                due=Said.of(Words(each.clock.words("en"), each.clock.words("cy"))),
                owner=each.owner,
                clauses=list(each.clauses),
            )
            for each in found.duties.values()
        ],
    )


def _usable(name: str) -> Procedure | None:
    try:
        return policies.load(name)
    except policies.PackError:
        return None


def _shape(found: Procedure) -> ProcedureShape:
    return ProcedureShape(
        name=found.name,
        title=Said.of(found.title),
        version=found.version,
        nation=found.nation,
        valid_from=found.valid_from,
        valid_to=found.valid_to,
    )
