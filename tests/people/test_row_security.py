"""Row security as the application's own account meets it: nothing is reached by default."""

from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction

from candour.bodies.models import Body
from candour.database.row_security import acting_for, reading_for
from candour.experiences.models import Experience

AT = datetime(2026, 3, 30, 9, tzinfo=UTC)


@pytest.fixture
def bodies(db: None) -> tuple[Body, Body]:
    ours = Body.objects.create(name="Ours", slug="ours", nation="england")
    theirs = Body.objects.create(name="Theirs", slug="theirs", nation="england")
    for body in (ours, theirs):
        with acting_for([body.pk]):
            tell(body)
    return ours, theirs


def tell(body: Body, ref: str = "1") -> Experience:
    return Experience.objects.create(
        body=body, source="form", source_ref=ref, answer="Kind staff.", created_at=AT
    )


def test_the_tests_run_as_an_account_that_row_security_binds(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("candour_app", False, False)


def test_unset_reaches_nothing(bodies: tuple[Body, Body]) -> None:
    assert list(Experience.objects.all()) == []


def test_no_bodies_reach_nothing(bodies: tuple[Body, Body]) -> None:
    with acting_for([]):
        assert list(Experience.objects.all()) == []


def test_a_body_reaches_its_own_rows_only(bodies: tuple[Body, Body]) -> None:
    ours, theirs = bodies
    with acting_for([ours.pk]):
        assert [row.body_id for row in Experience.objects.all()] == [ours.pk]
        assert not Experience.objects.filter(body=theirs).exists()
    with acting_for([ours.pk, theirs.pk]):
        assert Experience.objects.count() == 2


def test_rows_cannot_be_put_into_another_body(bodies: tuple[Body, Body]) -> None:
    ours, theirs = bodies
    with (
        acting_for([ours.pk]),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        tell(theirs, "2")
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        tell(ours, "2")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE experience SET answer = ''",
        "DELETE FROM experience",
        "TRUNCATE experience",
        "ALTER TABLE experience DISABLE ROW LEVEL SECURITY",
        "DROP POLICY experience_own ON experience",
        "SET ROLE candour_owner",
    ],
)
def test_what_people_said_cannot_be_altered_nor_the_door_taken_off(
    bodies: tuple[Body, Body], change: str
) -> None:
    with (
        acting_for([bodies[0].pk]),
        pytest.raises(ProgrammingError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


def test_the_scope_within_another_ends_with_it(bodies: tuple[Body, Body]) -> None:
    ours, theirs = bodies
    with acting_for([ours.pk]):
        with acting_for([theirs.pk]):
            assert [row.body_id for row in Experience.objects.all()] == [theirs.pk]
        assert [row.body_id for row in Experience.objects.all()] == [ours.pk]
        with pytest.raises(RuntimeError), acting_for([theirs.pk]):
            raise RuntimeError
        assert [row.body_id for row in Experience.objects.all()] == [ours.pk]
        with acting_for([theirs.pk]):
            transaction.set_rollback(True)
        assert [row.body_id for row in Experience.objects.all()] == [ours.pk]


def test_a_database_error_inside_ends_the_scope_and_nothing_else(
    bodies: tuple[Body, Body],
) -> None:
    ours, theirs = bodies
    with acting_for([ours.pk]):
        with (
            pytest.raises(DatabaseError),
            acting_for([theirs.pk]),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT 1/0")
        assert [row.body_id for row in Experience.objects.all()] == [ours.pk]


@pytest.mark.django_db(transaction=True)
def test_the_scope_is_gone_when_its_transaction_ends() -> None:
    ours = Body.objects.create(name="Ours", slug="ours", nation="england")
    with acting_for([ours.pk]):
        tell(ours)
    assert Experience.objects.count() == 0


def test_what_is_not_an_id_is_refused(db: None) -> None:
    with pytest.raises(ValueError, match="invalid literal"), acting_for(["1,2"]):  # type: ignore[list-item]
        raise AssertionError


@pytest.mark.django_db(transaction=True)
def test_the_auditor_reads_all_and_writes_nothing(
    auditor_cursor: psycopg.Cursor[tuple[Any, ...]],
) -> None:
    for slug in ("ours", "theirs"):
        body = Body.objects.create(name=slug, slug=slug, nation="england")
        with acting_for([body.pk]):
            tell(body)
    auditor_cursor.execute("SELECT count(*) FROM experience")
    assert auditor_cursor.fetchone() == (2,)
    auditor_cursor.connection.rollback()
    for change in ("DELETE FROM experience", "UPDATE experience SET answer = ''"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            auditor_cursor.execute(change)
        auditor_cursor.connection.rollback()


def test_the_owner_may_sweep_and_may_not_write(
    owner_cursor: psycopg.Cursor[tuple[Any, ...]],
) -> None:
    owner_cursor.execute("SELECT count(*) FROM experience")
    owner_cursor.execute(
        "INSERT INTO bodies_body (name, name_cy, nation, kind, slug)"
        " VALUES ('a', '', 'uk', '', 'a') RETURNING id"
    )
    (body_id,) = owner_cursor.fetchone() or (None,)
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
        owner_cursor.execute(
            "INSERT INTO experience_tally (body_id, service_name, sentiment, theme, experiences)"
            " VALUES (%s, '', 0, '', 1)",
            [body_id],
        )


def test_the_body_is_worked_out_once_a_statement_and_its_index_serves(
    bodies: tuple[Body, Body],
) -> None:
    with acting_for([bodies[0].pk]), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM experience WHERE out_since IS NULL ORDER BY listed_on DESC"
        )
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "InitPlan" in plan
    assert "Index Cond: (body_id = ANY" in plan


def test_reading_for_another_body_ends_where_it_began(bodies: tuple[Body, Body]) -> None:
    ours, theirs = bodies
    with acting_for([ours.pk]):
        with reading_for([theirs.pk]):
            assert [row.body_id for row in Experience.objects.all()] == [theirs.pk]
        assert [row.body_id for row in Experience.objects.all()] == [ours.pk]
        with pytest.raises(LookupError), reading_for([theirs.pk]):
            raise LookupError
        assert [row.body_id for row in Experience.objects.all()] == [ours.pk]


def test_an_error_while_reading_for_another_leaves_nothing_of_it_behind(
    bodies: tuple[Body, Body],
) -> None:
    ours, theirs = bodies
    with acting_for([ours.pk]):
        with pytest.raises(DatabaseError), transaction.atomic(), reading_for([theirs.pk]):
            Experience.objects.extra(where=["no_such_column"]).first()
        assert [row.body_id for row in Experience.objects.all()] == [ours.pk]
