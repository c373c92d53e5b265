"""What My day reads of cases: the soonest of each group, steps, and what others ask of a body."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from candour.cases.queries import Group
from candour.cases.queries.asked_of_us import asked_of_us
from candour.cases.queries.by_step import AtStep, kept_by_step, open_by_step
from candour.cases.queries.soonest import Soonest, soonest
from candour.people.models import Post
from tests.cases.conftest import World
from tests.cases.procedures import drafted
from tests.engine.small import at

MONDAY = at("2026-03-30T10:00")


@pytest.fixture
def at_work(world: World, db: None) -> Any:
    with world.at_work():
        yield world


def first(world: World, *, role: str = "officer", size: int = 6, **more: Any) -> Soonest:
    posts = [Post(body=world.council, role=role)]
    return soonest(posts=posts, handed=(), size=size, **{"as_of": MONDAY, **more})


def meeting(world: World, **more: Any) -> int:
    """Hold a meeting: decisions due on Tuesday, the letter on 8 April, the next on 11 May."""
    case = world.open(**more)
    world.record(case.case_id, drafted("meeting_held", MONDAY))
    return case.case_id


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("2026-03-31T10:00", [("decisions", Group.TODAY)]),
        ("2026-04-02T10:00", [("decisions", Group.LATE), ("letter", Group.THIS_WEEK)]),
        ("2026-04-09T10:00", [("decisions", Group.LATE), ("letter", Group.LATE)]),
    ],
)
def test_each_group_has_its_own_first_and_later_work_is_left_out(
    at_work: World, moment: str, told: list[tuple[str, Group]]
) -> None:
    meeting(at_work)
    roles = {"officer", "chair", "lead_officer", "head_of_service"}
    found = [
        (item.duty_id, item.group)
        for role in sorted(roles)
        for item in first(at_work, role=role, as_of=at(moment)).items
    ]
    assert sorted(found) == sorted(told)


def test_a_group_is_cut_and_counted_whole(
    at_work: World, django_assert_num_queries: Callable[[int], Any]
) -> None:
    meeting(at_work)
    meeting(at_work, service=at_work.other_service)
    with django_assert_num_queries(2):
        found = first(at_work, size=1, as_of=at("2026-04-09T10:00"))
    assert len(found.items) == 1
    assert found.counts.late >= 2


def test_open_cases_are_counted_step_by_step(at_work: World) -> None:
    meeting(at_work)
    at_work.open(service=at_work.other_service)
    early = open_by_step([at_work.council.pk], MONDAY)
    assert sum(step.cases for step in early) == 2
    assert sum(step.late for step in early) == 0
    assert sum(step.soon for step in early) == 1
    late = open_by_step([at_work.council.pk], at("2026-04-09T10:00"))
    assert sum(step.late for step in late) == 1
    assert sum(step.duties_late for step in late) == 2
    assert open_by_step([at_work.board.pk], MONDAY) == []
    assert all(isinstance(step, AtStep) for step in late)


def test_the_count_is_kept_for_some_minutes_and_made_anew_after(
    at_work: World, django_assert_num_queries: Callable[[int], Any]
) -> None:
    meeting(at_work)
    bodies = [at_work.council.pk]
    first_count = kept_by_step(bodies, MONDAY)
    at_work.open(service=at_work.other_service)
    with django_assert_num_queries(0):
        assert kept_by_step(bodies, MONDAY + timedelta(minutes=4)) == first_count
    assert sum(step.cases for step in kept_by_step(bodies, MONDAY + timedelta(minutes=6))) == 2


@pytest.mark.django_db(transaction=True)
def test_a_case_that_another_body_shares_asks_for_what_our_roles_owe(
    world: World, owner_cursor: psycopg.Cursor[Any]
) -> None:
    with world.at_work():
        case = meeting(world)
        meeting(world, service=world.other_service)
    posts = [Post(body=world.board, role="visitor")]
    with world.at_work(world.board):
        assert asked_of_us(posts, MONDAY) == []
    owner_cursor.execute(
        "UPDATE case_file SET shared_with = ARRAY[%s]::bigint[] WHERE id = %s",
        [world.board.pk, case],
    )
    owner_cursor.connection.commit()
    with world.at_work(world.board):
        (nothing,) = asked_of_us(posts, MONDAY)
        assert (nothing.ref, nothing.title, nothing.led_by) == (
            "TL-2026-0001",
            None,
            world.council.name,
        )
        found = asked_of_us([*posts, Post(body=world.board, role="officer")], MONDAY)
        assert {item.ref for item in found} == {"TL-2026-0001"}
        assert all(item.title for item in found)
    with world.at_work():
        assert asked_of_us([Post(body=world.council, role="officer")], MONDAY) == []
