"""Letting another body into a case from the page of its sharings, and ending it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from candour.cases.actions import (
    Recorded,
    Sharing,
    Stale,
    end_share,
    may_be_shared_with,
    share_case,
)
from candour.engine import Refusal
from candour.engine.partners import Share, shares
from candour.people.actor import Actor
from candour.web.forms import partnering as forms
from candour.web.forms.controls import Typed, first
from candour.web.forms.entry import KEY, Fault, typed_from
from candour.web.forms.reading import words
from candour.web.in_hand import InHand, case_in_hand
from candour.web.presenters.partners import partner_line
from candour.web.sending import REFUSED, seq_of
from candour.web.signed_in import signed_in_only
from candour.web.spoken import said
from candour.web.views.recording import no_post


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def share_with(request: HttpRequest, ref: str) -> HttpResponse:
    """Show the form, or let a body into the case."""
    hand = case_in_hand(request, ref)
    if not hand.leading:
        return no_post(request, hand)
    if request.method != "POST":
        return _form(request, hand, {}, {})
    typed = typed_from(request.POST)
    made = forms.read(hand.procedure, typed)
    if isinstance(made, dict):
        return _form(request, hand, typed, made)
    outcome = share_case(
        case_id=hand.case.pk,
        actor=Actor.from_post(hand.leading[0]),
        sharing=Sharing(
            first(typed, KEY),
            made.body,
            made.seen_as,
            made.purpose,
            made.legal_basis,
            made.until,
        ),
        expected_seq=seq_of(typed),
        as_of=hand.now,
    )
    if isinstance(outcome, Recorded):
        name = outcome.entry.data["with_body"]
        messages.success(request, _("%(body)s sees the case from now on.") % {"body": name})
        return redirect("case-sharing", ref=hand.case.ref)
    faults, more = _why(outcome)
    return _form(request, hand, typed, faults, more)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def end_sharing(request: HttpRequest, ref: str, entry: UUID) -> HttpResponse:
    """Ask why a body is to see the case no more, or end it."""
    hand = case_in_hand(request, ref)
    known = next((s for s in shares(hand.standing.by_kind) if s.entry.id == str(entry)), None)
    if known is None:
        raise Http404
    if not hand.leading:
        return no_post(request, hand)
    if request.method != "POST":
        return _ending(request, hand, known, {}, [])
    reason = words(request.POST.get(forms.REASON, ""))
    if not reason:
        return _ending(request, hand, known, {forms.REASON: _("Say why it is to end")}, [])
    outcome = end_share(
        case_id=hand.case.pk,
        actor=Actor.from_post(hand.leading[0]),
        share=known.entry.id,
        reason=reason,
        draft_id=request.POST.get(KEY, ""),
        as_of=hand.now,
    )
    if isinstance(outcome, Recorded):
        name = known.entry.data["with_body"]
        messages.success(request, _("%(body)s sees the case no more.") % {"body": name})
        return redirect("case-sharing", ref=hand.case.ref)
    return _ending(request, hand, known, *_why(outcome))


def _ending(
    request: HttpRequest, hand: InHand, share: Share, faults: dict[str, str], more: list[str]
) -> HttpResponse:
    context = {
        "case": hand.case,
        "line": partner_line(hand.standing, share, hand.sight),
        "typed": request.POST.get(forms.REASON, ""),
        "wrong": faults,
        "errors": _errors(faults, more),
        "key": request.POST.get(KEY) or None,
    }
    status = REFUSED if more or faults else 200
    return render(request, "cases/share_end.html", context, status=status)


def _why(outcome: Refusal | Stale) -> tuple[dict[str, str], list[str]]:
    """Return what is wrong under each field's name, and what is wrong with the whole."""
    if isinstance(outcome, Stale):
        return {}, [_("Somebody recorded something meanwhile. Look at what you chose once more.")]
    faults = {reason.field: said(reason.text) for reason in outcome.reasons if reason.field}
    more = [said(reason.text) for reason in outcome.reasons if not reason.field]
    return faults, more + [problem.message for problem in outcome.problems]


def _errors(faults: dict[str, str], more: list[str]) -> list[Fault]:
    return [*(Fault(said_, name) for name, said_ in faults.items()), *map(Fault, more)]


def _form(
    request: HttpRequest,
    hand: InHand,
    typed: Typed,
    faults: dict[str, str],
    more: list[str] | None = None,
) -> HttpResponse:
    bodies = may_be_shared_with(hand.case, hand.standing, hand.now)
    errors = _errors(faults, more or [])
    context = {
        "case": hand.case,
        "controls": forms.shown(hand.procedure, bodies, typed, faults),
        "nobody": not bodies,
        "errors": errors,
        "key": first(typed, KEY) or None,
        "seq": len(hand.standing.recorded),
    }
    return render(request, "cases/share.html", context, status=REFUSED if errors else 200)
