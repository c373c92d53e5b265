"""A letter being written: its words, made anew, set aside, and as it will look."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from candour.documents import MarkdownFault
from candour.engine import Refusal
from candour.letters.actions import Kept, Overtaken, edit_draft, make_anew, set_aside
from candour.letters.setting import Sender, SetLetter, set_letter
from candour.letters.texts import LANGUAGES, LetterText
from candour.web.case_rooms import case_rooms
from candour.web.letter_sending import Hand, NotKept, letter_in_hand, not_kept, revision_of
from candour.web.presenters.letter_draft import draft_page, nobody_yet
from candour.web.presenters.letter_links import draft_place, sent_place
from candour.web.presenters.letters import room_page
from candour.web.signed_in import signed_in_only
from candour.web.views.recording import no_post

OfDraft = Callable[..., Kept | Overtaken | Refusal]
ROOM = "case-letters"
AFTER = {"preview": "letter-preview", "recipients": "letter-recipients", "save": "letter-draft"}
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
# A page of ours may hold the PDF in a frame; nobody else’s may.
FRAMED = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def draft(request: HttpRequest, ref: str, draft: UUID) -> HttpResponse:
    """Show the words of a letter in both languages beside the facts they use, or keep them."""
    hand = letter_in_hand(request, ref, draft)
    if hand.is_sent:
        return redirect(sent_place(ref, draft))
    if hand.actor is None:
        return no_post(request, hand.case)
    if request.method != "POST":
        return _draft_page(request, hand, None)
    typed = _typed(request)
    outcome = edit_draft(
        draft_id=hand.draft_id,
        actor=hand.actor,
        texts=typed,
        revision=revision_of(request),
        as_of=hand.case.now,
    )
    trouble = not_kept(hand, outcome)
    if trouble is not None:
        return _draft_page(request, letter_in_hand(request, ref, draft), trouble, typed)
    messages.success(request, _("The letter is saved. It has not been sent."))
    page = AFTER.get(request.POST.get("then", ""), "letter-draft")
    return redirect(draft_place(ref, draft, page))


def _typed(request: HttpRequest) -> dict[str, LetterText]:
    return {
        language: LetterText(
            request.POST.get(f"subject-{language}", ""),
            request.POST.get(f"text-{language}", "").replace("\r\n", "\n"),
        )
        for language in LANGUAGES
    }


def _draft_page(
    request: HttpRequest,
    hand: Hand,
    trouble: NotKept | None,
    typed: dict[str, LetterText] | None = None,
) -> HttpResponse:
    assert hand.actor is not None  # noqa: S101  # nobody else is shown the form
    context = {
        "case": hand.case.case,
        "parts": case_rooms(hand.case.procedure, hand.ref, ROOM),
        "page": draft_page(hand.work, hand.actor, typed),
        "draft": hand.work.draft,
        "trouble": trouble,
    }
    status = trouble.status if trouble else 200
    return render(request, "letters/draft.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def anew(request: HttpRequest, ref: str, draft: UUID) -> HttpResponse:
    """Put the text that the template now gives in place of what the draft says."""
    done = _("The text was made anew from the case as it stands.")
    return _done(request, ref, draft, make_anew, done, draft_place(ref, draft))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def aside(request: HttpRequest, ref: str, draft: UUID) -> HttpResponse:
    """Set a draft aside."""
    done = _("The letter was set aside. It was not sent.")
    return _done(request, ref, draft, set_aside, done, room_page(ref))


def _done(
    request: HttpRequest, ref: str, draft: UUID, verb: OfDraft, done: str, onto: str
) -> HttpResponse:
    """Do one thing to a draft that is still one, say so and go on, or show what stands against.

    Whoever comes here without a form, after signing in again say, is led back to the draft.
    """
    hand = letter_in_hand(request, ref, draft)
    if hand.actor is None or hand.is_sent:
        raise Http404
    if request.method != "POST":
        return redirect(draft_place(ref, draft))
    outcome = verb(
        draft_id=hand.draft_id,
        actor=hand.actor,
        revision=revision_of(request),
        as_of=hand.case.now,
    )
    trouble = not_kept(hand, outcome)
    if trouble is not None:
        return _draft_page(request, letter_in_hand(request, ref, draft), trouble)
    messages.success(request, done)
    return redirect(onto)


@require_safe
@signed_in_only
def preview(request: HttpRequest, ref: str, draft: UUID) -> HttpResponse:
    """Show the letter as its PDF, with ways to download it."""
    hand = letter_in_hand(request, ref, draft)
    language = _language(request.GET.get("language", LANGUAGES[0]))
    trouble = ""
    try:
        _set(hand, language)
    except MarkdownFault as fault:
        trouble = str(fault)
    context = {
        "case": hand.case.case,
        "parts": case_rooms(hand.case.procedure, ref, ROOM),
        "page": draft_page(hand.work, hand.actor, None),
        "draft": hand.work.draft,
        "language_of_letter": language,
        "trouble": trouble,
        "may_send": hand.work.template.records is not None,
    }
    return render(request, "letters/preview.html", context)


@require_safe
@signed_in_only
def file(request: HttpRequest, ref: str, draft: UUID, language: str, ending: str) -> HttpResponse:
    """Send the letter as it would leave, as PDF or Word."""
    hand = letter_in_hand(request, ref, draft)
    if ending not in TYPES:
        raise Http404
    try:
        letter = _set(hand, _language(language))
    except MarkdownFault:
        raise Http404 from None
    drawn = letter.pdf if ending == "pdf" else letter.word
    answer = HttpResponse(drawn, content_type=TYPES[ending])
    name = f"{ref}-{hand.work.draft.template}-{language}.{ending}"
    shown = "inline" if ending == "pdf" and "download" not in request.GET else "attachment"
    answer["Content-Disposition"] = f'{shown}; filename="{name}"'
    answer["X-Frame-Options"] = "SAMEORIGIN"
    answer["Content-Security-Policy"] = FRAMED
    return answer


def _language(asked: str) -> str:
    if asked not in LANGUAGES:
        raise Http404
    return asked


def _set(hand: Hand, language: str) -> SetLetter:
    """Return the letter as the first who gets it in this language will; as nobody's before that."""
    work = hand.work
    chosen = next(
        (each for each in work.getting if each.language == language), nobody_yet(work, language)
    )
    sender = Sender(work.draft.body, work.house, work.case.ref, hand.case.now)
    text = LetterText(**work.draft.texts[language])
    return set_letter(hand.draft_id, text, chosen, sender)
