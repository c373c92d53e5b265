"""The cases that measurements make up are cases that could be: the procedure takes every entry."""

import importlib.util
import random
from pathlib import Path

from candour import policies
from candour.engine import Draft, Refusal, Standing, entered

PATH = Path(__file__).parent.parent.parent / "bench" / "cases_made_up.py"


def test_the_procedure_takes_every_entry_of_a_made_up_case() -> None:
    spec = importlib.util.spec_from_file_location("cases_made_up", PATH)
    assert spec is not None
    assert spec.loader is not None
    made_up = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made_up)
    standing = Standing(policies.load("cardiff_vale"))
    chance = random.Random(1)  # noqa: S311  # ids of a test
    for kind, role, data, at in made_up.steps(16):
        draft = Draft(made_up.an_id(chance), kind, at, "1", role, data)
        outcome = entered(standing, draft, at)
        assert not isinstance(outcome, Refusal), f"{kind}: {outcome}"
        standing = outcome
    assert len(standing.recorded) == 16
