"""Finishing a meeting: what is still open in it, its record, and then what follows it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candour.engine.london import local
from candour.engine.meetings import HELD, Meeting, said_in
from candour.letters import queries
from candour.letters.directory import directory_of
from candour.letters.resolving import named_in
from candour.web.case_rooms import case_rooms
from candour.web.forms.finishing import finishing_form
from candour.web.in_hand import InHand, case_in_hand
from candour.web.presenters.agendas import meeting_title
from candour.web.presenters.meeting_after import clocks_after, papers_after
from candour.web.presenters.meeting_links import running_page
from candour.web.presenters.meeting_room import at_table, captured
from candour.web.presenters.minutes import copy_page
from candour.web.presenters.ratings import ratings_page
from candour.web.signed_in import signed_in_only
from candour.web.views.meeting_room import ROOM, meeting_of_case


@require_safe
@signed_in_only
def finish(request: HttpRequest, ref: str, meeting: UUID) -> HttpResponse:
    """Show what finishes a meeting; of one that was held, its clocks and what goes round."""
    hand = case_in_hand(request, ref)
    found = meeting_of_case(hand, meeting)
    names = hand.names_of(said.entry for said in said_in(hand.standing, found))
    context = {
        "case": hand.case,
        "parts": case_rooms(hand.procedure, ref, ROOM),
        "title_of": meeting_title(hand.standing, found.name),
        "began": found.began_at,
        "captured": captured(hand.standing, found, hand.sight, names),
        "may_act": hand.sight.may_act,
    }
    more = _to_finish(hand, found) if found.is_open else _finished(hand, found)
    return render(request, "cases/meeting_finish.html", {**context, **more})


def _to_finish(hand: InHand, meeting: Meeting) -> dict[str, object]:
    """Return the form of the record, filled in with what is known, and what still lacks."""
    asked = finishing_form(hand, meeting) if hand.posts else None
    return {
        "open": True,
        "room": running_page(hand.case.ref, meeting.began_by.id),
        "table": at_table(hand.standing, meeting),
        "round": ratings_page(hand.standing, hand.sight).now,
        "asked": asked,
        "name": meeting.name,
        "seq": len(hand.standing.recorded),
        "record": reverse("record", args=[hand.case.ref, HELD]),
    }


def _finished(hand: InHand, meeting: Meeting) -> dict[str, object]:
    held = meeting.held
    assert held is not None  # noqa: S101  # the caller asked whether it is open
    day = local(hand.now).date()
    directory = directory_of(hand.case, named_in(hand.standing), day)
    drafts = queries.drafts_of(hand.case)
    return {
        "open": False,
        "clocks": clocks_after(hand.standing, held, hand.sight),
        "papers": papers_after(hand.standing, meeting, hand.sight, directory, drafts),
        "copies": tuple(copy_page(hand.standing, meeting, hand.sight)),
        "table": at_table(hand.standing, meeting),
    }
