"""What a log comes to, as rows: pure functions of a standing and the instant it was settled at.

`changes` says what differs between two standings of one case, so that recording writes only that;
`everything` gives all of it, for a new case and for `candour.cases.rebuilding`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from candour.cases.action_drawing import action_rows
from candour.cases.decision_drawing import decision_rows
from candour.cases.recipient_drawing import recipient_rows
from candour.cases.row_words import iso
from candour.cases.span_drawing import span_rows
from candour.cases.words_drawing import touched, word_rows
from candour.engine import OpenDuty, Standing
from candour.engine.patterns import Pattern
from candour.engine.procedure import Auto

Row = dict[str, Any]
Part = TypeVar("Part", Row, list[Row])

_OPENED = Pattern("case_opened")
_LINKED = Pattern("experience_linked")


@dataclass(frozen=True, slots=True)
class Changes:
    """What to write beside new entries. A part that is None stays as it is."""

    facts: Row | None
    duties: list[Row] | None
    duties_gone: list[str]
    restrictions: list[Row] | None
    suggestions: list[Row] | None
    experiences: list[Row] | None
    recipients: list[Row] | None
    actions: list[Row] | None
    words: list[Row] | None
    words_gone: list[str]
    spans: list[Row] | None
    decisions: list[Row] | None


@dataclass(frozen=True)
class Settled:
    """A standing, and the instant up to which the passing of time has been acted on."""

    standing: Standing
    at: datetime

    @cached_property
    def ready(self) -> tuple[Auto, ...]:
        """What the procedure does or suggests by itself then."""
        return tuple(self.standing.autos_at(self.at))


def everything(now: Settled, live_key: str | None) -> Changes:
    """Return all that the log of a case comes to; `live_key` is what an open case blocks."""
    standing = now.standing
    return Changes(
        facts=fact_row(now, live_key),
        duties=[duty_row(owed) for owed in standing.duties.values()],
        duties_gone=[],
        restrictions=restriction_rows(standing),
        suggestions=suggestion_rows(now),
        experiences=experience_rows(standing),
        recipients=recipient_rows(standing),
        actions=action_rows(standing),
        words=word_rows(standing),
        words_gone=[],
        spans=span_rows(standing),
        decisions=decision_rows(standing),
    )


def changes(before: Settled, now: Settled, stored: Row, live_key: str | None) -> Changes:
    """Return what differs between what was drawn of `before` and what is of `now`.

    `stored` is what the case's own row says once the entries between the two are added.
    """
    old, new = before.standing, now.standing
    changed = [
        duty_row(owed)
        for key, owed in new.duties.items()
        if (was := old.duties.get(key)) is not owed and was != owed
    ]
    words, words_gone = touched(old, new)
    restrained = old.restrictions != new.restrictions
    return Changes(
        facts=_unless(stored, fact_row(now, live_key)),
        duties=changed or None,
        duties_gone=[key for key in old.duties if key not in new.duties],
        restrictions=restriction_rows(new) if restrained else None,
        suggestions=_unless(suggestion_rows(before), suggestion_rows(now)),
        experiences=_unless(experience_rows(old), experience_rows(new)),
        recipients=_unless(recipient_rows(old), recipient_rows(new)),
        actions=_unless(action_rows(old), action_rows(new)),
        words=words or None,
        words_gone=words_gone,
        spans=_unless(span_rows(old), span_rows(new)),
        decisions=_unless(decision_rows(old), decision_rows(new)),
    )


def _unless(was: Part, now: Part) -> Part | None:
    """Return what is now, or None where it was that before."""
    return None if was == now else now


def fact_row(now: Settled, live_key: str | None) -> Row:
    """Return what the case's own row says of the log."""
    standing = now.standing
    opened = standing.latest(_OPENED)
    return {
        "title": opened.data["title"] if opened else "",
        "step": standing.step,
        "closed_at": iso(standing.closed_at),
        "settled_at": iso(now.at),
        "next_change": iso(standing.next_change(now.at)),
        "live_key": None if standing.closed else live_key,
    }


def duty_row(owed: OpenDuty) -> Row:
    """Return one time that a duty was owed."""
    return {
        "key": owed.key,
        "duty_id": owed.duty.id,
        "title": owed.title.en,
        "title_cy": owed.title.cy,
        "owner_role": owed.duty.owner,
        "started_by": owed.trigger,
        "started_at": iso(owed.started_at),
        "cycle": owed.cycle,
        "due_on": iso(owed.due.on),
        "due_at": iso(owed.due.moment),
        "late_from": iso(owed.turns_late_at()),
        "state": "met" if owed.met_at else "cancelled" if owed.ended_by else "open",
        "met_at": iso(owed.met_at),
    }


def restriction_rows(standing: Standing) -> list[Row]:
    """Return the restrictions in force."""
    return [
        {
            "imposed_by": held.imposed_by,
            "restriction": held.restriction,
            "scope": held.scope,
            "since": iso(held.since),
            "reviewed_at": iso(held.reviewed_at),
        }
        for held in standing.restrictions
    ]


def suggestion_rows(now: Settled) -> list[Row]:
    """Return what the procedure puts to somebody."""
    return [
        {
            "auto_id": auto.id,
            "title": auto.title.en,
            "title_cy": auto.title.cy,
            "to_role": auto.to_role,
        }
        for auto in now.ready
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
