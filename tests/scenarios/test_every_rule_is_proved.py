"""Without any one of its parts, a procedure fails a scenario that cites a clause of that part."""

import pytest

from candour.policies import available, find, load
from candour.policies.proving import ProvedPack, coverage, kept, prove
from candour.policies.proving.proofs import RULES

ENFORCED = ("clock", "gate", "role", "auto")

# What a scenario must miss: every rule, and every text of a letter with each who must get it.
MISSED = RULES | {"template"}

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
        what for what in pack[1].unproved if what.partition(" ")[0] in MISSED and what not in UNSEEN
    ]
    assert not unproved, f"No scenario notices when these are gone: {unproved}"


def test_what_was_proved_stands_beside_the_pack(pack: tuple[str, ProvedPack]) -> None:
    name, proved = pack
    assert kept(find(name)) == proved, "Run “candour procedures prove” and commit what it writes."


def test_every_clause_that_must_be_enforced_is_proved() -> None:
    packs = [(load(name), held.proved) for name in available() if (held := kept(find(name)))]
    lacking = [
        one.clause.id
        for one in coverage(packs).values()
        if one.clause.kind in ENFORCED and not one.scenarios
    ]
    assert not lacking
