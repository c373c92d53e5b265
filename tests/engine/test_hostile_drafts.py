"""Whatever is proposed, the answer is an entry or a refusal, and the log can be read for ever."""

import json
from datetime import UTC, datetime
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from candour.engine import (
    ClockError,
    Draft,
    EngineError,
    Entry,
    MalformedEntry,
    Refusal,
    Standing,
    canonical,
    entered,
    fold,
    from_payload,
    propose,
)
from candour.engine.clocks import Clock
from tests.engine.small import DATA, OPENED, PROCEDURE, at, draft, entry, moved, standing

NOW = at("2026-04-20T12:00")
PANEL = moved("to_panel", "panel", "2026-03-16")
ENDED = entry("case_closed", "2026-04-01", "ended")
BACK = entry("case_reopened", "2026-04-05", "back")
HELD = entry("meeting_held", "2026-03-30", "m1")
ASKED = entry("recommendation_issued", "2026-03-31", "asked")
SHARED = {"what": "x", "to": ["y"], "purpose": "z", "legal_basis": "consent"}
HALF = "\ud800"  # half of a character
SPREAD: list[Any] = []  # a list in a list, deeper than Python prints
for _ in range(5_000):
    SPREAD = [SPREAD]
NASTY: tuple[Any, ...] = (
    *(None, "", " ", [], {}, [[]], [{}], {"a": 1}, SPREAD, True, -1, 1.5, float("nan")),
    *(10**5_000, "x" * 60_000, ["x"] * 10_000, "\x00", HALF, [HALF], "\u202eabc", "a\nb", "\r"),
    *("0001-01-01", "9999-12-31", "2026-W14-1", "20260330", "2026-03-30", "2029-12-31", b"x"),
    *("0001-01-01T00:00+23:59", "0001-01-01T00:00+00:00", "9999-12-31T23:59-23:59"),
    *("2026-03-30T10:00", "2026-03-30T10:00+01:00", "2041-01-01T00:00+00:00", "1900-01-01T00:00Z"),
    *("panel", "intake", "to_board", "end", "ended", "letter", "decisions", ["Council"]),
)


def says(log: tuple[Entry, ...], proposed: Draft) -> str:
    found = propose(standing(*log), proposed, NOW)
    assert isinstance(found, Refusal), found
    return str(found)


def kept(found: Entry) -> None:
    """It is read back from its bytes as it was."""
    assert canonical(from_payload(json.loads(canonical(found)))) == canonical(found)


def read_at_any_time(found: Standing) -> None:
    for moment in (datetime(1, 1, 2, tzinfo=UTC), NOW, datetime(9999, 12, 30, tzinfo=UTC)):
        found.at(moment)


drafts = st.builds(
    lambda kind, refers, extra, when: Draft(
        id="hostile",
        kind=kind,
        happened_at=when,
        author="a",
        role="head",
        data={**DATA.get(kind, {}), **extra},
        refers_to=tuple(refers),
        override="Because it must be so today.",
    ),
    st.sampled_from(sorted(PROCEDURE.kinds)),
    st.lists(st.sampled_from(["open", "m1", "asked", "c1", "nothing"]), max_size=3),
    st.dictionaries(
        st.sampled_from(
            sorted({f.name for kind in PROCEDURE.kinds.values() for f in kind.fields} | {"", "x"})
        )
        | st.integers(),
        st.sampled_from(NASTY)
        | st.dictionaries(
            st.sampled_from(["step", "title", "respond_by", "notes", "meeting", "why"]),
            st.sampled_from(NASTY),
            max_size=2,
        ),
        max_size=3,
    ),
    st.sampled_from([NOW, at("2026-04-01"), at("1900-01-01"), datetime(1, 1, 2, tzinfo=UTC)]),
)


@given(drafts)
@settings(max_examples=1_500, deadline=None)
def test_a_draft_of_anything_is_taken_or_refused_with_words(proposed: Draft) -> None:
    log = standing(
        PANEL,
        HELD,
        ASKED,
        entry("correction_made", "2026-04-01", "c1", "m1", changes={"notes": "."}),
    )
    found = propose(log, proposed, NOW)
    if isinstance(found, Refusal):
        assert str(found).encode()
        assert len(str(found)) < 5_000
        return
    kept(found)
    try:
        after = fold(PROCEDURE, [found], onto=log)
    except EngineError:  # a day that no calendar knows: it is not recorded
        return
    read_at_any_time(after)


@pytest.mark.parametrize("value", ["2026-W14-1", "20260330", " ", "2026-3-30"])
def test_a_day_is_written_in_one_way_only(value: str) -> None:
    assert "must be a real date" in says(
        (), draft("recommendation_issued", "2026-04-19", respond_by=value)
    )


@pytest.mark.parametrize(
    "value", [" ", "0001-01-01T00:00+23:59", "0001-01-01T00:00+00:00", "9999-12-31T23:59-23:59"]
)
def test_an_instant_is_one_that_london_has_a_day_for(value: str) -> None:
    wrong = draft("correction_made", "2026-04-19", "m1", happened_at=value)
    assert "must be a date and time" in says((HELD,), wrong)
    if value != " ":
        with pytest.raises(MalformedEntry, match="outside the years"):
            Draft("x", "visit_made", datetime.fromisoformat("0001-01-01T00:00+23:59"), "a", "b")


@pytest.mark.parametrize("changes", [None, "", [], ()])
def test_a_correction_of_the_date_alone_may_leave_its_changes_empty(changes: object) -> None:
    right = draft(
        "correction_made", "2026-04-19", "m1", happened_at="2026-03-29T10:00Z", changes=changes
    )
    made = propose(standing(HELD), right, NOW)
    assert isinstance(made, Entry), str(made)
    found = fold(PROCEDURE, [OPENED, HELD, made])
    assert found.by_kind["meeting_held"][0].happened_at == at("2026-03-29T11:00")


@pytest.mark.parametrize(
    "wrong",
    [
        {"changes": "x"},
        {"changes": [1]},
        {"happened_at": "soon"},
        {"happened_at": "2026-01-01T10:00"},
    ],
)
def test_a_malformed_correction_is_refused_for_its_own_fields(wrong: dict[str, Any]) -> None:
    assert "must" in says((HELD,), draft("correction_made", "2026-04-19", "m1", **wrong))


def test_what_goes_with_every_entry_has_its_limits_too() -> None:
    def with_(**more: Any) -> Draft:  # any part of a draft
        return Draft("i", "visit_made", NOW, "a", "officer", DATA["visit_made"], **more)

    assert "Body: is 50,001 characters long" in says((), with_(body="x" * 50_001))
    assert "Override: holds a character" in says((), with_(override=HALF))
    assert "Audience: is 301" in says((), with_(audience="x" * 301))
    many = tuple(map(str, range(1_001)))
    assert says((), with_(refers_to=many)).count("not in this case") == 1
    assert "more than 1,000 entries" in says((), with_(refers_to=("open",) * 1_001))


# -- who, and where a case went --------------------------------------------------------------------


def test_nobody_but_the_system_acts_as_the_system() -> None:
    wanted = {"move": "to_board", "step": "board", "rationale": "It cannot wait."}
    assert "Only the system itself" in says(
        (), draft("step_entered", "2026-04-19", role="system", **wanted)
    )


def test_a_move_is_not_dated_before_the_case_was_where_it_leads_from() -> None:
    wanted = {"move": "to_board", "step": "board", "rationale": "It cannot wait."}
    early = draft("step_entered", "2026-03-10", role="head", override="In haste.", **wanted)
    assert "was not yet at Panel then" in says((PANEL,), early)
    before_all = draft("step_entered", "2026-03-01", role="head", move="to_panel", step="panel")
    assert "was not yet at Intake then" in says((), before_all)


@pytest.mark.parametrize("changes", [{"step": "ended"}, {"move": "end", "step": "ended"}])
def test_a_correction_does_not_take_a_case_past_its_gates(changes: dict[str, str]) -> None:
    wrong = draft("correction_made", "2026-04-19", PANEL.id, changes=changes)
    assert "by withdrawing the move" in says((PANEL,), wrong)
    same = draft(
        "correction_made", "2026-04-19", PANEL.id, changes={"step": "panel", "rationale": "x"}
    )
    assert isinstance(propose(standing(PANEL), same, NOW), Entry)


@pytest.mark.parametrize(
    ("target", "correction"),
    [
        ("ended", {"withdraws": True}),
        ("ended", {"happened_at": "2026-04-06T10:00Z"}),
        ("open", {"happened_at": "2026-03-17T10:00Z"}),
        ("back", {"happened_at": "2026-03-10T10:00Z"}),
    ],
)
def test_moves_go_on_following_from_one_another(target: str, correction: dict[str, Any]) -> None:
    wrong = draft("correction_made", "2026-04-19", target, **correction)
    assert "would no longer follow" in says((PANEL, ENDED, BACK), wrong)


def test_the_last_move_is_withdrawn_and_then_the_one_before() -> None:
    log = standing(PANEL, ENDED, BACK)
    first = propose(log, draft("correction_made", "2026-04-18", "back", withdraws=True), NOW)
    assert isinstance(first, Entry), str(first)
    log = fold(PROCEDURE, [first], onto=log)
    assert log.closed
    second = propose(log, draft("correction_made", "2026-04-19", "ended", withdraws=True), NOW)
    assert isinstance(second, Entry), str(second)
    log = fold(PROCEDURE, [second], onto=log)
    assert log.step == "panel"
    again = draft("correction_made", "2026-04-20", first.id, withdraws=True)
    assert "would no longer follow" in str(propose(log, again, NOW))


def test_a_record_that_was_astray_before_may_still_be_put_right() -> None:
    astray = (moved("to_board", "board", "2026-03-10"), PANEL)
    right = draft("correction_made", "2026-04-19", PANEL.id, withdraws=True)
    assert isinstance(propose(standing(*astray), right, NOW), Entry)
    worse = draft("correction_made", "2026-04-19", PANEL.id, happened_at="2026-03-16T10:00Z")
    assert isinstance(propose(standing(*astray), worse, NOW), Entry)


def test_a_correction_is_withdrawn_or_done_anew_but_never_corrected() -> None:
    wrong = entry("correction_made", "2026-04-01", "c1", "m1", changes={"notes": "."})
    again = draft("correction_made", "2026-04-19", "c1", changes={"why": "Because."})
    assert "A correction is withdrawn" in says((HELD, wrong), again)
    undo = draft("correction_made", "2026-04-19", "c1", withdraws=True)
    assert isinstance(propose(standing(HELD, wrong), undo, NOW), Entry)


def test_withdrawing_a_correction_leaves_nothing_malformed() -> None:
    """One correction filled in what another made necessary; without the first, it is missing."""
    log = (
        entry("information_shared", "2026-04-01", "told", **SHARED),
        entry("correction_made", "2026-04-02", "c1", "told", changes={"not_informed_reason": "."}),
        entry("correction_made", "2026-04-03", "c2", "told", changes={"person_informed": False}),
    )
    undo = draft("correction_made", "2026-04-19", "c1", withdraws=True)
    assert "this is needed" in says(log, undo)


def test_a_gate_on_the_entry_itself_holds_for_its_correction_too() -> None:
    log = (HELD,)
    wrong = draft("correction_made", "2026-04-19", "m1", changes={"chair_role": "officer"})
    assert says(log, wrong) == "The head must chair."
    wrong = draft(
        "correction_made",
        "2026-04-19",
        "m1",
        changes={"chair_role": "officer"},
        override="A delegate.",
    )
    made = propose(standing(*log), wrong, NOW)
    assert isinstance(made, Entry)
    assert made.overridden == ("chair_grade",)
    by_delegate = entry("meeting_held", "2026-03-30", "m1", chair_role="officer")
    notes = draft("correction_made", "2026-04-19", "m1", changes={"notes": "Two."})
    assert isinstance(propose(standing(by_delegate), notes, NOW), Entry)


def test_no_clock_counts_beyond_all_years() -> None:
    daily = Clock.parse("every 999999 days")
    with pytest.raises(ClockError, match="beyond the year 9999"):
        daily.nth(10**30)
    with pytest.raises(ClockError, match="outside the years"):
        daily.nth(99).due(NOW, PROCEDURE.calendar)


def test_what_a_draft_comes_to_is_a_standing_or_a_refusal() -> None:
    found = entered(standing(), draft("visit_made", "2026-04-19"), NOW)
    assert isinstance(found, Standing)
    assert found.recorded[-1].kind == "visit_made"
    for wrong, said in (
        (draft("visit_made", "2026-04-19", findings=""), "this is needed"),
        (draft("visit_maid", "2026-04-19"), "Did you mean “visit_made”"),
        (draft("meeting_held", "2020-04-19"), "outside the calendar"),
    ):
        refused = entered(standing(), wrong, NOW)
        assert isinstance(refused, Refusal)
        assert said in str(refused)
