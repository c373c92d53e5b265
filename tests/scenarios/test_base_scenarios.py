"""What is true of a base is true of every pack that rests on it, unless the pack says otherwise."""

import pytest

from candour.policies import available, find, load
from candour.policies.scenarios import Scenario, run
from candour.policies.scenarios.beside import scenarios_beside

PACKS = [name for name in available() if load(name).basis is not None]
PLAYED = [(name, scenario) for name in PACKS for scenario in scenarios_beside(find(name))]


def test_there_are_packs_that_rest_on_a_base() -> None:
    assert PACKS


@pytest.mark.parametrize(
    ("name", "scenario"), PLAYED, ids=[f"{name}-{scenario.path.stem}" for name, scenario in PLAYED]
)
def test_it_comes_out_under_the_pack(name: str, scenario: Scenario) -> None:
    assert scenario.procedure.name == name
    failures = run(scenario)
    assert not failures, "\n" + "\n".join(str(failure) for failure in failures)
