"""The model of a procedure: somebody's written policy as data.

Everything carries the ids of the clauses it comes from. Packs in `candour/procedures` are read into
this by `candour.policies`; nothing here knows how they are written.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Literal

from candour.engine.basis import Basis
from candour.engine.calendars import Calendar
from candour.engine.clocks import Clock
from candour.engine.conditions import Condition
from candour.engine.conditions.logic import is_timed
from candour.engine.contacts import Contact
from candour.engine.fields import Field, FieldType, Option
from candour.engine.for_bodies import ForBodies
from candour.engine.kinds import Kind
from candour.engine.matrix import Matrix
from candour.engine.matters import Alternative, Circumstance
from candour.engine.meeting_rules import MeetingRule
from candour.engine.parts import Clause, Document, Review, Role, Source, Step
from candour.engine.patterns import Pattern
from candour.engine.templates import Template
from candour.engine.vocabulary import KINDS, kind_named
from candour.engine.words import Words


@dataclass(frozen=True, slots=True)
class Move:
    """A way from some steps to another, with what must hold first and who decides.

    `override` lets those in `override_by` (anyone who may decide, when empty) go past what does not
    hold, with a written rationale. `rationale` means that a written rationale is always needed.
    """

    id: str
    title: Words
    from_steps: tuple[str, ...]
    to: str
    needs: tuple[Condition, ...] = ()
    decided_by: tuple[str, ...] = ()
    override: bool = False
    override_by: tuple[str, ...] = ()
    rationale: bool = False
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gate:
    """What must hold before an entry that matches `on` may be recorded; override as for a move."""

    id: str
    title: Words
    on: Pattern
    needs: tuple[Condition, ...]
    override: bool = False
    override_by: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extension:
    """Whether and by whom a duty's time may be extended; `endorsed_by` empty means by its owner."""

    endorsed_by: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that must be done by a time.

    `starts` opens it: each matching entry, only the `first`, or `restart`: a later one replaces it.
    With `first_since`, the first counts anew from the latest entry that matches it. It opens only
    when `only_if` holds just after the starting entry. With `for_each` it opens once for every
    matching entry that the starting entry, a correction, makes out of date (CV-24).
    `about_field` of the starting entry (or of that one) says what this time of the duty is about.
    Where a starting pattern says `each`, the duty is owed for each of those named there by itself,
    and an entry whose pattern says `each` meets or stops it only for those that it names.
    It is due by `clock` on `calendar` (from the date in `start_field` of the starting entry, where
    given, or of the entry that this refers to, where only that one has such a field), or on the
    date in its `due_field`, where given; with `due_field_sooner`, on that date only if it is
    sooner. The first of `alternatives` whose circumstances hold gives the clock instead; `because`
    says why the plain one runs. While any of `not_owed_when` holds, it is not owed. Entries in
    `met_by` meet it: `any` of them, or `all`; one counts only if the conditions in `met_if` hold
    just after it. Entries in `stops`, and the closing of the case unless it `outlives` that, end it
    unmet.
    """

    id: str
    title: Words
    starts: tuple[Pattern, ...]
    clock: Clock
    calendar: Calendar
    met_by: tuple[Pattern, ...]
    owner: str
    opens: Literal["each", "first", "restart"] = "each"
    first_since: Pattern | None = None
    for_each: Pattern | None = None
    only_if: tuple[Condition, ...] = ()
    met_when: Literal["any", "all"] = "any"
    met_if: tuple[Condition, ...] = ()
    about_field: str = ""
    due_field: str = ""
    due_field_sooner: bool = False
    start_field: str = ""
    because: Words | None = None
    alternatives: tuple[Alternative, ...] = ()
    not_owed_when: tuple[Circumstance, ...] = ()
    stops: tuple[Pattern, ...] = ()
    outlives: bool = False
    extension: Extension | None = None
    if_missed: Words | None = None
    document: str = ""
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Auto:
    """What the system does (`do`) or puts to somebody (`propose`) by itself when conditions hold.

    The entry it makes has `kind` and `data`. It acts once while the case stays at a step.
    """

    id: str
    title: Words
    when: tuple[Condition, ...]
    kind: str
    data: Mapping[str, Any]
    mode: Literal["do", "propose"] = "propose"
    to_role: str = ""
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Procedure:
    """A whole procedure in one version. `family` names what successive versions have in common."""

    name: str
    version: str
    title: Words
    nation: str
    calendar: Calendar
    start: str
    steps: Mapping[str, Step]
    moves: Mapping[str, Move]
    duties: Mapping[str, Duty]
    gates: tuple[Gate, ...]
    autos: tuple[Auto, ...]
    roles: Mapping[str, Role]
    clauses: Mapping[str, Clause]
    sources: tuple[Source, ...]
    options: Mapping[str, tuple[Option, ...]]
    extra_fields: Mapping[str, tuple[Field, ...]]
    hides: tuple[str, ...] = ()
    documents: Mapping[str, Document] = field(default_factory=dict)
    templates: Mapping[str, Template] = field(default_factory=dict)
    contacts: Mapping[str, Contact] = field(default_factory=dict)
    meetings: Mapping[str, MeetingRule] = field(default_factory=dict)
    matrix: Matrix | None = None
    review: Review | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    about: Literal["service", "body"] = "service"
    one_live_case: tuple[str, ...] = ()  # clauses that allow one live case per service; empty: any
    summary: Words = field(default_factory=lambda: Words(""))
    is_base: bool = False  # others are made from it; no case is opened under it
    basis: Basis | None = None
    for_bodies: ForBodies = field(default_factory=ForBodies)

    @cached_property
    def kinds(self) -> Mapping[str, Kind]:
        """The kinds that can be recorded here, with the procedure's own fields and options.

        A kind whose needed choice has no options in this procedure is not offered, nor one that
        must be about another that is not.
        """
        own = {name: self._filled(kind) for name, kind in KINDS.items() if name not in self.hides}
        made = {name: kind for name, kind in own.items() if kind is not None}
        while pointless := [name for name, kind in made.items() if not has_subject(kind, made)]:
            for name in pointless:
                del made[name]
        return made

    def kind(self, name: str) -> Kind:
        """Return the kind as this procedure has it, or as the vocabulary has it when not offered.

        Raises:
            UnknownKind: the vocabulary has no such kind.
        """
        return self.kinds.get(name) or kind_named(name)

    def _filled(self, kind: Kind) -> Kind | None:
        own = {known.name: known for known in self.extra_fields.get(kind.name, ())}
        base = [own.pop(known.name, known) for known in kind.fields]
        fields = []
        for known in (*base, *own.values()):
            filled = self._with_options(known)
            if filled is not None:
                fields.append(filled)
            elif known.required:
                return None
        return replace(kind, fields=tuple(fields))

    def _with_options(self, known: Field) -> Field | None:
        ours: Mapping[FieldType, tuple[Option, ...]] = self._own_options
        if known.type in ours:
            return replace(known, options=ours[known.type])
        if known.type not in (FieldType.CHOICE, FieldType.CHOICES) or known.options:
            return known
        options = self.options.get(known.options_list, ())
        return replace(known, options=options) if options else None

    @cached_property
    def _own_options(self) -> Mapping[FieldType, tuple[Option, ...]]:
        def listed(things: Mapping[str, Role | Step | Move | Duty]) -> tuple[Option, ...]:
            return tuple(Option(thing.id, thing.title) for thing in things.values())

        return {
            FieldType.ROLE: listed(dict(self.roles)),
            FieldType.STEP: listed(dict(self.steps)),
            FieldType.MOVE: listed(dict(self.moves)),
            FieldType.DUTY: listed(dict(self.duties)),
        }

    @cached_property
    def duties_started_by(self) -> Mapping[str, tuple[Duty, ...]]:
        """Kind -> the duties that an entry of it may start."""
        return self._by_kind("starts")

    @cached_property
    def duties_met_by(self) -> Mapping[str, tuple[Duty, ...]]:
        """Kind -> the duties that an entry of it may meet.

        Those that look at what else is done come last: after what the entry itself does.
        """
        return {
            kind: tuple(sorted(duties, key=lambda duty: bool(duty.met_if)))
            for kind, duties in self._by_kind("met_by").items()
        }

    @cached_property
    def duties_stopped_by(self) -> Mapping[str, tuple[Duty, ...]]:
        """Kind -> the duties that an entry of it may stop."""
        return self._by_kind("stops")

    @cached_property
    def duties_swayed_by(self) -> Mapping[str, tuple[Duty, ...]]:
        """Kind -> the duties whose clock, or whose being owed at all, an entry of it may change."""
        found: dict[str, list[Duty]] = {}
        for duty in self.duties.values():
            held = [c for other in duty.alternatives for c in other.when]
            patterns = [p for c in (*held, *duty.not_owed_when) for p in c.patterns]
            if duty.alternatives or duty.not_owed_when:
                for kind in dict.fromkeys(p.kind for p in (*duty.starts, *patterns)):
                    found.setdefault(kind, []).append(duty)
        return {kind: tuple(duties) for kind, duties in found.items()}

    def started_where_met_by(self, value: str) -> tuple[tuple[str, Pattern], ...]:
        """Return what starts each duty that an entry with this value in a field meets."""
        return self._started_by_value.get(value, ())

    @cached_property
    def _started_by_value(self) -> Mapping[object, tuple[tuple[str, Pattern], ...]]:
        found: dict[object, list[tuple[str, Pattern]]] = {}
        for duty in self.duties.values():
            wheres = [where for pattern in duty.met_by for where in pattern.where]
            for value in dict.fromkeys(value for where in wheres for value in where.values):
                found.setdefault(value, []).extend((duty.id, start) for start in duty.starts)
        return {value: tuple(started) for value, started in found.items()}

    @cached_property
    def templates_recording(self) -> Mapping[str, tuple[Template, ...]]:
        """Kind -> the templates of letters whose sending records an entry of it."""
        found: dict[str, list[Template]] = {}
        for template in self.templates.values():
            if template.records is not None:
                found.setdefault(template.records.kind, []).append(template)
        return {kind: tuple(templates) for kind, templates in found.items()}

    def _by_kind(self, part: str) -> Mapping[str, tuple[Duty, ...]]:
        found: dict[str, list[Duty]] = {}
        for duty in self.duties.values():
            for kind in dict.fromkeys(pattern.kind for pattern in getattr(duty, part)):
                found.setdefault(kind, []).append(duty)
        return {kind: tuple(duties) for kind, duties in found.items()}

    @cached_property
    def timed_conditions(self) -> tuple[Condition, ...]:
        """The conditions of autos, moves and gates in which an elapsed time is hidden."""
        return tuple(
            condition
            for holders in (
                [auto.when for auto in self.autos],
                [move.needs for move in self.moves.values()],
                [gate.needs for gate in self.gates],
            )
            for needs in holders
            for condition in needs
            if is_timed(condition)
        )


def has_subject(kind: Kind, offered: Container[str]) -> bool:
    """Say whether there can be an entry that one of this kind is about, if it must be about one."""
    return not (kind.must_refer and kind.refers) or any(name in offered for name in kind.refers)
