"""The procedure that these tests run on, and short ways to draft entries of it."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

from candour.engine import Draft, Procedure
from tests.engine.small import DATA, at, small

PROCEDURE: Procedure = replace(small(), name="test_ladder", one_live_case=("T-14",))
NOON = at("2026-03-02T12:00")


def load(name: str) -> Procedure:
    """Stands in for the loader of packs."""
    assert name == PROCEDURE.name
    return PROCEDURE


def drafted(
    kind: str, when: datetime = NOON, *refers_to: str, id_: str = "", **data: object
) -> Draft:
    """A draft with enough data for its kind; `override` is its rationale."""
    override = str(data.pop("override", ""))
    return Draft(
        id=id_ or str(uuid4()),
        kind=kind,
        happened_at=when,
        author="",
        role="",
        data={**DATA.get(kind, {}), **data},
        refers_to=refers_to,
        override=override,
    )


def later(days: float = 0, hours: float = 0) -> datetime:
    """So long after noon on the day that the cases are opened."""
    return NOON + timedelta(days=days, hours=hours)
