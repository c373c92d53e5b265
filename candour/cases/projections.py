"""What a log comes to, as rows: pure functions of a standing and the instant it was settled at.

`changes` says what differs between two standings of one case, so that recording writes only that;
`everything` gives all of it, for a new case and for `candour.cases.rebuilding`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from candour.engine import OpenDuty, Standing
from candour.engine.patterns import Pattern

Row = dict[str, Any]

_OPENED = Pattern("case_opened")
_LINKED = Pattern("experience_linked")


@dataclass(frozen=True, slots=True)
class Changes:
    """What to write beside new entries. A list that is None stays as it is."""

    facts: Row
    duties: list[Row] | None
    duties_gone: list[str]
    restrictions: list[Row] | None
    suggestions: list[Row] | None
    experiences: list[Row] | None


@dataclass(frozen=True, slots=True)
class Settled:
    """A standing, and the instant up to which the passing of time has been acted on."""

    standing: Standing
    at: datetime


def everything(now: Settled, live_key: str | None) -> Changes:
    """Return all that the log of a case comes to."""
    return changes(Settled(Standing(now.standing.procedure), now.at), now, live_key, whole=True)


def changes(before: Settled, now: Settled, live_key: str | None, *, whole: bool = False) -> Changes:
    """Return what differs; with `whole`, every list is given even where nothing does.

    `live_key` is what the case blocks while it is open.
    """
    old, new = before.standing, now.standing
    changed = [
        duty_row(owed)
        for key, owed in new.duties.items()
        if (was := old.duties.get(key)) is not owed and was != owed
    ]
    suggested = suggestion_rows(now)
    linked = experience_rows(new)
    return Changes(
        facts=fact_row(now, live_key),
        duties=changed or ([] if whole else None),
        duties_gone=[key for key in old.duties if key not in new.duties],
        restrictions=restriction_rows(new)
        if whole or old.restrictions != new.restrictions
        else None,
        suggestions=suggested if whole or suggested != suggestion_rows(before) else None,
        experiences=linked if whole or linked != experience_rows(old) else None,
    )


def fact_row(now: Settled, live_key: str | None) -> Row:
    """Return what the case's own row says of the log."""
    standing = now.standing
    opened = standing.latest(_OPENED)
    return {
        "title": opened.data["title"] if opened else "",
        "step": standing.step,
        "closed_at": _iso(standing.closed_at),
        "settled_at": _iso(now.at),
        "next_change": _iso(standing.next_change(now.at)),
        "live_key": None if standing.closed else live_key,
    }


def duty_row(owed: OpenDuty) -> Row:
    """Return one time that a duty was owed."""
    return {
        "key": owed.key,
        "duty_id": owed.duty.id,
        "title": owed.duty.title.en,
        "title_cy": owed.duty.title.cy,
        "owner_role": owed.duty.owner,
        "started_by": owed.trigger,
        "started_at": _iso(owed.started_at),
        "cycle": owed.cycle,
        "due_on": _iso(owed.due.on),
        "due_at": _iso(owed.due.moment),
        "late_from": _iso(owed.turns_late_at()),
        "state": "met" if owed.met_at else "cancelled" if owed.ended_by else "open",
        "met_at": _iso(owed.met_at),
    }


def restriction_rows(standing: Standing) -> list[Row]:
    """Return the restrictions in force."""
    return [
        {
            "imposed_by": held.imposed_by,
            "restriction": held.restriction,
            "scope": held.scope,
            "since": _iso(held.since),
            "reviewed_at": _iso(held.reviewed_at),
        }
        for held in standing.restrictions
    ]


def suggestion_rows(now: Settled) -> list[Row]:
    """Return what the procedure puts to somebody."""
    if not any(auto.mode == "propose" for auto in now.standing.procedure.autos):
        return []
    return [
        {
            "auto_id": auto.id,
            "title": auto.title.en,
            "title_cy": auto.title.cy,
            "to_role": auto.to_role,
        }
        for auto in now.standing.autos_at(now.at)
        if auto.mode == "propose"
    ]


def experience_rows(standing: Standing) -> list[Row]:
    """Return the experiences that the case rests on, each with the first entry that linked it."""
    found: dict[int, str] = {}
    for entry in standing.matching(_LINKED):
        for number in experience_numbers(entry.data["experiences"]):
            found.setdefault(number, entry.id)
    return [{"experience_id": number, "linked_by": by} for number, by in found.items()]


def experience_numbers(lines: Iterable[str]) -> list[int]:
    """Return the numbers of experiences that the lines of an entry give.

    Raises:
        ValueError: a line is not a number.
    """
    return [int(line) for line in lines]


def _iso(point: date | None) -> str | None:
    return point.isoformat() if point else None
