"""Lines captured while a meeting goes on: a point, a decision, an action, each a row of one form.

Enter in any row sends the form. Each row that holds something is recorded by itself, as of that
instant; one that cannot be comes back as it was typed, with the way to the whole form.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from candour.engine import Draft, Refusal
from candour.engine.fields import Field, FieldType
from candour.engine.london import local
from candour.engine.meetings import NOTED, Meeting
from candour.web.forms import reading
from candour.web.forms.controls import Control, Typed, control, first
from candour.web.forms.days import parts_in
from candour.web.forms.entry import KEY, Fault, Subject, refusal_faults
from candour.web.in_hand import InHand
from candour.web.presenters.addresses import REFERS, recording_page
from candour.web.presenters.refusals import reason_lines

POINT, DECISION, ACTION = "point", "decision", "action"
_ROWS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    POINT: (NOTED, ("point",)),
    DECISION: ("decision_made", ("decision", "reason")),
    ACTION: ("action_added", ("action", "outcome", "owner", "due_on")),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what it records, and which fields of that it asks for."""

    name: str
    subject: Subject
    fields: tuple[Field, ...]

    def typed(self, typed: Typed) -> dict[str, list[str]]:
        """Return what stands in this row, under the names of the fields."""
        start = f"{self.name}-"
        return {
            name.removeprefix(start): list(values)
            for name, values in typed.items()
            if name.startswith(start)
        }

    def is_filled(self, own: Typed) -> bool:
        """Whether anything is typed in it."""
        return any(value.strip() for known in self.fields for value in own.get(known.name, ()))


@dataclass(frozen=True, slots=True)
class RowForm:
    """A row as it is shown: its boxes, what is wrong, and the whole form with what was typed."""

    name: str
    title: str
    does: str
    controls: tuple[Control, ...]
    key: str = ""
    faults: tuple[Fault, ...] = ()
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was typed in a row and not recorded, and why."""

    typed: Typed
    faults: Mapping[str, str]
    reasons: tuple[str, ...] = field(default=())


def rows(hand: InHand) -> tuple[Row, ...]:
    """Return the rows that the procedure has kinds of entry for, and choices where one is due."""
    return tuple(
        Row(name, subject, tuple(_asked(subject.fields, wanted)))
        for name, (kind, wanted) in _ROWS.items()
        if kind in hand.procedure.kinds
        for subject in [Subject(hand.standing, hand.procedure.kind(kind), hand.posts)]
        if all(f.options for f in subject.fields if f.required and f.type is FieldType.CHOICE)
    )


def _asked(fields: Sequence[Field], wanted: Sequence[str]) -> Iterator[Field]:
    """Yield the fields of a row in their order, then whatever else the procedure must have."""
    by_name = {known.name: known for known in fields}
    yield from (by_name[name] for name in wanted if name in by_name)
    yield from (known for known in fields if known.required and known.name not in wanted)


def drafted(row: Row, own: Typed, hand: InHand, meeting: Meeting) -> Draft | Kept:
    """Return the draft that a row comes to, made in the meeting now; or what is wrong with it."""
    whole = {**own, **_days(row, own, local(hand.now).date())}
    read = reading.read(row.subject.fields, whole)
    if read.faults:
        return Kept(own, read.faults)
    return Draft(
        id=first(own, KEY),
        kind=row.subject.kind.name,
        happened_at=hand.now,
        author="",  # the verb that records it says who it is
        role="",
        data=read.data,
        refers_to=(meeting.began_by.id,),
    )


def _days(row: Row, own: Typed, today: date) -> dict[str, list[str]]:
    """Return the three boxes of each day that was typed in one."""
    return {
        f"{known.name}-{part}": [value]
        for known in row.subject.fields
        if known.type is FieldType.DATE
        for part, value in parts_in(first(own, known.name), today).items()
    }


def refused(row: Row, own: Typed, refusal: Refusal) -> Kept:
    """Return a row that the procedure did not take."""
    reasons = reason_lines(row.subject.standing.procedure, refusal)
    return Kept(own, refusal_faults(refusal, row.subject), tuple(each.words for each in reasons))


def shown(
    known: Iterable[Row], hand: InHand, meeting: Meeting, kept: Mapping[str, Kept]
) -> tuple[RowForm, ...]:
    """Return every row, empty or with what was typed in it and not recorded."""
    return tuple(_shown(row, hand, meeting, kept.get(row.name)) for row in known)


def _shown(row: Row, hand: InHand, meeting: Meeting, kept: Kept | None) -> RowForm:
    typed = kept.typed if kept else {}
    faults = kept.faults if kept else {}
    names = {known.name for known in row.fields}
    beside = [words for name, words in faults.items() if name not in names]
    title, does = {
        POINT: (_("A point"), _("Note it")),
        DECISION: (_("A decision"), _("Record the decision")),
        ACTION: (_("An action"), _("Add the action")),
    }[row.name]
    return RowForm(
        name=row.name,
        title=title,
        does=does,
        controls=tuple(_box(row, known, typed, faults.get(known.name, "")) for known in row.fields),
        key=first(typed, KEY),
        faults=tuple(
            Fault(words) for words in dict.fromkeys((*beside, *(kept.reasons if kept else ())))
        ),
        whole=_whole(row, hand, meeting, typed) if kept else "",
    )


def _box(row: Row, known: Field, typed: Typed, error: str) -> Control:
    """Return the box of a field: one line each, a day too, and a list instead of many radios."""
    made = control(known, typed, error)
    name = f"{row.name}-{known.name}"
    if made.shape in ("text", "lines"):
        return replace(made, name=name, shape="line", hint="")
    if made.shape == "radios":
        return replace(made, name=name, shape="select", hint="")
    if made.shape == "day":
        return replace(made, name=name, shape="line", hint=_("For example, 10 April"))
    return replace(made, name=name)


def _whole(row: Row, hand: InHand, meeting: Meeting, typed: Typed) -> str:
    """Return the address of the whole form, filled in with what was typed."""
    boxes = {**typed, **_days(row, typed, local(hand.now).date())}
    values = {name: values[0] for name, values in boxes.items() if values and values[0]}
    values.pop(KEY, None)
    return recording_page(
        hand.case.ref, row.subject.kind.name, extra={**values, REFERS: meeting.began_by.id}
    )
