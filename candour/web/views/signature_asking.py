"""Asking for signatures: what a document says, who signs it, how it reads, and fixing it."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from candour.bodies.effective import holds_on
from candour.cases.actions import Recorded, Stale
from candour.documents import MarkdownFault
from candour.engine import Refusal
from candour.engine.london import local
from candour.people.actor import Actor
from candour.people.models import Post
from candour.signing.actions import Asking, ask
from candour.signing.composing import OPEN, About, Composed, compose
from candour.signing.fixing import Sort
from candour.web.forms.asking import (
    OTHER,
    TEXT,
    AskedFor,
    FormText,
    Paper,
    begun,
    options,
    read,
    shown,
)
from candour.web.forms.controls import Typed, first
from candour.web.forms.entry import KEY, Fault, typed_from
from candour.web.in_hand import InHand, case_in_hand
from candour.web.sending import REFUSED, seq_of
from candour.web.signed_in import signed_in_only
from candour.web.signed_papers import site_of
from candour.web.signing_texts import blank_form, from_form, from_letter
from candour.web.spoken import said, spoken
from candour.web.views.recording import no_post


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def ask_for(request: HttpRequest, ref: str, record: str) -> HttpResponse:
    """Show the form of what is to be signed by whom; preview the document; ask for it."""
    hand = case_in_hand(request, ref)
    if not hand.posts:
        return no_post(request, hand)
    if record not in {choice.value for choice in options(hand.standing)}:
        raise Http404
    form = _begins_with(request, hand, record)
    paper = Paper(hand.standing, "" if record == OTHER else record, people_of(hand), form)
    if request.method != "POST":
        return _form(request, hand, paper, begun(paper, spoken()), {})
    typed = typed_from(request.POST)
    asked = read(paper, typed, hand.now)
    if isinstance(asked, dict):
        return _form(request, hand, paper, typed, asked)
    try:
        composed = _composed(hand, asked)
    except MarkdownFault as fault:
        return _form(request, hand, paper, typed, {TEXT: str(fault)})
    if first(typed, "press") == "preview":
        return _form(request, hand, paper, typed, {}, composed=composed)
    return _ask(request, hand, paper, typed, asked, composed)


def _begins_with(request: HttpRequest, hand: InHand, record: str) -> FormText | None:
    if letter := request.GET.get("letter"):
        return from_letter(hand, letter)
    return from_form(hand, record) if request.GET.get("begin") == "form" else None


def people_of(hand: InHand) -> tuple[Post, ...]:
    """Return the posts of the bodies of a case in which somebody may sign."""
    found = Post.objects.filter(
        holds_on(local(hand.now).date()),
        body__in=[hand.case.body_id, *hand.case.shared_with],
        role__in=list(hand.procedure.roles),
        user__is_active=True,
    )
    return tuple(found.select_related("user", "body").order_by("user__display_name", "pk"))


def _composed(hand: InHand, asked: AskedFor) -> Composed:
    service = hand.case.service
    about = About(
        hand.case.ref,
        service.name_in(asked.language) if service else "",
        hand.case.body.name_in(asked.language),
    )
    return compose(hand.standing, about, asked.wording, "cy" if asked.language == "cy" else "en")


def _ask(
    request: HttpRequest,
    hand: InHand,
    paper: Paper,
    typed: Typed,
    asked: AskedFor,
    composed: Composed,
) -> HttpResponse:
    asking = Asking(
        id=first(typed, KEY),
        body=hand.case.body,
        ref=hand.case.ref,
        sort=Sort(paper.record, paper.sort, paper.form.audience if paper.form else OPEN),
        composed=composed,
        data=asked.wording.data,
        signers=asked.signers,
        expected_seq=seq_of(typed),
    )
    outcome = ask(
        case_id=hand.case.pk,
        actor=Actor.from_post(hand.posts[0]),
        asking=asking,
        as_of=hand.now,
        site=site_of(request),
    )
    if isinstance(outcome, Recorded):
        messages.success(request, _("The document is fixed, and the first to sign is told."))
        return redirect("case-signature", ref=hand.case.ref, number=outcome.entry.id)
    if isinstance(outcome, Stale):
        words = _("The case has moved on while you were typing. Look at the document once more.")
        return _form(request, hand, paper, typed, {}, [words], composed=composed)
    return _form(request, hand, paper, typed, {}, reasons(outcome), composed=composed)


def reasons(refusal: Refusal) -> list[str]:
    """Return why something was refused, in the language of the page."""
    found = [said(reason.text) for reason in refusal.reasons]
    return found + [problem.message for problem in refusal.problems]


def _form(
    request: HttpRequest,
    hand: InHand,
    paper: Paper,
    typed: Typed,
    faults: dict[str, str],
    barred: Sequence[str] = (),
    *,
    composed: Composed | None = None,
) -> HttpResponse:
    errors = [Fault(words, name) for name, words in faults.items()] + [Fault(w) for w in barred]
    context = {
        "case": hand.case,
        "form": shown(paper, typed, faults),
        "errors": errors,
        "seq": len(hand.standing.recorded),
        "key": first(typed, KEY) or None,
        "preview": composed.content if composed else None,
        "has_form": blank_form(hand, paper.record) is not None and paper.form is None,
    }
    return render(request, "cases/signature_ask.html", context, status=REFUSED if errors else 200)
