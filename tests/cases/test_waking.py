from datetime import timedelta

from django.db import connection

from candour.cases.actions import Stale, record, wake
from candour.cases.models import Case, CaseDuty
from candour.cases.queries import standing
from tests.cases.conftest import World
from tests.cases.procedures import drafted, later
from tests.engine.small import at

FIRST_MEETING = at("2026-03-30T10:00")
SIX_MONTHS_ON = at("2026-10-01")  # the end of 30 September


def at_panel(world: World) -> int:
    case = world.open()
    world.record(case.case_id, drafted("step_entered", move="to_panel", step="panel"))
    world.record(case.case_id, drafted("meeting_held", FIRST_MEETING))
    return case.case_id


def test_six_months_without_improvement_move_the_case_at_their_end(at_work: World) -> None:
    case_id = at_panel(at_work)

    assert wake(case_id, SIX_MONTHS_ON + timedelta(days=3)) == 1

    moved = standing(case_id).recorded[-1]
    assert (moved.kind, moved.data["step"]) == ("step_entered", "board")
    assert moved.happened_at == SIX_MONTHS_ON
    assert moved.recorded_at == SIX_MONTHS_ON + timedelta(days=3)
    assert Case.objects.get(pk=case_id).step == "board"


def test_nothing_is_done_before_the_instant(at_work: World) -> None:
    case_id = at_panel(at_work)
    assert wake(case_id, SIX_MONTHS_ON - timedelta(seconds=1)) == 0
    assert Case.objects.get(pk=case_id).next_change == SIX_MONTHS_ON


def test_waking_twice_does_nothing_twice(at_work: World) -> None:
    case_id = at_panel(at_work)
    wake(case_id, SIX_MONTHS_ON)

    assert wake(case_id, SIX_MONTHS_ON) == 0
    assert wake(case_id, SIX_MONTHS_ON + timedelta(days=400)) == 0
    assert len(standing(case_id).recorded) == 4


def test_a_duty_turning_late_is_the_next_change_and_then_past(at_work: World) -> None:
    case_id = at_panel(at_work)
    decisions = CaseDuty.objects.get(case_id=case_id, duty_id="decisions")
    assert Case.objects.get(pk=case_id).next_change == decisions.late_from == at("2026-04-01")

    assert wake(case_id, at("2026-04-01")) == 0

    letter = CaseDuty.objects.get(case_id=case_id, duty_id="letter")
    assert Case.objects.get(pk=case_id).next_change == letter.late_from == at("2026-04-09")


def test_somebody_who_records_late_meets_what_time_brought_about_first(at_work: World) -> None:
    case_id = at_panel(at_work)

    outcome = record(
        case_id=case_id,
        actor=at_work.officer,
        draft=drafted("concern_raised", SIX_MONTHS_ON + timedelta(days=9)),
        expected_seq=3,
        as_of=SIX_MONTHS_ON + timedelta(days=9),
    )

    assert isinstance(outcome, Stale)
    (moved,) = outcome.since
    assert moved.happened_at == SIX_MONTHS_ON
    assert Case.objects.get(pk=case_id).step == "board"


def test_a_suggestion_is_listed_until_it_is_answered(at_work: World) -> None:
    case = at_work.open()
    at_work.record(case.case_id, drafted("action_progressed", cannot_comply=True))
    file = Case.objects.get(pk=case.case_id)
    assert [each.auto_id for each in file.suggestions.all()] == ["consider_board"]

    at_work.record(case.case_id, drafted("suggestion_answered", later(days=1)))

    assert not file.suggestions.exists()


def test_the_sweep_learns_of_due_cases_only_and_of_nothing_else(at_work: World) -> None:
    case_id = at_panel(at_work)
    quiet = at_work.open(service=at_work.other_service)
    with at_work.at_work(at_work.board), connection.cursor() as cursor:
        for moment, found in ((at("2026-03-31"), []), (at("2026-04-01"), [case_id])):
            cursor.execute("SELECT * FROM due_wakeups(%s, 10)", [moment])
            assert cursor.fetchall() == [(each, at_work.council.pk) for each in found]
        cursor.execute("SELECT count(*) FROM case_file")
        assert cursor.fetchone() == (0,)
    assert quiet.case_id != case_id
