"""The ratings of a case: the page, rating under seal, opening a round, showing what was opened."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from candour.cases.actions import open_ratings, own_ratings, seal_rating, show_ratings
from candour.engine import Entry, Words
from candour.engine.fields import FieldType, Option
from candour.engine.meetings import open_meeting
from candour.engine.rated import agency_called, is_open, sealed_in
from candour.engine.vocabulary.ratings import CALLED, OPENED, RATED
from candour.web.case_rooms import case_rooms
from candour.web.forms.controls import as_typed
from candour.web.forms.entry import EntryForm, Sent, Subject, blank_form, sent, typed_from
from candour.web.in_hand import InHand, case_in_hand
from candour.web.presenters.meeting_links import running_page
from candour.web.presenters.ratings import ratings_page
from candour.web.presenters.refusals import reason_lines
from candour.web.sending import Unsent, Verb, send
from candour.web.signed_in import signed_in_only
from candour.web.views.recording import no_post

ROOM = "case-ratings"


@dataclass(frozen=True, slots=True)
class Asking:
    """A form about a round: its page, what it is about, how it is filled at first, and its verb."""

    template: str
    subject: Callable[[HttpRequest, InHand, Entry], Subject]
    begun: Callable[[HttpRequest, InHand, Subject], EntryForm]
    by: Verb


@require_safe
@signed_in_only
def ratings(request: HttpRequest, ref: str) -> HttpResponse:
    """Show who is called on and who has rated; what they rated, once it is opened."""
    hand = case_in_hand(request, ref)
    context = {
        "case": hand.case,
        "parts": case_rooms(hand.procedure, hand.case.ref, ROOM),
        "page": ratings_page(hand.standing, hand.sight),
        "may_act": hand.sight.may_act and not hand.standing.closed,
        "own": own_agencies(request, hand),
    }
    return render(request, "cases/ratings.html", context)


def own_agencies(request: HttpRequest, hand: InHand) -> tuple[str, ...]:
    """Return the agencies for which the reader has rated in the round under way."""
    called = _round(hand)
    mine = str(request.user.pk)
    if called is None:
        return ()
    return tuple(
        agency for agency, e in sealed_in(hand.standing, called).items() if e.author == mine
    )


def _round(hand: InHand) -> Entry | None:
    """Return the round that takes ratings now, or None."""
    called = hand.standing.by_kind.get(CALLED, ())
    return called[-1] if called and is_open(hand.standing, called[-1]) else None


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def seal(request: HttpRequest, ref: str) -> HttpResponse:
    """Show the form of one's own rating, or seal it."""
    return _taken(request, ref, Asking("cases/rating_seal.html", _sealing, _begun, seal_rating))


def _begun(request: HttpRequest, hand: InHand, subject: Subject) -> EntryForm:
    """Return the form as it is opened: with what the person sealed before, which they may read."""
    called = _round(hand)
    mine = own_ratings(called.id, int(str(request.user.pk))) if called else {}
    wanted = request.GET.get("agency", "")
    data: dict[str, Any] = mine.get(wanted) or next(iter(mine.values()), {})
    if not data:
        data = {"agency": wanted or _likely(hand, called)}
    return blank_form(subject, hand.now, as_typed(subject.fields, data))


def _likely(hand: InHand, called: Entry | None) -> str:
    """Return the agency called on that is a body the person works for."""
    return agency_called(called.data, {post.body_id for post in hand.posts}) if called else ""


def _sealing(request: HttpRequest, hand: InHand, called: Entry) -> Subject:
    """Return the rating to be sealed; agencies that somebody else rated for are not offered.

    Whoever has rated is offered their own agency only; sent for another, it is refused with the
    reason, so the form as sent knows the others.
    """
    kind = hand.procedure.kind(RATED)
    sealed = sealed_in(hand.standing, called)
    mine = str(request.user.pk)
    free = [a for a in called.data["agencies"] if a not in sealed or sealed[a].author == mine]
    own = [a for a in free if a in sealed]
    free = own if own and request.method != "POST" else free
    options = tuple(Option(str(agency), Words(str(agency))) for agency in free)
    fields = tuple(
        replace(known, type=FieldType.CHOICE, options=options) if known.name == "agency" else known
        for known in kind.fields
    )
    return Subject(hand.standing, replace(kind, fields=fields), hand.posts)


def _about(made: Sent | dict[str, str], called: Entry) -> Sent | dict[str, str]:
    if isinstance(made, Sent):
        return replace(made, draft=replace(made.draft, refers_to=(called.id,)))
    return made


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def open_round(request: HttpRequest, ref: str) -> HttpResponse:
    """Show the form in which whoever chairs opens a round, or open it."""
    return _taken(request, ref, Asking("cases/ratings_open.html", _opening, _empty, open_ratings))


def _opening(_request: HttpRequest, hand: InHand, _called: Entry) -> Subject:
    return Subject(hand.standing, hand.procedure.kind(OPENED), hand.posts)


def _empty(_request: HttpRequest, hand: InHand, subject: Subject) -> EntryForm:
    return blank_form(subject, hand.now)


def _taken(request: HttpRequest, ref: str, asking: Asking) -> HttpResponse:
    """Show a form about the round that takes ratings now, or do what was sent with it."""
    hand = case_in_hand(request, ref)
    if not hand.posts:
        return no_post(request, hand)
    called = _round(hand)
    if called is None:
        return redirect(ROOM, hand.case.ref)
    subject = asking.subject(request, hand, called)
    if request.method != "POST":
        return _form(request, hand, asking.template, asking.begun(request, hand, subject))
    typed = typed_from(request.POST)
    made = _about(sent(subject, typed), called)
    answer = send(request, hand, subject, typed, made, by=asking.by, back=_page_of(hand))
    if isinstance(answer, Unsent):
        return _form(request, hand, asking.template, answer.form(subject), answer)
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def show(request: HttpRequest, ref: str) -> HttpResponse:
    """Put in the record what an opened round holds, where that did not happen by itself."""
    hand = case_in_hand(request, ref)
    if not hand.posts:
        return no_post(request, hand)
    if request.method == "POST":
        done = show_ratings(case_id=hand.case.pk, body=hand.posts[0].body, as_of=hand.now)
        for refusal in done.refusals:
            for line in reason_lines(hand.procedure, refusal):
                messages.warning(request, line.words)
            for problem in refusal.problems:
                messages.warning(request, problem.message)
        if not done.shown and not done.refusals:
            messages.info(
                request,
                _("Nothing was added: every rating of an opened round is in the record already."),
            )
    return redirect(ROOM, hand.case.ref)


def _page_of(hand: InHand) -> str:
    """Return where whoever rates came from: the room of the meeting that is being held, if any."""
    sitting = open_meeting(hand.standing)
    if sitting is not None:
        return running_page(hand.case.ref, sitting.began_by.id)
    return reverse(ROOM, args=[hand.case.ref])


def _form(
    request: HttpRequest,
    hand: InHand,
    template: str,
    form: EntryForm,
    unsent: Unsent | None = None,
) -> HttpResponse:
    page = ratings_page(hand.standing, hand.sight)
    context = {
        "case": hand.case,
        "parts": case_rooms(hand.procedure, hand.case.ref, ROOM),
        "form": form,
        "round": page.now,
        "note": page.note,
        "unsent": unsent,
        "seq": unsent.seq if unsent else len(hand.standing.recorded),
        "back": _page_of(hand),
        "in_room": open_meeting(hand.standing) is not None,
    }
    return render(request, template, context, status=unsent.status if unsent else 200)
