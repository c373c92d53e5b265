"""The form that puts an entry right: what it says now, to be changed; and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from candour.engine import Draft, Entry, Standing
from candour.engine.corrections import CORRECTION
from candour.engine.fields import Field, as_values
from candour.engine.vocabulary import MOVING
from candour.people.models import Post
from candour.web.forms import reading
from candour.web.forms.controls import (
    NO,
    YES,
    Choice,
    Control,
    Typed,
    as_typed,
    boxes,
    control,
    first,
    typed_parts,
)
from candour.web.forms.days import PARTS, TIME, moment_parts
from candour.web.forms.entry import (
    KEY,
    POST,
    WHEN,
    Fault,
    Sent,
    Subject,
    post_control,
    post_of,
    read_when,
    when_control,
)

WHY, WITHDRAWS = "correction-why", "correction-withdraws"
SETTLED = ("move", "step")  # where a case went is put right by withdrawing the move


@dataclass(frozen=True, slots=True)
class CorrectionForm:
    """A correction ready to be shown."""

    controls: tuple[Control, ...]
    when: Control
    withdraws: Control | None
    why: Control
    post: Control | None
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Correcting:
    """An entry as it holds now, about to be put right by the holder of some posts."""

    standing: Standing
    held: Entry
    posts: tuple[Post, ...]
    now: datetime

    @property
    def subject(self) -> Subject:
        """What is recorded: a correction."""
        kind = self.standing.procedure.kind(CORRECTION)
        return Subject(self.standing, kind, self.posts, about=(self.held,))

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of the entry that can be changed."""
        kind = self.standing.procedure.kind(self.held.kind)
        fields = tuple(known for known in kind.fields if not known.by_system)
        if self.held.kind in MOVING:
            return tuple(known for known in fields if known.name not in SETTLED)
        return fields

    def as_it_holds(self) -> dict[str, list[str]]:
        """Return the entry as it holds now, as if it had been typed."""
        return {
            **as_typed(self.fields, self.held.data),
            **boxes(WHEN, moment_parts(self.held.happened_at)),
            WITHDRAWS: [NO],
            POST: [str(self.posts[0].pk)],
        }

    def form(self, typed: Typed, faults: Mapping[str, str]) -> CorrectionForm:
        """Return the form with what stands in it, right or wrong."""
        return CorrectionForm(
            controls=tuple(
                control(known, typed, faults.get(known.name, ""), self.fields)
                for known in self.fields
            ),
            when=when_control(typed, faults.get(WHEN, ""), _("When it really happened")),
            withdraws=self._withdrawing(typed, faults),
            why=Control(
                name=WHY,
                shape="text",
                label=_("Why is it corrected?"),
                value=first(typed, WHY),
                error=faults.get(WHY, ""),
            ),
            post=post_control(self.subject, typed, faults.get(POST, "")),
            faults=tuple(Fault(words, name) for name, words in faults.items()),
        )

    def _withdrawing(self, typed: Typed, faults: Mapping[str, str]) -> Control | None:
        if self.held.kind == "case_opened":
            return None
        return Control(
            name=WITHDRAWS,
            shape="radios",
            label=_("Was the whole entry made in error?"),
            hint=_("If so it counts no longer. It stays in the record, struck through."),
            choices=(Choice(NO, _("No, only parts of it")), Choice(YES, _("Yes, withdraw it"))),
            value=first(typed, WITHDRAWS) or NO,
            error=faults.get(WITHDRAWS, ""),
        )

    def sent(self, typed: Typed) -> Sent | dict[str, str]:
        """Return the correction that was typed, or what is wrong under each field's name."""
        faults: dict[str, str] = {}
        data = self._withdrawal(typed) or self._changes(typed, faults)
        why = reading.words(first(typed, WHY))
        if not why:
            faults[WHY] = _("Why is it corrected? Fill this in")
        elif not data and not faults:
            faults[WHY] = _("Nothing is changed yet: change what is wrong, or withdraw the entry")
        post = post_of(self.subject, typed)
        if post is None:
            faults[POST] = _("Choose the post you are acting in")
        if faults or post is None:
            return faults
        draft = Draft(
            id=first(typed, KEY),
            kind=CORRECTION,
            happened_at=self.now,
            author="",  # the verb that records it says who it is
            role=post.role,
            data={"why": why, **data},
            refers_to=(self.held.id,),
        )
        return Sent(draft, post)

    def _withdrawal(self, typed: Typed) -> dict[str, Any]:
        return {"withdraws": True} if first(typed, WITHDRAWS) == YES else {}

    def _changes(self, typed: Typed, faults: dict[str, str]) -> dict[str, Any]:
        """Return what is typed now and was not recorded so."""
        read = reading.read(self.fields, typed)
        faults.update(read.faults)
        changed = {
            known.name: read.data.get(known.name)
            for known in self.fields
            if not _same(read.data.get(known.name), self.held.data.get(known.name))
        }
        data: dict[str, Any] = {"changes": changed} if changed else {}
        stood = moment_parts(self.held.happened_at)
        if any(typed_parts(typed, WHEN)[part] != stood[part] for part in (*PARTS, TIME)):
            when = read_when(typed, faults)
            if when is not None:
                data["happened_at"] = when.isoformat()
        return data


def _same(typed: object, held: object) -> bool:
    """Return whether two values say the same, however spaces and lists are kept."""
    if isinstance(typed, str) and isinstance(held, str):
        return reading.words(held) == typed
    return as_values(typed) == as_values(held)
