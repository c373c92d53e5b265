"""A transaction of its own says for whom it acts along with its first statement, of any sort."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from candour.bodies.models import Body
from candour.database.row_security import acting_for
from candour.experiences.models import Experience

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 3, 30, 9, tzinfo=UTC)


@pytest.fixture
def body() -> Body:
    return Body.objects.create(name="Ours", slug="ours", nation="england")


def tell(body: Body, ref: str) -> Experience:
    return Experience.objects.create(
        body=body, source="form", source_ref=ref, answer="Kind staff. 100%", created_at=AT
    )


def test_the_first_statement_carries_it_and_the_next_do_not(body: Body) -> None:
    with CaptureQueriesContext(connection) as asked, acting_for([body.pk]):
        tell(body, "1")
        assert Experience.objects.count() == 1
    said = [query["sql"] for query in asked if "set_config" in query["sql"]]
    assert len(said) == 1
    assert Experience.objects.count() == 0


def test_parameters_and_what_comes_back_are_those_of_the_statement(body: Body) -> None:
    with acting_for([body.pk]), connection.cursor() as cursor:
        cursor.execute("SELECT %s || '%%', current_setting('candour.bodies')", ["100"])
        assert cursor.fetchall() == [("100%", str(body.pk))]
    with acting_for([body.pk]), connection.cursor() as cursor:
        cursor.execute("SELECT '%', n FROM generate_series(1, 3) AS n")
        assert cursor.rowcount == 3


def test_a_savepoint_that_comes_first_and_is_undone_leaves_the_scope(body: Body) -> None:
    with acting_for([body.pk]):
        with pytest.raises(RuntimeError), transaction.atomic():
            raise RuntimeError
        assert tell(body, "1").pk
        with pytest.raises(IntegrityError), transaction.atomic():
            tell(body, "1")
        assert Experience.objects.count() == 1


def test_many_at_once_may_come_first(body: Body) -> None:
    with acting_for([body.pk]), connection.cursor() as cursor:
        cursor.executemany("SELECT set_config('candour.many', %s, true)", [["1"], ["2"]])
        cursor.execute("SELECT current_setting('candour.bodies')")
        assert cursor.fetchone() == (str(body.pk),)


def test_rows_fetched_in_portions_may_come_first(body: Body) -> None:
    with acting_for([body.pk]):
        tell(body, "1")
    with acting_for([body.pk]):
        assert [told.source_ref for told in Experience.objects.iterator(chunk_size=1)] == ["1"]


def test_a_scope_within_one_that_has_said_nothing_yet_ends_with_it(body: Body) -> None:
    other = Body.objects.create(name="Theirs", slug="theirs", nation="england")
    with acting_for([body.pk]):
        with acting_for([other.pk]):
            tell(other, "1")
        assert Experience.objects.count() == 0
        tell(body, "2")
        assert Experience.objects.count() == 1


def test_a_transaction_that_asks_nothing_says_nothing(body: Body) -> None:
    with CaptureQueriesContext(connection) as asked, acting_for([body.pk]):
        pass
    assert not [query for query in asked if "set_config" in query["sql"]]
