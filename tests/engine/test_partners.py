"""With which bodies a case is shared: as its log says, and until the last day is over in London."""

from datetime import UTC, date, datetime
from typing import Any

from candour.engine.partners import shares
from tests.engine.small import at, entry, standing

SHARED: dict[str, Any] = {
    "with_body": "Health board",
    "with_body_number": 7,
    "seen_as": "partners",
    "purpose": "It commissions nursing there.",
    "legal_basis": "statutory_duty",
}


def test_nobody_is_let_in_by_nothing() -> None:
    found = standing()
    assert shares(found.by_kind) == ()


def test_a_sharing_without_a_last_day_stands_until_somebody_ends_it() -> None:
    shared = entry("case_shared", "2026-03-03T09:00", **SHARED)
    (share,) = shares(standing(shared).by_kind)
    assert (share.with_body, share.until, share.ends_at()) == (7, None, None)
    assert share.stands(at("2030-01-01T00:00"))

    ended = entry("case_share_ended", "2026-03-05T09:00", "", shared.id, reason="No more patients.")
    (share,) = shares(standing(shared, ended).by_kind)
    assert share.ended is not None
    assert not share.stands(at("2026-03-05T09:00"))


def test_the_last_day_is_over_at_midnight_in_london_and_wakes_the_case() -> None:
    """British summer time begins on 29 March 2026: midnight after the 30th is 23:00 UTC."""
    shared = entry("case_shared", "2026-03-03T09:00", **SHARED, until="2026-03-30")
    found = standing(shared)
    (share,) = shares(found.by_kind)
    over = datetime(2026, 3, 30, 23, tzinfo=UTC)
    assert (share.until, share.ends_at()) == (date(2026, 3, 30), over)
    assert share.stands(datetime(2026, 3, 30, 22, 59, tzinfo=UTC))
    assert not share.stands(over)
    assert found.next_change(at("2026-03-03T09:00")) == over
    assert found.next_change(over) is None


def test_what_somebody_ended_before_its_last_day_wakes_nobody() -> None:
    shared = entry("case_shared", "2026-03-03T09:00", **SHARED, until="2026-03-30")
    ended = entry("case_share_ended", "2026-03-05T09:00", "", shared.id, reason="No more patients.")
    found = standing(shared, ended)
    assert shares(found.by_kind)[0].ends_at() is None
    assert found.next_change(at("2026-03-05T09:00")) is None
