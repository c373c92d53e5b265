"""Publishing, for staff: lines of a case, the registers of a body, and its representatives."""

from datetime import date
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from candour.bodies.models import Body
from candour.engine.london import local
from candour.people.actor import Actor
from candour.people.middleware import ScopedRequest
from candour.people.models import Post
from candour.publishing.actions import publish, switch, take_down
from candour.publishing.lines import lines_of
from candour.publishing.models import Register, Representative
from candour.publishing.queries import (
    fallen_lines,
    lines_shown_by,
    open_registers,
    representatives_of,
    shown_lines,
)
from candour.site import clock
from candour.web.case_rooms import case_rooms
from candour.web.forms.controls import Typed, first
from candour.web.forms.entry import Fault, typed_from
from candour.web.forms.representatives import RepresentativeForm, begun, read, shown
from candour.web.in_hand import InHand, case_in_hand, posts_of
from candour.web.presenters.publishing import candidate, fallen_line, own_registers, shown_line
from candour.web.sending import REFUSED
from candour.web.signed_in import signed_in_only
from candour.web.spoken import said, spoken
from candour.web.views.recording import no_post


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def case_publishing(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what of a case is public and what could be; publish lines, or take one down."""
    hand = case_in_hand(request, ref)
    posts = [post for post in hand.posts if post.body_id == hand.case.body_id]
    if request.method != "POST":
        return _case_page(request, hand, may_act=bool(posts))
    if not posts:
        return no_post(request, hand)
    typed, actor = typed_from(request.POST), Actor.from_post(posts[0])
    if first(typed, "press") == "take_down":
        return _taken_down(request, hand, actor, typed)
    wanted = set(typed.get("line", ()))
    lines = [line for line in lines_of(hand.standing) if line.subject in wanted]
    if not lines or first(typed, "nobody") != "yes":
        words = (
            _("Say that nobody who spoke to us can be recognised")
            if lines
            else _("Choose at least one line")
        )
        fault = Fault(words, "nobody" if lines else "line")
        return _case_page(request, hand, may_act=True, typed=typed, faults=[fault])
    done = publish(lines, case_id=hand.case.pk, actor=actor, standing=hand.standing, as_of=hand.now)
    for line in done.barred:
        messages.warning(request, said(line.bar))
    if done.lines:
        words = ngettext("%(number)s line is public.", "%(number)s lines are public.", done.lines)
        messages.success(request, words % {"number": done.lines})
    return redirect("case-publishing", ref=hand.case.ref)


def _taken_down(request: HttpRequest, hand: InHand, actor: Actor, typed: Typed) -> HttpResponse:
    reason = first(typed, "reason").strip()
    if not reason:
        fault = Fault(_("Say why it is taken down"), f"reason-{first(typed, 'subject')}")
        return _case_page(request, hand, may_act=True, typed=typed, faults=[fault])
    subject = first(typed, "subject")
    if take_down(subject, case_id=hand.case.pk, actor=actor, reason=reason, as_of=hand.now):
        messages.success(
            request, _("The line is taken down. Why, and when it was public, is kept.")
        )
    return redirect("case-publishing", ref=hand.case.ref)


def _case_page(
    request: HttpRequest,
    hand: InHand,
    *,
    may_act: bool,
    typed: Typed | None = None,
    faults: list[Fault] | None = None,
) -> HttpResponse:
    before = shown_lines(hand.case.pk)
    found = [candidate(line, before.get(line.subject)) for line in lines_of(hand.standing)]
    typed, faults = typed or {}, faults or []
    context = {
        "case": hand.case,
        "parts": case_rooms(hand.procedure, hand.case.ref, "case-publishing"),
        "lines": found,
        "fallen": [fallen_line(line) for line in fallen_lines(hand.case.pk)],
        "registers": own_registers(hand.case.body.slug, open_registers(hand.case.body)),
        "may_act": may_act,
        "chosen": set(typed.get("line", ())),
        "nobody": first(typed, "nobody"),
        "errors": faults,
        "wrong": {fault.field: fault.words for fault in faults},
    }
    status = REFUSED if faults else 200
    return render(request, "publishing/case.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def publishing(request: HttpRequest) -> HttpResponse:
    """Show the registers of the person's bodies; open one to the public, or close it."""
    bodies = cast("ScopedRequest", request).bodies
    if request.method == "POST":
        typed = typed_from(request.POST)
        post = _post_at(request, first(typed, "body"))
        name = first(typed, "register")
        if name not in Register.values:
            raise Http404
        opens = first(typed, "press") == "open"
        switch(Register(name), to=opens, actor=Actor.from_post(post), as_of=clock.now())
        words = _("The register is open to the public.") if opens else _("The register is closed.")
        messages.success(request, words)
        return redirect("publishing")
    context = {
        "bodies": [
            {
                "body": body,
                "name": body.name_in(spoken()),
                "registers": own_registers(body.slug, open_registers(body)),
                "lines": [shown_line(line) for line in lines_shown_by(body)],
            }
            for body in bodies
        ],
    }
    return render(request, "publishing/page.html", context)


def _post_at(request: HttpRequest, body_id: str) -> Post:
    """Return the person's post at a body of theirs.

    Raises:
        Http404: they have none there.
    """
    found = [post for post in posts_of(request) if str(post.body_id) == body_id]
    if not found:
        raise Http404
    return found[0]


@require_http_methods(["GET", "HEAD"])
@signed_in_only
def representatives(request: HttpRequest) -> HttpResponse:
    """Show who may enter and view for the person's bodies, with what is not public of them."""
    today = _today()
    context = {
        "bodies": [
            {"body": body, "name": body.name_in(spoken()), "lines": _lines(body, today)}
            for body in cast("ScopedRequest", request).bodies
        ],
    }
    return render(request, "publishing/representatives.html", context)


def _today() -> date:
    return local(clock.now()).date()


def _lines(body: Body, today: date) -> list[dict[str, object]]:
    return [
        {"one": one, "now": one.from_date <= today and (one.to_date or today) >= today}
        for one in representatives_of(body)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def representative(request: HttpRequest, body: int, number: int = 0) -> HttpResponse:
    """Show the form of a representative, new or known; keep what was sent."""
    post = _post_at(request, str(body))
    one = get_object_or_404(Representative, pk=number, body_id=body) if number else None
    if request.method != "POST":
        return _form(request, post, begun(one), {}, one)
    typed = typed_from(request.POST)
    made = read(typed)
    if not isinstance(made, RepresentativeForm):
        return _form(request, post, typed, made, one)
    kept = one or Representative(body_id=body)
    for name, value in made.values().items():
        setattr(kept, name, value)
    kept.changed_at, kept.changed_by = clock.now(), post.user
    kept.save()
    messages.success(request, _("%(name)s is kept.") % {"name": kept.name})
    return redirect("representatives")


def _form(
    request: HttpRequest,
    post: Post,
    typed: Typed,
    faults: dict[str, str],
    one: Representative | None,
) -> HttpResponse:
    context = {
        "body": post.body.name_in(spoken()),
        "controls": shown(typed, faults),
        "errors": [Fault(words, name) for name, words in faults.items()],
        "one": one,
    }
    status = REFUSED if faults else 200
    return render(request, "publishing/representative.html", context, status=status)
