"""A session that cannot be kept: signed out meanwhile, or the database went away."""

from collections.abc import Iterator

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.db import OperationalError, connection

from candour.people.sessions import SessionStore


@pytest.fixture
def kept(db: None) -> SessionStore:
    session = SessionStore()
    session["seen"] = "worklist"
    session.save()
    return session


@pytest.fixture
def no_database() -> Iterator[None]:
    def gone(*_parts: object) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    with connection.execute_wrapper(gone):
        yield


def test_a_session_is_kept_and_found_again(kept: SessionStore) -> None:
    assert SessionStore(kept.session_key)["seen"] == "worklist"


def test_a_database_that_went_away_is_told_as_what_it_is(
    kept: SessionStore, no_database: None
) -> None:
    kept["seen"] = "cases"
    with pytest.raises(OperationalError, match="server closed"):
        kept.save()


def test_somebody_who_signed_out_meanwhile_is_told_apart(kept: SessionStore) -> None:
    SessionStore(kept.session_key).delete()
    with pytest.raises(UpdateError):
        kept.save()
