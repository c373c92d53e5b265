"""Restrictions as rows: how each stood and for how long; a pure function of a standing."""

from candour.cases.drawn_rows import DrawnTable
from candour.cases.row_words import iso
from candour.engine import Standing
from candour.engine.restrictions import Span, spans

Row = dict[str, object]
SIDES = ("care_types", "complexities", "units", "funders")
SPANS = DrawnTable(
    "case_restriction_span",
    {
        "key": "text",
        "imposed_by": "uuid",
        "varied_by": "text",
        "begins": "timestamptz",
        "ends": "timestamptz",
        "since": "timestamptz",
        "reviewed_at": "timestamptz",
        "restriction": "text",
        "scope": "text",
        **dict.fromkeys(SIDES, "text[]"),
    },
)


def span_rows(standing: Standing) -> list[Row]:
    """Return each restriction of a case as it stood, from when until when."""
    return [_row(span) for span in spans(standing.chronicle)]


def _row(span: Span) -> Row:
    held = span.restriction
    return {
        "key": span.key,
        "imposed_by": held.imposed_by,
        "varied_by": held.varied_by,
        "begins": span.begins.isoformat(),
        "ends": iso(span.ends),
        "since": held.since.isoformat(),
        "reviewed_at": iso(held.reviewed_at),
        "restriction": held.restriction,
        "scope": held.scope,
        **{side: list(getattr(held, side)) for side in SIDES},
    }
