"""Sends what somebody typed to the case log, and says what came of it. Nothing typed is lost."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from candour.cases.actions import Recorded, Stale, record
from candour.engine import Draft, Refusal
from candour.engine.meetings import HELD, OPENED, open_meeting
from candour.people.actor import Actor
from candour.web.forms.controls import Typed, first
from candour.web.forms.entry import (
    KEY,
    SEQ,
    EntryForm,
    Fault,
    Sent,
    Subject,
    refusal_faults,
    shown_form,
)
from candour.web.in_hand import InHand
from candour.web.presenters.addresses import case_page, entry_anchor
from candour.web.presenters.meeting_links import finishing_page, running_page
from candour.web.presenters.refusals import ReasonLine, reason_lines, recorded_words
from candour.web.presenters.timeline import Telling, TimelineItem, told

REFUSED, CHANGED = 422, 409


class Verb(Protocol):
    """What records a draft: `record`, or a verb of its own for a kind."""

    def __call__(
        self, *, case_id: int, actor: Actor, draft: Draft, expected_seq: int | None, as_of: datetime
    ) -> Recorded | Refusal | Stale:
        """See `candour.cases.actions.record`."""


@dataclass(frozen=True, slots=True)
class Unsent:
    """What was not recorded, to be shown again as it was typed.

    Attributes:
        typed: what was typed.
        faults: what is wrong, under the names of the fields.
        reasons: why the procedure refused it.
        overridable: a written rationale from this person would let it through.
        since: what others recorded meanwhile; not empty when that is why it was not recorded.
        seq: where the log ended when what is shown now was read.
    """

    typed: Typed
    faults: dict[str, str]
    reasons: tuple[ReasonLine, ...] = ()
    overridable: bool = False
    since: tuple[TimelineItem, ...] = ()
    seq: int = 0

    @property
    def status(self) -> int:
        """The HTTP status that says so."""
        return CHANGED if self.since else REFUSED

    @property
    def key(self) -> str:
        """The key that the form came with: sent again, it is still the same entry."""
        return first(self.typed, KEY)

    def form(self, subject: Subject) -> EntryForm:
        """Return the form with everything that was typed."""
        return shown_form(subject, self.typed, self.faults)

    def summary(self) -> list[Fault]:
        """Return the lines of the error summary."""
        lines = [Fault(words, name) for name, words in self.faults.items()]
        return lines + [Fault(reason.words) for reason in self.reasons]


def seq_of(typed: Typed) -> int:
    """Return where the log ended when the form was opened; 0 when it does not say."""
    seq = first(typed, SEQ)
    return int(seq) if seq.isascii() and seq.isdigit() and len(seq) < 9 else 0


def send(
    request: HttpRequest,
    hand: InHand,
    subject: Subject,
    typed: Typed,
    made: Sent | dict[str, str],
    *,
    by: Verb = record,
    back: str = "",
) -> HttpResponse | Unsent:
    """Record what was sent, unless reading it found faults.

    `by` is the verb that records it; `back` is where to go then, to the entry on the page of its
    case when left out.

    Returns:
        The way back to the case, or what was not recorded and why.
    """
    if isinstance(made, dict):
        return Unsent(typed, made, seq=seq_of(typed))
    answer = by(
        case_id=hand.case.pk,
        actor=Actor.from_post(made.post),
        draft=made.draft,
        expected_seq=seq_of(typed),
        as_of=hand.now,
    )
    if isinstance(answer, Recorded):
        return _done(request, hand, answer, back)
    if isinstance(answer, Stale):
        return _overtaken(hand, typed, answer)
    return refused(subject, typed, answer)


def refused(subject: Subject, typed: Typed, refusal: Refusal) -> Unsent:
    """Return what the procedure refused, with its reasons."""
    return Unsent(
        typed,
        refusal_faults(refusal, subject),
        reason_lines(subject.standing.procedure, refusal),
        refusal.overridable,
        seq=seq_of(typed),
    )


def _done(request: HttpRequest, hand: InHand, answer: Recorded, back: str) -> HttpResponse:
    if answer.repeated:
        words = _("This was recorded already, once. Nothing was added.")
    else:
        words = recorded_words(answer.standing, answer.entry, answer.followed)
    messages.success(request, words)
    if back:
        return redirect(back)
    finished = _finished(answer)
    if finished:
        return redirect(finishing_page(hand.case.ref, finished))
    sitting = open_meeting(answer.standing)
    if sitting is not None and sitting.began_by.id in (answer.entry.id, *answer.entry.refers_to):
        # Whoever keeps its record goes on there.
        return redirect(running_page(hand.case.ref, sitting.began_by.id))
    return redirect(case_page(hand.case.ref, entry_anchor(answer.entry.id)))


def _finished(answer: Recorded) -> str:
    """Return which meeting, opened here, was finished by what was recorded; or nothing."""
    opened = (
        ref
        for ref in answer.entry.refers_to
        if answer.entry.kind == HELD
        and (entry := answer.standing.entry(ref)) is not None
        and entry.kind == OPENED
    )
    return next(opened, "")


def _overtaken(hand: InHand, typed: Typed, answer: Stale) -> Unsent:
    telling = Telling(hand.standing, hand.sight, hand.names_of(answer.since))
    return Unsent(typed, {}, since=told(telling, answer.since), seq=answer.seq)
