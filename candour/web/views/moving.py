"""Making a move: what must hold, who decides, and the written rationale where one is needed."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from candour.engine import Standing, moving_kind
from candour.engine.procedure import Move
from candour.web.forms.controls import Typed
from candour.web.forms.entry import WHEN, EntryForm, Sent, Subject, blank_form, sent, typed_from
from candour.web.in_hand import InHand, case_in_hand
from candour.web.presenters.moves import move_line
from candour.web.presenters.naming import when_words
from candour.web.sending import Unsent, send
from candour.web.signed_in import signed_in_only
from candour.web.spoken import said
from candour.web.views.recording import no_post


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def move(request: HttpRequest, ref: str, name: str) -> HttpResponse:
    """Show what a move needs, or make it."""
    hand = case_in_hand(request, ref)
    if not hand.posts:
        return no_post(request, hand)
    wanted = hand.procedure.moves.get(name)
    if wanted is None:
        raise Http404
    subject = subject_of(hand, wanted)
    if request.method != "POST":
        return _page(request, hand, wanted, blank_form(subject, hand.now))
    typed = typed_from(request.POST)
    answer = send(request, hand, subject, typed, _sent(hand.standing, subject, typed))
    if isinstance(answer, Unsent):
        return _page(request, hand, wanted, answer.form(subject), answer)
    return answer


def subject_of(hand: InHand, wanted: Move) -> Subject:
    """Return what is recorded when a move is made, by those who may decide it."""
    kind = hand.procedure.kind(moving_kind(hand.standing, wanted))
    if wanted.rationale:
        fields = tuple(
            replace(known, required=True) if known.name == "rationale" else known
            for known in kind.fields
        )
        kind = replace(kind, fields=fields)
    posts = tuple(
        post for post in hand.posts if not wanted.decided_by or post.role in wanted.decided_by
    )
    fixed = {"move": wanted.id, "step": wanted.to}
    return Subject(hand.standing, kind, posts or hand.posts, fixed)


def _sent(standing: Standing, subject: Subject, typed: Typed) -> Sent | dict[str, str]:
    made = sent(subject, typed)
    since = standing.step_since
    if isinstance(made, Sent) and since is not None and made.draft.happened_at < since:
        too_early = _("The case reached its present step on %(when)s: a move cannot come before.")
        return {WHEN: too_early % {"when": when_words(since)}}
    return made


def _page(
    request: HttpRequest,
    hand: InHand,
    wanted: Move,
    form: EntryForm,
    unsent: Unsent | None = None,
) -> HttpResponse:
    """Show the move as it stands, with why it was not made when it was not."""
    step = hand.procedure.steps[wanted.to]
    context = {
        "case": hand.case,
        "move": move_line(hand.standing, wanted, hand.sight),
        "leads_from_here": hand.standing.step in wanted.from_steps,
        "here": said(hand.procedure.steps[hand.standing.step].title),
        "closes": step.final,
        "describes": said(step.describes),
        "form": form,
        "unsent": unsent,
        "seq": unsent.seq if unsent else len(hand.standing.recorded),
    }
    return render(request, "cases/move.html", context, status=unsent.status if unsent else 200)
