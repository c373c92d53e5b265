"""Planned actions as rows: a pure function of a standing; and how those rows are kept."""

import json
from datetime import date, datetime

from django.db import connection

from candour.cases.action_rows import OPEN
from candour.cases.columns import NO_DATE
from candour.engine import Entry, Standing
from candour.engine.london import local
from candour.engine.plans import ADDED, Action, plans
from candour.engine.rag import done_on
from candour.engine.words import same

Row = dict[str, object]

LONGEST_WHAT = 200  # characters: it stands on a card
COLUMNS = (
    "action, plan, number, what, owner, owner_key, first_due, due_on, late_from, stands, extended, "
    "said_done_on, asked_until, sent_back, unable, done_on, evidence, sorts_at"
)

KEEP = """
    WITH gone AS (
        DELETE FROM case_action WHERE case_id = %(case)s AND action NOT IN (
            SELECT g.action FROM jsonb_to_recordset(%(rows)s::jsonb) AS g (action uuid)
        )
    )
    INSERT INTO case_action (case_id, body_id, {columns})
    SELECT %(case)s, %(body)s, r.* FROM jsonb_to_recordset(%(rows)s::jsonb) AS r (
        action uuid, plan text, number integer, what text, owner text, owner_key text,
        first_due date, due_on date, late_from timestamptz, stands text, extended boolean,
        said_done_on date, asked_until date, sent_back boolean, unable boolean, done_on date,
        evidence integer, sorts_at timestamptz
    )
    ON CONFLICT (case_id, action) DO UPDATE SET {changes}
"""


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


def keep(case_id: int, body_id: int, rows: list[Row]) -> None:
    """Write the actions of a case in place of those that were there."""
    names = COLUMNS.split(", ")
    sql = KEEP.format(
        columns=COLUMNS, changes=", ".join(f"{name} = excluded.{name}" for name in names[1:])
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, {"case": case_id, "body": body_id, "rows": json.dumps(rows)})


def _row(standing: Standing, plan: str, number: int, action: Action) -> Row:
    data, talk = action.entry.data, action.talk
    asked = talk.asked.data.get("wanted_by") if talk.asked else None
    return {
        "action": action.entry.id,
        "plan": plan,
        "number": number,
        "what": _first_line(str(data["action"])),
        "owner": str(data["owner"]).strip(),
        "owner_key": same(data["owner"]),
        "first_due": data["due_on"],
        "due_on": _iso(action.due_on),
        "late_from": _iso(action.late_from),
        "stands": OPEN if action.is_open else action.state.value,
        "extended": bool(action.extensions),
        "said_done_on": _day(talk.says_done),
        "asked_until": asked,
        "sent_back": talk.sent_back is not None,
        "unable": talk.unable is not None,
        "done_on": _iso(done_on(action)),
        "evidence": len(talk.evidence),
        "sorts_at": _sorts_at(standing, action).isoformat(),
    }


def _sorts_at(standing: Standing, action: Action) -> datetime:
    if action.is_open:
        return action.late_from or NO_DATE
    if action.completed is not None:
        return action.completed.happened_at
    return standing.closed_at or action.entry.happened_at


def _first_line(text: str) -> str:
    line = text.strip().partition("\n")[0].strip()
    return line if len(line) <= LONGEST_WHAT else f"{line[:LONGEST_WHAT].rstrip()}…"


def _day(entry: Entry | None) -> str | None:
    return local(entry.happened_at).date().isoformat() if entry else None


def _iso(point: date | None) -> str | None:
    return point.isoformat() if point else None
