"""The meetings of the engine from those that packs write."""

from candour.engine.meeting_rules import Brings, Heading, MeetingRule, Part, Quorum
from candour.policies.building.parts import Plain, ids, title, words


def meeting(name: str, part: Plain) -> MeetingRule:
    """Return what a pack lays down for one kind of meeting."""
    return MeetingRule(
        id=name,
        always=ids(part.get("always")),
        usually=ids(part.get("usually")),
        second_part_only=ids(part.get("second_part_only")),
        quorum=_quorum(part.get("quorum")),
        agenda=tuple(_heading(item) for item in part.get("agenda", ())),
        clauses=ids(part.get("clauses")),
    )


def _quorum(part: Plain | None) -> Quorum | None:
    if part is None:
        return None
    return Quorum(part.get("at_least", 1), ids(part.get("agencies")), words(part.get("note")))


def _heading(part: Plain) -> Heading:
    return Heading(
        id=part["id"],
        title=title(part),
        part=Part(part["part"]) if "part" in part else None,
        brings=tuple(Brings(word) for word in part.get("brings", ())),
    )
