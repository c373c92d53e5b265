"""The chronology of a case: a page that prints, and the same as PDF and as Word, by audience."""

from dataclasses import replace
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from candour.documents import Letterhead, pdf, word
from candour.engine.london import local
from candour.engine.templates import Audience
from candour.letters.house import house_of, letterhead_of
from candour.web import dates
from candour.web.case_rooms import case_rooms
from candour.web.chronology_file import as_content, scope_words
from candour.web.in_hand import InHand, case_in_hand
from candour.web.presenters.addresses import recording_page
from candour.web.presenters.chronology import (
    WHOLE,
    Chronology,
    chronology,
    reader,
    reader_words,
    readers,
)
from candour.web.presenters.timeline import Telling
from candour.web.presenters.timeline_choices import Choices, choices
from candour.web.signed_in import signed_in_only
from candour.web.spoken import spoken
from candour.web.timeline_filter import TimelineFilter

ROOM: Final = "case-chronology"
PDF: Final = "application/pdf"
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FOR: Final = "for"
SHARED: Final = "information_shared"
# Those to whom a chronology goes out, and what the sharing ledger calls them where it is one sort.
GOES_TO: Final = {
    Audience.PARTNERS: "",
    Audience.PROVIDER: "provider",
    Audience.PEOPLE: "people_and_families",
}


@require_safe
@signed_in_only
def case_chronology(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what happened, oldest first, for the reader that the address names."""
    hand = case_in_hand(request, ref)
    asked, found, offered = _made(request, hand)
    context = {
        "case": hand.case,
        "parts": case_rooms(hand.procedure, hand.case.ref, ROOM),
        "asked": asked,
        "choices": offered,
        "found": found,
        "reader": found.audience,
        "audiences": [{"value": value, "words": words} for value, words in readers()],
        "scope": scope_words(found, [chip.words for chip in offered.chips]),
        "facts": _facts(hand, found.audience),
        "query": asked.query(**{FOR: found.audience}),
        "share": _sharing(hand, found.audience),
    }
    return render(request, "cases/chronology.html", context)


@require_safe
@signed_in_only
def chronology_file(request: HttpRequest, ref: str, sort: str) -> HttpResponse:
    """Give the same as a file: “pdf” or “word”."""
    if sort not in ("pdf", "word"):
        raise Http404
    hand = case_in_hand(request, ref)
    _asked, found, offered = _made(request, hand)
    title = _("Chronology of %(ref)s") % {"ref": hand.case.ref}
    content = as_content(title, found, [chip.words for chip in offered.chips])
    head = _letterhead(hand)
    if sort == "pdf":
        return _answer(pdf(content, head, made_at=hand.now), PDF, f"{hand.case.ref}.pdf")
    return _answer(word(content, head), WORD, f"{hand.case.ref}.docx")


def _made(request: HttpRequest, hand: InHand) -> tuple[TimelineFilter, Chronology, Choices]:
    asked = TimelineFilter.from_query(request.GET)
    names = hand.names_of(hand.standing.recorded)
    telling = Telling(hand.standing, hand.sight, names)
    found = chronology(telling, reader(request.GET.get(FOR, WHOLE)), asked.passing(hand.standing))
    return asked, found, choices(hand.standing, asked, names, extra={FOR: found.audience})


def _sharing(hand: InHand, audience: str) -> str:
    """Return where it is recorded that a chronology went to its reader; nothing for the body."""
    if audience not in GOES_TO or not hand.posts or SHARED not in hand.procedure.kinds:
        return ""
    extra = {"what": _("Chronology of %(ref)s") % {"ref": hand.case.ref}}
    if kind := GOES_TO[Audience(audience)]:
        extra["recipients"] = kind
    if audience == Audience.PROVIDER and hand.case.service is not None:
        extra["to"] = hand.case.service.provider.name
    return recording_page(hand.case.ref, SHARED, extra=extra)


def _facts(hand: InHand, audience: str) -> list[tuple[str, str]]:
    """Return what stands above the page of a chronology."""
    facts = [*_details(hand), (_("Led by"), hand.case.body.name_in(spoken()))]
    facts.append((_("Opened"), dates.day(hand.case.opened_at)))
    if hand.standing.closed_at is not None:
        facts.append((_("Closed"), dates.day(hand.standing.closed_at)))
    return [*facts, (_("For"), reader_words(audience))]


def _details(hand: InHand) -> list[tuple[str, str]]:
    """Return the case, whom it is about, and when the chronology was made."""
    service = hand.case.service
    about = []
    if service is not None:
        about.append((_("Service"), service.name_in(spoken())))
        about.append((_("Provider"), service.provider.name_in(spoken())))
    return [(_("Case"), hand.case.ref), *about, (_("Made on"), dates.moment(hand.now))]


def _letterhead(hand: InHand) -> Letterhead:
    body = hand.case.body
    head = letterhead_of(body, house_of(body), spoken(), local(hand.now).date())
    return replace(head, details=tuple(_details(hand)))


def _answer(file: bytes, sort: str, name: str) -> HttpResponse:
    answer = HttpResponse(file, content_type=sort)
    answer["Content-Disposition"] = f'inline; filename="chronology-{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
