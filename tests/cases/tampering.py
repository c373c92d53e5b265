"""Somebody with the keys of the database server, who can do anything to the rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from candour.database.address import administrator_parameters
from tests.support.databases import clone_name

KEPT = (
    *("case_entry", "case_file", "letter_sent", "letter_file"),
    *("signing_document", "signing_copy", "signing_event"),
)


@contextmanager
def superuser() -> Iterator[psycopg.Connection[Any]]:
    """A connection whose changes stay, past every trigger of the case log and the letters."""
    with psycopg.connect(**administrator_parameters() | {"dbname": clone_name()}) as connection:
        for table in KEPT:
            connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        yield connection
        connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in KEPT:
            connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER ALL")


def tamper(*statements: str) -> None:
    """Run statements as the superuser and keep what they did."""
    with superuser() as connection:
        for sql in statements:
            connection.execute(sql)
