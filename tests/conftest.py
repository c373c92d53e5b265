"""Fixtures that every test may use."""

import os
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as of_properties
from pytest_django.plugin import DjangoDbBlocker
from xdist.remote import Producer

from candour import database
from candour.database.address import account_parameters, uses_own_server
from tests.support import databases, home, sharing_out

# How fast a machine is says nothing of a property.
of_properties.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
of_properties.load_profile("any machine")


def pytest_configure() -> None:
    """Cheap passwords: what they protect here is thrown away."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_xdist_make_scheduler(
    config: pytest.Config, log: Producer
) -> sharing_out.ByFileOrPack | None:
    """Share out by file, and the longest file by pack."""
    return sharing_out.ByFileOrPack(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_unconfigure() -> None:
    """Leave nothing on a server that outlives the run."""
    if home.began_here() and not uses_own_server():
        databases.drop_all()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """A migrated database for this process, on a throw-away server shared by the run."""
    with django_db_blocker.unblock():
        databases.make_template()
        databases.make_clone()
        databases.point_connections(databases.clone_name())
    with pytest.MonkeyPatch.context() as patch:
        # Emptying tables is what append-only triggers refuse, and the application may not do it.
        patch.setattr(TransactionTestCase, "_fixture_teardown", _start_afresh)
        yield
    with django_db_blocker.unblock():
        connections.close_all()


def _start_afresh(case: TransactionTestCase) -> None:
    databases.make_clone()


@pytest.fixture
def owner_cursor(django_db_setup: None) -> Iterator[psycopg.Cursor[tuple[Any, ...]]]:
    """A cursor of the tables' owner, in a transaction of its own that is rolled back.

    It sees only what was committed: pair it with ``transactional_db`` (or commit on its own
    ``connection``) to look at what the application wrote.
    """
    yield from _cursor(database.OWNER)


@pytest.fixture
def auditor_cursor(django_db_setup: None) -> Iterator[psycopg.Cursor[tuple[Any, ...]]]:
    """A cursor of the auditor's account, in a transaction of its own that is rolled back."""
    yield from _cursor(database.AUDITOR)


@pytest.fixture
def app_cursor(django_db_setup: None) -> Iterator[psycopg.Cursor[tuple[Any, ...]]]:
    """A second connection of the application's account, rolled back: somebody else at work."""
    yield from _cursor(database.APP)


@pytest.fixture
def site_environment(django_db_setup: None) -> dict[str, str]:
    """The environment for a child process that works on this test's database."""
    return os.environ | databases.addresses()


def _cursor(account: str) -> Iterator[psycopg.Cursor[tuple[Any, ...]]]:
    parameters = account_parameters(account) | {"dbname": databases.clone_name()}
    connection = psycopg.connect(**parameters)
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.rollback()
        connection.close()


@pytest.fixture(autouse=True)
def spoken_as_it_was() -> Iterator[None]:
    """Leave no test the language that another one, or a page that it asked for, spoke last."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def counted_afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test be limited by what the one before it asked for."""
    from candour.telling.counts import Counts  # noqa: PLC0415  # needs Django's settings
    from candour.telling.gate import Gate  # noqa: PLC0415
    from candour.web import limiting, tell_gate  # noqa: PLC0415

    counts = Counts()
    monkeypatch.setattr(limiting, "counts", lambda: counts)
    monkeypatch.setattr(tell_gate, "gate", Gate(counts=counts))
