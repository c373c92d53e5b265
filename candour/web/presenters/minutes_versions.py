"""The versions of a copy of minutes: when each went out, what it put right, and its approval."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from candour.engine import Entry, Standing
from candour.engine.fields import as_values
from candour.engine.meetings import Meeting, meetings, open_meeting
from candour.engine.minutes import APPROVED, CIRCULATED, Minutes, minutes_of
from candour.web import dates
from candour.web.presenters.actions import Action
from candour.web.presenters.addresses import REFERS, entry_place, recording_page
from candour.web.presenters.agendas import meeting_title
from candour.web.presenters.letter_links import writing_page
from candour.web.presenters.minutes import minutes_template
from candour.web.presenters.sight import Sight


@dataclass(frozen=True, slots=True)
class Version:
    """One version that went out: its number, when, to whom, what it put right, and its entry."""

    number: int
    when: str
    to: tuple[str, ...]
    corrects: str
    address: str


@dataclass(frozen=True, slots=True)
class Versions:
    """All versions of one copy, the newest first, with what was approved and what can be done."""

    every: tuple[Version, ...]
    approved: str
    actions: tuple[Action, ...]


def versions_of(standing: Standing, meeting: Meeting, copy: str, sight: Sight) -> Versions:
    """Return the versions of one copy of a meeting’s minutes; none while the meeting goes on."""
    if meeting.held is None:
        return Versions((), "", ())
    sent = next((m for m in minutes_of(standing, meeting.held) if m.copy in (copy, "")), None)
    return Versions(
        every=tuple(reversed(tuple(_versions(sent, sight)))) if sent else (),
        approved=_approved(standing, sent.approval) if sent else "",
        actions=tuple(_actions(standing, meeting.held, copy, sent, sight)),
    )


def _versions(sent: Minutes, sight: Sight) -> Iterator[Version]:
    for number, entry in enumerate(sent.versions, 1):
        yield Version(
            number,
            dates.day(entry.happened_at),
            tuple(str(who) for who in as_values(entry.data["to"])),
            str(entry.data.get("corrects") or ""),
            entry_place(sight.ref, entry.id),
        )


def _approved(standing: Standing, approval: Entry | None) -> str:
    if approval is None:
        return ""
    day = dates.day(approval.happened_at)
    then = [m for m in meetings(standing) if m.began_at <= approval.happened_at]
    if not then or dates.day(then[-1].began_at) != day:
        return _("Approved on %(day)s") % {"day": day}
    title = meeting_title(standing, then[-1].name)
    return _("Approved on %(day)s: %(meeting)s") % {"day": day, "meeting": title}


def _actions(
    standing: Standing, held: Entry, copy: str, sent: Minutes | None, sight: Sight
) -> Iterator[Action]:
    """Yield what the reader may do: send the copy, send it put right, approve it."""
    if not sight.may_act:
        return
    template = minutes_template(standing, held, copy)
    if template is not None:
        words = _("Write a corrected version") if sent else _("Write and send this copy")
        yield Action(words, writing_page(sight.ref, template.id, about=held.id))
    if CIRCULATED in standing.procedure.kinds:
        refers = sent.latest.id if sent else held.id
        extra = {"part": "minutes", "copy": copy, REFERS: refers}
        words = (
            _("Record a corrected version that was sent")
            if sent
            else _("Record that this copy was sent")
        )
        yield Action(words, recording_page(sight.ref, CIRCULATED, extra=extra))
    if sent is None or sent.approval is not None or APPROVED not in standing.procedure.kinds:
        return
    sitting = open_meeting(standing)
    if sitting is None or sitting.began_at > held.happened_at:
        yield Action(
            _("Record that a meeting approved them"),
            recording_page(sight.ref, APPROVED, extra={REFERS: sent.latest.id}),
        )
