"""Conditions on ratings of risk, as packs write them."""

from collections.abc import Mapping
from typing import Final

from candour.engine.fields import FieldType
from candour.policies.reading import patterns
from candour.policies.reading.checking import Checking, Trail
from candour.policies.reading.groups import Group, Part
from candour.policies.reading.nodes import Mapped
from candour.policies.reading.patterns import PATTERN, check_field, entry_kind
from candour.policies.reading.shapes import ListOf
from candour.policies.reading.texts import BOTH_LANGUAGES

_SAYS = Part("says", BOTH_LANGUAGES, "What must hold, in a plain sentence for people.")

AXES: Final = Group(
    "the fields of a rating",
    (
        Part("rows", patterns.FIELD_NAME, "The field that chooses the row.", required=True),
        Part("columns", patterns.FIELD_NAME, "The field that chooses the column.", required=True),
        Part("outcome", patterns.FIELD_NAME, "The field that names the outcome.", required=True),
    ),
)


def _nobody_proposes(node: Mapped, trail: Trail, checking: Checking) -> bool:
    if not checking.proposing:
        how = "looks at the entry that is made, and nobody makes one here. Use it in gates."
        checking.wrong(node, trail, how)
    return not checking.proposing


def _check_axes(head: str, node: Mapped, trail: Trail, checking: Checking) -> None:
    axes = node.items.get(head)
    if isinstance(axes, Mapped):
        for part in axes.items:
            for kind in checking.proposing:
                check_field(axes, part, kind, FieldType.CHOICE, checking)
    _nobody_proposes(node, trail, checking)


def check_fits_matrix(node: Mapped, trail: Trail, checking: Checking) -> None:
    """Add a fault for each field of the rating that it has not."""
    _check_axes("fits_matrix", node, trail, checking)


def _check_milder(node: Mapped, trail: Trail, checking: Checking) -> None:
    _check_axes("not_milder", node, trail, checking)
    members = node.items.get("than")
    kind = entry_kind(members) if members else ""
    if kind:
        check_field(node, "by_field", kind, None, checking)


def _check_copied(node: Mapped, trail: Trail, checking: Checking) -> None:
    if not _nobody_proposes(node, trail, checking):
        for kind in checking.proposing:
            check_field(node, "not_copied", kind, FieldType.TEXT, checking)


def _check_none(node: Mapped, trail: Trail, checking: Checking) -> None:
    if _nobody_proposes(node, trail, checking):
        return
    named = node.items.get("none_for_member")
    for kind in (*checking.proposing, *([entry_kind(named)] if named else ())):
        if kind:
            check_field(node, "by_field", kind, None, checking)


HEADS: Final[Mapping[str, Group]] = {
    "fits_matrix": Group(
        "the condition “fits_matrix”",
        (
            Part("fits_matrix", AXES, "The outcome is one that its cell gives.", required=True),
            _SAYS,
        ),
        also=check_fits_matrix,
    ),
    "not_milder": Group(
        "the condition “not_milder”",
        (
            Part("not_milder", AXES, "The rating is no milder than the median …", required=True),
            Part("than", PATTERN, "… of each member’s latest such entry,", required=True),
            Part("by_field", patterns.FIELD_NAME, "whose field names the member,", required=True),
            Part("at_meeting", PATTERN, "of those at, or brought to, the latest such meeting."),
            _SAYS,
        ),
        also=_check_milder,
    ),
    "not_stale": Group(
        "the condition “not_stale”",
        (
            Part("not_stale", PATTERN, "The latest such rating is not stale.", required=True),
            _SAYS,
        ),
    ),
    "not_copied": Group(
        "the condition “not_copied”",
        (
            Part(
                "not_copied",
                patterns.FIELD_NAME,
                "The text of this field is not word for word that …",
                required=True,
            ),
            Part("of", ListOf(PATTERN), "… of any such entry before it.", required=True),
            _SAYS,
        ),
        also=_check_copied,
    ),
    "none_for_member": Group(
        "the condition “none_for_member”",
        (
            Part("none_for_member", PATTERN, "No such entry is on record …", required=True),
            Part(
                "by_field",
                patterns.FIELD_NAME,
                "… for the member that this field of both entries names.",
                required=True,
            ),
            _SAYS,
        ),
        also=_check_none,
    ),
}
