"""Sending a letter, or recording that it was told on paper, by phone or by hand."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from candour.cases.actions import Stale
from candour.engine import Refusal
from candour.letters.actions import (
    Delivery,
    Overtaken,
    Pressing,
    Sent,
    record_on_paper,
    send,
)
from candour.letters.entry import asked
from candour.web.forms import reading
from candour.web.forms.controls import control
from candour.web.forms.days import moment_parts
from candour.web.forms.entry import Fault, typed_from, when_control
from candour.web.forms.letters import delivery_from
from candour.web.letter_sending import (
    Hand,
    NotKept,
    frame_of,
    letter_in_hand,
    not_kept,
    revision_of,
    to_send,
)
from candour.web.presenters.letter_links import draft_place, sent_place
from candour.web.presenters.letter_sending import sending_page
from candour.web.presenters.refusals import recorded_words
from candour.web.presenters.timeline import Telling, TimelineItem, told
from candour.web.sending import seq_of
from candour.web.signed_in import signed_in_only


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def sending(request: HttpRequest, ref: str, draft: UUID) -> HttpResponse:
    """Show everything once more, and send it."""
    return _leaving(request, ref, draft, on_paper=False)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def paper(request: HttpRequest, ref: str, draft: UUID) -> HttpResponse:
    """Record that the letter was posted, told by phone or handed over, with what shows it."""
    return _leaving(request, ref, draft, on_paper=True)


def _leaving(request: HttpRequest, ref: str, draft: UUID, *, on_paper: bool) -> HttpResponse:
    hand = to_send(request, ref, draft)
    if isinstance(hand, HttpResponse):
        return hand
    if hand.work.draft.confirmed_by_id is None:
        return redirect(draft_place(ref, draft, "letter-recipients"))
    if request.method != "POST":
        return _sending_page(request, hand, on_paper=on_paper)
    return _left(request, hand, on_paper=on_paper)


def _left(request: HttpRequest, hand: Hand, *, on_paper: bool) -> HttpResponse:
    """Let the letter leave as it was confirmed, or show why it did not."""
    delivery, faults = delivery_from(request)
    answers = reading.read(asked(hand.work), typed_from(request.POST))
    faults += [Fault(words, name) for name, words in answers.faults.items()]
    if faults:
        return _sending_page(request, hand, on_paper=on_paper, trouble=NotKept(tuple(faults)))
    outcome = _pressed(request, hand, delivery, answers, on_paper=on_paper)
    ref, draft = hand.ref, hand.work.draft.pk
    if isinstance(outcome, Sent):
        messages.success(request, _sent_words(outcome))
        return redirect(sent_place(ref, draft))
    again = letter_in_hand(request, ref, draft)
    if isinstance(outcome, Stale):
        telling = Telling(again.case.standing, again.case.sight, again.case.names_of(outcome.since))
        since = told(telling, outcome.since)
        return _sending_page(request, again, on_paper=on_paper, since=since)
    trouble = not_kept(again, outcome)
    return _sending_page(request, again, on_paper=on_paper, trouble=trouble)


def _pressed(
    request: HttpRequest,
    hand: Hand,
    delivery: Delivery,
    answers: reading.Reading,
    *,
    on_paper: bool,
) -> Sent | Refusal | Stale | Overtaken:
    assert hand.actor is not None  # noqa: S101  # `to_send` lets nobody else through
    pressing = Pressing(
        hand.draft_id, revision_of(request), seq_of(typed_from(request.POST)), answers.data
    )
    verb = record_on_paper if on_paper else send
    return verb(actor=hand.actor, pressing=pressing, delivery=delivery, as_of=hand.case.now)


def _sent_words(sent: Sent) -> str:
    if sent.recorded is None:
        return _("This letter was sent already, once. Nothing was sent again.")
    words = recorded_words(sent.recorded.standing, sent.recorded.entry, sent.recorded.followed)
    if not sent.messages:
        return words
    number = sent.messages
    queued = ngettext(
        "%(n)s message is in the outbox.", "%(n)s messages are in the outbox.", number
    )
    return f"{words}\n{queued % {'n': number}}"


def _sending_page(
    request: HttpRequest,
    hand: Hand,
    *,
    on_paper: bool,
    trouble: NotKept | None = None,
    since: tuple[TimelineItem, ...] = (),
) -> HttpResponse:
    typed = typed_from(request.POST)
    posted = request.method == "POST"
    errors = {fault.field: fault.words for fault in (trouble.faults if trouble else ())}
    when = {f"entry-when-{part}": [value] for part, value in moment_parts(hand.case.now).items()}
    context = {
        **frame_of(hand),
        "sending": sending_page(hand.work, hand.case.now, on_paper=on_paper),
        "controls": [
            control(field, typed, errors.get(field.name, "")) for field in asked(hand.work)
        ],
        "when": when_control(
            typed if posted else when, errors.get("entry-when", ""), _("When it was delivered")
        ),
        "words": request.POST.get("evidence-words", ""),
        "evidence_error": errors.get("evidence", ""),
        "on_paper": on_paper,
        "trouble": trouble,
        "since": since,
        "seq": len(hand.work.standing.recorded),
    }
    status = 409 if since else (trouble.status if trouble else 200)
    return render(request, "letters/sending.html", context, status=status)
