"""A town with a case in which a PPM was held."""

import pytest

from candour.cases import standings
from candour.cases.models import Case
from tests.support.casework import Town, make_town
from tests.support.letters import after_ppm


@pytest.fixture
def town(db: None) -> Town:
    standings.forget_all()
    return make_town()


@pytest.fixture
def case(town: Town) -> Case:
    return after_ppm(town)
