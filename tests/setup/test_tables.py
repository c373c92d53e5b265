"""The tables of an empty database, made the quick way, against those that Django itself makes."""

import os
import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from candour import database
from candour.database.address import URL_VARIABLES, account_parameters
from candour.database.roles import open_database
from tests.support.databases import administrator, clone_name, drop

MIGRATE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", database="owner", verbosity=0)
"""
WHAT_THERE_IS = (
    "SELECT table_name, column_name, ordinal_position, data_type, is_nullable, column_default,"
    " is_identity, character_maximum_length, collation_name FROM information_schema.columns"
    " WHERE table_schema = 'public'",
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint",
    "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT proname, pg_get_functiondef(p.oid), proacl::text FROM pg_proc p"
    " JOIN pg_namespace n ON n.oid = pronamespace WHERE nspname = 'public' AND prokind = 'f'",
    "SELECT relname, relkind, relacl::text, relrowsecurity, relforcerowsecurity FROM pg_class c"
    " JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = 'public'",
    "SELECT tablename, policyname, cmd, roles::text, qual, with_check FROM pg_policies",
    "SELECT app, name FROM django_migrations",
    "SELECT app_label, model FROM django_content_type",
)


@pytest.fixture
def plain(django_db_setup: None) -> Iterator[str]:
    """An empty database into which the accounts are let."""
    name = f"{clone_name()}_plain"
    with administrator() as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    open_database(name)
    yield name
    with administrator() as connection:
        drop(connection, name)


def found(name: str) -> list[set[tuple[object, ...]]]:
    with psycopg.connect(**account_parameters(database.OWNER) | {"dbname": name}) as connection:
        return [set(connection.execute(query).fetchall()) for query in WHAT_THERE_IS]


def test_the_quick_way_makes_the_tables_that_django_makes(plain: str) -> None:
    addresses = {
        variable: make_conninfo(**account_parameters(account) | {"dbname": plain})
        for account, variable in URL_VARIABLES.items()
    }
    subprocess.run([sys.executable, "-c", MIGRATE], env=os.environ | addresses, check=True)
    for quick, slow in zip(found(clone_name()), found(plain), strict=True):
        assert len(slow) > 10
        assert quick ^ slow == set()
