"""The letters of a case: their list, beginning one, and each as it was sent."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from candour.engine import Entry, Refusal
from candour.engine.templates import Template
from candour.letters import queries
from candour.letters.actions import Beginning, Kept, begin_draft
from candour.letters.duties import about_of
from candour.people.actor import Actor
from candour.web.case_rooms import case_rooms
from candour.web.forms.controls import Choice
from candour.web.in_hand import InHand, case_in_hand
from candour.web.letter_sending import key_of, refusal_lines
from candour.web.presenters.addresses import OWED
from candour.web.presenters.audiences import audience_words
from candour.web.presenters.letter_links import ABOUT, draft_place
from candour.web.presenters.letter_sent import sent_page
from candour.web.presenters.letter_ways import letter_title
from candour.web.presenters.letters import letters_page
from candour.web.presenters.naming import entry_name
from candour.web.signed_in import signed_in_only
from candour.web.views.recording import no_post

ROOM = "case-letters"
REFUSED = 422


@require_safe
@signed_in_only
def case_letters(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what is due to be told, what is being written and what was sent."""
    hand = case_in_hand(request, ref)
    if not hand.procedure.templates:
        raise Http404
    sent = queries.sent_of(hand.case)
    context = {
        "case": hand.case,
        "parts": case_rooms(hand.procedure, ref, ROOM),
        "may_act": hand.sight.may_act,
        "page": letters_page(
            hand.standing,
            hand.sight,
            queries.drafts_of(hand.case),
            sent,
            queries.messages_of(sent),
        ),
    }
    return render(request, "letters/room.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def begin(request: HttpRequest, ref: str, template: str) -> HttpResponse:
    """Ask what a letter is about, and begin it."""
    hand = case_in_hand(request, ref)
    known = hand.procedure.templates.get(template)
    if known is None:
        raise Http404
    if not hand.posts:
        return no_post(request, hand)
    refusal = None
    if request.method == "POST":
        outcome = _begun(request, hand, known)
        if isinstance(outcome, Kept):
            return redirect(draft_place(ref, outcome.draft.pk))
        refusal = outcome
    owed = hand.standing.duties.get(request.GET.get(OWED, ""))
    entries = _fitting(hand, known)
    asked = request.GET.get(ABOUT, "")
    context = {
        "case": hand.case,
        "parts": case_rooms(hand.procedure, ref, ROOM),
        "letter": letter_title(hand.procedure, template),
        "audience": audience_words(known),
        "paper": known.records is None,
        "speaks_of": bool(known.about),
        "entries": [Choice(e.id, entry_name(hand.standing, e)) for e in entries],
        "about": asked or about_of(hand.standing, known, owed),
        "faults": refusal_lines(refusal) if refusal else (),
        "key": key_of(request) if refusal else None,
    }
    return render(request, "letters/begin.html", context, status=REFUSED if refusal else 200)


def _begun(request: HttpRequest, hand: InHand, template: Template) -> Kept | Refusal:
    owed = hand.standing.duties.get(request.GET.get(OWED, ""))
    post = hand.posts_for([owed.duty.owner if owed else "", template.signed_by])[0]
    return begin_draft(
        case=hand.case,
        actor=Actor.from_post(post),
        beginning=Beginning(template.id, request.POST.get(ABOUT, ""), owed.key if owed else ""),
        draft_id=key_of(request),
        as_of=hand.now,
    )


def _fitting(hand: InHand, template: Template) -> list[Entry]:
    """Return the entries that the letter may speak of, newest first."""
    found = [entry for pattern in template.about for entry in hand.standing.matching(pattern)]
    return sorted(found, key=lambda entry: entry.happened_at, reverse=True)


@require_safe
@signed_in_only
def sent(request: HttpRequest, ref: str, letter: UUID) -> HttpResponse:
    """Show a letter as it was sent: words, recipients, facts, files, seal and delivery."""
    hand = case_in_hand(request, ref)
    found = queries.sent_letter(hand.case, letter)
    if found is None:
        raise Http404
    context = {
        "case": hand.case,
        "parts": case_rooms(hand.procedure, ref, ROOM),
        "page": sent_page(
            hand.standing,
            found,
            queries.files_of(found),
            queries.messages_of([found]),
            hand.sight,
        ),
    }
    return render(request, "letters/sent.html", context)


@require_safe
@signed_in_only
def sent_file(request: HttpRequest, ref: str, letter: UUID, number: int) -> HttpResponse:
    """Send a file of a letter, exactly as it was sent."""
    hand = case_in_hand(request, ref)
    found = queries.file_of(hand.case, letter, number)
    if found is None:
        raise Http404
    answer = HttpResponse(bytes(found.content), content_type=found.type)
    answer["Content-Disposition"] = f'attachment; filename="{found.name}"'
    return answer
