"""A town whose people have addresses, with a case in which something is owed."""

import pytest

from tests.support.casework import Town, make_town


@pytest.fixture
def town(db: None) -> Town:
    """Organisations, people and services."""
    town = make_town()
    for user in (town.mari, town.ieuan, town.sam, town.dilys):
        user.email = f"{user.username}@staff.example"
        user.save()
    return town
