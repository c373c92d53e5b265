"""Moves, gates, duties and autos of the engine from those that packs write."""

from collections.abc import Iterable

from candour.engine.clocks import Clock
from candour.engine.matters import Alternative, Circumstance
from candour.engine.procedure import Auto, Duty, Extension, Gate, Move
from candour.policies.building.conditions import conditions
from candour.policies.building.parts import (
    Plain,
    ids,
    maybe_pattern,
    pattern,
    patterns,
    title,
    where,
    words,
)
from candour.policies.calendars import calendar


def move(name: str, part: Plain, unfinished: Iterable[str], calendar_name: str) -> Move:
    """Return a move; `unfinished` are the steps that “any” stands for."""
    override, by = _override(part)
    return Move(
        id=name,
        title=title(part),
        from_steps=tuple(unfinished) if part["from"] == "any" else ids(part["from"]),
        to=part["to"],
        needs=conditions(part.get("needs"), calendar_name),
        decided_by=ids(part.get("decided_by")),
        override=override,
        override_by=by,
        rationale=part.get("rationale", False),
        clauses=ids(part.get("clauses")),
    )


def gate(name: str, part: Plain, calendar_name: str) -> Gate:
    """Return a gate."""
    override, by = _override(part)
    return Gate(
        id=name,
        title=title(part),
        on=pattern(part["on"]),
        needs=conditions(part["needs"], calendar_name),
        override=override,
        override_by=by,
        clauses=ids(part.get("clauses")),
    )


def _override(part: Plain) -> tuple[bool, tuple[str, ...]]:
    given = part.get("override", False)
    return (given, ()) if isinstance(given, bool) else (True, ids(given["by"]))


def duty(name: str, part: Plain, calendar_name: str) -> Duty:
    """Return a duty."""
    return Duty(
        id=name,
        title=title(part),
        starts=patterns(part["starts"]),
        clock=Clock.parse(part["due"], on_holiday=part.get("on_holiday", "stand")),
        calendar=calendar(part.get("calendar", calendar_name)),
        met_by=patterns(part["met_by"]),
        owner=part["owner"],
        opens=part.get("opens", "each"),
        first_since=maybe_pattern(part.get("first_since")),
        for_each=maybe_pattern(part.get("for_each")),
        only_if=conditions(part.get("only_if"), calendar_name),
        met_if=conditions(part.get("met_if"), calendar_name),
        met_when=part.get("met_when", "any"),
        about_field=part.get("about_field", ""),
        due_field=part.get("due_field", ""),
        due_field_sooner=part.get("due_field_sooner", False),
        start_field=part.get("start_field", ""),
        because=words(part["because"]) if "because" in part else None,
        alternatives=tuple(_alternative(other, part) for other in part.get("due_instead", ())),
        not_owed_when=_circumstances(part.get("not_owed_when")),
        stops=patterns(part.get("stops")),
        outlives=part.get("outlives", False),
        extension=_extension(part),
        if_missed=words(part["if_missed"]) if "if_missed" in part else None,
        document=part.get("document", ""),
        clauses=ids(part.get("clauses")),
    )


def _alternative(part: Plain, duty: Plain) -> Alternative:
    return Alternative(
        clock=Clock.parse(part["due"], on_holiday=duty.get("on_holiday", "stand")),
        when=_circumstances(part["when"]),
        because=words(part["because"]),
        counted_from=part.get("counted_from", "itself"),
    )


def _circumstances(listed: Iterable[Plain] | None) -> tuple[Circumstance, ...]:
    return tuple(
        Circumstance(
            itself=where(part.get("itself")),
            said_of_it=maybe_pattern(part.get("said_of_it")),
            said_of_another=maybe_pattern(part.get("said_of_another")),
            several=patterns(part.get("several")),
            differing_in=part.get("differing_in", ""),
            at_least=part.get("at_least", 2),
            not_counting=patterns(part.get("not_counting")),
        )
        for part in listed or ()
    )


def _extension(part: Plain) -> Extension | None:
    given = part.get("extend")
    if given is None:
        return None
    return Extension(ids(given.get("endorsed_by")), ids(given.get("clauses")))


def auto(name: str, part: Plain, calendar_name: str) -> Auto:
    """Return an auto."""
    does = part["does"]
    return Auto(
        id=name,
        title=title(part),
        when=conditions(part["when"], calendar_name),
        kind=does["entry"],
        data=dict(does["data"]),
        mode=part.get("mode", "propose"),
        to_role=part.get("to", ""),
        clauses=ids(part.get("clauses")),
    )
