"""Who gets a letter, a second person's yes, and sending it or recording it as told on paper."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
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
    approve_second,
    ask_second,
    confirm_recipients,
    decline_second,
    record_on_paper,
    send,
)
from candour.letters.entry import asked
from candour.letters.recipients import Way
from candour.web.case_rooms import case_rooms
from candour.web.forms import reading
from candour.web.forms.controls import control
from candour.web.forms.days import moment_parts
from candour.web.forms.entry import Fault, typed_from, when_control
from candour.web.forms.letters import chosen_from, delivery_from
from candour.web.letter_sending import Hand, NotKept, letter_in_hand, not_kept, revision_of
from candour.web.presenters.letter_draft import draft_page
from candour.web.presenters.letter_links import draft_place, sent_place
from candour.web.presenters.letter_recipients import (
    MOST_BESIDE,
    language_choices,
    recipient_forms,
    recipient_lines,
    way_choices,
)
from candour.web.presenters.letter_sending import sending_page
from candour.web.presenters.refusals import recorded_words
from candour.web.presenters.timeline import Telling, TimelineItem, told
from candour.web.sending import seq_of
from candour.web.signed_in import signed_in_only
from candour.web.views.recording import no_post

ROOM = "case-letters"
BESIDE = "beside"
OF_A_LINE = ("reason-", "email-", "name-", "language-")


def _to_work_on(request: HttpRequest, ref: str, draft: UUID) -> Hand | HttpResponse:
    """Return the draft in hand, or where to go instead: it was sent, or is not theirs to change."""
    hand = letter_in_hand(request, ref, draft)
    if hand.is_sent:
        return redirect(sent_place(ref, draft))
    if hand.actor is None:
        return no_post(request, hand.case)
    if hand.work.template.records is None:
        raise Http404  # a paper to open and print is sent to nobody
    return hand


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def recipients(request: HttpRequest, ref: str, draft: UUID) -> HttpResponse:
    """Show who gets the letter by the rule, to be confirmed or left out line by line."""
    hand = _to_work_on(request, ref, draft)
    if isinstance(hand, HttpResponse):
        return hand
    if request.method != "POST":
        return _recipients_page(request, hand, None, beside=1)
    beside = _beside(request)
    if request.POST.get("then") == "more":
        return _recipients_page(
            request, hand, None, beside=min(beside + 1, MOST_BESIDE), typed=_flat(request)
        )
    assert hand.actor is not None  # noqa: S101  # `_to_work_on` lets nobody else through
    outcome = confirm_recipients(
        draft_id=hand.draft_id,
        actor=hand.actor,
        chosen=chosen_from(hand.work, _flat(request), beside),
        revision=revision_of(request),
        as_of=hand.case.now,
    )
    trouble = not_kept(hand, outcome)
    if trouble is not None:
        again = letter_in_hand(request, ref, draft)
        return _recipients_page(request, again, trouble, beside=beside, typed=_flat(request))
    again = letter_in_hand(request, ref, draft)
    if again.work.needs_second:
        return redirect(draft_place(ref, draft, "letter-second"))
    return redirect(draft_place(ref, draft, _next(again)))


def _next(hand: Hand) -> str:
    mailed = any(each.way is Way.MAIL for each in hand.work.getting)
    return "letter-send" if mailed else "letter-paper"


def _flat(request: HttpRequest) -> dict[str, str]:
    return {name: str(value) for name, value in request.POST.items()}


def _beside(request: HttpRequest) -> int:
    typed = request.POST.get(BESIDE, "")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 1
    return max(1, min(number, MOST_BESIDE))


def _recipients_page(
    request: HttpRequest,
    hand: Hand,
    trouble: NotKept | None,
    *,
    beside: int,
    typed: dict[str, str] | None = None,
) -> HttpResponse:
    errors = {
        fault.field.removeprefix(begins): fault.words
        for fault in (trouble.faults if trouble else ())
        for begins in OF_A_LINE
        if fault.field.startswith(begins)
    }
    forms = recipient_forms(hand.work, typed, errors, beside)
    context = {
        **_common(hand),
        "forms": forms,
        "beside": sum(form.number.startswith("x") for form in forms),
        "ways": way_choices(),
        "languages": language_choices(),
        "trouble": trouble,
        "faults": _led(trouble, {form.key: form.number for form in forms}),
    }
    status = trouble.status if trouble else 200
    return render(request, "letters/recipients.html", context, status=status)


def _led(trouble: NotKept | None, numbers: dict[str, str]) -> list[Fault]:
    """Return the lines of the error summary, each leading to its field by number."""
    found = []
    for fault in trouble.faults if trouble else ():
        begins, _dash, key = fault.field.partition("-")
        place = f"{begins}-{numbers[key]}" if key in numbers else ""
        found.append(Fault(fault.words, place))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def second(request: HttpRequest, ref: str, draft: UUID) -> HttpResponse:
    """Ask for a second person's yes, or give it, or say no."""
    hand = _to_work_on(request, ref, draft)
    if isinstance(hand, HttpResponse):
        return hand
    trouble = None
    if request.method == "POST":
        assert hand.actor is not None  # noqa: S101  # `_to_work_on` lets nobody else through
        then, why = request.POST.get("then", ""), request.POST.get("why", "")
        usual = {
            "draft_id": hand.draft_id,
            "actor": hand.actor,
            "revision": revision_of(request),
            "as_of": hand.case.now,
        }
        if then == "ask":
            outcome = ask_second(why=why, **usual)
        elif then == "yes":
            outcome = approve_second(**usual)
        else:
            outcome = decline_second(why=why, **usual)
        trouble = not_kept(hand, outcome)
        if trouble is None:
            messages.success(request, _second_words(then))
            return redirect(draft_place(ref, draft, _after_second(hand, then)))
        hand = letter_in_hand(request, ref, draft)
    context = {
        **_common(hand),
        "lines": recipient_lines(hand.work, hand.work.chosen),
        "can_answer": _can_answer(hand),
        "trouble": trouble,
        "why": request.POST.get("why", ""),
    }
    status = trouble.status if trouble else 200
    return render(request, "letters/second.html", context, status=status)


def _second_words(then: str) -> str:
    return {
        "ask": _("A second person is asked. The letter waits for their yes."),
        "yes": _("You said yes. The letter can be sent now."),
    }.get(then, _("You said no. The recipients have to be decided on again."))


def _after_second(hand: Hand, then: str) -> str:
    return _next(hand) if then == "yes" else "letter-draft"


def _can_answer(hand: Hand) -> bool:
    """Whether this person may be the second one."""
    draft, actor = hand.work.draft, hand.actor
    if actor is None or draft.asked_by_id is None:
        return False
    return actor.user_id not in (draft.asked_by_id, draft.confirmed_by_id)


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
    hand = _to_work_on(request, ref, draft)
    if isinstance(hand, HttpResponse):
        return hand
    if hand.work.draft.confirmed_by_id is None:
        return redirect(draft_place(ref, draft, "letter-recipients"))
    if request.method != "POST":
        return _sending_page(request, hand, on_paper=on_paper)
    delivery, faults = delivery_from(request)
    fields = asked(hand.work)
    answers = reading.read(fields, typed_from(request.POST))
    faults += [Fault(words, name) for name, words in answers.faults.items()]
    if faults:
        return _sending_page(request, hand, on_paper=on_paper, trouble=NotKept(tuple(faults)))
    outcome = _pressed(request, hand, delivery, answers, on_paper=on_paper)
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
    assert hand.actor is not None  # noqa: S101  # `_to_work_on` lets nobody else through
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
        **_common(hand),
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


def _common(hand: Hand) -> dict[str, object]:
    return {
        "case": hand.case.case,
        "parts": case_rooms(hand.case.procedure, hand.ref, ROOM),
        "draft": hand.work.draft,
        "page": draft_page(hand.work, hand.actor, None),
    }
