"""Conditions of the engine from conditions as packs write them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from candour.engine import conditions as engine
from candour.engine.clocks import Clock
from candour.engine.conditions import Condition
from candour.engine.patterns import Pattern
from candour.policies.building import meeting_conditions, rating_conditions
from candour.policies.building.parts import (
    Plain,
    ids,
    maybe_pattern,
    pattern,
    patterns,
    where,
    words,
)
from candour.policies.calendars import calendar


def conditions(listed: Iterable[Plain] | None, calendar_name: str) -> tuple[Condition, ...]:
    """Return the conditions; clocks in them go by `calendar_name` unless they name another."""
    return tuple(condition(part, calendar_name) for part in listed or ())


def condition(part: Plain, calendar_name: str) -> Condition:
    """Return one condition."""
    head = next(name for name in part if name in _MAKERS)
    return _MAKERS[head](part, calendar_name)


def _recorded(part: Plain, _: str) -> Condition:
    return engine.Recorded(
        pattern=pattern(part, "recorded"),
        at_least=part.get("at_least", 1),
        since=maybe_pattern(part.get("since")),
        says=words(part.get("says")),
    )


def _latest(part: Plain, _: str) -> Condition:
    return engine.Latest(
        pattern=pattern(part, "latest"),
        has=where(part["has"]),
        since=maybe_pattern(part.get("since")),
        says=words(part.get("says")),
    )


def _at_step(part: Plain, _: str) -> Condition:
    return engine.AtStep(steps=ids(part["at_step"]), says=words(part.get("says")))


def _proposed(part: Plain, _: str) -> Condition:
    return engine.Proposed(
        has=where(part.get("proposed")), roles=ids(part.get("by")), says=words(part.get("says"))
    )


def _elapsed(part: Plain, calendar_name: str) -> Condition:
    first = part.get("since_first")
    return engine.Elapsed(
        clock=Clock.parse(part["elapsed"]),
        calendar=calendar(part.get("calendar", calendar_name)),
        pattern=pattern(first or part["since_latest"]),
        which="first" if first else "latest",
        since=maybe_pattern(part.get("counting_from")),
        says=words(part.get("says")),
    )


def _one_per_member(part: Plain, _: str) -> Condition:
    members = part["members"]
    return engine.OnePerMember(
        pattern=pattern(part["one_per_member"]),
        by_field=part["by_field"],
        members=Pattern(members["entry"], where(members.get("where"))),
        members_field=members["field"],
        excused=maybe_pattern(members.get("excused")),
        says=words(part.get("says")),
    )


def _restriction(part: Plain, _: str) -> Condition:
    kinds = part["restriction_in_force"]
    return engine.RestrictionInForce(
        kinds=() if kinds is True else ids(kinds), says=words(part.get("says"))
    )


def _process(part: Plain, _: str) -> Condition:
    kinds = part["process_running"]
    return engine.ProcessRunning(
        kinds=() if kinds is True else ids(kinds), says=words(part.get("says"))
    )


def _open_to(part: Plain, _: str) -> Condition:
    return engine.OpenToRecipients(says=words(part.get("says")))


def _allowed_first(part: Plain, _: str) -> Condition:
    return engine.AllowedFirst(
        patterns=patterns(part["allowed_first"]),
        recipient=part["for"],
        roles=ids(part["by_roles"]),
        says=words(part.get("says")),
    )


def _duties_met(part: Plain, _: str) -> Condition:
    return engine.DutiesMet(
        duties=ids(part["duties_met"]),
        or_late=part.get("or_late", False),
        says=words(part.get("says")),
    )


def _due_passed(part: Plain, _: str) -> Condition:
    return engine.DuePassed(duties=ids(part["due_passed"]), says=words(part.get("says")))


def _refers(part: Plain, _: str) -> Condition:
    return engine.RefersTo(kinds=ids(part["refers"]), says=words(part.get("says")))


def _among(part: Plain, _: str) -> Condition:
    listed = part["among"]
    return engine.Among(
        field=listed["field"],
        pattern=Pattern(listed["entry"]),
        listed_in=listed["listed_in"],
        says=words(part.get("says")),
    )


def _all(part: Plain, calendar_name: str) -> Condition:
    parts = conditions(part["all"], calendar_name)
    return engine.AllOf(parts=parts, says=words(part.get("says")))


def _any(part: Plain, calendar_name: str) -> Condition:
    parts = conditions(part["any"], calendar_name)
    return engine.AnyOf(parts=parts, says=words(part.get("says")))


def _not(part: Plain, calendar_name: str) -> Condition:
    return engine.Not(part=condition(part["not"], calendar_name), says=words(part.get("says")))


_MAKERS: Final[Mapping[str, Callable[[Plain, str], Condition]]] = {
    "recorded": _recorded,
    "latest": _latest,
    "at_step": _at_step,
    "proposed": _proposed,
    "by": _proposed,
    "elapsed": _elapsed,
    "one_per_member": _one_per_member,
    "restriction_in_force": _restriction,
    "process_running": _process,
    "open_to_recipients": _open_to,
    "allowed_first": _allowed_first,
    "duties_met": _duties_met,
    "fits_matrix": rating_conditions.fits_matrix,
    "not_milder": rating_conditions.not_milder,
    "not_stale": rating_conditions.not_stale,
    "not_copied": rating_conditions.not_copied,
    "none_for_member": rating_conditions.none_for_member,
    **meeting_conditions.MAKERS,
    "due_passed": _due_passed,
    "refers": _refers,
    "among": _among,
    "all": _all,
    "any": _any,
    "not": _not,
}
