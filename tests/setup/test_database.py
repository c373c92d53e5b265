import psycopg
import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import ProgrammingError, connection


@pytest.mark.django_db
def test_tests_run_as_the_application_account() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles"
            " WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("candour_app", False, False, False)


@pytest.mark.django_db
def test_the_application_makes_no_tables() -> None:
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="permission denied"):
        cursor.execute("CREATE TABLE stray (id int)")


def test_the_auditor_reads_and_writes_nothing(
    auditor_cursor: psycopg.Cursor[tuple[int]],
) -> None:
    auditor_cursor.execute("SELECT count(*) FROM django_content_type")
    row = auditor_cursor.fetchone()
    assert row is not None
    assert row[0] > 0
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        auditor_cursor.execute("DELETE FROM django_content_type")


@pytest.mark.parametrize("attempt", [1, 2])
def test_what_a_committing_test_writes_is_gone_for_the_next(
    transactional_db: None, attempt: int
) -> None:
    assert not ContentType.objects.filter(app_label="stray").exists()
    ContentType.objects.create(app_label="stray", model=f"number{attempt}")


def test_the_owner_sees_what_the_application_committed(
    transactional_db: None, owner_cursor: psycopg.Cursor[tuple[str, int]]
) -> None:
    ContentType.objects.create(app_label="stray", model="seen")
    owner_cursor.execute(
        "SELECT current_user, count(*) FROM django_content_type WHERE app_label = 'stray'"
    )
    assert owner_cursor.fetchone() == ("candour_owner", 1)
