"""Duties that are owed for each of those an entry names, by itself."""

from dataclasses import replace
from typing import Any

import pytest

from candour.engine import Entry, OpenDuty, Procedure, Standing, Words, fold
from candour.engine.conditions import Among, DutiesMet, Recorded, RefersTo, Situation
from candour.engine.fields import Option
from candour.engine.patterns import Pattern, Where
from candour.engine.procedure import Duty
from tests.engine.small import OPENED, at, draft, duty, entry, small

LISTED = Pattern("residents_listed", each="residents")
MOVED = Pattern("resident_moved", each="resident")
ALL_MOVED = (Recorded(pattern=Pattern("residents_listed")), DutiesMet(duties=("moves",)))


def with_duties(*duties: Duty) -> Procedure:
    base = small()
    return replace(base, duties={**base.duties, **{each.id: each for each in duties}})


CLOSING = with_duties(
    duty("moves", LISTED, "same day", MOVED, opens="first", due_field="move_by"),
    duty("evaluation", MOVED, "1 month after", Pattern("evaluation_made"), only_if=ALL_MOVED),
    duty("notice", Pattern("closure_notified"), "90 days after", MOVED, met_if=ALL_MOVED),
)


def listed(on: str, *residents: str, **more: Any) -> Entry:
    return entry("residents_listed", on, residents=list(residents), move_by="2026-06-30", **more)


def moved(resident: str, on: str) -> Entry:
    return entry("resident_moved", on, resident=resident)


CLOSURE = entry("closure_notified", "2026-03-03", closure="planned", reason="Not viable.")


def of(standing: Standing, duty_id: str) -> list[OpenDuty]:
    return [owed for owed in standing.duties.values() if owed.duty.id == duty_id]


def owed_for(standing: Standing, duty_id: str) -> list[str]:
    return [standing.duties[key].about.en for key in standing.open_keys(duty_id)]


def test_it_is_owed_for_each_that_is_listed() -> None:
    standing = fold(CLOSING, [OPENED, listed("2026-03-04", "Resident 1", "Resident 2")])
    assert owed_for(standing, "moves") == ["Resident 1", "Resident 2"]
    assert {str(owed.due.on) for owed in of(standing, "moves")} == {"2026-06-30"}
    assert of(standing, "moves")[0].title.text("cy").endswith(": Resident 1")


def test_what_is_done_for_one_is_not_done_for_another() -> None:
    log = [OPENED, listed("2026-03-04", "Resident 1", "Resident 2")]
    standing = fold(CLOSING, [*log, moved("Resident 2", "2026-04-01")])
    assert owed_for(standing, "moves") == ["Resident 1"]


def test_a_name_is_the_same_however_it_is_spaced_and_capitalised() -> None:
    log = [OPENED, listed("2026-03-04", "Resident  1"), moved("resident 1", "2026-04-01")]
    assert owed_for(fold(CLOSING, log), "moves") == []


def test_one_named_twice_is_listed_once_and_blanks_are_nobody() -> None:
    log = [OPENED, listed("2026-03-04", "R1", "r1 ", " "), listed("2026-03-05", "R1", "R2")]
    assert owed_for(fold(CLOSING, log), "moves") == ["R1", "R2"]


def test_the_last_move_follows_from_the_list() -> None:
    log = [OPENED, CLOSURE, listed("2026-03-04", "R1", "R2"), moved("R1", "2026-04-01")]
    before = fold(CLOSING, log)
    assert before.open_keys("notice")
    assert not of(before, "evaluation")
    after = fold(CLOSING, [moved("R2", "2026-08-31")], onto=before)
    assert not after.open_keys("notice")
    assert [str(owed.due.on) for owed in of(after, "evaluation")] == ["2026-09-30"]


def test_a_list_recorded_late_finds_its_place() -> None:
    late = replace(listed("2026-03-04", "R1", "R2"), recorded_at=at("2026-04-05"))
    standing = fold(CLOSING, [OPENED, CLOSURE, moved("R1", "2026-04-01"), late])
    assert owed_for(standing, "moves") == ["R2"]
    assert standing.open_keys("notice")


def test_where_whole_days_count_a_condition_still_has_to_hold() -> None:
    held = duty("notice", Pattern("closure_notified"), "same day", MOVED, met_if=ALL_MOVED)
    log = [OPENED, listed("2026-03-02T08:00", "R1"), moved("R9", "2026-03-03")]
    morning = entry("closure_notified", "2026-03-03T09:00", closure="planned", reason="x")
    standing = fold(with_duties(CLOSING.duties["moves"], held), [*log, morning])
    assert standing.open_keys("notice")


QUESTIONS = replace(
    with_duties(
        replace(
            duty(
                "question",
                Pattern("step_entered", each_of=("heating", "staff")),
                "1 working day after",
                Pattern("checklist_answered", each="held"),
                opens="restart",
                due_field="due_on",
                stops=(Pattern("case_reopened"),),
            ),
            starts=(
                Pattern("step_entered", each_of=("heating", "staff")),
                Pattern("question_given", each="items"),
            ),
        )
    ),
    options={
        **small().options,
        "checklists": (Option("closing", Words("Closing")),),
        "checklist_items": tuple(
            Option(id_, Words(id_.capitalize(), f"{id_} (cy)")) for id_ in ("heating", "staff")
        ),
    },
)
PANEL = entry("step_entered", "2026-03-03T10:00", move="to_panel", step="panel")


def test_what_the_procedure_names_is_owed_each_and_read_by_its_label() -> None:
    standing = fold(QUESTIONS, [OPENED, PANEL])
    assert owed_for(standing, "question") == ["Heating", "Staff"]
    assert [owed.about.cy for owed in of(standing, "question")] == ["heating (cy)", "staff (cy)"]


def test_given_to_somebody_only_that_one_begins_anew() -> None:
    given = entry(
        "question_given",
        "2026-03-03T11:00",
        checklist="closing",
        items=["staff"],
        owner="The contracts officer",
        due_on="2026-03-20",
    )
    standing = fold(QUESTIONS, [OPENED, PANEL, given])
    dates = {
        standing.duties[key].about.en: str(standing.duties[key].due.on)
        for key in standing.open_keys("question")
    }
    assert dates == {"Heating": "2026-03-04", "Staff": "2026-03-20"}


def test_answered_together_or_one_by_one() -> None:
    answer = entry("checklist_answered", "2026-03-04", checklist="closing", held=["heating"])
    one = fold(QUESTIONS, [OPENED, PANEL, answer])
    assert owed_for(one, "question") == ["Staff"]
    both = replace(answer, data={**answer.data, "held": ["heating", "staff"]})
    assert owed_for(fold(QUESTIONS, [OPENED, PANEL, both]), "question") == []
    none = replace(answer, data={"checklist": "closing"})
    assert len(owed_for(fold(QUESTIONS, [OPENED, PANEL, none]), "question")) == 2


def test_an_entry_that_names_nobody_stops_all() -> None:
    ended = entry("case_closed", "2026-03-04", move="end", step="ended")
    again = entry("case_reopened", "2026-03-05")
    outliving = replace(QUESTIONS.duties["question"], outlives=True)
    procedure = replace(QUESTIONS, duties={"question": outliving})
    assert len(owed_for(fold(procedure, [OPENED, PANEL, ended]), "question")) == 2
    assert owed_for(fold(procedure, [OPENED, PANEL, ended, again]), "question") == []


def test_what_names_one_stops_only_that_one() -> None:
    question = replace(
        QUESTIONS.duties["question"],
        stops=(Pattern("question_given", each="items"),),
        starts=(Pattern("step_entered", each_of=("heating", "staff")),),
    )
    given = entry(
        "question_given",
        "2026-03-04",
        checklist="closing",
        items=["staff"],
        owner="x",
        due_on="2026-03-20",
    )
    standing = fold(replace(QUESTIONS, duties={"question": question}), [OPENED, PANEL, given])
    assert owed_for(standing, "question") == ["Heating"]


REVIEWING = with_duties(
    duty(
        "review",
        Pattern("rating_agreed", each="restrictions_in_force"),
        "same day",
        Pattern("restriction_reviewed", each="refers_to"),
    )
)
WHOLE = entry("restriction_imposed", "2026-03-03", "whole")
PART = entry("restriction_imposed", "2026-03-04", "part", restriction="part")
RATED = entry("rating_agreed", "2026-03-30T10:00")


def test_each_restriction_in_force_is_reviewed_by_itself() -> None:
    standing = fold(REVIEWING, [OPENED, WHOLE, PART, RATED])
    assert owed_for(standing, "review") == ["Whole", "Part"]
    one = entry("restriction_reviewed", "2026-03-30T11:00", "r1", "part")
    standing = fold(REVIEWING, [one], onto=standing)
    assert owed_for(standing, "review") == ["Whole"]


def test_a_review_that_refers_to_none_is_of_all() -> None:
    every = entry("restriction_reviewed", "2026-03-30T11:00")
    assert owed_for(fold(REVIEWING, [OPENED, WHOLE, PART, RATED, every]), "review") == []


def test_with_none_in_force_there_is_nothing_to_review() -> None:
    assert not of(fold(REVIEWING, [OPENED, RATED]), "review")


def test_a_repeating_duty_goes_on_for_each() -> None:
    weekly = with_duties(duty("visits", LISTED, "every week", MOVED))
    log = [OPENED, listed("2026-03-04", "R1", "R2"), moved("R1", "2026-03-05")]
    standing = fold(weekly, log)
    found = {
        (standing.duties[key].about.en, standing.duties[key].cycle)
        for key in standing.open_keys("visits")
    }
    assert found == {("R1", 2), ("R2", 1)}
    assert len(standing.duties) == 3


def test_the_prefix_and_the_rest_come_to_the_whole() -> None:
    log = [OPENED, CLOSURE, listed("2026-03-04", "R1", "R2", "R3"), moved("R2", "2026-03-05")]
    log += [listed("2026-03-06", "R4"), *(moved(f"R{n}", f"2026-04-0{n}") for n in (1, 3, 4))]
    whole = fold(CLOSING, log)
    for number in range(len(log)):
        assert fold(CLOSING, log[number:], onto=fold(CLOSING, log[:number])) == whole


def test_who_is_still_owed_is_named_up_to_a_few() -> None:
    log = [OPENED, listed("2026-03-04", *(f"R{number}" for number in range(1, 9)))]
    situation = Situation(fold(CLOSING, log), at("2026-03-05"))
    (said,) = DutiesMet(duties=("moves",)).unmet(situation)
    assert said.en == "Still to be done first: Moves (R1, R2, R3, R4, R5 and 3 more)."
    assert said.cy.endswith("(R1, R2, R3, R4, R5 a 3 arall).")
    own = DutiesMet(duties=("moves",), says=Words("Not everybody has moved.", "Ddim eto."))
    assert own.unmet(situation)[0].en.startswith("Not everybody has moved. Moves (R1")


AMONG = Among(field="resident", pattern=Pattern("residents_listed"), listed_in="residents")


@pytest.mark.parametrize(
    ("resident", "refused"), [("R2", ""), ("r2", ""), ("R7", "Not listed in residents listed: R7.")]
)
def test_somebody_not_listed_is_refused(resident: str, refused: str) -> None:
    standing = fold(CLOSING, [OPENED, listed("2026-03-04", "R1", "R2")])
    proposed = draft("resident_moved", "2026-03-05", resident=resident)
    said = AMONG.unmet(Situation(standing, at("2026-03-05"), proposed))
    assert " ".join(words.en for words in said) == refused
    assert AMONG.unmet(Situation(standing, at("2026-03-05"))) == ()
    assert AMONG.about_draft
    own = replace(AMONG, says=Words("List them first:"))
    assert bool(own.unmet(Situation(standing, at("2026-03-05"), proposed))) is bool(refused)


@pytest.mark.parametrize(
    ("refers_to", "holds"), [(("rated",), True), (("whole",), False), ((), False)]
)
def test_an_entry_says_what_it_rests_on(refers_to: tuple[str, ...], *, holds: bool) -> None:
    rests = RefersTo(kinds=("rating_agreed", "risk_rated"))
    rated = entry("rating_agreed", "2026-03-30T10:00", "rated")
    standing = fold(small(), [OPENED, WHOLE, rated])
    proposed = draft("restriction_imposed", "2026-03-31", *refers_to)
    said = rests.unmet(Situation(standing, at("2026-03-31"), proposed))
    assert (not said) is holds
    if said:
        assert said[0].en == "Say which entry it rests on: rating agreed or risk rated."
    assert rests.unmet(Situation(standing, at("2026-03-31"))) == ()
    assert rests.about_draft


def test_where_says_more_than_the_field() -> None:
    each = Pattern("resident_moved", (Where("last", (True,)),), each="resident")
    assert not each.matches(moved("R1", "2026-03-05"))
