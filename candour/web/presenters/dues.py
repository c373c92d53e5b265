"""What is due: in the order of its lateness, with who owes it, why then, and how to do it."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils.translation import ngettext

from candour.cases.queries import WEEK
from candour.engine import DutyAt, OpenDuty, Procedure, Standing
from candour.engine.clocks import Due
from candour.engine.london import local
from candour.engine.patterns import Pattern
from candour.engine.subjects import REFERRED
from candour.engine.vocabulary import MOVING
from candour.web import dates
from candour.web.presenters.actions import Action
from candour.web.presenters.addresses import OWED, REFERS, move_page, recording_page
from candour.web.presenters.letter_ways import letter_ways
from candour.web.presenters.naming import role_title
from candour.web.presenters.proofs import Why, why
from candour.web.presenters.sight import Sight
from candour.web.presenters.undelivered import not_arrived, ways_to_make_good
from candour.web.spoken import said
from candour.web.spoken import told as _

Soon = Literal["late", "today", "week", "later", "paused"]
EXTENDING = "timescale_extended"


@dataclass(frozen=True, slots=True)
class DueLine:
    """One thing that is due, as a line of the case page.

    `duty` is the duty’s id, `about` what tells this time of it from the others, in words; `letters`
    are those that do what is owed; `lost` says whom a telling did not reach, `make_good` what to do
    about that; `why` is None where the page does not draw it.
    """

    key: str
    duty: str
    what: str
    about: str
    soon: Soon
    when: str
    relative: str
    who: str
    mine: bool
    actions: tuple[Action, ...]
    letters: tuple[Action, ...]
    extend: str
    why: Why | None
    lost: str = ""
    make_good: tuple[Action, ...] = ()


def due_lines(
    standing: Standing, duties: tuple[DutyAt, ...], sight: Sight, proved: Container[str] = ()
) -> tuple[DueLine, ...]:
    """Return a line for each duty, in the order given; those of the keys in `proved` say why."""
    return tuple(_line(standing, at.owed, sight, proved) for at in duties)


def _line(standing: Standing, owed: OpenDuty, sight: Sight, proved: Container[str]) -> DueLine:
    return DueLine(
        key=owed.key,
        duty=owed.duty.id,
        what=said(owed.title),
        about=said(owed.about),
        soon=soonness(owed.due, sight.moment),
        when=due_words(owed.due),
        relative=relative(owed.due, sight.moment),
        who=role_title(standing.procedure, owed.duty.owner),
        mine=owed.duty.owner in sight.roles,
        actions=tuple(ways_to_meet(standing, owed, sight.ref)) if sight.may_act else (),
        letters=letter_ways(standing, owed, sight),
        extend=_extending(standing.procedure, owed, sight),
        why=why(standing, owed) if owed.key in proved else None,
        lost=not_arrived(standing, owed),
        make_good=tuple(ways_to_make_good(standing, owed, sight)),
    )


def _extending(procedure: Procedure, owed: OpenDuty, sight: Sight) -> str:
    if owed.duty.extension is None or not sight.may_act or EXTENDING not in procedure.kinds:
        return ""
    return recording_page(sight.ref, EXTENDING, extra={"duty": owed.duty.id, OWED: owed.key})


def soonness(due: Due, moment: datetime) -> Soon:
    """Return how soon something is due: the word that gives its colour and its group."""
    if due.on is None:
        return "paused"
    if due.is_late(moment):
        return "late"
    today = local(moment).date()
    if due.on == today:
        return "today"
    return "week" if due.on <= today + WEEK else "later"


def due_words(due: Due) -> str:
    """Return when something is due, with the time where hours count."""
    if due.moment is not None:
        return dates.moment(due.moment)
    if due.on is not None:
        return dates.day(due.on)
    return _("No date while the clock is paused")


def relative(due: Due, moment: datetime) -> str:
    """Return how far off it is: “3 days late”, “today”, “in 2 days”."""
    if due.on is None:
        return ""
    if not due.is_late(moment):
        return dates.days_from(due.on, moment)
    days = (local(moment).date() - due.on).days
    if days == 0 and due.moment is not None:
        hours = max(1, int((moment - due.moment).total_seconds() // 3600))
        return ngettext("%(n)s hour late", "%(n)s hours late", hours) % {"n": hours}
    return ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days}


def ways_to_meet(standing: Standing, owed: OpenDuty, ref: str) -> Iterator[Action]:
    """Yield what can be recorded to meet a duty; parts done already are left out.

    Where it is owed for one of several, the form opens with that one, once for each kind of entry.
    """
    if owed.subject:
        yield from _ways_for_one(standing.procedure, owed, ref)
        return
    for part, pattern in enumerate(owed.duty.met_by):
        if part not in owed.parts:
            yield from ways_to_record(standing, pattern, ref, owed.key)


def _ways_for_one(procedure: Procedure, owed: OpenDuty, ref: str) -> Iterator[Action]:
    for kind, each in {pattern.kind: pattern.each for pattern in owed.duty.met_by}.items():
        if kind not in procedure.kinds:
            continue
        known = next((f for f in procedure.kind(kind).fields if f.name == each), None)
        extra = {OWED: owed.key}
        if each == REFERRED:
            extra = {REFERS: owed.subject}
        elif known is not None:
            extra[each] = owed.subject if known.options else owed.about.en
        yield Action(said(procedure.kind(kind).title), recording_page(ref, kind, extra=extra))


def ways_to_record(
    standing: Standing, pattern: Pattern, ref: str, owed: str = ""
) -> Iterator[Action]:
    """Yield where an entry that fits a pattern is recorded: its form, or the moves that make it."""
    procedure = standing.procedure
    if pattern.kind in MOVING:
        yield from _moves_that_fit(standing, pattern, ref)
    elif pattern.kind in procedure.kinds:
        extra = {OWED: owed} if owed else {}
        words = _pattern_words(procedure, pattern)
        yield Action(words, recording_page(ref, pattern.kind, pattern.where, extra))


def _moves_that_fit(standing: Standing, pattern: Pattern, ref: str) -> Iterator[Action]:
    wanted = {where.field: where.values for where in pattern.where}
    for move in standing.procedure.moves.values():
        leads_there = move.to in wanted.get("step", (move.to,))
        if (
            standing.step in move.from_steps
            and leads_there
            and move.id in wanted.get("move", (move.id,))
        ):
            yield Action(said(move.title), move_page(ref, move.id))


def _pattern_words(procedure: Procedure, pattern: Pattern) -> str:
    """Return “Minutes circulated: full minutes” for what would fit."""
    kind = procedure.kinds[pattern.kind]
    fields = {known.name: known for known in kind.fields}
    which = [
        said(option.label)
        for where in pattern.where
        if len(where.values) == 1 and where.field in fields
        for option in fields[where.field].options
        if option.id == where.values[0]
    ]
    title = said(kind.title)
    return f"{title}: {', '.join(which)}" if which else title
