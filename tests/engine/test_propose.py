"""The one door: what is taken, and what is refused with which words."""

from dataclasses import replace
from functools import partial

import pytest

from candour.engine import (
    Draft,
    Entry,
    MalformedEntry,
    Refusal,
    UnknownKind,
    fold,
    moving_kind,
    propose,
)
from candour.engine.procedure import Extension
from tests.engine.small import OPENED, PROCEDURE, at, draft, entry, moved, standing

NOW = at("2026-04-20T12:00")
PANEL = moved("to_panel", "panel", "2026-03-16")
HELD = entry("meeting_held", "2026-03-30", "m1")
CLOSED = entry("case_closed", "2026-04-01")


def refusal(log: tuple[Entry, ...], proposed: Draft) -> Refusal:
    found = propose(standing(*log), proposed, NOW)
    assert isinstance(found, Refusal), found
    return found


def taken(log: tuple[Entry, ...], proposed: Draft) -> Entry:
    found = propose(standing(*log), proposed, NOW)
    assert isinstance(found, Entry), str(found)
    return found


def move(id_: str, step: str, role: str = "officer", **more: object) -> Draft:
    return draft("step_entered", "2026-04-19", role=role, move=id_, step=step, **more)


def test_a_good_draft_becomes_the_entry_it_described() -> None:
    made = taken((), draft("visit_made", "2026-04-19T15:00"))
    assert made.id == "draft-visit_made-2026-04-19T15:00"
    assert made.recorded_at == NOW
    assert (made.override, made.overridden) == ("", ())
    assert fold(PROCEDURE, [made], onto=standing()).entry(made.id) == made


@pytest.mark.parametrize(
    ("log", "proposed", "says"),
    [
        ((), draft("visit_made", "2026-04-19", findings=""), "Findings: this is needed"),
        ((), draft("visit_made", "2026-04-21"), "lies in the future"),
        ((), draft("visit_made", "2026-04-19", role=""), "in which role"),
        ((), draft("visit_made", "2026-04-19", "nothing"), "not in this case"),
        ((), draft("action_completed", "2026-04-19"), "Say which entry it is about: action added"),
        ((), draft("action_completed", "2026-04-19", "open"), "Say which entry it is about"),
        ((), draft("correction_made", "2026-04-19", withdraws=True), "the one to correct"),
        ((), draft("correction_made", "2026-04-19", "open"), "Say what is right"),
        ((), draft("correction_made", "2026-04-19", "open", withdraws=True), "cannot be withdrawn"),
        (
            (HELD,),
            draft("correction_made", "2026-04-19", "m1", changes={"meeting": "x"}),
            "“x” is not one of",
        ),
        (
            (HELD,),
            draft("correction_made", "2026-04-19", "m1", happened_at="2026-05-01T10:00+01:00"),
            "right date lies in the future",
        ),
        ((), draft("correction_made", "2026-04-19", "gone", withdraws=True), "not in this case"),
        ((), draft("case_opened", "2026-04-19"), "open already"),
        ((CLOSED,), draft("visit_made", "2026-04-19"), "This case is closed"),
        ((), draft("visit_made", "2026-04-19", role="stranger"), "not a role under this procedure"),
        ((PANEL,), move("to_panel", "panel"), "does not lead from Panel"),
        ((), move("to_panel", "board"), "“To the panel” leads to Panel"),
        ((), move("end", "ended"), "“End” leads to Ended"),
        ((), move("to_board", "board"), "Only Head or Chair may decide this."),
        ((), move("to_board", "board", role="head"), "needs a written rationale"),
    ],
)
def test_what_no_rationale_can_overcome(log: tuple[Entry, ...], proposed: Draft, says: str) -> None:
    found = refusal(log, proposed)
    assert says in str(found)
    assert not found.overridable


def test_the_first_entry_opens_the_case() -> None:
    empty = fold(PROCEDURE, ())
    refused = propose(empty, draft("visit_made", "2026-04-19"), NOW)
    assert "opened first" in str(refused)
    assert isinstance(propose(empty, draft("case_opened", "2026-04-19"), NOW), Entry)


def test_a_move_is_refused_with_its_reasons_and_passed_with_a_rationale() -> None:
    wanted = {"rationale": "People are in danger today."}
    found = refusal((PANEL, HELD), move("to_board", "board", "head", **wanted))
    assert found.overridable
    (reason,) = found.reasons
    assert reason.text.en == "Every agency rates first. Still missing: Council, Health."
    assert (reason.gate, reason.clauses) == ("to_board", ("T-3",))
    short = refusal((PANEL, HELD), move("to_board", "board", "head", override="Because", **wanted))
    assert short.overridable
    override = "The ratings follow tomorrow."
    made = taken((PANEL, HELD), move("to_board", "board", "head", override=override, **wanted))
    assert (made.override, made.overridden) == (override, ("to_board",))


def test_only_those_named_may_override() -> None:
    wanted = {"rationale": "People are in danger today.", "override": "The ratings follow."}
    found = refusal((PANEL, HELD), move("to_board", "board", "chair", **wanted))
    assert not found.overridable


def test_an_override_that_nothing_needed_is_not_kept() -> None:
    made = taken((), draft("visit_made", "2026-04-19", override="Just in case of trouble."))
    assert (made.override, made.overridden) == ("", ())


def test_a_gate_without_override_stays_shut() -> None:
    found = refusal((), draft("restriction_imposed", "2026-04-19", override="It is quite urgent."))
    assert "rating agreed" in str(found)
    assert not found.overridable
    rated = entry("rating_agreed", "2026-04-18")
    assert taken((rated,), draft("restriction_imposed", "2026-04-19")).kind == "restriction_imposed"


def test_a_gate_on_the_entry_itself() -> None:
    found = refusal((), draft("meeting_held", "2026-04-19", chair_role="officer"))
    assert str(found) == "The head must chair."
    rationale = "The head named a delegate."
    made = taken((), draft("meeting_held", "2026-04-19", chair_role="officer", override=rationale))
    assert made.overridden == ("chair_grade",)


def test_a_correction_that_fits_is_taken() -> None:
    made = taken((HELD,), draft("correction_made", "2026-04-19", "m1", changes={"notes": "Two."}))
    assert made.refers_to == ("m1",)
    withdrawn = entry("correction_made", "2026-04-18", "c", "m1", withdraws=True)
    again = draft("correction_made", "2026-04-19", "m1", changes={"notes": "Two."})
    assert taken((HELD, withdrawn), again).kind == "correction_made"


def test_a_move_is_made_by_the_kind_its_step_asks_for() -> None:
    moves = PROCEDURE.moves
    assert moving_kind(standing(), moves["to_panel"]) == "step_entered"
    assert moving_kind(standing(), moves["end"]) == "case_closed"
    assert moving_kind(standing(CLOSED), moves["back"]) == "case_reopened"
    assert taken((CLOSED,), draft("case_reopened", "2026-04-19")).data["step"] == "panel"


def test_an_unknown_kind_is_an_error_that_names_the_nearest() -> None:
    with pytest.raises(UnknownKind, match="Did you mean “visit_made”"):
        propose(standing(), draft("visit_maid", "2026-04-19"), NOW)


def test_an_instant_without_a_zone_is_no_instant() -> None:
    with pytest.raises(MalformedEntry, match="no time zone"):
        Draft("x", "visit_made", at("2026-04-19").replace(tzinfo=None), "a", "officer")


def test_a_time_is_extended_only_where_and_by_whom_the_procedure_lets_it() -> None:
    extend = partial(draft, "timescale_extended", "2026-03-31")
    assert "does not let “Letter” be extended" in str(refusal((HELD,), extend(duty="letter")))
    unendorsed = refusal((HELD,), extend())
    assert str(unendorsed) == "An extension of this must be endorsed by Head."
    assert not unendorsed.overridable
    assert taken((HELD,), extend(endorsed_by="head")).data["new_date"] == "2026-04-10"
    earlier = extend(endorsed_by="head", new_date="2026-03-31")
    assert "not owed by an earlier date" in str(refusal((HELD,), earlier))
    assert "not owed by an earlier date" in str(refusal((), extend(endorsed_by="head")))
    anybody = replace(PROCEDURE.duties["decisions"], extension=Extension())
    procedure = replace(PROCEDURE, duties={"decisions": anybody})
    assert isinstance(propose(fold(procedure, (OPENED, HELD)), extend(), NOW), Entry)


def test_only_a_restriction_in_force_is_lifted_and_only_a_paused_clock_resumed() -> None:
    whole = entry("restriction_imposed", "2026-04-01", "whole")
    lift = draft("restriction_lifted", "2026-04-19", "whole")
    assert taken((whole,), lift).refers_to == ("whole",)
    lifted = entry("restriction_lifted", "2026-04-10", "l", "whole")
    assert "not in force" in str(refusal((whole, lifted), lift))
    resume = draft("clock_resumed", "2026-04-19", duty="letter")
    assert str(refusal((), resume)) == "No such clock is paused."
    paused = entry("clock_paused", "2026-04-10", duty="letter")
    assert taken((paused,), resume).kind == "clock_resumed"
