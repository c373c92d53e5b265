"""Test databases: one migrated template for the run, and a clone of it for each worker.

The template is migrated by the owner's account and used through the application's, as on a real
site, so that grants, triggers and row security are what the tests meet. Tests that commit get
their clone made anew afterwards, since append-only tables rightly refuse to be emptied.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any

import psycopg
from django.db import connections
from psycopg import sql
from psycopg.conninfo import make_conninfo

from candour import database
from candour.database.address import (
    URL_VARIABLES,
    account_parameters,
    administrator_parameters,
)
from candour.database.roles import open_database
from candour.site.schema import make_tables
from tests.support.home import RUN

ALIASES = {"default": database.APP, "owner": database.OWNER, "auditor": database.AUDITOR}


def _run_name() -> str:
    return f"test_candour_{os.environ[RUN]}"


def template_name() -> str:
    """Return the name of this run's migrated template."""
    return f"{_run_name()}_template"


def clone_name() -> str:
    """Return the name of this process's own database."""
    return f"{_run_name()}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"


@contextmanager
def administrator() -> Iterator[psycopg.Connection[Any]]:
    """Yield a connection that may make and drop databases."""
    with psycopg.connect(**administrator_parameters(), autocommit=True) as connection:
        yield connection


def make_template() -> None:
    """Start the server and migrate the template; the second process to ask finds it made."""
    database.ensure_server(throw_away=True)
    lock = Path(os.environ.get("CANDOUR_HOME", "/tmp")) / "template.lock"  # noqa: S108  # any place that the workers of one run share
    with lock.open("a") as file, administrator() as connection:
        flock(file, LOCK_EX)
        if _exists(connection, template_name()):
            return
        database.prepare_roles()
        draft = f"{template_name()}_draft"
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(draft)))
        open_database(draft)
        point_connections(draft)
        make_tables()
        connections.close_all()
        connection.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(draft), sql.Identifier(template_name())
            )
        )


def make_clone() -> None:
    """Make this process's database anew from the template, ending whoever is connected to it."""
    connections.close_all()
    with administrator() as connection:
        drop(connection, clone_name())
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(clone_name()), sql.Identifier(template_name())
            )
        )


def drop(connection: psycopg.Connection[Any], name: str) -> None:
    """Drop a test database, when it is there."""
    connection.execute(
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    )


def drop_all() -> None:
    """Drop what the run made on a server that outlives it."""
    with administrator() as connection:
        found = connection.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [f"{_run_name()}_"]
        )
        for (name,) in found.fetchall():
            drop(connection, name)


def point_connections(name: str) -> None:
    """Make Django's three aliases mean this database, in every thread."""
    for alias, account in ALIASES.items():
        connections[alias].close()
        parameters = account_parameters(account)
        connections[alias].settings_dict.update(
            NAME=name,
            USER=parameters["user"],
            PASSWORD=parameters.get("password", ""),
            HOST=parameters.get("host", ""),
            PORT=str(parameters.get("port", "")),
        )


def addresses() -> dict[str, str]:
    """Return the environment that lets another process use this process's database."""
    return {
        variable: make_conninfo(**account_parameters(account) | {"dbname": clone_name()})
        for account, variable in URL_VARIABLES.items()
    }


def _exists(connection: psycopg.Connection[Any], name: str) -> bool:
    query = "SELECT 1 FROM pg_database WHERE datname = %s"
    return connection.execute(query, [name]).fetchone() is not None
