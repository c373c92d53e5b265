"""A town with a case in which new people are kept out of one unit."""

import pytest

from candour.cases.models import Case
from tests.support.casework import Town, add, hold_ppm, make_town, open_at, to_ppm

UNIT = {
    "restriction": "part_of_service",
    "scope": "The dementia unit.",
    "units": ["Dementia unit"],
    "rationale": "Rounds were missed.",
    "decided_by_role": "operational_manager",
    "effect_on_provider": "Weighed.",
    "what_lifts_it": "Four weeks without a gap.",
    "jointly_with": "Health board",
    "people_already_there": "A joint visit every week.",
}
RATED = {"agency": "Cardiff Council", "impact": "I3", "engagement": "E3", "rationale": "Seen."}


@pytest.fixture
def town(db: None) -> Town:
    """Organisations, people and services."""
    return make_town()


@pytest.fixture
def case(town: Town, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A case at PPM in which new people are kept out of one unit."""
    monkeypatch.setenv("CANDOUR_NOW", "2026-04-02T09:00")
    case = open_at(town, "2026-03-09T09:00")
    to_ppm(town, case)
    hold_ppm(town, case)
    rated = add(town, case, "risk_rated", "2026-03-30T11:00", RATED)
    on = (rated.entry.id,)
    add(town, case, "restriction_imposed", "2026-03-31T10:00", UNIT, refers_to=on)
    return case
