"""People outside a case: who was invited, what they see and said; sending a link, revoking."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from candour.cases.actions import Recorded
from candour.engine import Refusal
from candour.people.actor import Actor
from candour.portal.actions import revoke, send_link
from candour.portal.queries import Invited, invitation_of, invitations_of
from candour.web.case_rooms import case_rooms
from candour.web.forms.entry import Fault
from candour.web.in_hand import InHand, case_in_hand
from candour.web.presenters.outside import Looking, outside_page_of
from candour.web.presenters.portal import invited_line, people_outside_of
from candour.web.sending import REFUSED
from candour.web.signed_in import signed_in_only
from candour.web.signed_papers import site_of
from candour.web.spoken import said
from candour.web.views.recording import no_post

ROOM = "case-portal"


@require_safe
@signed_in_only
def people_outside(request: HttpRequest, ref: str) -> HttpResponse:
    """Show everybody outside who was invited to a case, and what waits for somebody here."""
    hand = case_in_hand(request, ref)
    context = {
        "case": hand.case,
        "parts": case_rooms(hand.procedure, hand.case.ref, ROOM),
        "page": people_outside_of(hand.standing, invitations_of(hand.case.pk), hand.sight),
        "may_act": hand.sight.leads,
    }
    return render(request, "cases/portal.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def one_outside(request: HttpRequest, ref: str, number: UUID) -> HttpResponse:
    """Show one invitation and what its holder sees; send a new link, or revoke it."""
    hand = case_in_hand(request, ref)
    invited = invitation_of(hand.case.pk, number)
    if invited is None:
        raise Http404
    if request.method != "POST":
        return _page(request, hand, invited)
    if not hand.leading:
        return no_post(request, hand)
    if request.POST.get("press") == "revoke":
        return _revoke(request, hand, invited)
    made_by = hand.leading[0].user_id
    if send_link(invited, made_by=made_by, as_of=hand.now, site=site_of(request)):
        messages.success(request, _("A new link is on its way; earlier ones open nothing now."))
    else:
        messages.error(request, _("No link was sent: five were today, or the invitation is over."))
    return redirect("portal-one", ref=hand.case.ref, number=number)


def _revoke(request: HttpRequest, hand: InHand, invited: Invited) -> HttpResponse:
    outcome = revoke(
        case_id=hand.case.pk,
        actor=Actor.from_post(hand.leading[0]),
        number=invited.invitation.pk,
        reason=request.POST.get("reason", ""),
        as_of=hand.now,
    )
    if isinstance(outcome, Recorded):
        messages.success(request, _("The invitation is revoked: nothing of it opens any more."))
        return redirect("portal-one", ref=hand.case.ref, number=invited.invitation.pk)
    faults: list[Fault] = []
    if isinstance(outcome, Refusal):
        faults = [Fault(said(reason.text), reason.field) for reason in outcome.reasons]
        faults += [Fault(problem.message) for problem in outcome.problems]
    return _page(request, hand, invited, faults)


def _page(
    request: HttpRequest, hand: InHand, invited: Invited, errors: list[Fault] | None = None
) -> HttpResponse:
    looking = Looking(hand.standing, invited.invitation, hand.now, {})
    context = {
        "case": hand.case,
        "line": invited_line(hand.standing, invited, hand.sight),
        "seen": outside_page_of(looking),
        "errors": errors or [],
        "typed": request.POST.get("reason", ""),
        "wrong": {fault.field: fault.words for fault in errors or () if fault.field},
    }
    return render(request, "cases/portal_one.html", context, status=REFUSED if errors else 200)
