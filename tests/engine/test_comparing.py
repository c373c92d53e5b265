"""What another procedure would change in a case."""

from dataclasses import replace
from typing import Any

from candour.engine import Comparison, Entry, Procedure, Standing, Words, fold, kinds_alike, what_if
from candour.engine.fields import Field, FieldType, Option
from candour.engine.parts import Step
from candour.engine.procedure import Auto
from candour.engine.vocabulary import CHANGED
from tests.engine.small import DUTIES, MEETING, PROCEDURE, at, clock, duty, entry, pattern, small

OPENED = entry("case_opened", "2026-03-02", "opened")
TO_PANEL = entry("step_entered", "2026-03-05", "moved", move="to_panel", step="panel")
MET = entry("meeting_held", "2026-03-30", "met", "opened")
LOG = (OPENED, TO_PANEL, MET)


def otherwise(
    other: Procedure, *log: Entry, moment: str = "2026-04-08T12:00", **library: Procedure
) -> Comparison:
    standing = fold(PROCEDURE, log, library=lambda name, _: library[name])
    return what_if(standing, other, at(moment))


def with_duty(id_: str, **changed: Any) -> Procedure:  # any part of one
    made = {each.id: each for each in DUTIES}
    return replace(small(), duties={**made, id_: replace(made[id_], **changed)})


def test_the_same_procedure_changes_nothing() -> None:
    found = otherwise(small(), *LOG)
    assert found.changes == 0
    assert found.before == found.after


def test_another_clock_moves_the_date_over_easter_and_someone_turns_late() -> None:
    found = otherwise(with_duty("letter", clock=clock("4 working days after")), *LOG)
    (moved,) = found.move
    assert (moved.before.duty.id, str(moved.before.due.on), str(moved.after.due.on)) == (
        "letter",
        "2026-04-08",
        "2026-04-07",
    )
    assert [owed.duty.id for owed in found.turn_late] == ["letter"]
    assert (found.appear, found.go, found.no_longer_late) == ((), (), ())
    back = what_if(fold(with_duty("letter"), LOG), small(), at("2026-04-08T12:00"))
    assert back.changes == 0


def test_a_longer_clock_makes_what_was_late_be_in_time() -> None:
    found = otherwise(with_duty("decisions", clock=clock("20 working days after")), *LOG)
    assert [owed.duty.id for owed in found.no_longer_late] == ["decisions"]


def test_duties_appear_and_go_and_what_appears_may_be_late() -> None:
    told = duty("told", MEETING, "same day", pattern("referral_made"))
    rest = {each.id: each for each in DUTIES if each.id != "decisions"}
    found = otherwise(replace(small(), duties={**rest, "told": told}), *LOG)
    assert [owed.duty.id for owed in found.appear] == ["told"]
    assert [owed.duty.id for owed in found.go] == ["decisions"]
    assert [owed.duty.id for owed in found.turn_late] == ["told"]
    assert [owed.duty.id for owed in found.no_longer_late] == ["decisions"]


def test_moves_open_and_shut_and_suggestions_come() -> None:
    moves = dict(PROCEDURE.moves)
    moves["to_board"] = replace(moves["to_board"], needs=())
    moves["end"] = replace(moves["end"], from_steps=("intake",))
    look = Auto("look", Words("Look again"), (), "decision_made", {"decision": "board"})
    found = otherwise(replace(small(), moves=moves, autos=(*PROCEDURE.autos, look)), OPENED, MET)
    assert not found.shuts
    assert [move.id for move in found.opens] == ["to_board"]
    assert [auto.id for auto in found.suggests] == ["look"]
    moves["to_panel"] = replace(moves["to_panel"], from_steps=("board",))
    assert [m.id for m in otherwise(replace(small(), moves=moves), OPENED).shuts] == ["to_panel"]


def test_what_does_not_fit_is_said_and_nothing_raises() -> None:
    steps = {name: step for name, step in PROCEDURE.steps.items() if name != "panel"}
    options = {**PROCEDURE.options, "meetings": (Option("board", Words("Board")),)}
    other = replace(
        small(),
        steps=steps,
        options={**options, "restrictions": (Option("part", Words("Part")),)},
        hides=("visit_made",),
        moves={"to_board": PROCEDURE.moves["to_board"]},
        autos=(),
        extra_fields={"case_opened": PROCEDURE.extra_fields["case_opened"][1:]},
    )
    held = entry("restriction_imposed", "2026-03-31", "held")
    longer = entry("timescale_extended", "2026-04-01", "longer")
    visit = entry("visit_made", "2026-04-02", "visit")
    other = replace(other, duties={k: d for k, d in other.duties.items() if k != "decisions"})
    found = otherwise(other, *LOG, held, longer, visit)
    said = {(misfit.entry.id, misfit.problem.field) for misfit in found.misfits}
    assert said == {
        ("opened", "at_risk"),
        ("moved", "move"),
        ("moved", "step"),
        ("met", "meeting"),
        ("held", "restriction"),
        ("longer", "duty"),
        ("visit", "kind"),
    }
    assert (found.before.step.id, found.after.step.id) == ("panel", "intake")
    assert found.elsewhere
    assert [held.restriction for held in found.after.restrictions] == [""]


def test_a_move_that_would_not_have_led_there_is_said() -> None:
    moves = dict(PROCEDURE.moves)
    moves["to_panel"] = replace(moves["to_panel"], from_steps=("board",))
    (misfit,) = otherwise(replace(small(), moves=moves), *LOG).misfits
    assert misfit.problem.message == "“To the panel” does not lead from Intake."
    assert otherwise(small(), *LOG).after.step.id == "panel"


def test_kinds_that_are_alike_need_not_be_held_against_the_draft_again() -> None:
    asked = Field("language", FieldType.LINE, Words("Language"), required=True)
    other = replace(small(), extra_fields={**PROCEDURE.extra_fields, "meeting_held": (asked,)})
    alike = kinds_alike(PROCEDURE, other)
    assert PROCEDURE.kinds.keys() - alike == {"meeting_held"}
    standing = fold(PROCEDURE, LOG)
    there = at("2026-04-08")
    assert what_if(standing, other, there, alike) == what_if(standing, other, there)


def test_a_field_needed_anew_is_said_to_be_lacking() -> None:
    asked = Field("language", FieldType.LINE, Words("Language"), required=True)
    other = replace(small(), extra_fields={**PROCEDURE.extra_fields, "meeting_held": (asked,)})
    (misfit,) = otherwise(other, *LOG).misfits
    assert misfit.problem.message == "Language: this is needed"


def test_corrections_hold_in_what_would_be() -> None:
    right = entry(
        "correction_made", "2026-04-01", "right", "met", happened_at="2026-03-27T00:00:00+00:00"
    )
    found = otherwise(with_duty("letter", clock=clock("4 working days after")), *LOG, right)
    assert str(found.move[0].after.due.on) == "2026-04-02"


def second(**changed: Any) -> Procedure:  # any part of one
    return replace(small(), name="second", **changed)


def changed(on: str, **data: Any) -> Entry:  # any field
    return entry(
        CHANGED,
        on,
        f"change@{on}",
        **{
            "from_procedure": "small",
            "from_version": "1",
            "procedure": "second",
            "version": "1",
            "reason": "A new policy.",
            **data,
        },
    )


def test_only_the_present_procedure_of_a_case_is_held_against_the_other() -> None:
    """Its first era keeps its own rules, and its entries are not judged by the draft’s."""
    late = entry("minutes_circulated", "2026-04-02", "late", "met")
    draft = second(
        duties={each.id: each for each in DUTIES if each.id != "reconvene"},
        extra_fields={},
    )
    log = (*LOG, changed("2026-04-01"), late)
    found = otherwise(draft, *log, second=second())
    assert [owed.duty.id for owed in found.go] == ["reconvene"]
    assert not found.misfits
    standing = fold(PROCEDURE, log, library=lambda *_: second())
    assert what_if(standing, second(), at("2026-04-08")).changes == 0


def test_a_draft_without_the_step_that_a_case_went_on_at_starts_it_anew() -> None:
    steps = {"desk": Step("desk", Words("Desk")), "ended": PROCEDURE.steps["ended"]}
    draft = second(steps=steps, start="desk", moves={}, autos=())
    found = otherwise(draft, *LOG, changed("2026-04-01"), second=second())
    assert found.after.step.id == "desk"


def test_what_if_before_a_case_is_opened() -> None:
    assert what_if(Standing(PROCEDURE), small(), at("2026-04-08")).changes == 0


def test_a_repeating_duty_at_another_of_its_times_is_one_duty() -> None:
    agreed = entry("plan_agreed", "2026-01-30", "plan", "opened")
    opened = entry("case_opened", "2026-01-05", "opened")
    done = entry("action_progressed", "2026-02-27", "done", "plan")
    found = otherwise(
        with_duty("progress", clock=clock("every 2 weeks")),
        *(opened, agreed, done),
        moment="2026-03-01",
    )
    assert [str(pair.after.due.on) for pair in found.move] == ["2026-03-13"]
    assert (found.appear, found.go) == ((), ())
