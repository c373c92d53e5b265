"""The rows of a proof: every day that matters, and long plain runs in one."""

from datetime import date, timedelta

from candour.engine.proofs import ProofDay
from candour.web.presenters.proofs import ProofRow, rows

MONDAY = date(2026, 3, 2)


def counted(first: int, last: int) -> list[ProofDay]:
    return [
        ProofDay(MONDAY + timedelta(days=number), counted=True, number=number)
        for number in range(first, last + 1)
    ]


def test_a_working_week_is_told_day_by_day() -> None:
    told = rows(counted(1, 7))
    assert len(told) == 7
    assert told[0] == ProofRow("Tue 3 Mar 2026", "1", counted=True)


def test_a_longer_run_is_one_row() -> None:
    (run,) = rows(counted(1, 28))
    assert run == ProofRow("Tue 3 Mar 2026 to Mon 30 Mar 2026", "1 to 28", counted=True)


def test_a_day_that_is_skipped_breaks_a_run_and_says_why() -> None:
    skipped = ProofDay(MONDAY + timedelta(days=11), counted=False, reason="Good Friday")
    told = rows([*counted(1, 10), skipped, *counted(12, 13)])
    assert [row.count for row in told] == ["1 to 10", "not counted: Good Friday", "12", "13"]
    assert not told[1].counted


def test_a_counted_day_with_something_to_say_stands_alone() -> None:
    short = ProofDay(date(2026, 2, 28), counted=True, number=6, reason="the month has no day 31")
    assert rows([short])[0].count == "6 (the month has no day 31)"
