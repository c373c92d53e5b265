"""Recipients as rows: a pure function of a standing."""

from datetime import datetime

from candour.cases.columns import NO_DATE
from candour.cases.drawn_rows import DrawnTable
from candour.cases.row_words import first_line, iso, london_day
from candour.engine import Standing
from candour.engine.recipients import Recipient, RecipientState, recipients
from candour.engine.value_words import value_words

Row = dict[str, object]

LONGEST_ASKED = 200  # characters: it stands in a table
RECIPIENTS = DrawnTable(
    "case_recipient",
    {
        "put_by": "uuid",
        "name": "text",
        "name_key": "text",
        "basis": "text",
        "asked": "text",
        "received_on": "date",
        "acknowledge_by": "date",
        "acknowledged_on": "date",
        "due_on": "date",
        "because": "text",
        "because_cy": "text",
        "answered_on": "date",
        "answered_late": "boolean",
        "intends": "text",
        "intends_cy": "text",
        "said": "text",
        "passed_to": "text",
        "state": "text",
        "late_from": "timestamptz",
        "sorts_at": "timestamptz",
    },
)


def recipient_rows(standing: Standing) -> list[Row]:
    """Return whom something was put to in a case, and how they answered."""
    return [_row(standing, each) for each in recipients(standing)]


def name_key(name: str) -> str:
    """Return a name as names are compared: small letters, single spaces."""
    return " ".join(name.casefold().split())


def _row(standing: Standing, each: Recipient) -> Row:
    explain, why = each.explain, each.explain.because if each.explain else None
    late_from = each.waited_for_until
    owed = each.pass_on if each.state is RecipientState.NOT_RESPONSIBLE else explain
    return {
        "put_by": each.put.id,
        "name": each.name,
        "name_key": name_key(each.name),
        "basis": str(each.put.data.get("response_basis") or ""),
        "asked": first_line(str(each.put.data.get("what_is_asked") or ""), LONGEST_ASKED),
        "received_on": each.received_on.isoformat(),
        "acknowledge_by": iso(each.acknowledge.due.on if each.acknowledge else None),
        "acknowledged_on": london_day(each.acknowledged_at),
        "due_on": iso(owed.due.on if owed else None),
        "because": why.en if why else "",
        "because_cy": why.cy if why else "",
        "answered_on": london_day(each.answered_at),
        "answered_late": each.answered_late,
        **_answer(standing, each),
        "passed_to": str(each.forwarded.data["to"]).strip() if each.forwarded else "",
        "state": each.state.value,
        "late_from": iso(late_from),
        "sorts_at": _sorts_at(standing, each, late_from).isoformat(),
    }


def _answer(standing: Standing, each: Recipient) -> Row:
    """Return what it intends, in both languages, and what it said."""
    if each.answer is None:
        return {"intends": "", "intends_cy": "", "said": ""}
    procedure = standing.procedure_of(each.answer.id)
    intends = value_words(procedure, each.answer, "intends")
    return {
        "intends": ", ".join(words.text("en") for words in intends),
        "intends_cy": ", ".join(words.text("cy") for words in intends),
        "said": str(each.answer.data.get("response") or ""),
    }


def _sorts_at(standing: Standing, each: Recipient, late_from: datetime | None) -> datetime:
    """Return its place: when it is late; when it answered; when nobody waited any more."""
    if each.explain and each.state is RecipientState.UNANSWERED:
        ended = standing.entry(each.explain.ended_by)
        would_be = each.explain.turns_late_at()
        found = [at for at in (ended.happened_at if ended else None, would_be) if at]
        return min(found, default=each.put.happened_at)
    waits = each.state in (RecipientState.WAITED_FOR, RecipientState.NOT_RESPONSIBLE)
    if waits:
        return late_from or NO_DATE
    return each.answered_at or each.put.happened_at
