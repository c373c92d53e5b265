"""Conditions as packs write them: the closed vocabulary of what may have to hold."""

from collections.abc import Callable, Mapping
from typing import Final

from candour.engine.errors import nearest
from candour.engine.fields import FieldType
from candour.policies.reading import (
    case_conditions,
    meeting_conditions,
    patterns,
    rating_conditions,
)
from candour.policies.reading.checking import Checking, Schema, Trail
from candour.policies.reading.groups import Group, Part
from candour.policies.reading.nodes import Mapped, Node, described
from candour.policies.reading.patterns import PATTERN, check_field, check_where, entry_kind
from candour.policies.reading.shapes import (
    ClockWords,
    Count,
    Defined,
    Flag,
    ListOf,
    Named,
    define,
)
from candour.policies.reading.texts import BOTH_LANGUAGES

Also = Callable[[Mapped, Trail, Checking], None]

CONDITION: Final = Defined("condition")
CONDITIONS: Final = ListOf(CONDITION)
_SAYS = Part("says", BOTH_LANGUAGES, "What must hold, in a plain sentence for people.")
_KIND = Named("kind of entry")
_WHERE = Part("where", patterns.WHERE, "Only entries whose fields have these values.")
_ROLES = Part("roles", patterns.ROLES, "Only entries recorded by one of these roles.")


def _fits(head: str, *parts: str) -> Also:
    """Return a check that the fields in `parts` are those of the kind named by `head`."""

    def check(node: Mapped, trail: Trail, checking: Checking) -> None:
        kind = entry_kind(node, head)
        for part in parts if kind else ():
            check_where([kind], node.items.get(part), (*trail, part), checking)

    return check


def _check_proposed(node: Mapped, trail: Trail, checking: Checking) -> None:
    if checking.proposing:
        has = node.items.get("proposed")
        check_where(checking.proposing, has, (*trail, "proposed"), checking)
    else:
        fault = "Nobody proposes an entry here, so “proposed” and “by” have nothing to look at."
        checking.fault(node.place, f"{fault} Use them in moves and gates.")


def _check_elapsed(node: Mapped, trail: Trail, checking: Checking) -> None:
    if len({"since_first", "since_latest"} & node.items.keys()) != 1:
        checking.wrong(node, trail, "needs one of “since_first” and “since_latest”, not both.")


def _check_members(node: Mapped, trail: Trail, checking: Checking) -> None:
    pattern, members = node.items.get("one_per_member"), node.items.get("members")
    kind = entry_kind(pattern) if pattern else ""
    if kind:
        check_field(node, "by_field", kind, None, checking)
    kind = entry_kind(members) if members else ""
    if isinstance(members, Mapped) and kind:
        where = members.items.get("where")
        check_where([kind], where, (*trail, "members", "where"), checking)
        check_field(members, "field", kind, FieldType.LINES, checking)


def _check_of_the_entry(node: Mapped, trail: Trail, checking: Checking) -> None:
    if not checking.proposing:
        how = "looks at the entry that is made, and nobody makes one here. Use it in gates."
        checking.wrong(node, trail, how)


def _check_among(node: Mapped, trail: Trail, checking: Checking) -> None:
    _check_of_the_entry(node, trail, checking)
    listed = node.items.get("among")
    if isinstance(listed, Mapped):
        for kind in checking.proposing:
            check_field(listed, "field", kind, None, checking)
        kind = entry_kind(listed)
        if kind:
            check_field(listed, "listed_in", kind, FieldType.LINES, checking)


_MEMBERS = Group(
    "the members",
    (
        Part("entry", _KIND, "The kind of entry that names them.", required=True),
        Part("field", patterns.FIELD_NAME, "Its field that lists them.", required=True),
        _WHERE,
        Part("excused", PATTERN, "Those named in such an entry’s `by_field` need none."),
    ),
)

_LISTED = Group(
    "where something is listed",
    (
        Part("field", patterns.FIELD_NAME, "The entry’s field that names it.", required=True),
        Part("entry", _KIND, "The kind of entry that lists them.", required=True),
        Part("listed_in", patterns.FIELD_NAME, "Its field with the list.", required=True),
    ),
)

HEADS: Final[Mapping[str, Group]] = {
    "recorded": Group(
        "the condition “recorded”",
        (
            Part("recorded", _KIND, "At least one entry of this kind is on record.", required=True),
            _WHERE,
            _ROLES,
            Part("at_least", Count(), "How many there must be; 1 when left out."),
            Part("since", PATTERN, "Counting only from the latest entry that fits this."),
            _SAYS,
        ),
        also=_fits("recorded", "where"),
    ),
    "latest": Group(
        "the condition “latest”",
        (
            Part("latest", _KIND, "The latest entry of this kind …", required=True),
            _WHERE,
            _ROLES,
            Part("has", patterns.WHERE, "… has these values too.", required=True),
            Part("since", PATTERN, "Only if it came after the latest entry that fits this."),
            _SAYS,
        ),
        also=_fits("latest", "where", "has"),
    ),
    "at_step": Group(
        "the condition “at_step”",
        (
            Part(
                "at_step", ListOf(Named("step"), or_one=True), "The case is there.", required=True
            ),
            _SAYS,
        ),
    ),
    "proposed": Group(
        "the condition “proposed”",
        (
            Part("proposed", patterns.WHERE, "The entry now being made has these values."),
            Part("by", patterns.ROLES, "It is made by one of these roles."),
            _SAYS,
        ),
        also=_check_proposed,
    ),
    "elapsed": Group(
        "the condition “elapsed”",
        (
            Part("elapsed", ClockWords(), "The whole of this time has passed …", required=True),
            Part("since_first", PATTERN, "… since the first such entry,"),
            Part("since_latest", PATTERN, "… or since the latest such entry."),
            Part("counting_from", PATTERN, "Only entries since the latest that fits this."),
            Part("calendar", Named("calendar"), "The calendar; the pack’s when left out."),
            _SAYS,
        ),
        also=_check_elapsed,
    ),
    "one_per_member": Group(
        "the condition “one_per_member”",
        (
            Part("one_per_member", PATTERN, "Every member has such an entry.", required=True),
            Part(
                "by_field", patterns.FIELD_NAME, "Its field that names the member.", required=True
            ),
            Part("members", _MEMBERS, "Where the members are listed.", required=True),
            _SAYS,
        ),
        also=_check_members,
    ),
    "duties_met": Group(
        "the condition “duties_met”",
        (
            Part(
                "duties_met", ListOf(Named("duty")), "None of these is still owed.", required=True
            ),
            Part("or_late", Flag(), "True where one whose time has passed no longer counts."),
            _SAYS,
        ),
    ),
    "due_passed": Group(
        "the condition “due_passed”",
        (
            Part(
                "due_passed",
                ListOf(Named("duty")),
                "The time of each of these has run out, met or not.",
                required=True,
            ),
            _SAYS,
        ),
    ),
    "refers": Group(
        "the condition “refers”",
        (
            Part(
                "refers",
                ListOf(_KIND),
                "The entry refers to one of these kinds.",
                required=True,
            ),
            _SAYS,
        ),
        also=_check_of_the_entry,
    ),
    "among": Group(
        "the condition “among”",
        (
            Part("among", _LISTED, "What the entry names is listed there.", required=True),
            _SAYS,
        ),
        also=_check_among,
    ),
    **case_conditions.HEADS,
    **rating_conditions.HEADS,
    **meeting_conditions.HEADS,
    "all": Group(
        "the condition “all”",
        (Part("all", CONDITIONS, "Every one of these holds.", required=True), _SAYS),
    ),
    "any": Group(
        "the condition “any”",
        (Part("any", CONDITIONS, "At least one of these holds.", required=True), _SAYS),
    ),
    "not": Group(
        "the condition “not”",
        (Part("not", CONDITION, "This does not hold.", required=True), _SAYS),
    ),
}
# `by` alone is the condition “proposed” without values.
_BEGINS: Final[Mapping[str, str]] = {**{head: head for head in HEADS}, "by": "proposed"}


class _AnyCondition:
    """One of the conditions, told apart by the name that it begins with."""

    def check(self, node: Node, trail: Trail, checking: Checking) -> None:
        """See `Shape`."""
        if not isinstance(node, Mapped):
            checking.wrong(node, trail, f"must be a condition, but is {described(node)}.")
            return
        heads = {_BEGINS[name] for name in node.items if name in _BEGINS}
        if len(heads) == 1:
            HEADS[heads.pop()].check(node, trail, checking)
        elif heads:
            said = " and ".join(f"“{head}”" for head in sorted(heads))
            checking.fault(node.place, f"One condition says {said}. Make each an item of its own.")
        else:
            first = next(iter(node.items), "")
            near = f"“{first}” begins no condition.{nearest(first, _BEGINS)}"
            checking.fault(node.place, f"{near} A condition begins with: {', '.join(_BEGINS)}.")

    def schema(self) -> Schema:
        """See `Shape`."""
        return {"oneOf": [_headed(head, group.schema()) for head, group in HEADS.items()]}


# What the schema must say beside the parts that are always there.
_NEEDS: Final[Mapping[str, Schema]] = {
    "proposed": {"anyOf": [{"required": ["proposed"]}, {"required": ["by"]}]},
    "elapsed": {"oneOf": [{"required": ["since_first"]}, {"required": ["since_latest"]}]},
}


def _headed(head: str, schema: Schema) -> Schema:
    return {**schema, **_NEEDS.get(head, {})}


define("condition", _AnyCondition())
