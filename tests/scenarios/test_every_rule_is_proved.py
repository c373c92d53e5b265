"""Without any one of its parts, a procedure fails a scenario that cites a clause of that part."""

import pytest

from candour.policies import available
from candour.policies.proving import ProvedPack, prove
from candour.policies.proving.proofs import RULES

# Parts that cannot make a difference that a scenario sees, and why they are there all the same.
UNSEEN = {
    # A fourth PPM is held at PPM, so this holds whenever the rest does; it is written for readers.
    "auto four_ppms: when 1",
}


@pytest.fixture(scope="module", params=available())
def pack(request: pytest.FixtureRequest) -> tuple[str, ProvedPack]:
    return request.param, prove(request.param)


def test_each_rule_is_missed_when_it_is_gone(pack: tuple[str, ProvedPack]) -> None:
    unproved = [
        what for what in pack[1].unproved if what.partition(" ")[0] in RULES and what not in UNSEEN
    ]
    assert not unproved, f"No scenario notices when these are gone: {unproved}"
