"""A town with cases, and a browser for any of its people."""

from collections.abc import Callable

import pytest
from django.test import Client

from candour.people.models import User
from tests.support.casework import Town, make_town


@pytest.fixture
def town(db: None) -> Town:
    """Organisations, people and services."""
    return make_town()


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """A function that returns a browser in which somebody is signed in."""

    def browser_of(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return browser_of
