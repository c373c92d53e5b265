"""A case whose procedure this release does not have: said plainly, with what to do."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from candour.cases.procedures import ProcedureUnavailable

UNAVAILABLE = 503
_log = logging.getLogger(__name__)


class ProcedureGone:
    """Answers what cannot be shown for want of a version of a procedure."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the answer to a request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the page that says which version is gone, or leave other faults to others."""
        if not isinstance(exception, ProcedureUnavailable):
            return None
        _log.error("%s: %s", request.path, exception)
        return render(request, "errors/procedure.html", {"gone": exception}, status=UNAVAILABLE)
