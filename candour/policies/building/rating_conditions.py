"""Conditions of the engine on ratings, from conditions as packs write them."""

from candour.engine import conditions as engine
from candour.engine.conditions import Condition
from candour.policies.building.parts import Plain, maybe_pattern, pattern, patterns, words


def fits_matrix(part: Plain, _: str) -> Condition:
    """Return the condition that an outcome is one of its cell's."""
    axes = part["fits_matrix"]
    return engine.FitsMatrix(
        row_field=axes["rows"],
        column_field=axes["columns"],
        outcome_field=axes["outcome"],
        says=words(part.get("says")),
    )


def not_milder(part: Plain, _: str) -> Condition:
    """Return the condition that a rating is no milder than the median."""
    axes = part["not_milder"]
    return engine.NotMilder(
        row_field=axes["rows"],
        column_field=axes["columns"],
        outcome_field=axes["outcome"],
        pattern=pattern(part["than"]),
        by_field=part["by_field"],
        meeting=maybe_pattern(part.get("at_meeting")),
        says=words(part.get("says")),
    )


def not_stale(part: Plain, _: str) -> Condition:
    """Return the condition that the latest rating is fresh."""
    return engine.NotStale(pattern=pattern(part["not_stale"]), says=words(part.get("says")))


def not_copied(part: Plain, _: str) -> Condition:
    """Return the condition that a text is in words of its own."""
    return engine.NotCopied(
        field=part["not_copied"], of=patterns(part["of"]), says=words(part.get("says"))
    )


def none_for_member(part: Plain, _: str) -> Condition:
    """Return the condition that nothing is on record for the member."""
    return engine.NoneForMember(
        pattern=pattern(part["none_for_member"]),
        by_field=part["by_field"],
        says=words(part.get("says")),
    )
