"""Situations as files: what happens in an imagined case, and what should come of it."""

from candour.policies.scenarios.playing import Failure, Play, failures, run, standing_at
from candour.policies.scenarios.reading import (
    Expectation,
    Happening,
    Letter,
    Scenario,
    read_scenario,
)

__all__ = [
    "Expectation",
    "Failure",
    "Happening",
    "Letter",
    "Play",
    "Scenario",
    "failures",
    "read_scenario",
    "run",
    "standing_at",
]
