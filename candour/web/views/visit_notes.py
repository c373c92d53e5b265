"""Noting down on a visit what is seen and heard, from a phone whose signal comes and goes.

The page works as any form does. With its script, a note is kept on the phone until this address has
said that it has it: by its number, so that one sent twice is recorded once.
"""

from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from candour.cases.actions import record
from candour.engine import Refusal
from candour.engine.visits import Visit
from candour.people.actor import Actor
from candour.web.forms.controls import Typed, first
from candour.web.forms.entry import KEY, Fault, typed_from
from candour.web.forms.visit_notes import NOTED_BY, read, shown
from candour.web.in_hand import InHand
from candour.web.presenters.visit_notes import note_lines
from candour.web.presenters.visit_ways import visit_place
from candour.web.sending import REFUSED
from candour.web.signed_in import signed_in_only
from candour.web.spoken import said
from candour.web.views.recording import no_post
from candour.web.views.visits import visit_of, visiting

KEPT, ANOTHER = 201, 403
WORKER = "candour/notes-worker.js"
LAST = ("area", "known_by")  # the next note is likely about the same, known in the same way


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def notes(request: HttpRequest, ref: str, visit: UUID) -> HttpResponse:
    """Show the form of a note with those so far, or record one."""
    hand = visiting(request, ref)
    if not hand.posts:
        return no_post(request, hand)
    held = visit_of(hand, visit)
    if held.plan is None or held.called_off:
        return redirect(visit_place(hand.case.ref, held))
    if request.method != "POST":
        return _page(request, hand, held, {name: [request.GET.get(name, "")] for name in LAST}, {})
    return _taken(request, hand, held, typed_from(request.POST))


def _taken(request: HttpRequest, hand: InHand, held: Visit, typed: Typed) -> HttpResponse:
    """Record the note that was sent, and answer the person or the script that sent it."""
    waits = _waits(request)
    if first(typed, NOTED_BY) not in ("", str(request.user.pk)):
        return _not_yours(request, hand, held, typed)
    faults = _recorded(hand, held, typed)
    if waits:
        return JsonResponse({"faults": list(faults.values())}, status=REFUSED if faults else KEPT)
    if faults:
        return _page(request, hand, held, typed, faults)
    messages.success(request, _("Noted."))
    again = urlencode({name: first(typed, name) for name in LAST})
    return redirect(f"{visit_place(hand.case.ref, held, 'visit-notes')}?{again}")


@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """Give the script that opens the page of notes without signal: the whole site is its room.

    A browser lets a script keep pages below its own address only, so it is not among the others.
    """
    found = finders.find(WORKER)
    words = Path(found).read_text(encoding="utf-8") if isinstance(found, str) else ""
    answer = HttpResponse(words, content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


def _waits(request: HttpRequest) -> bool:
    """Whether the script of the page waits for the answer, and no person does."""
    return request.headers.get("Accept", "") == "application/json"


def _not_yours(request: HttpRequest, hand: InHand, held: Visit, typed: Typed) -> HttpResponse:
    """Refuse what somebody else wrote on this phone: it is theirs to send."""
    words = _("Somebody else wrote this. They sign in themselves to send it.")
    if _waits(request):
        return JsonResponse({"faults": [words]}, status=ANOTHER)
    return _page(request, hand, held, typed, {"": words})


def _recorded(hand: InHand, held: Visit, typed: Typed) -> dict[str, str]:
    """Record a note, and return what kept it from being recorded, if anything did."""
    made = read(hand.standing, held, hand.posts[0], typed, hand.now)
    if isinstance(made, dict):
        return made
    # Whatever others noted meanwhile does not matter to it: notes stand beside one another.
    answer = record(
        case_id=hand.case.pk,
        actor=Actor.from_post(hand.posts[0]),
        draft=made,
        expected_seq=None,
        as_of=hand.now,
    )
    return {} if not isinstance(answer, Refusal) else _words(answer)


def _words(refusal: Refusal) -> dict[str, str]:
    found = {problem.field: problem.message for problem in refusal.problems}
    return found | {reason.field: said(reason.text) for reason in refusal.reasons}


def _page(
    request: HttpRequest, hand: InHand, held: Visit, typed: Typed, faults: dict[str, str]
) -> HttpResponse:
    # Asked for bare, it is kept on the phone: what was noted before stays off it.
    lines = [] if "bare" in request.GET else list(note_lines(hand.standing, held))
    context = {
        "case": hand.case,
        "premises": held.entry.data["premises"],
        "form": shown(hand.standing, held, typed, faults),
        "errors": [Fault(words, name) for name, words in faults.items()],
        "key": first(typed, KEY) or None,
        "lines": lines[::-1],
        "back": visit_place(hand.case.ref, held),
        "visit": held.entry.id,
        "who": request.user.pk,
    }
    status = REFUSED if faults else 200
    return render(request, "visits/notes.html", context, status=status)
