"""The form that finishes a meeting: what the log knows is filled in, the rest asked first."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.http import QueryDict

from candour.engine.fields import Field
from candour.engine.meetings import HELD, Meeting
from candour.web.forms.controls import Control
from candour.web.forms.entry import EntryForm, Subject, blank_form
from candour.web.forms.prefilling import about_entries, prefilled
from candour.web.in_hand import InHand
from candour.web.presenters.addresses import REFERS

_WHICH = "meeting"  # the room says which; nobody is asked


@dataclass(frozen=True, slots=True)
class Finishing:
    """The form of the record of a meeting: what is asked, and what was captured already."""

    form: EntryForm
    asked: tuple[Control, ...]
    known: tuple[Control, ...]


def finishing_form(hand: InHand, meeting: Meeting) -> Finishing:
    """Return the form for a meeting that is open, for somebody who acts on its case."""
    kind = hand.procedure.kind(HELD)
    kind = replace(kind, fields=tuple(_settled(kind.fields, meeting.name)))
    about = about_entries(hand.standing, kind)
    subject = Subject(hand.standing, kind, hand.posts, {_WHICH: meeting.name}, about)
    query = QueryDict(mutable=True)
    query[REFERS] = meeting.began_by.id
    form = blank_form(subject, hand.now, prefilled(subject, query))
    known = tuple(each for each in form.controls if _is_filled(each))
    asked = tuple(each for each in form.controls if not _is_filled(each))
    first = {field.name for field in subject.fields if field.required}
    return Finishing(form, tuple(sorted(asked, key=lambda each: each.name not in first)), known)


def _settled(fields: tuple[Field, ...], meeting: str) -> Iterator[Field]:
    """Yield the fields, needed or not as they are for this sort of meeting."""
    for known in fields:
        when = known.needed_when
        if when is None or when.field != _WHICH:
            yield known
        else:
            yield replace(known, required=meeting in when.values, needed_when=None)


def _is_filled(control: Control) -> bool:
    return bool(control.value or any(control.values) or any(control.parts.values()))
