"""Subjects: whom or what a duty is about, where it is owed for each of them by itself.

A closing home lists its residents once; from then on each has a case manager to be given, needs to
be assessed and a home to be found, and what is done for one is not done for another. A pattern's
`each` names the field that says whose an entry is: a resident's number, a question's id.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

from candour.engine.entries import Entry
from candour.engine.fields import as_values
from candour.engine.patterns import Pattern
from candour.engine.procedure import Duty, Procedure
from candour.engine.words import Words, same

REFERRED: Final = "refers_to"  # in place of a field: the entries that an entry refers to
IN_FORCE: Final = "restrictions_in_force"  # in place of a field: the restrictions in force then


class Subject(NamedTuple):
    """One that a duty is owed for: by what it is told from the others, and as people read it."""

    id: str
    label: Words


NOBODY: Final = Subject("", Words(""))  # a duty that is owed once, for the case


def speaks_of(pattern: Pattern, entry: Entry, subject: str) -> bool:
    """Say whether `entry`, which fits `pattern`, is about `subject`.

    An entry whose pattern has no `each` is about all of them.
    """
    if not (subject and pattern.each):
        return True
    if pattern.each == REFERRED:
        return not entry.refers_to or subject in entry.refers_to
    return subject in {same(value) for value in as_values(entry.data.get(pattern.each))}


def opened_for(
    procedure: Procedure, duty: Duty, entry: Entry, in_force: Callable[[], tuple[Subject, ...]]
) -> tuple[Subject, ...]:
    """Return those for whom `entry` opens `duty`; `NOBODY` where it is owed once for the case.

    `in_force` gives the restrictions in force when the entry takes effect.
    """
    for pattern in duty.starts:
        if pattern.matches(entry):
            break
    else:
        return ()
    if pattern.each == IN_FORCE:
        return in_force()
    if not (pattern.each or pattern.each_of):
        return (NOBODY,)
    named = pattern.each_of or as_values(entry.data.get(pattern.each))
    labels = _labels(procedure, duty)
    found: dict[str, str] = {}
    for name in named:
        found.setdefault(same(name), str(name).strip())
    found.pop("", None)
    return tuple(Subject(id_, labels.get(id_, Words(text, text))) for id_, text in found.items())


def _labels(procedure: Procedure, duty: Duty) -> dict[str, Words]:
    """Return what people read in place of the ids of options, where a choice says whose it is."""
    return {
        option.id: option.label
        for pattern in (*duty.starts, *duty.met_by)
        for known in procedure.kind(pattern.kind).fields
        if known.name == pattern.each
        for option in known.options
    }
