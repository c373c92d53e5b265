"""The three accounts: owner of the tables, the application, and the auditor.

None is a superuser and none may bypass row security, so what the tables' own policies and grants
say holds for everybody who comes in through them.
"""

import os
from typing import Any

import psycopg
from psycopg import sql

from candour.database.address import (
    APP,
    AUDITOR,
    OWNER,
    URL_VARIABLES,
    account_parameters,
    administrator_parameters,
    uses_own_server,
)
from candour.database.errors import AccountTrouble
from candour.database.home import kept_secret

ACCOUNTS = (OWNER, APP, AUDITOR)
PLAIN = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"


def prepare_roles() -> None:
    """Make the accounts and the database when they are missing, and grant what each needs.

    Safe to repeat. When each account has its own address in the environment, nothing is made:
    they are taken as an administrator prepared them.

    Raises:
        AccountTrouble: an account or the database is missing and may not be made from here.
    """
    if _may_administer():
        try:
            with psycopg.connect(**administrator_parameters(), autocommit=True) as connection:
                for account in ACCOUNTS:
                    if not os.environ.get(URL_VARIABLES[account]):
                        _make_account(connection, account)
                if uses_own_server():
                    _make_database(connection, str(account_parameters(OWNER)["dbname"]))
        except psycopg.errors.InsufficientPrivilege as error:
            raise _not_allowed(error) from error
    open_database(str(account_parameters(OWNER)["dbname"]))


def open_database(name: str) -> None:
    """Let the three accounts into a database: the owner makes tables, the others use them.

    What the application may do with rows, and that the auditor may read them, is granted here
    for every table that the owner makes from now on.

    Raises:
        AccountTrouble: the owner cannot come in, or may not be let in from here.
    """
    if _may_administer():
        try:
            with psycopg.connect(**administrator_parameters() | {"dbname": name}) as connection:
                _let_in(connection)
        except psycopg.errors.InsufficientPrivilege as error:
            raise _not_allowed(error) from error
    try:
        with psycopg.connect(**account_parameters(OWNER) | {"dbname": name}) as connection:
            _grant_future_tables(connection)
    except psycopg.OperationalError as error:
        raise AccountTrouble(
            f"The account {OWNER} cannot come in: {str(error).strip()}. If another site made it, "
            f"this one does not know its password: set {', '.join(URL_VARIABLES.values())}."
        ) from error


def throw_away() -> None:
    """Drop the embedded server's database with all that is in it, ending who is connected.

    Raises:
        AccountTrouble: the database is on a server that somebody named, which is not ours to empty.
    """
    if not uses_own_server():
        raise AccountTrouble(
            "Only the embedded database can be thrown away from here. The one that DATABASE_URL "
            "names is left as it is; empty it with that server's own tools."
        )
    name = sql.Identifier(str(account_parameters(OWNER)["dbname"]))
    with psycopg.connect(**administrator_parameters(), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))


def _may_administer() -> bool:
    return uses_own_server() or bool(os.environ.get("DATABASE_URL"))


def _not_allowed(error: psycopg.Error) -> AccountTrouble:
    return AccountTrouble(
        "The account in DATABASE_URL may not make the three accounts that Candour uses "
        f"({str(error).strip()}). Name an account with CREATEROLE that owns the database, or "
        f"make {', '.join(ACCOUNTS)} yourself and set {', '.join(URL_VARIABLES.values())}."
    )


def _make_account(connection: psycopg.Connection[Any], account: str) -> None:
    name, password = sql.Identifier(account), sql.Literal(kept_secret(account))
    found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [account]).fetchone()
    if found is None:
        statement = "CREATE ROLE {} {} PASSWORD {}"
    elif uses_own_server():
        statement = "ALTER ROLE {} {} PASSWORD {}"
    else:
        return  # somebody's server: its passwords are not ours to change
    connection.execute(sql.SQL(statement).format(name, sql.SQL(PLAIN), password))


def _make_database(connection: psycopg.Connection[Any], name: str) -> None:
    found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    if found is None:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        connection.execute(
            sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name))
        )


def _let_in(connection: psycopg.Connection[Any]) -> None:
    name = sql.Identifier(connection.info.dbname)
    accounts = sql.SQL(", ").join(sql.Identifier(account) for account in ACCOUNTS)
    owner = sql.Identifier(OWNER)
    connection.execute(
        sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(name, accounts)
    )
    connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    connection.execute(sql.SQL("GRANT USAGE, CREATE ON SCHEMA public TO {}").format(owner))
    connection.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(accounts))


def _grant_future_tables(connection: psycopg.Connection[Any]) -> None:
    names = {"app": sql.Identifier(APP), "auditor": sql.Identifier(AUDITOR)}
    for statement in (
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public"
        " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {app}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO {auditor}",
    ):
        connection.execute(sql.SQL(statement).format(**names))
