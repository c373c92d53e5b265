"""What a form is opened with: what led to it, and the entries that it may be about."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from django.http import QueryDict

from candour.engine import SYSTEM, Entry, Standing
from candour.engine.corrections import CORRECTION
from candour.engine.fields import FieldType
from candour.engine.kinds import Kind
from candour.engine.meetings import NOTED, open_meeting
from candour.engine.vocabulary.sharing import ABOUT_ANY
from candour.web.forms.controls import boxes, first
from candour.web.forms.days import moment_parts
from candour.web.forms.entry import ABOUT, WHEN, Subject, typed_from
from candour.web.forms.proposing import proposed
from candour.web.presenters.addresses import OWED, REFERS
from candour.web.presenters.dues import EXTENDING

_NOT_SHARED = (*ABOUT_ANY, CORRECTION)
PARTS = ("", "-day", "-month", "-year", "-time")


def about_entries(standing: Standing, kind: Kind) -> tuple[Entry, ...]:
    """Return the entries that one of this kind may refer to, newest first.

    They are those of the kinds it speaks of, and those that started what it may meet; what is
    shared, or closed, may be any entry that people made.
    """
    if kind.name in ABOUT_ANY:
        made = (e for e in standing.chronicle if e.author != SYSTEM and e.kind not in _NOT_SHARED)
        return tuple(reversed(tuple(made)))
    triggers = set(_triggers(standing, kind))
    sitting = open_meeting(standing)
    if sitting is not None:
        triggers.add(sitting.began_by.id)  # anything may be recorded in the meeting being held
    found = [
        entry for entry in standing.chronicle if entry.kind in kind.refers or entry.id in triggers
    ]
    return tuple(reversed(found))


def narrowed(standing: Standing, kind: Kind) -> Kind:
    """Return the kind with only those duties to choose from that are owed now."""
    owed = {one.duty.id for one in standing.owed()}
    fields = tuple(
        replace(known, options=tuple(option for option in known.options if option.id in owed))
        if known.type is FieldType.DUTY
        else known
        for known in kind.fields
    )
    return replace(kind, fields=fields)


def _triggers(standing: Standing, kind: Kind) -> Iterator[str]:
    may_meet = {duty.id for duty in standing.procedure.duties_met_by.get(kind.name, ())}
    for owed in standing.owed():
        if owed.duty.id in may_meet or kind.name == EXTENDING:
            yield owed.concerns or owed.trigger


def prefilled(subject: Subject, query: QueryDict) -> dict[str, list[str]]:
    """Return what the address of a form asks to be filled in, as if it had been typed."""
    asked = typed_from(query)
    names = {f"{known.name}{part}" for known in subject.fields for part in PARTS}
    typed = {name: values for name, values in asked.items() if name in names}
    chosen = _referred(subject, asked)
    if chosen:
        typed[ABOUT] = [chosen, *_spoken_of_by(subject, chosen)]
        typed |= _when_noted(subject, chosen)
    return {**proposed(subject, typed), **typed}


def _spoken_of_by(subject: Subject, chosen: str) -> list[str]:
    """Return what the chosen entry is itself about, where the new one must be about that too.

    What is made of a line noted in a meeting was made in that meeting.
    """
    by_id = {entry.id: entry for entry in subject.about}
    entry, kind = by_id[chosen], subject.kind
    if entry.kind != NOTED and (not kind.must_refer or entry.kind in kind.refers):
        return []
    return [ref for ref in entry.refers_to if ref in by_id and by_id[ref].kind in kind.refers]


def _when_noted(subject: Subject, chosen: str) -> dict[str, list[str]]:
    """Return when a line was noted, as the time of what is made of it."""
    noted = next((e for e in subject.about if e.id == chosen and e.kind == NOTED), None)
    return boxes(WHEN, moment_parts(noted.happened_at)) if noted else {}


def _referred(subject: Subject, asked: Mapping[str, list[str]]) -> str:
    """Return the entry that the form is about, where that is known or can only be one."""
    owed = subject.standing.duties.get(first(asked, OWED))
    wanted = (owed.concerns or owed.trigger) if owed else first(asked, REFERS)
    known = [entry.id for entry in subject.about]
    if wanted in known:
        return wanted
    return known[0] if subject.kind.must_refer and len(known) == 1 else ""
