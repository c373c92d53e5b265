"""The procedure of a case: what it runs on, and going on under another one, or another body."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from candour import policies
from candour.bodies.models import Body
from candour.bodies.queries import bodies_that_may_lead
from candour.cases.actions import (
    Change,
    Recorded,
    Stale,
    change_procedure,
    preview_change,
)
from candour.cases.procedures import procedure_named
from candour.engine import Comparison, Refusal
from candour.engine.london import local
from candour.people.actor import Actor
from candour.people.models import Post
from candour.web.case_rooms import case_rooms
from candour.web.in_hand import InHand, case_in_hand
from candour.web.presenters.addresses import case_page, entry_anchor
from candour.web.presenters.refusals import reason_lines
from candour.web.presenters.shipped import procedure_of
from candour.web.presenters.succession import era_lines, preview_of
from candour.web.sending import seq_of
from candour.web.signed_in import signed_in_only
from candour.web.spoken import said

ROOM = "case-procedure"
LOOKED_AT = "–"  # stands for the reason while the change is only looked at


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody chose: where the case is to go on, as it was sent."""

    to: str
    step: str
    body: str
    sees: bool
    reason: str

    @classmethod
    def of(cls, sent: QueryDict) -> "Wish":
        """Return what was sent."""
        return cls(
            to=sent.get("to", ""),
            step=sent.get("step", ""),
            body=sent.get("body", ""),
            sees=sent.get("sees", "yes") == "yes",
            reason=sent.get("reason", "").strip(),
        )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def procedure_of_case(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what a case runs on and what another procedure would bring about, or go on under it."""
    hand = case_in_hand(request, ref)
    wish = Wish.of(request.POST if request.method == "POST" else request.GET)
    bodies = _bodies(hand)
    change = _change(wish, bodies)
    post = next((post for post in hand.posts if post.body_id == hand.case.body_id), None)
    if request.method == "POST" and change is not None and post is not None and wish.reason:
        return _made(request, hand, wish, change, post)
    missing = request.method == "POST" and not wish.reason
    return _page(request, hand, wish, change, post, bodies, missing=missing)


def _change(wish: Wish, bodies: list[Body]) -> Change | None:
    """Return the change that was chosen; None where nothing that there is was chosen."""
    name, _space, version = wish.to.partition(" ")
    if (name, version) not in policies.in_reach():
        return None
    body = next((body for body in bodies if str(body.pk) == wish.body), None)
    reason = wish.reason or LOOKED_AT
    return Change(name, version, reason, wish.step, body, wish.sees)


def _made(
    request: HttpRequest, hand: InHand, wish: Wish, change: Change, post: Post
) -> HttpResponse:
    done = change_procedure(
        case_id=hand.case.pk,
        actor=Actor.from_post(post),
        change=change,
        draft_id=_key(request.POST.get("key", "")),
        expected_seq=seq_of({"seq": [request.POST.get("seq", "")]}),
        as_of=hand.now,
    )
    if isinstance(done, Recorded):
        messages.success(request, _("The case goes on as you chose."))
        still = change.body is None or change.former_body_sees
        anchor = entry_anchor(done.entry.id)
        return redirect(case_page(hand.case.ref, anchor) if still else "cases")
    fresh = case_in_hand(request, hand.case.ref)
    return _page(request, fresh, wish, change, post, _bodies(fresh), answer=done)


def _key(sent: str) -> str:
    try:
        return str(UUID(sent))
    except ValueError:
        return str(uuid4())


def _page(  # noqa: PLR0913  # what the page is made of
    request: HttpRequest,
    hand: InHand,
    wish: Wish,
    change: Change | None,
    post: Post | None,
    bodies: list[Body],
    *,
    missing: bool = False,
    answer: Refusal | Stale | None = None,
) -> HttpResponse:
    found: Comparison | Refusal | None = answer if isinstance(answer, Refusal) else None
    if found is None and change is not None and post is not None:
        found = preview_change(hand.standing, change, Actor.from_post(post), hand.now)
    refused = found if isinstance(found, Refusal) else None
    faults = [_("Say why the case goes on so.")] if missing else []
    if isinstance(answer, Stale):
        faults.append(_("Somebody recorded something meanwhile. Look at the change again."))
    context = {
        "case": hand.case,
        "parts": case_rooms(hand.procedure, hand.case.ref, ROOM),
        "eras": era_lines(hand.standing),
        "wish": wish,
        "may_act": post is not None,
        "choices": _choices(hand),
        "steps": _steps(hand, change),
        "bodies": [{"value": body.pk, "words": str(body)} for body in bodies],
        "preview": preview_of(found, hand.standing) if isinstance(found, Comparison) else None,
        "reasons": reason_lines(hand.procedure, refused) if refused else (),
        "problems": [problem.message for problem in refused.problems] if refused else (),
        "faults": faults,
        "chosen": change,
        "seq": len(hand.standing.recorded),
    }
    status = 422 if faults or answer is not None else 200
    return render(request, "cases/procedure.html", context, status=status)


def _choices(hand: InHand) -> list[dict[str, str]]:
    """Return the procedures and versions that there are, other versions of its own first."""
    present = (hand.procedure.name, hand.procedure.version)
    there = sorted(policies.in_reach(), key=lambda one: (one[0] != present[0], one))
    found = []
    for name, version in there:
        held = procedure_of(name)
        title = said(held.title) if held is not None else name
        words = _("%(title)s, version %(version)s") % {"title": title, "version": version}
        if (name, version) == present:
            words = _("As now: %(words)s") % {"words": words}
        found.append({"value": f"{name} {version}", "words": words})
    return found


def _steps(hand: InHand, change: Change | None) -> list[dict[str, str]]:
    """Return the steps to choose from, where the procedure chosen lacks the one the case is at."""
    if change is None:
        return []
    new = procedure_named(change.procedure, change.version)
    here = new.steps.get(hand.standing.step)
    if here is not None and not here.final and not change.goes_on_at:
        return []
    return [{"value": s.id, "words": said(s.title)} for s in new.steps.values() if not s.final]


def _bodies(hand: InHand) -> list[Body]:
    """Return the bodies of today that could lead the case in place of its own. One query."""
    there = bodies_that_may_lead(local(hand.now).date()).exclude(pk=hand.case.body_id)
    return list(there.order_by("name"))
