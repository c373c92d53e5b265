"""Conditions on what runs in a case: restrictions, processes beside it, what it shares."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from candour.engine.errors import nearest
from candour.policies.reading import patterns
from candour.policies.reading.checking import Checking, Schema, Trail
from candour.policies.reading.groups import Group, Part
from candour.policies.reading.nodes import Listed, Mapped, Node, Scalar, described
from candour.policies.reading.patterns import PATTERN
from candour.policies.reading.shapes import ListOf
from candour.policies.reading.texts import BOTH_LANGUAGES

_SAYS = Part("says", BOTH_LANGUAGES, "What must hold, in a plain sentence for people.")


@dataclass(frozen=True)
class RestrictionKinds:
    """True for any restriction, or a list of the kinds meant."""

    def check(self, node: Node, trail: Trail, checking: Checking) -> None:
        """See `Shape`."""
        if isinstance(node, Scalar) and node.value is True:
            return
        if not isinstance(node, Listed) or not node.items:
            how = f"must be true or a list of restrictions, but is {described(node)}."
            checking.wrong(node, trail, f"{how} For none in force, put it under “not”.")
            return
        known = checking.names.option_ids("restrictions")
        for item in node.items:
            if item.plain() not in known:
                near = nearest(str(item.plain()), known)
                fault = f"“{item.plain()}” is not in the list of options “restrictions”.{near}"
                checking.fault(item.place, fault)

    def schema(self) -> Schema:
        """See `Shape`."""
        many = {"type": "array", "items": {"type": "string"}, "minItems": 1}
        return {"anyOf": [{"const": True}, many]}


@dataclass(frozen=True)
class ProcessKinds:
    """True for any process beside the case, or a list of the kinds meant."""

    def check(self, node: Node, trail: Trail, checking: Checking) -> None:
        """See `Shape`."""
        if isinstance(node, Scalar) and node.value is True:
            return
        if not isinstance(node, Listed) or not node.items:
            how = f"must be true or a list of processes, but is {described(node)}."
            checking.wrong(node, trail, f"{how} For none running, put it under “not”.")
            return
        process = patterns.fields_of(["process_started"], checking.names)["process"]
        patterns.check_value(process, node, trail, checking)

    def schema(self) -> Schema:
        """See `Shape`."""
        many = {"type": "array", "items": {"type": "string"}, "minItems": 1}
        return {"anyOf": [{"const": True}, many]}


@dataclass(frozen=True)
class Yes:
    """True, for a condition that asks nothing further."""

    def check(self, node: Node, trail: Trail, checking: Checking) -> None:
        """See `Shape`."""
        if not (isinstance(node, Scalar) and node.value is True):
            how = f"must be true, but is {described(node)}. For the opposite, put it under “not”."
            checking.wrong(node, trail, how)

    def schema(self) -> Schema:
        """See `Shape`."""
        return {"const": True}


def _check_sharing(node: Mapped, trail: Trail, checking: Checking) -> None:
    """The draft must be one that names recipients, and `for` one of them."""
    if not checking.proposing:
        how = "looks at what is shared, and nothing is shared here. Use it in gates."
        checking.wrong(node, trail, how)
    recipient = node.items.get("for")
    if recipient is not None:
        known = patterns.fields_of(["information_shared"], checking.names)["recipients"]
        patterns.check_value(known, recipient, (*trail, "for"), checking)


HEADS: Final[Mapping[str, Group]] = {
    "restriction_in_force": Group(
        "the condition “restriction_in_force”",
        (
            Part("restriction_in_force", RestrictionKinds(), "One is in force.", required=True),
            _SAYS,
        ),
    ),
    "process_running": Group(
        "the condition “process_running”",
        (
            Part("process_running", ProcessKinds(), "One runs beside the case.", required=True),
            _SAYS,
        ),
    ),
    "open_to_recipients": Group(
        "the condition “open_to_recipients”",
        (
            Part(
                "open_to_recipients",
                Yes(),
                "What is shared is open to those it is shared with.",
                required=True,
            ),
            _SAYS,
        ),
        also=_check_sharing,
    ),
    "allowed_first": Group(
        "the condition “allowed_first”",
        (
            Part(
                "allowed_first",
                ListOf(PATTERN, or_one=True),
                "Such entries are shared only once it was allowed …",
                required=True,
            ),
            Part("for", patterns.FIELD_NAME, "… for this kind of recipient …", required=True),
            Part("by_roles", patterns.ROLES, "… by one of these roles.", required=True),
            _SAYS,
        ),
        also=_check_sharing,
    ),
}
