"""What has happened, newest first, each correction beside what it corrects."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from candour.engine import SYSTEM, Entry, Procedure, Standing
from candour.engine.corrections import CORRECTION
from candour.engine.fields import Field, blank
from candour.engine.london import local
from candour.engine.vocabulary import MOVING
from candour.engine.vocabulary.filing import FILED
from candour.engine.vocabulary.outside import LINK, SAID_BY, THROUGH
from candour.web import dates
from candour.web.presenters.addresses import (
    correction_page,
    document_address,
    entry_anchor,
    entry_place,
    filing_page,
)
from candour.web.presenters.naming import (
    Shown,
    entry_name,
    entry_title,
    role_title,
    shown_fields,
    value_lines,
    when_words,
)
from candour.web.presenters.sight import Sight
from candour.web.spoken import said
from candour.web.spoken import told as _

NEWEST = 12
NOT_SHOWN = (
    "move",
    "step",
    "experiences",
    "salt",
    "commitment",
    "with_body_number",
    "rates_for",
    "heading",
)


@dataclass(frozen=True, slots=True)
class Passed:
    """A rule that was gone past on the strength of a written rationale."""

    rule: str
    clauses: str


@dataclass(frozen=True, slots=True)
class Putting:
    """A correction: what changed, why, by whom and when; `void` when it was itself withdrawn."""

    anchor: str
    byline: str
    when: str
    why: str
    changes: tuple[Shown, ...]
    withdraws: bool
    void: bool


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One entry as it holds now, with what was put right."""

    anchor: str
    title: str
    when: str
    byline: str
    kind: Literal["", "step", "warning"]
    withdrawn: bool
    fields: tuple[Shown, ...]
    note: str
    override: str
    passed: tuple[Passed, ...]
    about: tuple[tuple[str, str], ...]
    recorded: str
    corrections: tuple[Putting, ...]
    correct: str
    attach: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """What a timeline is told from: the standing, how it is looked at, and who people are."""

    standing: Standing
    sight: Sight
    names: Mapping[str, str]


def timeline(
    telling: Telling,
    *,
    newest: int | None = NEWEST,
    also: Container[str] = (),
    only: Callable[[Entry], bool] | None = None,
) -> tuple[TimelineItem, ...]:
    """Return the entries, newest first.

    When `newest` is given only so many of the newest, and with them those of the ids in `also`,
    since something on the page points to them. `only` says which of them are asked for, each as it
    holds after corrections.
    """
    standing = telling.standing
    held = {entry.id: entry for entry in standing.chronicle}
    order = {entry.id: position for position, entry in enumerate(standing.recorded)}
    shown = [entry for entry in standing.recorded if entry.kind != CORRECTION]
    if only is not None:
        shown = [entry for entry in shown if only(held.get(entry.id, entry))]
    shown.sort(
        key=lambda entry: (held.get(entry.id, entry).happened_at, order[entry.id]), reverse=True
    )
    if newest is not None:
        shown = [*shown[:newest], *(entry for entry in shown[newest:] if entry.id in also)]
    told_of = {entry.id for entry in shown}
    return tuple(_item(telling, entry, held.get(entry.id), told_of) for entry in shown)


def told(telling: Telling, entries: Iterable[Entry]) -> tuple[TimelineItem, ...]:
    """Return these entries as they were recorded, in the order given."""
    return tuple(_item(telling, entry, entry, ()) for entry in entries)


def _item(
    telling: Telling, recorded: Entry, held: Entry | None, told_of: Container[str]
) -> TimelineItem:
    """Return one entry; `held` is what it is after corrections, or None when withdrawn.

    `told_of` holds the ids of all that stand on the same page.
    """
    standing, entry = telling.standing, held or recorded
    procedure = standing.procedure_of(entry.id)
    return TimelineItem(
        anchor=entry_anchor(entry.id),
        title=entry_title(procedure, entry),
        when=when_words(entry.happened_at),
        byline=byline(telling, entry),
        kind=_look(entry),
        withdrawn=held is None,
        fields=shown_fields(procedure, entry.kind, entry.data, without=NOT_SHOWN),
        note=entry.body,
        override=entry.override,
        passed=tuple(_passed(procedure, rule) for rule in entry.overridden),
        about=tuple(_about(telling, entry, told_of)),
        recorded=_recorded(recorded),
        corrections=tuple(_corrections(telling, recorded)),
        correct=correction_page(telling.sight.ref, entry.id)
        if telling.sight.may_act and held is not None and not procedure.kind(entry.kind).fixed
        else "",
        attach=filing_page(telling.sight.ref, entry.id)
        if telling.sight.may_act and held is not None and entry.kind != FILED
        else "",
        document=document_address(telling.sight.ref, entry.id)
        if held is not None and entry.kind == FILED
        else "",
    )


def byline(telling: Telling, entry: Entry) -> str:
    """Return who recorded an entry and in which role."""
    role = role_title(telling.standing.procedure_of(entry.id), entry.role)
    if entry.author == SYSTEM:
        outside = _from_outside(entry)
        return (
            _("from outside, by %(who)s") % {"who": outside}
            if outside
            else _("by the system itself")
        )
    name = telling.names.get(entry.author, _("somebody no longer here"))
    return _("by %(name)s, %(role)s") % {"name": name, "role": role}


def _from_outside(entry: Entry) -> str:
    """Return who said it through a one-time link, or nothing."""
    if entry.kind == FILED:
        return str(entry.data.get("through") or "")
    if entry.data.get(THROUGH) != LINK:
        return ""
    return str(entry.data.get("who") or entry.data.get(SAID_BY) or "")


def _look(entry: Entry) -> Literal["", "step", "warning"]:
    if entry.overridden or entry.kind in ("restriction_imposed", "default_notice_issued"):
        return "warning"
    return "step" if entry.kind in MOVING or entry.kind == "case_opened" else ""


def _passed(procedure: Procedure, rule: str) -> Passed:
    move = procedure.moves.get(rule)
    gate = next((gate for gate in procedure.gates if gate.id == rule), None)
    known = move or gate
    if known is None:
        return Passed(rule.replace("_", " "), "")
    return Passed(said(known.title), ", ".join(known.clauses))


def _about(telling: Telling, entry: Entry, told_of: Container[str]) -> Iterator[tuple[str, str]]:
    """Yield the name and address of each entry that this one is about."""
    if entry.role == SYSTEM and not _from_outside(entry):
        return
    for ref in entry.refers_to:
        target = telling.standing.entry(ref)
        if target is not None:
            here = ref in told_of
            address = f"#{entry_anchor(ref)}" if here else entry_place(telling.sight.ref, ref)
            yield entry_name(telling.standing, target), address


def _recorded(entry: Entry) -> str:
    """Return when it was written down, where that was another day than it happened."""
    if local(entry.recorded_at).date() == local(entry.happened_at).date():
        return ""
    return _("Written down %(when)s") % {"when": dates.moment(entry.recorded_at)}


# -- corrections -------------------------------------------------------------------------------


def _corrections(telling: Telling, target: Entry) -> Iterator[Putting]:
    """Yield what put an entry right, and what put those corrections right, in order."""
    standing = telling.standing
    in_effect = {entry.id for entry in standing.chronicle}
    reached = {target.id}
    values = dict(target.data)
    for entry in standing.recorded:
        if entry.kind == CORRECTION and reached.intersection(entry.refers_to):
            direct = target.id in entry.refers_to
            reached.add(entry.id)
            stands = entry.id in in_effect
            yield _putting(telling, target, entry, values, stands=stands)
            if direct and stands:
                values |= entry.data.get("changes") or {}


def _putting(
    telling: Telling, target: Entry, entry: Entry, before: Mapping[str, Any], *, stands: bool
) -> Putting:
    changes = entry.data.get("changes") or {}
    fields = telling.standing.procedure_of(target.id).kind(target.kind).fields
    shown = [_change(known, before, changes) for known in fields if known.name in changes]
    if when := entry.data.get("happened_at"):
        right = when_words(datetime.fromisoformat(str(when)))
        shown.insert(0, Shown(_("When it happened"), (right,)))
    return Putting(
        anchor=entry_anchor(entry.id),
        byline=byline(telling, entry),
        when=when_words(entry.recorded_at),
        why=str(entry.data.get("why", "")),
        changes=tuple(shown),
        withdraws=bool(entry.data.get("withdraws")),
        void=not stands,
    )


def _change(known: Field, before: Mapping[str, Any], changes: Mapping[str, Any]) -> Shown:
    was, right = (_plain(known, values.get(known.name)) for values in (before, changes))
    return Shown(said(known.label), (_("%(right)s (was: %(was)s)") % {"right": right, "was": was},))


def _plain(known: Field, value: Any) -> str:  # noqa: ANN401 - typed by its field
    return _("nothing") if blank(value) else ", ".join(value_lines(known, value))
