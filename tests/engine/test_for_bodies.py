"""Whose procedure it is."""

import pytest

from candour.engine.for_bodies import ForBodies

VOICE = ("patient_voice",)
OURS = ForBodies(functions=VOICE, named=("Healthwatch Derbyshire", "Joined Up Voice"))


def test_a_procedure_that_names_nobody_is_anybodys() -> None:
    assert ForBodies().anybodys
    assert ForBodies().fits((), ("Anybody",))


@pytest.mark.parametrize(
    ("functions", "names", "fits"),
    [
        (VOICE, ["Healthwatch Derbyshire"], True),
        (["scrutiny", *VOICE], ["Another", " healthwatch  DERBYSHIRE "], True),
        (VOICE, ["Healthwatch Cambridgeshire"], False),
        (VOICE, ["Healthwatch Derbyshire Dales"], False),
        (["commissioner"], ["Healthwatch Derbyshire"], False),
        ((), (), False),
    ],
)
def test_a_body_needs_the_function_and_a_name(
    functions: list[str], names: list[str], fits: bool
) -> None:
    assert OURS.fits(functions, names) is fits


def test_either_alone_is_enough_to_ask() -> None:
    assert not ForBodies(functions=VOICE).anybodys
    assert ForBodies(functions=VOICE).fits(VOICE, ("Whoever",))
    assert not ForBodies(functions=VOICE).fits((), ("Whoever",))
    assert ForBodies(named=("Whoever",)).fits((), ("whoever",))
