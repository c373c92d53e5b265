"""Inviting somebody outside: the form, and what became of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from candour.cases.actions import Recorded, Stale
from candour.engine import Refusal
from candour.engine.london import local
from candour.letters.directory import directory_of
from candour.letters.resolving import named_in
from candour.people.actor import Actor
from candour.portal.actions import Inviting, invite
from candour.web.forms import inviting as forms
from candour.web.forms.controls import Typed, first
from candour.web.forms.entry import KEY, Fault, typed_from
from candour.web.forms.outsiders import people_of
from candour.web.in_hand import InHand, case_in_hand
from candour.web.sending import REFUSED, seq_of
from candour.web.signed_in import signed_in_only
from candour.web.signed_papers import site_of
from candour.web.spoken import said
from candour.web.views.recording import no_post


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def invite_somebody(request: HttpRequest, ref: str) -> HttpResponse:
    """Show the form, or invite who was named by it."""
    hand = case_in_hand(request, ref)
    if not hand.leading:
        return no_post(request, hand)
    directory = directory_of(hand.case, named_in(hand.standing), local(hand.now).date())
    asking = forms.Asking(hand.standing, people_of(directory), hand.now)
    if request.method != "POST":
        begun = forms.begun(asking, request.GET.get("about", ""), request.GET.get("plan", ""))
        return _form(request, hand, asking, begun, {})
    typed = typed_from(request.POST)
    made = forms.read(asking, typed)
    if isinstance(made, dict):
        return _form(request, hand, asking, typed, made)
    return _invited(request, hand, asking, typed, made)


def _invited(
    request: HttpRequest,
    hand: InHand,
    asking: forms.Asking,
    typed: Typed,
    made: forms.InvitedBy,
) -> HttpResponse:
    outcome = invite(
        case_id=hand.case.pk,
        actor=Actor.from_post(hand.leading[0]),
        inviting=Inviting(
            id=first(typed, KEY),
            body=hand.case.body,
            name=made.name,
            post=made.post,
            organisation=made.organisation,
            email=made.email,
            sort=made.sort,
            asked=made.asked,
            plan=made.plan,
            until=made.until,
            language=made.language,
            note=made.note,
            expected_seq=seq_of(typed),
        ),
        as_of=hand.now,
        site=site_of(request),
    )
    if isinstance(outcome, Recorded):
        messages.success(
            request, _("%(name)s is invited: the link leaves now.") % {"name": made.name}
        )
        return redirect("case-portal", ref=hand.case.ref)
    if isinstance(outcome, Stale):
        words = _("The case has moved on while you were typing. Look at what you chose once more.")
        return _form(request, hand, asking, typed, {}, [words])
    faults, more = _why(outcome)
    return _form(request, hand, asking, typed, faults, more)


def _why(refusal: Refusal) -> tuple[dict[str, str], list[str]]:
    """Return what is wrong under each field's name, and what is wrong with the whole."""
    faults = {reason.field: said(reason.text) for reason in refusal.reasons if reason.field}
    more = [said(reason.text) for reason in refusal.reasons if not reason.field]
    return faults, more + [problem.message for problem in refusal.problems]


def _form(
    request: HttpRequest,
    hand: InHand,
    asking: forms.Asking,
    typed: Typed,
    faults: dict[str, str],
    more: list[str] | None = None,
) -> HttpResponse:
    errors = [Fault(words, name) for name, words in faults.items()]
    errors += [Fault(words) for words in more or ()]
    context = {
        "case": hand.case,
        "form": forms.shown(asking, typed, faults),
        "errors": errors,
        "seq": len(hand.standing.recorded),
        "key": first(typed, KEY) or None,
    }
    return render(request, "cases/portal_invite.html", context, status=REFUSED if errors else 200)
