"""The signatures of a case: what is to be signed, by whom in which order, and signing it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from candour.cases.actions import Recorded, Stale
from candour.engine import Refusal
from candour.engine.london import local
from candour.people.actor import Actor
from candour.signing.actions import (
    Declining,
    Signing,
    decline,
    revoke_link,
    send_link,
    sign,
    withdraw,
)
from candour.signing.models import SignedCopy
from candour.signing.queries import Asked, Turn, request_of, requests_of
from candour.web.case_rooms import case_rooms
from candour.web.forms.asking import (
    options,
)
from candour.web.forms.controls import Typed, first
from candour.web.forms.entry import Fault, typed_from
from candour.web.in_hand import InHand, case_in_hand
from candour.web.presenters.signatures import request_line, request_page
from candour.web.sending import REFUSED
from candour.web.signed_in import signed_in_only
from candour.web.signed_papers import pdf_answer, site_of, statement
from candour.web.spoken import said, spoken
from candour.web.views.recording import no_post

ROOM = "case-signatures"


@require_safe
@signed_in_only
def signatures(request: HttpRequest, ref: str) -> HttpResponse:
    """Show every request for signatures in a case, and what can be put to be signed."""
    hand = case_in_hand(request, ref)
    found = requests_of(hand.case.pk)
    context = {
        "case": hand.case,
        "parts": case_rooms(hand.procedure, hand.case.ref, ROOM),
        "lines": [request_line(asked, hand.case.ref, hand.now) for asked in found],
        "options": options(hand.standing) if hand.posts else (),
    }
    return render(request, "cases/signatures.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def signature(request: HttpRequest, ref: str, number: UUID) -> HttpResponse:
    """Show a document that is to be signed or was; take a signature, or what else is done to it."""
    hand = case_in_hand(request, ref)
    asked = request_of(hand.case.pk, number)
    if asked is None:
        raise Http404
    if request.method != "POST":
        return _page(request, hand, asked)
    if not hand.posts:
        return no_post(request, hand)
    typed = typed_from(request.POST)
    match first(typed, "press"):
        case "sign":
            outcome = _sign(request, hand, asked, typed)
        case "decline":
            outcome = _decline(request, hand, asked, typed)
        case "withdraw":
            outcome = withdraw(
                case_id=hand.case.pk,
                actor=Actor.from_post(hand.posts[0]),
                request_id=number,
                reason=first(typed, "why"),
                as_of=hand.now,
            )
        case action:
            return _about_link(request, hand, asked, action, typed)
    return _done(request, hand, asked, typed, outcome)


def _actor(hand: InHand, turn: Turn) -> Actor:
    """Return the reader in the role in which they were asked, or else in their first post."""
    posts = hand.posts_for([turn.signatory.role])
    return Actor.from_post(posts[0])


def _own(request: HttpRequest, asked: Asked) -> Turn | None:
    mine = [turn for turn in asked.turns if turn.signatory.user_id == request.user.pk]
    return mine[0] if mine else None


def _sign(
    request: HttpRequest, hand: InHand, asked: Asked, typed: Typed
) -> Recorded | Refusal | Stale:
    turn = _own(request, asked)
    if turn is None:
        raise Http404
    signing = Signing(
        request_id=asked.request.pk,
        signatory_id=turn.signatory.pk,
        name=first(typed, "name"),
        agreed=first(typed, "intent") == "yes",
        language=spoken(),
    )
    return sign(
        case_id=hand.case.pk,
        actor=_actor(hand, turn),
        signing=signing,
        as_of=hand.now,
        site=site_of(request),
    )


def _decline(
    request: HttpRequest, hand: InHand, asked: Asked, typed: Typed
) -> Recorded | Refusal | Stale:
    turn = _own(request, asked)
    if turn is None:
        raise Http404
    return decline(
        case_id=hand.case.pk,
        actor=_actor(hand, turn),
        declining=Declining(asked.request.pk, turn.signatory.pk, first(typed, "reason")),
        as_of=hand.now,
    )


def _about_link(
    request: HttpRequest, hand: InHand, asked: Asked, action: str, typed: Typed
) -> HttpResponse:
    turn = asked.next
    wanted = first(typed, "signatory")
    if turn is None or not turn.signatory.outside or str(turn.signatory.pk) != wanted:
        raise Http404
    user_id = hand.posts[0].user_id
    if action == "send":
        send_link(asked, turn, made_by=user_id, as_of=hand.now, site=site_of(request))
        messages.success(request, _("A new link is on its way. The one before opens nothing now."))
    elif action == "revoke":
        name = hand.posts[0].user.name
        revoke_link(asked, turn, by=user_id, name=name, as_of=hand.now)
        messages.success(request, _("The link opens nothing any more."))
    return redirect(_address(hand, asked))


def _address(hand: InHand, asked: Asked) -> str:
    return reverse("case-signature", args=[hand.case.ref, asked.request.pk])


def _done(
    request: HttpRequest,
    hand: InHand,
    asked: Asked,
    typed: Typed,
    outcome: Recorded | Refusal | Stale,
) -> HttpResponse:
    if isinstance(outcome, Refusal):
        faults = {reason.field: said(reason.text) for reason in outcome.reasons if reason.field}
        plain = [said(reason.text) for reason in outcome.reasons if not reason.field]
        plain += [problem.message for problem in outcome.problems]
        return _page(request, hand, asked, typed, faults, plain)
    if isinstance(outcome, Recorded):
        messages.success(request, _done_words(first(typed, "press")))
    return redirect(_address(hand, asked))


def _done_words(action: str) -> str:
    return {
        "sign": _("Signed. It is recorded in the case."),
        "decline": _("You declined. The reason is recorded in the case."),
    }.get(action, _("The request is withdrawn. The reason is recorded in the case."))


def _page(
    request: HttpRequest,
    hand: InHand,
    asked: Asked,
    typed: Typed | None = None,
    faults: dict[str, str] | None = None,
    barred: Sequence[str] = (),
) -> HttpResponse:
    typed, faults = typed or {}, faults or {}
    errors = [Fault(words, name) for name, words in faults.items()] + [Fault(w) for w in barred]
    context = {
        "case": hand.case,
        "page": request_page(asked, hand.case.ref, hand.now, request.user.pk),
        "may_act": bool(hand.posts),
        "statement": statement(),
        "typed": {name: first(typed, name) for name in ("name", "intent", "reason", "why")},
        "wrong": faults,
        "errors": errors,
        "number": asked.request.pk,
    }
    status = REFUSED if errors else 200
    return render(request, "cases/signature.html", context, status=status)


@require_safe
@signed_in_only
def document(request: HttpRequest, ref: str, number: UUID) -> HttpResponse:
    """Give the document as it was fixed; once all have signed, with their names under it."""
    hand = case_in_hand(request, ref)
    asked = request_of(hand.case.pk, number)
    if asked is None:
        raise Http404
    copy = SignedCopy.objects.filter(request_id=number).first()
    file = bytes(copy.pdf) if copy else bytes(asked.document.pdf)
    return pdf_answer(file, f"{hand.case.ref}-{_moment_name(asked.request.asked_at)}.pdf")


def _moment_name(moment: datetime) -> str:
    return local(moment).strftime("%Y-%m-%d-%H%M")
