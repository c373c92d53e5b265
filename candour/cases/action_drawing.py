"""Planned actions as rows: a pure function of a standing."""

from datetime import datetime

from candour.cases.action_rows import OPEN
from candour.cases.columns import NO_DATE
from candour.cases.drawn_rows import DrawnTable
from candour.cases.row_words import first_line, iso, london_day
from candour.engine import Entry, Standing
from candour.engine.plans import ADDED, Action, plans
from candour.engine.rag import done_on
from candour.engine.words import same

Row = dict[str, object]

LONGEST_WHAT = 200  # characters: it stands on a card
ACTIONS = DrawnTable(
    "case_action",
    {
        "action": "uuid",
        "plan": "text",
        "number": "integer",
        "what": "text",
        "owner": "text",
        "owner_key": "text",
        "first_due": "date",
        "due_on": "date",
        "late_from": "timestamptz",
        "stands": "text",
        "extended": "boolean",
        "said_done_on": "date",
        "asked_until": "date",
        "sent_back": "boolean",
        "unable": "boolean",
        "done_on": "date",
        "evidence": "integer",
        "sorts_at": "timestamptz",
    },
)


def action_rows(standing: Standing) -> list[Row]:
    """Return the actions of a case's plans, and of none."""
    if ADDED not in standing.by_kind:
        return []
    # Whether one is late depends on the moment and is not in a row: any moment will do.
    return [
        _row(standing, plan.name, number, action)
        for plan in plans(standing, NO_DATE)
        for number, action in enumerate(plan.actions, start=1)
    ]


def _row(standing: Standing, plan: str, number: int, action: Action) -> Row:
    data, talk = action.entry.data, action.talk
    asked = talk.asked.data.get("wanted_by") if talk.asked else None
    return {
        "action": action.entry.id,
        "plan": plan,
        "number": number,
        "what": first_line(str(data["action"]), LONGEST_WHAT),
        "owner": str(data["owner"]).strip(),
        "owner_key": same(data["owner"]),
        "first_due": data["due_on"],
        "due_on": iso(action.due_on),
        "late_from": iso(action.late_from),
        "stands": OPEN if action.is_open else action.state.value,
        "extended": bool(action.extensions),
        "said_done_on": _day(talk.says_done),
        "asked_until": asked,
        "sent_back": talk.sent_back is not None,
        "unable": talk.unable is not None,
        "done_on": iso(done_on(action)),
        "evidence": len(talk.evidence),
        "sorts_at": _sorts_at(standing, action).isoformat(),
    }


def _sorts_at(standing: Standing, action: Action) -> datetime:
    if action.is_open:
        return action.late_from or NO_DATE
    if action.completed is not None:
        return action.completed.happened_at
    return standing.closed_at or action.entry.happened_at


def _day(entry: Entry | None) -> str | None:
    return london_day(entry.happened_at) if entry else None
