"""The meetings of a pack: who is invited, when they may decide, what is on their agenda."""

from dataclasses import dataclass
from typing import Final

from candour.engine.errors import nearest
from candour.engine.meeting_rules import Brings
from candour.engine.meeting_rules import Part as MeetingPart
from candour.engine.procedure_words import AGENCIES
from candour.policies.reading.checking import Checking, Schema, Trail
from candour.policies.reading.groups import Group, Part
from candour.policies.reading.lists import NAME, Distinct
from candour.policies.reading.nodes import Node, Scalar
from candour.policies.reading.rules import CLAUSES, TITLE
from candour.policies.reading.shapes import Count, ListOf, OneOf, Register
from candour.policies.reading.texts import BOTH_LANGUAGES


@dataclass(frozen=True)
class OptionOf:
    """The id of an option in one of the pack’s lists."""

    options_list: str

    def check(self, node: Node, _: Trail, checking: Checking) -> None:
        """See `Shape`."""
        known = checking.names.option_ids(self.options_list)
        said = str(node.plain()) if isinstance(node, Scalar) else ""
        if said not in known:
            fault = f"“{said}” is not in the list of options “{self.options_list}”."
            checking.fault(node.place, f"{fault}{nearest(said, known)}")

    def schema(self) -> Schema:
        """See `Shape`."""
        return {"type": "string", "pattern": r"\S"}


_AGENCIES: Final = ListOf(OptionOf(AGENCIES))

QUORUM: Final = Group(
    "a quorum",
    (
        Part("at_least", Count(), "How many agencies must be there; 1 when left out."),
        Part("agencies", _AGENCIES, "Agencies that must be among them."),
        Part("note", BOTH_LANGUAGES, "Where it comes from, shown beside it."),
    ),
)

HEADING: Final = Group(
    "a heading of an agenda",
    (
        Part("id", NAME, "A name for it.", required=True),
        TITLE,
        Part("part", OneOf(tuple(MeetingPart)), "The part of the meeting it belongs to."),
        Part("brings", ListOf(OneOf(tuple(Brings))), "What of the case comes up by itself."),
    ),
)

MEETING: Final = Group(
    "a meeting",
    (
        Part("always", _AGENCIES, "Agencies without whose invitation it is not called."),
        Part("usually", _AGENCIES, "Agencies that are proposed beside them."),
        Part("second_part_only", _AGENCIES, "Who comes to the second part only."),
        Part("quorum", QUORUM, "Who must be there before it may decide."),
        Part("agenda", Distinct(HEADING), "Its standing headings, in order."),
        CLAUSES,
    ),
)

MEETINGS: Final = Register(OptionOf("meetings"), MEETING)
