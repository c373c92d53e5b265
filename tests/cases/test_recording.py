from dataclasses import replace
from uuid import uuid4

import pytest

from candour.cases.actions import Recorded, Stale, record
from candour.cases.log import NoSuchCase
from candour.cases.models import Case, CaseDuty, CaseEntry
from candour.cases.queries import entries, standing
from candour.engine import Draft, Refusal
from candour.people.actor import Actor
from tests.cases.conftest import World
from tests.cases.procedures import drafted, later
from tests.engine.small import at


def propose(
    world: World, case_id: int, draft: Draft, *, actor: Actor | None = None, seq: int | None = None
) -> Recorded | Refusal | Stale:
    return record(
        case_id=case_id,
        actor=actor or world.officer,
        draft=draft,
        expected_seq=seq,
        as_of=draft.happened_at,
    )


def test_an_entry_is_in_the_log_and_its_duties_are_owed(at_work: World) -> None:
    case = at_work.open()

    done = at_work.record(case.case_id, drafted("meeting_held", at("2026-03-30T10:00")))

    assert done.seq == 2
    assert [entry.kind for entry in entries(case.case_id)] == ["case_opened", "meeting_held"]
    owed = CaseDuty.objects.filter(case_id=case.case_id, state="open").order_by("sorts_at")
    assert [(duty.duty_id, str(duty.due_on)) for duty in owed] == [
        ("decisions", "2026-03-31"),
        ("letter", "2026-04-08"),
        ("reconvene", "2026-05-11"),
    ]


def test_what_is_recorded_is_what_was_said_by_whom_and_when(at_work: World) -> None:
    case = at_work.open()
    draft = drafted("concern_raised", later(hours=1), what_happened="Dŵr 😀 “quoted”\nline")

    done = propose(at_work, case.case_id, draft)

    assert isinstance(done, Recorded)
    row = CaseEntry.objects.get(case_id=case.case_id, seq=2)
    assert (str(row.pk), row.kind, row.role, row.author_id) == (
        draft.id,
        "concern_raised",
        "officer",
        at_work.officer.user_id,
    )
    assert (row.happened_at, row.recorded_at) == (draft.happened_at, draft.happened_at)
    assert entries(case.case_id)[1] == done.entry
    assert done.entry.data["what_happened"] == "Dŵr 😀 “quoted”\nline"


def test_the_author_is_who_records_it_whatever_the_draft_says(at_work: World) -> None:
    case = at_work.open()
    draft = replace(drafted("concern_raised"), author="1", role="head")

    done = propose(at_work, case.case_id, draft)

    assert isinstance(done, Recorded)
    assert (done.entry.author, done.entry.role) == (str(at_work.officer.user_id), "officer")


def test_the_same_draft_again_adds_nothing_and_answers_the_same(at_work: World) -> None:
    case = at_work.open()
    draft = drafted("concern_raised")
    first = propose(at_work, case.case_id, draft, seq=1)
    at_work.record(case.case_id, drafted("visit_made"))

    again = propose(at_work, case.case_id, draft, seq=1)

    assert isinstance(first, Recorded)
    assert isinstance(again, Recorded)
    assert again.repeated
    assert again.entry == first.entry
    assert len(entries(case.case_id)) == 3


def test_an_id_spelt_in_capitals_is_the_same_id(at_work: World) -> None:
    case = at_work.open()
    draft = drafted("concern_raised")
    propose(at_work, case.case_id, draft)

    again = propose(at_work, case.case_id, replace(draft, id=draft.id.upper()))

    assert isinstance(again, Recorded)
    assert again.repeated


def test_an_id_used_in_another_case_is_refused_and_leaves_no_trace(at_work: World) -> None:
    first = at_work.open()
    second = at_work.open(service=at_work.other_service)
    draft = drafted("concern_raised")
    propose(at_work, first.case_id, draft)

    outcome = propose(at_work, second.case_id, draft)

    assert isinstance(outcome, Refusal)
    assert "another case" in str(outcome)
    assert len(entries(second.case_id)) == 1
    assert isinstance(propose(at_work, second.case_id, drafted("concern_raised")), Recorded)


def test_a_stale_page_is_told_what_others_recorded(at_work: World) -> None:
    case = at_work.open()
    theirs = at_work.record(case.case_id, drafted("visit_made"))

    outcome = propose(at_work, case.case_id, drafted("concern_raised"), seq=1)

    assert isinstance(outcome, Stale)
    assert (outcome.seq, outcome.since) == (2, (theirs.entry,))
    assert len(entries(case.case_id)) == 2


def test_a_refusal_says_why_and_nothing_is_recorded(at_work: World) -> None:
    case = at_work.open()

    outcome = propose(at_work, case.case_id, drafted("restriction_imposed"))

    assert isinstance(outcome, Refusal)
    assert "rating" in str(outcome)
    assert len(entries(case.case_id)) == 1


@pytest.mark.parametrize(
    ("draft", "says"),
    [
        (replace(drafted("concern_raised"), id="not-a-uuid"), "number"),
        (drafted("concern_raised", what_happened="half \ud800 a character"), "cannot be kept"),
        (replace(drafted("concern_raised"), body="NUL\x00"), "cannot be kept"),
        (drafted("concern_razed"), "Did you mean “concern_raised”?"),
        (drafted("action_added", due_on="0001-01-01", owner="\x00"), "cannot be kept"),
        (drafted("recommendation_issued", received_on="2035-01-01"), "outside the calendar"),
    ],
)
def test_what_cannot_be_kept_or_counted_is_refused_with_words(
    at_work: World, draft: Draft, says: str
) -> None:
    case = at_work.open()

    outcome = propose(at_work, case.case_id, replace(draft, happened_at=later(hours=1)))

    assert isinstance(outcome, Refusal)
    assert says in str(outcome)
    assert len(entries(case.case_id)) == 1


def test_a_case_of_another_body_is_not_there(world: World) -> None:
    with world.at_work():
        case = world.open()
    with world.at_work(world.board), pytest.raises(NoSuchCase):
        propose(world, case.case_id, drafted("concern_raised"), actor=world.outsider)


def test_somebody_of_neither_body_is_refused_even_where_rows_are_reached(world: World) -> None:
    with world.at_work(world.council, world.board):
        case = world.open()
        outcome = propose(world, case.case_id, drafted("concern_raised"), actor=world.outsider)
    assert isinstance(outcome, Refusal)
    assert "neither leads" in str(outcome)


def test_meeting_a_duty_and_moving_show_in_the_file(at_work: World) -> None:
    case = at_work.open()
    at_work.record(case.case_id, drafted("meeting_held", at("2026-03-30T10:00")))
    at_work.record(case.case_id, drafted("minutes_circulated", at("2026-03-31T10:00")))
    at_work.record(
        case.case_id,
        drafted("step_entered", at("2026-03-31T11:00"), move="to_panel", step="panel"),
    )

    file = Case.objects.get(pk=case.case_id)

    assert (file.step, file.seq, file.is_open) == ("panel", 4, True)
    met = CaseDuty.objects.get(case_id=case.case_id, duty_id="decisions")
    assert (met.state, met.met_at) == ("met", at("2026-03-31T10:00"))
    assert standing(file) == standing(case.case_id)


def test_a_fourth_meeting_without_improvement_moves_the_case_by_itself(at_work: World) -> None:
    case = at_work.open()
    at_work.record(case.case_id, drafted("step_entered", move="to_panel", step="panel"))
    for day in range(1, 4):
        at_work.record(case.case_id, drafted("meeting_held", later(days=day)))

    fourth = at_work.record(case.case_id, drafted("meeting_held", later(days=4)))

    (moved,) = fourth.followed
    assert (moved.kind, moved.data["step"], moved.author) == ("step_entered", "board", "system")
    assert Case.objects.get(pk=case.case_id).step == "board"
    assert CaseEntry.objects.get(pk=moved.id).author_id is None


def test_an_unknown_case_is_no_such_case(at_work: World) -> None:
    with pytest.raises(NoSuchCase, match="number 999"):
        propose(at_work, 999, drafted("concern_raised", id_=str(uuid4())))
