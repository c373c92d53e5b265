"""Keeps machines out of the public form, before a session, a person or the database is asked.

Stands in front of everything that reads records. A flood of forms costs a few lines of arithmetic
each, so that the staff's pages go on being answered.
"""

import hashlib
import re
import time
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.html import escape

from candour.engine.words import Language
from candour.site import clock
from candour.telling.drafts import begun_here
from candour.telling.gate import Gate, Verdict
from candour.telling.puzzles import Puzzle, solved
from candour.web.limiting import sender
from candour.web.shared_counts import shared_counts
from candour.web.spoken import speaking
from candour.web.tell_frame import COOKIE, framed_by, sites_carried

ROOM: Final = "/tell/"
HONEYPOT: Final = "website"  # people do not see it, and leave it empty
PUZZLE, FOUND, ADDED, ANOTHER = "puzzle", "found", "added", "another"
TOO_MANY: Final = 429
NOT_OURS: Final = 403
LARGEST: Final = 200_000  # bytes of a form; the longest answers there may be are a quarter of it
TOO_LARGE: Final = 413
FAILED: Final = 500
UNAVAILABLE: Final = 503
_OWN: Final = frozenset({PUZZLE, FOUND, ADDED, ANOTHER, HONEYPOT})
_PLACES: Final = ("PUZZLE", "FIRST", "SECOND", "FIELDS", "ACTION")
WORK, HOLD = "tell/work.html", "tell/held.html"

gate = Gate(counts=shared_counts())


class TellGate:
    """Lets a request for the public form pass, or answers it with a little work."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request, unless it has to wait or to prove something first."""
        if not request.path.startswith(ROOM):
            return self.get_response(request)
        barred = _barred(request)
        answer = self.get_response(request) if barred is None else barred
        failed = request.method == "POST" and answer.status_code >= FAILED
        return _held(request) if failed else answer


def _barred(request: HttpRequest) -> HttpResponse | None:
    at = time.monotonic()
    if request.method != "POST":
        waits = gate.reads(sender(request), at) is Verdict.WAIT
        return HttpResponse(status=TOO_MANY, headers={"Retry-After": "60"}) if waits else None
    who = sender(request)
    begun = begun_here(request.COOKIES.get(COOKIE, ""))
    verdict = gate.sends(who, _browser(request), at, begun=begun)
    if _from_elsewhere(request):
        gate.was_bad(at)
        return HttpResponse(status=NOT_OURS)
    if _length(request) > LARGEST:
        gate.was_bad(at)
        return HttpResponse(status=TOO_LARGE)
    if verdict is Verdict.WAIT:
        return ask(request, clock.now(), why="wait")
    worked = _worked(request, who, at)
    if worked or (verdict is Verdict.PASS and not request.POST.get(HONEYPOT)):
        return None
    if request.POST.get(HONEYPOT):
        gate.was_bad(at)
    return ask(request, clock.now(), why="again" if request.POST.get(PUZZLE) else "")


def _length(request: HttpRequest) -> int:
    """Return how long a form says it is; Django refuses by itself what says nothing sensible."""
    said = request.META.get("CONTENT_LENGTH") or ""
    return int(said) if said.isascii() and said.isdigit() else 0


def _from_elsewhere(request: HttpRequest) -> bool:
    """Say whether the page of another site sent the form: browsers say so themselves."""
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    if site in ("cross-site", "same-site"):
        return True
    came = request.headers.get("Origin")
    return came is not None and came not in ("null", f"{request.scheme}://{request.get_host()}")


def _browser(request: HttpRequest) -> str:
    secret = request.COOKIES.get(COOKIE, "")
    return hashlib.sha256(secret.encode()).hexdigest()[:16] if secret else ""


def _worked(request: HttpRequest, who: str, at: float) -> bool:
    """Say whether the form comes with a piece of work that was not handed in before."""
    written = request.POST.get(PUZZLE, "")
    found, added = request.POST.get(FOUND, ""), request.POST.get(ADDED, "")
    if not written or not solved(written, found, added, clock.now()):
        return False
    if not gate.worked(written, _browser(request) or who, at):
        return False
    request.META[WORKED] = "yes"
    return True


WORKED: Final = "candour.telling.worked"


def has_worked(request: HttpRequest) -> bool:
    """Say whether this very form came with a piece of work."""
    return request.META.get(WORKED) == "yes"


def ask(request: HttpRequest, as_of: datetime, *, why: str = "") -> HttpResponse:
    """Return the page that asks for a little work and keeps what was typed.

    Args:
        request: what was sent; its fields go along.
        as_of: the present instant.
        why: “again” where the work was not right, “wait” where too much came from one place.
    """
    puzzle = Puzzle.new(as_of)
    told = {
        "PUZZLE": puzzle.written,
        "FIRST": str(puzzle.first),
        "SECOND": str(puzzle.second),
    }
    answer = _with_what_was_typed(request, WORK, why, told, TOO_MANY)
    answer["Retry-After"] = "60" if why == "wait" else "5"
    # A flood would fill the log as well: Django writes a line for each answer that refuses.
    answer._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001  # Django's own mark
    return answer


def _held(request: HttpRequest) -> HttpResponse:
    """Return the page for when the site fails: it holds what was typed, to be sent again."""
    answer = _with_what_was_typed(request, HOLD, "", {}, UNAVAILABLE)
    answer["Retry-After"] = "60"
    return answer


def _with_what_was_typed(
    request: HttpRequest, template: str, why: str, told: dict[str, str], status: int
) -> HttpResponse:
    language: Language = "cy" if "/cy/" in request.path else "en"
    page = _page(template, language, why)
    told = {**told, "FIELDS": _fields(request), "ACTION": escape(request.get_full_path())}
    # The places of one page are filled in one go: what was typed may name a place itself.
    filled = re.sub("@@([A-Z]+)@@", lambda place: told.get(place[1], ""), page)
    answer = HttpResponse(filled, status=status)
    answer["Cache-Control"] = "private, no-store"
    return framed_by(answer, sites_carried(request))


def _fields(request: HttpRequest) -> str:
    """Return what was typed as hidden fields, so that nobody types it again."""
    return "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, values in request.POST.lists()
        if name not in _OWN
        for value in values
    )


@cache
def _page(template: str, language: Language, why: str) -> str:
    """Return the page with places for what differs: made once, as a flood asks for it often."""
    places = {place.lower(): f"@@{place}@@" for place in _PLACES}
    with speaking(language):
        return str(render_to_string(template, {"why": why, "lang": language, **places}))
