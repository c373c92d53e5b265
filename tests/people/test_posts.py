"""Who holds which post on a day, and as whom they act."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from candour.bodies.models import Body
from candour.people.actor import SYSTEM, Actor
from candour.people.models import Post, User
from candour.people.queries import actors_on, holders_of, posts_on, user_with_posts

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 30)


@pytest.fixture
def board() -> Body:
    return Body.objects.create(name="Board", slug="board", nation="wales")


@pytest.fixture
def ann(board: Body) -> User:
    return User.objects.create_user("ann", display_name="Ann Owen")


def test_a_post_is_held_on_its_first_and_last_day(ann: User, board: Body) -> None:
    post = Post.objects.create(
        user=ann, body=board, role="chair", from_date=date(2026, 3, 30), to_date=date(2026, 4, 1)
    )
    assert posts_on(ann, date(2026, 3, 29)) == []
    assert posts_on(ann, date(2026, 3, 30)) == [post]
    assert posts_on(ann, date(2026, 4, 1)) == [post]
    assert posts_on(ann, date(2026, 4, 2)) == []


def test_a_post_at_a_body_that_has_ended_is_not_held(ann: User, board: Body) -> None:
    Post.objects.create(user=ann, body=board, role="chair")
    Body.objects.update(to_date=date(2026, 3, 29))
    assert posts_on(ann, DAY) == []


def test_a_person_with_their_posts_costs_one_query(
    ann: User, board: Body, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Post.objects.create(user=ann, body=board, role="chair")
    with django_assert_num_queries(1):
        found = user_with_posts(ann.pk)
        assert found is not None
        assert [(post.role, post.body.name, post.user.name) for post in posts_on(found, DAY)] == [
            ("chair", "Board", "Ann Owen")
        ]


def test_a_person_without_posts_is_still_a_person(ann: User) -> None:
    found = user_with_posts(ann.pk)
    assert found == ann
    assert posts_on(ann, DAY) == []
    assert user_with_posts(ann.pk + 1) is None


def test_one_acts_as_the_holder_of_a_post(ann: User, board: Body) -> None:
    Post.objects.create(user=ann, body=board, role="lead_officer")
    other = Body.objects.create(name="Other", slug="other", nation="wales")
    (actor,) = actors_on(ann, DAY, body=board)
    assert (actor.user_id, actor.role, actor.body_id) == (ann.pk, "lead_officer", board.pk)
    assert actor.name == "Ann Owen"
    assert actors_on(ann, DAY, body=other) == []


def test_the_system_acts_for_a_body_and_is_nobody(board: Body) -> None:
    actor = Actor.system(board)
    assert (actor.user_id, actor.role, actor.name) == (None, SYSTEM, "Board")


def test_holders_of_a_role_are_those_who_may_sign_in_and_hold_it_that_day(
    ann: User, board: Body
) -> None:
    gone = User.objects.create_user("gone", is_active=False)
    past = User.objects.create_user("past")
    for user, ends in [(ann, None), (gone, None), (past, date(2026, 3, 29))]:
        Post.objects.create(user=user, body=board, role="chair", to_date=ends)
    assert list(holders_of("chair", board, DAY)) == [ann]


def test_a_person_is_called_by_the_best_name_there_is() -> None:
    assert User(username="jo").name == "jo"
    assert User(username="jo", first_name="Jo", last_name="Rees").name == "Jo Rees"
