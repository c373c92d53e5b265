"""Decisions as rows: what, why, by whom, whether published; a pure function of a standing."""

from candour.cases.drawn_rows import DrawnTable
from candour.cases.row_words import iso, london_day
from candour.engine import Standing, Words
from candour.engine.decisions import Decision, decisions
from candour.engine.value_words import value_words

Row = dict[str, object]
DECISIONS = DrawnTable(
    "case_decision",
    {
        "made_by": "uuid",
        "made_at": "timestamptz",
        "what": "text",
        "what_cy": "text",
        "reason": "text",
        "decider": "text",
        "decider_cy": "text",
        "consulted": "text",
        "consulted_cy": "text",
        "public": "boolean",
        "publish_by": "date",
        "late_from": "timestamptz",
        "published_on": "date",
    },
)
CHAIR = Words("Chair", "Cadeirydd")


def decision_rows(standing: Standing) -> list[Row]:
    """Return every decision of a case."""
    return [_row(standing, each) for each in decisions(standing)]


def _row(standing: Standing, each: Decision) -> Row:
    entry, owed = each.entry, each.owed
    procedure = standing.procedure_of(entry.id)
    role = procedure.roles.get(entry.role)
    decider = role.title if role else Words(entry.role)
    what = value_words(procedure, entry, "decision")
    consulted = value_words(procedure, entry, "consulted_roles")
    if not consulted and entry.data.get("chair_consulted"):
        consulted = (CHAIR,)
    waits = owed if owed and owed.is_open else None
    late_from = waits.turns_late_at() if waits else None
    return {
        "made_by": entry.id,
        "made_at": entry.happened_at.isoformat(),
        **_both("what", what),
        "reason": str(entry.data.get("reason") or ""),
        **_both("decider", (decider,)),
        **_both("consulted", consulted),
        "public": each.public,
        "publish_by": iso(waits.due.on if waits else None),
        "late_from": iso(late_from),
        "published_on": london_day(each.published_at),
    }


def _both(name: str, words: tuple[Words, ...]) -> Row:
    return {
        name: ", ".join(each.text("en") for each in words),
        f"{name}_cy": ", ".join(each.text("cy") for each in words),
    }
