from datetime import datetime, timedelta
from typing import Any

import hypothesis.strategies as st
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings

from candour.bodies.models import Service
from candour.cases import standings
from candour.cases.actions import Recorded, record, wake
from candour.cases.models import Case, CaseDuty, CaseRestriction
from candour.cases.queries import entries, standing
from candour.cases.rebuilding import Rebuilt, rebuild
from candour.engine import fold
from tests.cases.conftest import World
from tests.cases.procedures import NOON, PROCEDURE, drafted, later
from tests.engine.small import DATA, at


def only(rebuilt: list[Rebuilt]) -> Rebuilt:
    (found,) = rebuilt
    return found


def full(world: World) -> int:
    case = world.open()
    world.record(case.case_id, drafted("rating_agreed"))
    world.record(case.case_id, drafted("restriction_imposed"))
    world.record(case.case_id, drafted("action_progressed", cannot_comply=True))
    world.record(case.case_id, drafted("meeting_held", at("2026-03-30T10:00")))
    return case.case_id


def test_what_is_as_drawn_differs_in_nothing(at_work: World) -> None:
    full(at_work)
    assert only(list(rebuild())) == Rebuilt("TL-2026-0001")


def test_what_was_changed_or_lost_is_named_and_put_right(at_work: World) -> None:
    case_id = full(at_work)
    before = list(CaseDuty.objects.order_by("key").values("key", "state", "late_from"))
    CaseDuty.objects.filter(duty_id="decisions").update(state="met")
    CaseDuty.objects.filter(duty_id="letter").delete()
    CaseRestriction.objects.all().delete()
    Case.objects.filter(pk=case_id).update(step="board", next_change=None)
    CaseDuty.objects.create(
        case_id=case_id,
        body=at_work.council,
        key="made-up",
        duty_id="x",
        title="x",
        owner_role="x",
        started_by=entries(case_id)[0].id,
        started_at=NOON,
        cycle=1,
        state="open",
    )

    found = only(list(rebuild("tl-2026-0001")))

    assert sorted(each.what for each in found.differences) == [
        "duties",
        "duties",
        "duties",
        "next_change",
        "restrictions",
        "step",
    ]
    assert any("was board, is now intake" in str(each) for each in found.differences)
    assert list(CaseDuty.objects.order_by("key").values("key", "state", "late_from")) == before
    assert CaseRestriction.objects.count() == 1
    assert only(list(rebuild())) == Rebuilt("TL-2026-0001")


def test_no_case_of_that_number_is_no_result(at_work: World) -> None:
    assert list(rebuild("TL-2026-0009")) == []


def test_one_case_that_cannot_be_read_keeps_no_other_from_it(
    at_work: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = full(at_work)
    at_work.open(service=at_work.other_service)
    with connection.cursor() as cursor:  # a case opened under a procedure that is gone
        cursor.execute(
            "INSERT INTO case_file (ref, body_id, shared_with, title, procedure, version, step,"
            " seq, head_hash, opened_at, settled_at) VALUES ('X-1', %s, '{}', '', 'test_ladder',"
            " 'gone', 'intake', 0, '', now(), now())",
            [at_work.council.pk],
        )
    results = {each.ref: each for each in rebuild()}
    assert "version gone" in results["X-1"].trouble
    assert not results["TL-2026-0001"].trouble
    assert not results["TL-2026-0002"].trouble
    assert first


KINDS = sorted(set(DATA) - {"case_opened", "suggestion_answered"})
REFERRING = ("restriction_lifted", "restriction_reviewed", "action_completed", "minutes_circulated")
STEP = st.tuples(
    st.sampled_from([*KINDS, "wake", "step_entered", "withdraw", "redate"]),
    st.integers(0, 400),  # hours since the step before
    st.integers(0, 900),  # hours that it is dated back
    st.integers(0, 30),
)


def _step(world: World, case_id: int, kind: str, now: datetime, back: int, pick: int) -> None:
    if kind == "wake":
        wake(case_id, now)
        return
    held = entries(case_id)
    target = held[pick % len(held)].id
    more: dict[str, Any] = {}
    refers_to: tuple[str, ...] = ()
    if kind == "step_entered":
        more = {"move": "to_panel", "step": "panel"}
    if kind in ("withdraw", "redate"):
        kind, refers_to = "correction_made", (target,)
        when = (now - timedelta(hours=back)).isoformat()
        more = {"withdraws": True} if pick % 2 else {"happened_at": when}
    if kind in REFERRING:
        refers_to = (target,)
    happened = max(now - timedelta(hours=back), NOON)
    outcome = record(
        case_id=case_id,
        actor=world.head,
        draft=drafted(kind, happened, *refers_to, **more),
        expected_seq=None,
        as_of=now,
    )
    if isinstance(outcome, Recorded):
        assert outcome.seq == Case.objects.get(pk=case_id).seq


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(STEP, min_size=3, max_size=14), folded_anew=st.booleans())
def test_what_is_drawn_step_by_step_is_what_the_whole_log_comes_to(
    at_work: World, steps: list[tuple[str, int, int, int]], folded_anew: bool
) -> None:
    service = Service.objects.create(name="Any", provider=at_work.service.provider)
    case = at_work.open(service=service)
    now = later()
    for kind, hours, back, pick in steps:
        now += timedelta(hours=hours)
        _step(at_work, case.case_id, kind, now, back, pick)
        if folded_anew:
            standings.forget(case.case_id)

    kept = standing(case.case_id)

    assert kept == fold(PROCEDURE, kept.recorded)
    assert only(list(rebuild(case.ref))) == Rebuilt(case.ref)
