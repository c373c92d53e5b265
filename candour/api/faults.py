"""Answers to requests that cannot be met: what is wrong and what to do (RFC 9457)."""

from collections.abc import Mapping
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja.errors import AuthenticationError, HttpError, ValidationError

PROBLEM = "application/problem+json"


class Refused(Exception):
    """A request that is answered with a problem.

    Attributes:
        status: the answer’s.
        title: what is wrong, in a few words.
        detail: where, and what to do.
        headers: further headers of the answer.
    """

    def __init__(
        self,
        status: HTTPStatus,
        title: str,
        detail: str,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(title)
        self.status, self.title, self.detail = status, title, detail
        self.headers = dict(headers or {})


def refused(_request: HttpRequest, fault: Refused) -> HttpResponse:
    """Return the answer to a request that was refused."""
    return problem(fault.status, fault.title, fault.detail, headers=fault.headers)


def not_admitted(_request: HttpRequest, _fault: AuthenticationError) -> HttpResponse:
    """Return the answer to a request without a token."""
    return problem(
        HTTPStatus.UNAUTHORIZED,
        "No token",
        "Send the header “Authorization: Bearer candour_…”. A token is made under Settings, "
        "Programs.",
        headers={"WWW-Authenticate": "Bearer"},
    )


def malformed(_request: HttpRequest, fault: ValidationError) -> HttpResponse:
    """Return the answer to a request whose parameters cannot be read."""
    errors = [
        {"where": ".".join(str(part) for part in each["loc"]), "what": str(each["msg"])}
        for each in fault.errors
    ]
    return problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "A parameter cannot be read",
        "Look at what is named under “errors”; the description at /api/v1/openapi.json says what "
        "each takes.",
        errors=errors,
    )


def of_http(_request: HttpRequest, fault: HttpError) -> HttpResponse:
    """Return the answer to any other fault of a request."""
    status = HTTPStatus(fault.status_code)
    return problem(status, status.phrase, str(fault))


def problem(
    status: HTTPStatus,
    title: str,
    detail: str,
    *,
    errors: list[dict[str, str]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Return an answer that says what is wrong, as problem details."""
    said: dict[str, object] = {
        "type": "about:blank",
        "title": title,
        "status": status.value,
        "detail": detail,
    }
    if errors:
        said["errors"] = errors
    answer = JsonResponse(said, status=status.value, content_type=PROBLEM)
    for name, value in (headers or {}).items():
        answer[name] = value
    return answer
