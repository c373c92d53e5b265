"""The API put together: its parts, its description, and how it refuses."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from candour.api import cases, duties, procedures, recommendations, restrictions
from candour.api.admission import Tokens
from candour.api.faults import PROBLEM, Refused, malformed, not_admitted, of_http, refused

DESCRIPTION = (
    "What other programs may read of an organisation’s cases. Each request carries a token that a "
    "person made under Settings, Programs; it reads what that person may read at one organisation, "
    "in the parts that were ticked for it, and nothing is ever written."
)


class _Api(NinjaAPI):
    """Ninja’s API, whose answers nobody keeps."""

    def create_response(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> HttpResponse:
        """Return an answer that is kept by no cache and found by no search engine."""
        answer: HttpResponse = super().create_response(request, *args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        answer["Cache-Control"] = "no-store"
        answer["X-Robots-Tag"] = "noindex"
        return answer

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:  # noqa: ANN401  # handed on as it came
        """Return the description, in which refusals are problem details."""
        told = super().get_openapi_schema(**kwargs)
        for methods in told["paths"].values():
            for answer in methods["get"]["responses"].items():
                _as_problem(*answer)
        return told


def _as_problem(status: int | str, answer: dict[str, Any]) -> None:
    content = answer.get("content", {})
    if int(status) >= HTTPStatus.BAD_REQUEST and "application/json" in content:
        content[PROBLEM] = content.pop("application/json")


api = _Api(
    title="Candour",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api-v1",
    docs_url=None,
    auth=Tokens(None),
)
for room in (cases, duties, restrictions, recommendations, procedures):
    api.add_router("", room.router)
FAULTS: dict[type[Exception], Callable[..., HttpResponse]] = {
    Refused: refused,
    AuthenticationError: not_admitted,
    ValidationError: malformed,
    HttpError: of_http,
}
for sort, answer_to in FAULTS.items():
    api.add_exception_handler(sort, answer_to)
