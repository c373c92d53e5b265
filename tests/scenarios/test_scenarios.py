"""Every situation beside the packs comes out as it says."""

from pathlib import Path

import pytest

from candour.policies.packs import SHIPPED
from candour.policies.scenarios import read_scenario, run

FILES = sorted(SHIPPED.glob("*/scenarios/*.yaml"))


def test_there_are_scenarios() -> None:
    assert FILES


@pytest.mark.parametrize(
    "path", FILES, ids=lambda path: str(path.relative_to(SHIPPED).with_suffix(""))
)
def test_scenario(path: Path) -> None:
    scenario = read_scenario(path)
    assert (
        scenario.expect or scenario.letters or any(entry.refused for entry in scenario.entries)
    ), "It expects nothing, so it proves nothing: add “expect”, “letters” or “refused”."
    failures = run(scenario)
    assert not failures, "\n" + "\n".join(str(failure) for failure in failures)
