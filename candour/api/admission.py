"""Who comes in: whoever sends a token, to the parts that were ticked for it."""

from datetime import timedelta
from http import HTTPStatus
from math import ceil
from typing import cast

from django.http import HttpRequest
from ninja.security import HttpBearer

from candour.api.faults import Refused
from candour.api.models import Part
from candour.api.tokens import A_MINUTE, Admitted, Shut, admit
from candour.site import clock


class AdmittedRequest(HttpRequest):
    """A request that a token was sent with; `auth` is what it opens."""

    auth: Admitted


class Tokens(HttpBearer):
    """Takes the token of a request for one part, and refuses with a reason."""

    def __init__(self, part: Part | None) -> None:
        super().__init__()
        self.part = part

    def authenticate(self, _request: HttpRequest, token: str) -> Admitted:
        """Return what the token opens.

        Raises:
            Refused: it opens nothing, is asked too often, or does not read this part.
        """
        found = admit(token, clock.now())
        if isinstance(found, Shut):
            raise _shut(found)
        if self.part is not None and self.part not in found.parts:
            raise Refused(
                HTTPStatus.FORBIDDEN,
                "This token does not read that",
                f"It was made without “{self.part.label}”. Make one that may read it under "
                "Settings, Programs.",
            )
        return found


def admitted(request: HttpRequest) -> Admitted:
    """Return what the token of a request opens."""
    return cast("AdmittedRequest", request).auth


def _shut(found: Shut) -> Refused:
    if found.why == "often":
        now = clock.now()
        minute = now.replace(second=0, microsecond=0) + timedelta(minutes=1)
        return Refused(
            HTTPStatus.TOO_MANY_REQUESTS,
            "Too many requests",
            f"A token may ask {A_MINUTE} times a minute. Wait for the next minute.",
            {"Retry-After": str(max(1, ceil((minute - now).total_seconds())))},
        )
    if found.why == "left":
        return Refused(
            HTTPStatus.FORBIDDEN,
            "The person of this token works there no more",
            "Whoever made it holds no post today at the organisation that it was made for. "
            "Somebody who does can make another, under Settings, Programs.",
        )
    return Refused(
        HTTPStatus.UNAUTHORIZED,
        "This token opens nothing",
        "It is not one of this site, has expired, or was revoked. Make another under Settings, "
        "Programs.",
        {"WWW-Authenticate": 'Bearer error="invalid_token"'},
    )
