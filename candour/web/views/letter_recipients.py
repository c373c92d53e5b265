"""Who gets a letter, and a second person's yes where somebody outside the rule does."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from candour.engine import Refusal
from candour.letters.actions import (
    Kept,
    Overtaken,
    approve_second,
    ask_second,
    confirm_recipients,
    decline_second,
)
from candour.letters.recipients import Way
from candour.web.forms.entry import Fault
from candour.web.forms.letters import chosen_from
from candour.web.letter_sending import (
    Hand,
    NotKept,
    frame_of,
    letter_in_hand,
    not_kept,
    revision_of,
    to_send,
)
from candour.web.presenters.letter_links import draft_place
from candour.web.presenters.letter_recipients import (
    MOST_BESIDE,
    language_choices,
    recipient_forms,
    recipient_lines,
    way_choices,
)
from candour.web.signed_in import signed_in_only

BESIDE = "beside"
OF_A_LINE = ("reason-", "email-", "name-", "language-")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def recipients(request: HttpRequest, ref: str, draft: UUID) -> HttpResponse:
    """Show who gets the letter by the rule, to be confirmed or left out line by line."""
    hand = to_send(request, ref, draft)
    if isinstance(hand, HttpResponse):
        return hand
    if request.method != "POST":
        return _recipients_page(request, hand, None, beside=1)
    beside = _beside(request)
    if request.POST.get("then") == "more":
        return _recipients_page(
            request, hand, None, beside=min(beside + 1, MOST_BESIDE), typed=_flat(request)
        )
    assert hand.actor is not None  # noqa: S101  # `to_send` lets nobody else through
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
        **frame_of(hand),
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
    hand = to_send(request, ref, draft)
    if isinstance(hand, HttpResponse):
        return hand
    trouble = None
    if request.method == "POST":
        then = request.POST.get("then", "")
        trouble = not_kept(hand, _answered(request, hand, then))
        if trouble is None:
            messages.success(request, _second_words(then))
            return redirect(draft_place(ref, draft, _after_second(hand, then)))
        hand = letter_in_hand(request, ref, draft)
    context = {
        **frame_of(hand),
        "lines": recipient_lines(hand.work, hand.work.chosen),
        "can_answer": _can_answer(hand),
        "trouble": trouble,
        "why": request.POST.get("why", ""),
    }
    status = trouble.status if trouble else 200
    return render(request, "letters/second.html", context, status=status)


def _answered(request: HttpRequest, hand: Hand, then: str) -> Kept | Overtaken | Refusal:
    """Ask for a second person, or answer as one."""
    assert hand.actor is not None  # noqa: S101  # `to_send` lets nobody else through
    draft_id, actor, as_of = hand.draft_id, hand.actor, hand.case.now
    revision, why = revision_of(request), request.POST.get("why", "")
    if then == "yes":
        return approve_second(draft_id=draft_id, actor=actor, revision=revision, as_of=as_of)
    verb = ask_second if then == "ask" else decline_second
    return verb(draft_id=draft_id, actor=actor, why=why, revision=revision, as_of=as_of)


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
