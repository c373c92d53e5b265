"""Scenario files as cases to be looked at under a draft."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from candour.engine import Standing
from candour.policies.scenarios import Scenario, read_scenario, standing_at
from candour.whatif.tally import Subject


def last_moment(scenario: Scenario) -> datetime:
    """Return the last moment that a scenario speaks of."""
    moments = [entry.recorded for entry in scenario.entries]
    return max([*moments, *(expectation.at for expectation in scenario.expect)])


def read_all(files: Sequence[Path]) -> list[Scenario]:
    """Return the scenarios in these files.

    Raises:
        PackError: one, or the procedure that it names, cannot be used; with every fault.
    """
    return [read_scenario(file) for file in files]


def cases_of(scenarios: Sequence[Scenario], at: datetime) -> Iterator[tuple[Subject, Standing]]:
    """Yield each scenario as a case, played up to `at`; one that begins later is left out."""
    for scenario in scenarios:
        standing = standing_at(scenario, at).standing
        if standing.recorded:
            yield Subject(scenario.path.stem, scenario.title, ""), standing
