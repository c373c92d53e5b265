"""Several signatures on one record: none but the last makes it the signed record."""

from dataclasses import replace
from typing import Any

import pytest

from candour.engine import Entry, Refusal, Standing, fold, propose
from candour.engine.conditions import Recorded
from candour.engine.conditions.base import Situation
from candour.engine.patterns import Pattern, Where
from candour.engine.vocabulary import UNFINISHED
from tests.engine.small import MEETING, OPENED, PROCEDURE, at, draft, duty, entry, pattern

MINUTES = pattern("record_signed", record="minutes")
SEAL = "5e" * 32
RECORDS = (replace(PROCEDURE.options["meetings"][0], id="minutes"),)
WITH_MINUTES = replace(
    PROCEDURE,
    duties={**PROCEDURE.duties, "signed": duty("signed", MEETING, "2 weeks after", MINUTES)},
    options={**PROCEDURE.options, "records": RECORDS},
)
HELD = entry("meeting_held", "2026-03-30", "m1")


def signed(on: str, by: list[str], awaits: list[str]) -> Entry:
    return entry(
        "record_signed",
        on,
        record="minutes",
        signed_by=by,
        awaits=awaits,
        document=SEAL,
        place=len(by),
        how="link",
    )


def standing(*log: Entry) -> Standing:
    return fold(WITH_MINUTES, [OPENED, HELD, *log])


FIRST = signed("2026-03-31T10:00", ["Chair"], ["Provider"])
LAST = signed("2026-04-01T10:00", ["Chair", "Provider"], [])


def test_a_duty_that_waits_for_a_signed_record_is_met_by_the_last_signature_only() -> None:
    after_one = standing(FIRST).duties["signed:m1:1"]
    after_all = standing(FIRST, LAST).duties["signed:m1:1"]
    assert after_one.is_open
    assert (after_all.is_open, after_all.met_at) == (False, LAST.happened_at)


def test_a_record_signed_on_paper_long_ago_still_counts() -> None:
    old = entry("record_signed", "2026-03-31", record="minutes", signed_by=["Chair"])
    assert not standing(old).duties["signed:m1:1"].is_open


def test_a_condition_does_not_take_one_signature_for_the_signed_record() -> None:
    wanted = Recorded(pattern=MINUTES)
    assert wanted.unmet(Situation(standing(FIRST), LAST.happened_at))
    assert not wanted.unmet(Situation(standing(FIRST, LAST), LAST.happened_at))


def test_a_pattern_that_asks_for_parts_gets_them() -> None:
    part = Pattern("record_signed", (Where("awaits", ("*",)),))
    assert part.matches(FIRST)
    assert not part.matches(LAST)
    assert UNFINISHED == {"record_signed": "awaits", "document_signed": "awaits"}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"changes": {"record": "minutes"}}, "signed as it stands"),
        ({"withdraws": True}, ""),
    ],
)
def test_what_was_signed_here_is_withdrawn_and_never_reworded(
    data: dict[str, Any], says: str
) -> None:
    proposed = draft("correction_made", "2026-04-02", LAST.id, **data)
    answer = propose(standing(LAST), proposed, at("2026-04-03"))
    assert isinstance(answer, Refusal) is bool(says)
    assert says in str(answer)


def test_a_record_signed_on_paper_may_still_be_corrected() -> None:
    old = entry("record_signed", "2026-03-31", "old", record="minutes", signed_by=["Chair"])
    proposed = draft("correction_made", "2026-04-02", "old", changes={"signed_by": ["A"]})
    assert isinstance(propose(standing(old), proposed, at("2026-04-03")), Entry)


def test_a_withdrawn_last_signature_opens_the_duty_again() -> None:
    taken_back = entry("correction_made", "2026-04-02", "c", LAST.id, withdraws=True)
    assert standing(FIRST, LAST, taken_back).duties["signed:m1:1"].is_open
