"""The auditor's account reads who people are, and no secret of theirs."""

from typing import Any

import psycopg
import pytest


@pytest.mark.parametrize("secret", ["SELECT password FROM people_user", "TABLE django_session"])
def test_secrets_are_closed(auditor_cursor: psycopg.Cursor[tuple[Any, ...]], secret: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        auditor_cursor.execute(secret)


def test_names_are_open(auditor_cursor: psycopg.Cursor[tuple[Any, ...]]) -> None:
    auditor_cursor.execute("SELECT username, display_name FROM people_user")
    assert auditor_cursor.fetchall() == []
