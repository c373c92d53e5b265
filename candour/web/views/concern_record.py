"""The record of concern of a case: filled in from the log, read as it will be, put to be signed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from candour.cases.actions import Recorded, Stale
from candour.engine.fields import Option
from candour.people.actor import Actor
from candour.signing.actions import Asking, ask
from candour.signing.composing import About, Composed, Wording, compose
from candour.signing.fixing import Sort
from candour.signing.queries import requests_of
from candour.web.case_rooms import case_rooms
from candour.web.forms.asking import Paper
from candour.web.forms.concern_record import (
    Filled,
    opens_with,
    read,
    records_with_forms,
    rests_on,
    shown,
    signing_posts,
)
from candour.web.forms.controls import Typed, first
from candour.web.forms.entry import KEY, Fault, typed_from
from candour.web.in_hand import InHand, case_in_hand
from candour.web.presenters.concern_record import past_records, record_dues, rests_on_lines
from candour.web.sending import REFUSED, seq_of
from candour.web.signed_in import signed_in_only
from candour.web.signed_papers import site_of
from candour.web.spoken import said, spoken
from candour.web.views.recording import no_post
from candour.web.views.signature_asking import people_of, reasons

ROOM = "case-record"


@dataclass(frozen=True, slots=True)
class Room:
    """The page at work: who asks for it, the case, the record and what it is made from."""

    request: HttpRequest
    hand: InHand
    record: Option
    paper: Paper


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def record_page(request: HttpRequest, ref: str) -> HttpResponse:
    """Show the record with what the case says already, how it reads, and those signed before."""
    hand = case_in_hand(request, ref)
    found = records_with_forms(hand.procedure)
    if not found:
        raise Http404
    room = Room(request, hand, found[0], Paper(hand.standing, found[0].id, people_of(hand)))
    if request.method != "POST":
        return _page(room, opens_with(room.paper, list(signing_posts(room.paper, hand.now))), {})
    if not hand.posts:
        return no_post(request, hand)
    typed = typed_from(request.POST)
    filled = read(room.paper, typed, hand.now)
    if isinstance(filled, dict):
        return _page(room, typed, filled)
    composed = _composed(room, filled)
    if first(typed, "press") == "preview":
        return _page(room, typed, {}, composed=composed)
    return _ask(room, typed, filled, composed)


def _composed(room: Room, filled: Filled) -> Composed:
    case, language = room.hand.case, spoken()
    service = case.service.name_in(language) if case.service else ""
    about = About(case.ref, service, case.body.name_in(language))
    entries = rests_on(room.paper)
    wording = Wording(room.record.id, said(room.record.label), filled.data, entries=entries)
    return compose(room.hand.standing, about, wording, language)


def _ask(room: Room, typed: Typed, filled: Filled, composed: Composed) -> HttpResponse:
    hand, record = room.hand, room.record
    asking = Asking(
        id=first(typed, KEY),
        body=hand.case.body,
        ref=hand.case.ref,
        sort=Sort(record.id, record.label),
        composed=composed,
        data=filled.data,
        signers=filled.signers,
        expected_seq=seq_of(typed),
    )
    outcome = ask(
        case_id=hand.case.pk,
        actor=Actor.from_post(hand.posts[0]),
        asking=asking,
        as_of=hand.now,
        site=site_of(room.request),
    )
    if isinstance(outcome, Recorded):
        words = _("The document is fixed, and the first to sign is told.")
        messages.success(room.request, words)
        return redirect("case-signature", ref=hand.case.ref, number=outcome.entry.id)
    if isinstance(outcome, Stale):
        words = _("The case has moved on while you were typing. Look at the document once more.")
        return _page(room, typed, {}, [words], composed=composed)
    return _page(room, typed, {}, reasons(outcome), composed=composed)


def _page(
    room: Room,
    typed: Typed,
    faults: dict[str, str],
    barred: Sequence[str] = (),
    *,
    composed: Composed | None = None,
) -> HttpResponse:
    hand, paper = room.hand, room.paper
    errors = [Fault(words, name) for name, words in faults.items()] + [Fault(w) for w in barred]
    context = {
        "case": hand.case,
        "parts": case_rooms(hand.procedure, hand.case.ref, ROOM),
        "record": said(room.record.label),
        "may_act": bool(hand.posts),
        "form": shown(paper, list(signing_posts(paper, hand.now)), typed, faults),
        "errors": errors,
        "seq": len(hand.standing.recorded),
        "key": first(typed, KEY) or None,
        "dues": record_dues(hand.standing, hand.now),
        "rests_on": rests_on_lines(hand.standing, hand.case.ref, rests_on(paper)),
        "past": past_records(hand.standing, requests_of(hand.case.pk), room.record.id, hand.sight),
        "preview": composed.content if composed else None,
    }
    status = REFUSED if errors else 200
    return render(room.request, "cases/concern_record.html", context, status=status)
