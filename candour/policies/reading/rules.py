"""The rules of a pack as it is written: moves, gates, duties and autos."""

from collections.abc import Sequence
from typing import Final

from candour.engine.clocks import Clock
from candour.engine.corrections import CORRECTION
from candour.engine.errors import ClockError, nearest
from candour.engine.fields import FieldType
from candour.engine.vocabulary import KINDS, MOVING
from candour.policies.reading import patterns
from candour.policies.reading.checking import Checking, Trail
from candour.policies.reading.circumstances import (
    ALTERNATIVE,
    CIRCUMSTANCES,
    check_circumstances,
)
from candour.policies.reading.conditions import CONDITIONS
from candour.policies.reading.groups import Group, Part
from candour.policies.reading.nodes import Listed, Mapped, Node, Scalar
from candour.policies.reading.patterns import OWED_PATTERN, PATTERN, entry_kind, fields_of
from candour.policies.reading.shapes import ClockWords, Either, Flag, ListOf, Named, OneOf
from candour.policies.reading.texts import BOTH_LANGUAGES

ROLES = ListOf(Named("role"))
PATTERNS = ListOf(OWED_PATTERN, or_one=True)
TITLE = Part("title", BOTH_LANGUAGES, "What people see.", required=True)
CLAUSES = Part("clauses", ListOf(Named("clause")), "Ids of the clauses that it comes from.")

_OVERRIDE: Final = Part(
    "override",
    Either(
        Flag(),
        Group("an override", (Part("by", ROLES, "Only these roles may.", required=True),)),
        lambda node: isinstance(node, Mapped),
    ),
    "May be passed with a written rationale: true, or by {by: [roles]} only.",
)


def _moving_kinds(node: Mapped, checking: Checking) -> Sequence[str]:
    """Return the kinds of entry by which a move is made."""
    to, start = node.items.get("to"), node.items.get("from")
    finals = list(checking.names.final_steps)
    if to is not None and to.plain() in finals:
        return ("case_closed",)
    froms = [item.plain() in finals for item in start.items] if isinstance(start, Listed) else []
    if froms and all(froms):
        return ("case_reopened",)
    return ("step_entered", "case_reopened") if any(froms) else ("step_entered",)


MOVE: Final = Group(
    "a move",
    (
        TITLE,
        Part(
            "from",
            Either(ListOf(Named("step")), OneOf(("any",)), lambda node: node.plain() == "any"),
            "The steps it leads from, or any (every step that is not final).",
            required=True,
        ),
        Part("to", Named("step"), "The step it leads to.", required=True),
        Part("needs", CONDITIONS, "What must hold first."),
        Part("decided_by", ROLES, "The roles that may decide it; anybody when left out."),
        _OVERRIDE,
        Part("rationale", Flag(), "True where a written rationale is always needed."),
        CLAUSES,
    ),
    about=_moving_kinds,
)


def _gated_kinds(node: Mapped, _: Checking) -> Sequence[str]:
    on = node.items.get("on")
    kind = entry_kind(on) if on else ""
    return (kind,) if kind else tuple(KINDS)


GATE: Final = Group(
    "a gate",
    (
        TITLE,
        Part("on", PATTERN, "The entries it guards.", required=True),
        Part("needs", CONDITIONS, "What must hold before one is recorded.", required=True),
        _OVERRIDE,
        CLAUSES,
    ),
    about=_gated_kinds,
)


def _check_duty(node: Mapped, trail: Trail, checking: Checking) -> None:
    starts = node.items.get("starts")
    started = starts.items if isinstance(starts, Listed) else [starts] if starts else []
    kinds = [kind for item in started if (kind := entry_kind(item))]
    for item in started:
        # What the procedure itself names, an entry gives a date to later.
        named_here = isinstance(item, Mapped) and "each_of" in item.items
        if (kind := entry_kind(item)) and not named_here:
            _check_date_field(node.items.get("due_field"), kind, checking)
    for kind in kinds:
        _check_date_field(node.items.get("start_field"), _timed(node, kind, checking), checking)
    each = node.items.get("for_each")
    for kind in [entry_kind(each)] if each else kinds:
        if kind:
            _check_text_field(node.items.get("about_field"), kind, checking)
    _check_for_each(node, kinds, checking)
    _check_roll(node, checking)
    check_circumstances(node, kinds, trail, checking)


def _timed(node: Mapped, kind: str, checking: Checking) -> str:
    """Return the kind whose field says from when time runs: itself, or one that it refers to."""
    item = node.items.get("start_field")
    name = item.plain() if isinstance(item, Scalar) else None
    if not isinstance(name, str):
        return kind  # said where it is checked
    having = [k for k in KINDS[kind].refers if name in fields_of([k], checking.names)]
    here = name in fields_of([kind], checking.names)
    return kind if here or not having else having[0]


def _check_for_each(node: Mapped, kinds: Sequence[str], checking: Checking) -> None:
    if "for_each" in node.items and set(kinds) - {CORRECTION}:
        fault = f"“for_each” needs a duty that starts with “{CORRECTION}”, and with nothing else."
        checking.fault(node.items["for_each"].place, fault)


def _check_date_field(item: Node | None, kind: str, checking: Checking) -> None:
    _check_field(item, kind, checking, (FieldType.DATE,), "date")


def _check_text_field(item: Node | None, kind: str, checking: Checking) -> None:
    _check_field(item, kind, checking, (FieldType.LINE, FieldType.TEXT, FieldType.LINES), "text")


def _check_field(
    item: Node | None, kind: str, checking: Checking, types: tuple[FieldType, ...], said: str
) -> None:
    name = item.plain() if isinstance(item, Scalar) else None
    if item is None or not isinstance(name, str):
        return
    fields = fields_of([kind], checking.names).values()
    fitting = [known.name for known in fields if known.type in types]
    if name not in fitting:
        has = f"It has: {', '.join(fitting)}." if fitting else "It has none."
        fault = f"“{name}” is not a {said} field of “{kind}”.{nearest(name, fitting)} {has}"
        checking.fault(item.place, fault)


def _check_roll(node: Mapped, checking: Checking) -> None:
    due, roll = node.items.get("due"), node.items.get("on_holiday")
    if due is None or roll is None or roll.plain() != "roll":
        return
    try:
        Clock.parse(str(due.plain()))
    except ClockError:
        return  # said where “due” itself is checked
    try:
        Clock.parse(str(due.plain()), on_holiday="roll")
    except ClockError as error:
        checking.fault(roll.place, str(error))


EXTEND = Group(
    "an extension",
    (
        Part("endorsed_by", ROLES, "The roles that may endorse it; the owner when left out."),
        CLAUSES,
    ),
)

DUTY: Final = Group(
    "a duty",
    (
        TITLE,
        Part("starts", PATTERNS, "The entry (or entries) that open it.", required=True),
        Part("due", ClockWords(), "When it is due, in a clock’s words.", required=True),
        Part("met_by", PATTERNS, "The entry (or entries) that meet it.", required=True),
        Part("owner", Named("role"), "The role that must do it.", required=True),
        Part(
            "on_holiday", OneOf(("stand", "roll")), "A due date on a holiday: stands or rolls on."
        ),
        Part("calendar", Named("calendar"), "The calendar; the pack’s when left out."),
        Part(
            "about_field",
            patterns.FIELD_NAME,
            "A text field that says what this time of the duty is about.",
        ),
        Part(
            "due_field", patterns.FIELD_NAME, "A date field whose date, if given, is the due date."
        ),
        Part("due_field_sooner", Flag(), "True where the date in due_field can only be sooner."),
        Part("start_field", patterns.FIELD_NAME, "A date field from which, if given, time runs."),
        Part("because", BOTH_LANGUAGES, "Why this clock runs, where no alternative does."),
        Part("due_instead", ListOf(ALTERNATIVE), "Other clocks; the first that fits runs."),
        Part("not_owed_when", CIRCUMSTANCES, "It is not owed while one of these holds."),
        Part("met_if", CONDITIONS, "Met only when these hold just after the entry that meets it."),
        Part("met_when", OneOf(("any", "all")), "Whether any or all of met_by must be there."),
        Part(
            "opens",
            OneOf(("each", "first", "restart")),
            "With each starting entry, with the first only, or anew with the latest.",
        ),
        Part("first_since", PATTERN, "With opens: first, anew from the latest such entry."),
        Part(
            "for_each",
            PATTERN,
            "Opened by a correction, once for each such entry that passed on what it corrects.",
        ),
        Part("only_if", CONDITIONS, "Opened only when these hold just after the starting entry."),
        Part("stops", PATTERNS, "Entries after which it is no longer owed."),
        Part("outlives", Flag(), "True where it goes on after the case is closed."),
        Part("extend", EXTEND, "That it may be extended, and who endorses that."),
        Part("if_missed", BOTH_LANGUAGES, "What follows when it is missed."),
        Part("document", Named("document"), "The form or letter that it is done with."),
        CLAUSES,
    ),
    also=_check_duty,
)


def _check_does(node: Mapped, _: Trail, checking: Checking) -> None:
    kind, data = entry_kind(node), node.items.get("data")
    if not kind or not isinstance(data, Mapped):
        return
    fields = fields_of([kind], checking.names)
    patterns.check_data(fields, data, checking)
    given = {name for name in data.items if name in fields}
    if kind in MOVING:
        given.add("rationale")  # the auto's own title stands in for it
    for known in fields.values():
        if known.required and known.name not in given:
            fault = f"“{kind}” needs “{known.name}” ({known.label.en}). Give it here."
            checking.fault(data.place, fault)


DOES = Group(
    "what an auto does",
    (
        Part("entry", Named("kind of entry"), "The kind of entry it makes.", required=True),
        Part("data", patterns.WHERE, "The values of its fields.", required=True),
    ),
    also=_check_does,
)


def _check_auto(node: Mapped, _: Trail, checking: Checking) -> None:
    mode = node.items.get("mode")
    if (mode is None or mode.plain() == "propose") and "to" not in node.items:
        checking.fault(node.place, "An auto that proposes needs “to”: the role it is put to.")


AUTO: Final = Group(
    "an auto",
    (
        TITLE,
        Part("when", CONDITIONS, "What must hold for it to act.", required=True),
        Part("does", DOES, "The entry that it makes or proposes.", required=True),
        Part("mode", OneOf(("do", "propose")), "Acts by itself, or puts it to somebody (propose)."),
        Part("to", Named("role"), "The role that a proposal is put to."),
        CLAUSES,
    ),
    also=_check_auto,
)
