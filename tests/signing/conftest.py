"""A case in Derbyshire."""

import pytest

from tests.support.casework import make_town
from tests.support.signatures import Derbyshire, in_derbyshire


@pytest.fixture
def made(db: None) -> Derbyshire:
    """A case at the step whose record of concern and action is to be signed."""
    return in_derbyshire(make_town())
