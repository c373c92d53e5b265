"""The room of a meeting that is being held: everything that falls in it is captured on one page.

One address: what is sent says by `do` what it does. Without a script each goes out and comes back
as a page of its own; with one, what others record appears by itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from candour.cases import queries
from candour.cases.actions import Recorded, Stale, record
from candour.engine import Draft, Refusal
from candour.engine.headings import heading_times
from candour.engine.meetings import (
    ATTENDED,
    BEGUN,
    TAKEN_UP,
    Meeting,
    meetings,
    rule_of,
    said_in,
)
from candour.engine.rated import is_open
from candour.engine.vocabulary.ratings import CALLED
from candour.people.actor import Actor
from candour.web.case_rooms import case_rooms
from candour.web.forms.attending import Table, table, taken_from
from candour.web.forms.capturing import Kept, Row, drafted, refused, rows, shown
from candour.web.forms.controls import Typed, first
from candour.web.forms.entry import KEY, Fault, typed_from
from candour.web.in_hand import InHand, case_in_hand
from candour.web.presenters.agendas import agency_names
from candour.web.presenters.meeting_clock import meeting_clock
from candour.web.presenters.meeting_links import AT, running_page
from candour.web.presenters.meeting_room import rating_agencies, room_page
from candour.web.presenters.refusals import reason_lines
from candour.web.signed_in import signed_in_only
from candour.web.spoken import said
from candour.web.views.ratings import own_agencies
from candour.web.views.recording import no_post

ROOM: Final = "case-meetings"
REFUSED: Final = 422
TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class Unkept:
    """What was sent and not recorded: rows, and the table of who is there, as they were typed."""

    rows: Mapping[str, Kept] = field(default_factory=dict)
    table: Table | None = None
    faults: tuple[str, ...] = ()


NOTHING: Final = Unkept()


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def run(request: HttpRequest, ref: str, meeting: UUID) -> HttpResponse:
    """Show the room of a meeting, or record what falls in it."""
    hand = case_in_hand(request, ref)
    found = meeting_of_case(hand, meeting)
    if not found.is_open:
        return redirect("meeting-finish", ref, meeting)
    if request.method == "POST":
        if not hand.posts:
            return no_post(request, hand)
        does = DOING.get(request.POST.get("do", ""), _capture)
        return does(request, hand, found)
    if _unchanged(request, hand, found):
        return HttpResponse(status=204)
    return _page(request, hand, found, NOTHING)


def meeting_of_case(hand: InHand, meeting: UUID) -> Meeting:
    """Return a meeting of the case by what it began by.

    Raises:
        Http404: there is none.
    """
    found = next((m for m in meetings(hand.standing) if m.began_by.id == str(meeting)), None)
    if found is None:
        raise Http404
    return found


def _unchanged(request: HttpRequest, hand: InHand, meeting: Meeting) -> bool:
    """Whether a page that asks for news by itself shows already what there is."""
    minute = meeting_clock(hand.standing, meeting, hand.now).minute
    seen = request.GET.get("seen")
    return "HX-Request" in request.headers and seen == f"{len(hand.standing.recorded)}-{minute}"


def _page(request: HttpRequest, hand: InHand, meeting: Meeting, unkept: Unkept) -> HttpResponse:
    known = rows(hand)
    names = hand.names_of(said.entry for said in said_in(hand.standing, meeting))
    at = request.GET.get(AT, "") or next(iter(unkept.rows), "")
    context = {
        "case": hand.case,
        "parts": case_rooms(hand.procedure, hand.case.ref, ROOM),
        "page": room_page(hand.standing, meeting, hand.sight, names),
        "rows": shown(known, hand, meeting, unkept.rows) if hand.posts else (),
        "table": unkept.table or table(hand.standing, meeting, hand.sight),
        "table_open": unkept.table is not None,
        "faults_summary": _summary(unkept),
        "errors": bool(unkept.rows or unkept.faults),
        "at": at,
        "own": own_agencies(request, hand),
        "may_act": hand.sight.may_act,
    }
    failed = unkept.rows or unkept.faults
    return render(request, "cases/meeting_room.html", context, status=REFUSED if failed else 200)


def _summary(unkept: Unkept) -> list[Fault]:
    """Return the lines of the error summary, each leading to its box where it has one."""
    lines = [Fault(words) for words in unkept.faults]
    for row, kept in unkept.rows.items():
        lines += [
            Fault(words, f"{row}-{name}" if name else "") for name, words in kept.faults.items()
        ]
        lines += [Fault(words, f"row-{row}") for words in kept.reasons]
    return lines


# -- what falls in it ------------------------------------------------------------------------------


def _capture(request: HttpRequest, hand: InHand, meeting: Meeting) -> HttpResponse:
    """Record each row that something stands in; what cannot be recorded comes back."""
    typed = typed_from(request.POST)
    kept: dict[str, Kept] = {}
    done: list[str] = []
    for row in rows(hand):
        own = row.typed(typed)
        if not row.is_filled(own):
            continue
        trouble = _recorded_row(row, own, hand, meeting)
        if trouble is None:
            done.append(row.name)
        else:
            kept[row.name] = trouble
    if not kept:
        return redirect(_room(hand, meeting, done[-1] if done else request.POST.get(AT, "")))
    return _page(request, _again(hand), meeting, Unkept(rows=kept))


def _recorded_row(row: Row, own: Typed, hand: InHand, meeting: Meeting) -> Kept | None:
    """Record a row; return it with what is wrong where it was not.

    What others recorded meanwhile is no hindrance: a line said in a meeting stands beside theirs.
    """
    made = drafted(row, own, hand, meeting)
    if isinstance(made, Kept):
        return made
    outcome = _recorded(hand, made)
    return refused(row, own, outcome) if isinstance(outcome, Refusal) else None


def _recorded(hand: InHand, draft: Draft, seq: int | None = None) -> Recorded | Refusal | Stale:
    return record(
        case_id=hand.case.pk,
        actor=Actor.from_post(hand.post_for(draft)),
        draft=draft,
        expected_seq=seq,
        as_of=hand.now,
    )


def _again(hand: InHand) -> InHand:
    """Return the case as it stands after what was just recorded."""
    return replace(hand, standing=queries.standing(hand.case.pk))


def _attendance(request: HttpRequest, hand: InHand, meeting: Meeting) -> HttpResponse:
    """Record who is there: what was changed, over whatever somebody else recorded meanwhile."""
    typed = typed_from(request.POST)
    outcome = _seated(request, hand, meeting, typed)
    for _try in range(TRIES):
        if not isinstance(outcome, Stale):
            break
        hand = _again(hand)
        outcome = _seated(request, hand, meeting, typed)
    if isinstance(outcome, Recorded):
        return redirect(_room(hand, meeting, ""))
    busy = _("Others are recording at this moment. Send it once more.")
    faults = _faults(hand, outcome) if isinstance(outcome, Refusal) else (busy,)
    shown_again = table(hand.standing, meeting, hand.sight, typed)
    return _page(request, hand, meeting, Unkept(table=shown_again, faults=faults))


def _seated(
    request: HttpRequest, hand: InHand, meeting: Meeting, typed: Typed
) -> Recorded | Refusal | Stale:
    data = taken_from(hand.standing, meeting, hand.sight, typed)
    draft = _draft(request, hand, ATTENDED, data, meeting)
    return _recorded(hand, draft, len(hand.standing.recorded))


def _part(request: HttpRequest, hand: InHand, meeting: Meeting) -> HttpResponse:
    """Record that the provider joins, or has left."""
    data = {"part": request.POST.get("part", "")}
    return _one(request, hand, meeting, _draft(request, hand, BEGUN, data, meeting))


def _heading(request: HttpRequest, hand: InHand, meeting: Meeting) -> HttpResponse:
    """Record that the meeting goes on to a heading of its agenda; nothing where it is at it."""
    rule, heading = rule_of(hand.standing, meeting), request.POST.get("heading", "")
    times = heading_times(hand.standing, meeting, hand.now)
    known = {each.id: said(each.title) for each in rule.agenda} if rule else {}
    if heading not in known or heading == times.now:
        return redirect(_room(hand, meeting, ""))
    data = {"title": known[heading], "heading": heading}
    return _one(request, hand, meeting, _draft(request, hand, TAKEN_UP, data, meeting))


def _call_ratings(request: HttpRequest, hand: InHand, meeting: Meeting) -> HttpResponse:
    """Call on the members that are there to rate under seal; once, whoever presses too."""
    called = hand.standing.by_kind.get(CALLED, ())
    if called and is_open(hand.standing, called[-1]):
        return redirect(_room(hand, meeting, ""))
    agencies = agency_names(hand.standing, rating_agencies(hand.standing, meeting))
    data = {"meeting": meeting.name, "agencies": list(agencies)}
    return _one(request, hand, meeting, _draft(request, hand, CALLED, data, meeting))


def _one(request: HttpRequest, hand: InHand, meeting: Meeting, draft: Draft) -> HttpResponse:
    outcome = _recorded(hand, draft)
    if isinstance(outcome, Refusal):
        return _page(request, hand, meeting, Unkept(faults=_faults(hand, outcome)))
    return redirect(_room(hand, meeting, ""))


def _draft(
    request: HttpRequest, hand: InHand, kind: str, data: dict[str, Any], meeting: Meeting
) -> Draft:
    return Draft(
        id=first(typed_from(request.POST), KEY),
        kind=kind,
        happened_at=hand.now,
        author="",  # the verb that records it says who it is
        role="",
        data=data,
        refers_to=(meeting.began_by.id,),
    )


def _faults(hand: InHand, refusal: Refusal) -> tuple[str, ...]:
    reasons = (line.words for line in reason_lines(hand.procedure, refusal))
    return (*reasons, *(problem.message for problem in refusal.problems))


def _room(hand: InHand, meeting: Meeting, at: str) -> str:
    """Return the way back into the room, to the row that was written in last."""
    page = running_page(hand.case.ref, meeting.began_by.id)
    return f"{page}?{urlencode({AT: at})}" if at else page


Doing = Callable[[HttpRequest, InHand, Meeting], HttpResponse]
DOING: Final[Mapping[str, Doing]] = {
    "capture": _capture,
    "attendance": _attendance,
    "part": _part,
    "heading": _heading,
    "ratings": _call_ratings,
}
