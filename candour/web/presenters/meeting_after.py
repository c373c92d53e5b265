"""After a meeting: its clocks as they run, what goes round and to whom, by audience."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from candour.engine import DutyState, Entry, OpenDuty, Standing
from candour.engine.london import local
from candour.engine.meetings import HELD, Meeting
from candour.engine.minutes import CIRCULATED, FULL
from candour.engine.templates import Template
from candour.letters.directory import Directory
from candour.letters.models import LetterDraft
from candour.letters.recipients import Known, Proposed
from candour.letters.resolving import proposed
from candour.web import dates
from candour.web.presenters.actions import Action
from candour.web.presenters.addresses import entry_place
from candour.web.presenters.audiences import audience_words, rule_words
from candour.web.presenters.dues import due_words, relative, soonness, ways_to_meet
from candour.web.presenters.letter_links import draft_place, writing_page
from candour.web.presenters.letter_ways import letter_title, letter_ways
from candour.web.presenters.meeting_links import minutes_page
from candour.web.presenters.minutes import COPIES, templates_of
from candour.web.presenters.sight import Sight
from candour.web.spoken import said

WIDTH = 240  # units of a drawn clock


@dataclass(frozen=True, slots=True)
class Clock:
    """Something to be sent after a meeting: what, by when, how that stands, and how to do it.

    `run`, `due` and `done` are places on the drawn line, from the meeting to the last due day;
    `done` is None while it is not done.
    """

    what: str
    status: str
    words: str
    when: str
    relative: str
    run: int
    due: int
    done: int | None
    ways: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody on a circulation list; `unknown` where the directory has no address."""

    who: str
    unknown: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """What goes round: for whom it is written, who gets it, what was sent, how to send it."""

    title: str
    audience: str
    readers: tuple[Reader, ...]
    sent: tuple[Action, ...]
    drafts: tuple[Action, ...]
    write: str
    read: str


_STATUS = {
    DutyState.LATE: "late",
    DutyState.PAUSED: "paused",
    DutyState.MET: "met",
    DutyState.MET_LATE: "attention",
    DutyState.ENDED: "cancelled",
}


def clocks_after(standing: Standing, held: Entry, sight: Sight) -> tuple[Clock, ...]:
    """Return what a meeting made due, the first due first, with how each stands now."""
    dated = sorted(standing.duties.values(), key=lambda owed: (owed.due.on or date.max, owed.key))
    after = [
        owed
        for owed in dated
        if owed.trigger == held.id and not any(p.kind == HELD for p in owed.duty.met_by)
    ]
    began = local(held.happened_at).date()
    last = max((owed.due.on for owed in after if owed.due.on), default=began)
    return tuple(_clock(standing, owed, sight, (began, last)) for owed in after)


def _clock(standing: Standing, owed: OpenDuty, sight: Sight, line: tuple[date, date]) -> Clock:
    state = owed.state(sight.moment)
    is_open = state in (DutyState.OPEN, DutyState.LATE, DutyState.PAUSED)
    ways = (*letter_ways(standing, owed, sight), *_recorded(standing, owed, sight))
    return Clock(
        what=said(owed.title),
        status=_STATUS.get(state) or soonness(owed.due, sight.moment),
        words=_("Met late") if state is DutyState.MET_LATE else "",
        when=due_words(owed.due),
        relative=relative(owed.due, sight.moment) if is_open else "",
        run=_place(local(sight.moment).date(), line),
        due=_place(owed.due.on or line[1], line),
        done=_place(local(owed.met_at).date(), line) if owed.met_at else None,
        ways=ways if is_open else (),
    )


def _recorded(standing: Standing, owed: OpenDuty, sight: Sight) -> Iterator[Action]:
    """Yield how something is done that no letter does."""
    if sight.may_act and not letter_ways(standing, owed, sight):
        yield from ways_to_meet(standing, owed, sight.ref)


def _place(day: date, line: tuple[date, date]) -> int:
    """Return where a day stands on a line that ends a little after its last day."""
    began, last = line
    days = (last - began + timedelta(days=1)).days
    return max(0, min(WIDTH, round(WIDTH * (day - began).days / days)))


def papers_after(
    standing: Standing,
    meeting: Meeting,
    sight: Sight,
    directory: Directory,
    drafts: Sequence[LetterDraft],
) -> tuple[Paper, ...]:
    """Return what goes round after a meeting that was held, with its circulation lists."""
    held = meeting.held
    if held is None:
        return ()
    return tuple(
        _paper(standing, template, (held, meeting.began_by), sight, directory, drafts)
        for template in templates_of(standing, held)
    )


def _paper(  # a row rests on that much
    standing: Standing,
    template: Template,
    of: tuple[Entry, Entry],
    sight: Sight,
    directory: Directory,
    drafts: Sequence[LetterDraft],
) -> Paper:
    held, began = of
    copy = _records(template).get("copy") or COPIES[0]
    full = _records(template).get("part") == FULL
    return Paper(
        title=letter_title(standing.procedure, template.id),
        audience=audience_words(template),
        readers=tuple(
            _reader(standing, template, each) for each in proposed(template, standing, directory)
        ),
        sent=tuple(
            Action(dates.day(e.happened_at), entry_place(sight.ref, e.id))
            for e in _sent(standing, held, template)
        ),
        drafts=tuple(
            Action(_("Go on with the draft"), draft_place(sight.ref, each.pk))
            for each in drafts
            if each.template == template.id and str(each.about) == held.id
        ),
        write=writing_page(sight.ref, template.id, about=held.id) if sight.may_act else "",
        read=f"{minutes_page(sight.ref, began.id)}?copy={copy}" if full else "",
    )


def _records(template: Template) -> Mapping[str, object]:
    return template.records.data if template.records else {}


def _reader(standing: Standing, template: Template, line: Proposed) -> Reader:
    named = ", ".join(dict.fromkeys(part for part in (line.name, line.body) if part))
    by_rule = next(
        (rule_words(standing.procedure, rule) for rule in template.rules if str(rule) == line.rule),
        line.role,
    )
    return Reader(named or by_rule, line.known is Known.NOWHERE or not line.email)


def _sent(standing: Standing, held: Entry, template: Template) -> Iterator[Entry]:
    """Yield what was sent round of a meeting by such a template: each version of it."""
    wanted = dict(_records(template))
    of_meeting = {held.id}
    for entry in standing.by_kind.get(CIRCULATED, ()):
        if of_meeting.intersection(entry.refers_to):
            of_meeting.add(entry.id)
            if all(entry.data.get(name) == value for name, value in wanted.items()):
                yield entry
