"""What the pages of letters have in common: the draft in hand, and what was refused, in words."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from candour.engine import Refusal
from candour.letters.actions import Kept, Overtaken
from candour.letters.work import NoSuchDraft, Work, taken_up
from candour.people.actor import Actor
from candour.web.case_rooms import case_rooms
from candour.web.forms.entry import KEY, Fault
from candour.web.in_hand import InHand, case_in_hand
from candour.web.presenters.letter_draft import draft_page
from candour.web.presenters.letter_links import sent_place
from candour.web.presenters.refusals import ReasonLine, reason_lines
from candour.web.views.recording import no_post

ROOM = "case-letters"
REVISION = "revision"
CHANGED, REFUSED = 409, 422


@dataclass(frozen=True, slots=True)
class Hand:
    """A draft that the signed-in person may work on, its case, and the person in their post."""

    case: InHand
    work: Work
    actor: Actor | None
    is_sent: bool

    @property
    def ref(self) -> str:
        """The reference of the case."""
        return self.case.case.ref

    @property
    def draft_id(self) -> str:
        """The id of the draft, as the verbs take it."""
        return str(self.work.draft.pk)


@dataclass(frozen=True, slots=True)
class NotKept:
    """What was not kept of what somebody sent, and why; `by` is who was faster, if anybody."""

    faults: tuple[Fault, ...] = ()
    reasons: tuple[ReasonLine, ...] = ()
    by: str = ""
    typed: dict[str, str] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """The HTTP status that says so."""
        return CHANGED if self.by else REFUSED

    def error(self, name: str) -> str:
        """Return what is wrong with one field."""
        return next((fault.words for fault in self.faults if fault.field == name), "")


def letter_in_hand(request: HttpRequest, ref: str, draft: UUID) -> Hand:
    """Return a draft of a case as the signed-in person may work on it.

    Raises:
        Http404: there is none, or none that a body of theirs writes.
    """
    case = case_in_hand(request, ref)
    try:
        work = taken_up(draft, case.now)
    except NoSuchDraft:
        raise Http404 from None
    if work.case.pk != case.case.pk:
        raise Http404
    roles = [work.template.signed_by]
    owed = work.standing.duties.get(work.draft.owed)
    if owed is not None:
        roles.insert(0, owed.duty.owner)
    posts = [post for post in case.posts_for(roles) if post.body_id == work.draft.body_id]
    actor = Actor.from_post(posts[0]) if posts else None
    return Hand(case, work, actor, work.is_sent)


def key_of(request: HttpRequest) -> str:
    """Return the key that a form came with; a fresh one where it is none."""
    try:
        return str(UUID(request.POST.get(KEY, "")))
    except ValueError:
        return str(uuid4())


def revision_of(request: HttpRequest) -> int:
    """Return the revision of the draft that the person read; 0 where the form does not say."""
    typed = request.POST.get(REVISION, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0


def refusal_lines(refusal: Refusal) -> tuple[Fault, ...]:
    """Return what is wrong, line by line, each with the field that it leads to."""
    return tuple(Fault(problem.message, problem.field) for problem in refusal.problems)


def not_kept(hand: Hand, outcome: Kept | Overtaken | Refusal) -> NotKept | None:
    """Return why something was not kept, in words; None where it was."""
    if isinstance(outcome, Kept):
        return None
    if isinstance(outcome, Overtaken):
        words = _("%(who)s changed this letter while you had it open.") % {"who": outcome.by}
        return NotKept((Fault(words),), by=outcome.by)
    reasons = reason_lines(hand.work.standing.procedure, outcome)
    lines = (*refusal_lines(outcome), *(Fault(reason.words) for reason in reasons))
    return NotKept(lines, reasons)


def to_send(request: HttpRequest, ref: str, draft: UUID) -> Hand | HttpResponse:
    """Return the draft in hand, or where to go instead: it was sent, or is not theirs to change.

    Raises:
        Http404: there is none, or it is a paper to open and print, which is sent to nobody.
    """
    hand = letter_in_hand(request, ref, draft)
    if hand.is_sent:
        return redirect(sent_place(ref, draft))
    if hand.actor is None:
        return no_post(request, hand.case)
    if hand.work.template.records is None:
        raise Http404
    return hand


def frame_of(hand: Hand) -> dict[str, object]:
    """Return what every page of a draft shows."""
    return {
        "case": hand.case.case,
        "parts": case_rooms(hand.case.procedure, hand.ref, ROOM),
        "draft": hand.work.draft,
        "page": draft_page(hand.work, hand.actor, None),
    }
