"""Whatever outreach refuses is said in both languages, and nothing is kept that nobody says."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import candour.outreach
from candour.outreach.both_languages import WELSH

ROOM = Path(candour.outreach.__file__).parent
PLACES = re.compile(r"%\(\w+\)s")


def said() -> Iterator[str]:
    """Yield each text that the room asks for; one that is no plain text is an error."""
    for file in ROOM.rglob("*.py"):
        if file.name == "both_languages.py":
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "both":
                yield ast.literal_eval(node.args[0])


def refused() -> Iterator[ast.expr]:
    """Yield each line with which the room refuses something, as it is written."""
    for file in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", "") == "OutreachRefusedError"
            ):
                yield from node.args[1:]


def test_every_text_has_its_welsh_and_every_welsh_its_text() -> None:
    assert set(said()) == set(WELSH)


def test_what_is_filled_in_stands_in_both() -> None:
    for english, welsh in WELSH.items():
        assert welsh != english
        assert sorted(PLACES.findall(english)) == sorted(PLACES.findall(welsh)), english


def test_nothing_is_refused_in_plain_english() -> None:
    lines = list(refused())
    assert len(lines) > 15
    assert not [
        ast.unparse(line) for line in lines if isinstance(line, ast.Constant | ast.JoinedStr)
    ]
