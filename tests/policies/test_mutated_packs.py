"""However a pack is spoiled, what comes of it is faults or a procedure, never an exception."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from candour import policies
from candour.policies.reading.yaml_files import parse
from tests.policies.example import TEXT

LINES = TEXT.splitlines(keepends=True)
ODD: list[Any] = [
    None, True, 0, -1, 1.5, "", "*", "x", "2026-02-30", [], {}, [[]], [None], {"entry": "x"},
    {"en": "x"}, "every day", "same day", "case_opened", "any", "system", "\u0000", ["a", 1, {}],
]  # fmt: skip
SPOILT = st.text(alphabet="{}[]:,-\"'#&*!|>% \n\tabcé0", max_size=6)


def _sound_or_faulty(path: Path) -> None:
    """Read, and if it can be read lint: either way without an exception."""
    reading = policies.read(path)
    assert (reading.procedure is None) == bool(reading.faults)
    if reading.procedure is not None:
        policies.lint_pack(reading, among=())


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mutated") / "pack.yaml"


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, len(TEXT) - 1), length=st.integers(0, 30), put=SPOILT)
def test_spoilt_letters(path: Path, at: int, length: int, put: str) -> None:
    path.write_text(TEXT[:at] + put + TEXT[at + length :], "utf-8")
    _sound_or_faulty(path)


@settings(max_examples=60, deadline=None)
@given(lines=st.permutations(range(len(LINES))), kept=st.integers(1, len(LINES)))
def test_lines_lost_and_shuffled(path: Path, lines: list[int], kept: int) -> None:
    path.write_text("".join(LINES[line] for line in sorted(lines[:kept])), "utf-8")
    _sound_or_faulty(path)


@settings(max_examples=120, deadline=None)
@given(seed=st.integers(0, 2**32), odd=st.sampled_from(ODD))
def test_any_part_replaced_by_something_odd(path: Path, seed: int, odd: object) -> None:
    pack = plain_example()
    holder, name = random.Random(seed).choice(list(_parts(pack)))  # noqa: S311 - a place, no secret
    holder[name] = odd
    path.write_text(_yaml(pack), "utf-8")
    _sound_or_faulty(path)


def plain_example() -> Any:
    faults: list[policies.Fault] = []
    node = parse(TEXT, "example", faults)
    assert node is not None
    return node.plain()


def _parts(part: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every list and group of a pack with each place in it."""
    inside = part.items() if isinstance(part, dict) else enumerate(part)
    for name, item in list(inside):
        yield part, name
        if isinstance(item, dict | list):
            yield from _parts(item)


def _yaml(pack: object) -> str:
    """Return the pack as JSON, which YAML 1.2 can read."""
    return json.dumps(pack, ensure_ascii=False)
