"""A town with cases, for searching."""

import pytest

from tests.support.casework import Town, make_town


@pytest.fixture
def town(db: None) -> Town:
    """Organisations, people and services."""
    return make_town()
