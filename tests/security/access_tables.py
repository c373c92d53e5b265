"""The tables of docs/access.md, as they are written there."""

import re
from collections.abc import Mapping
from pathlib import Path

DOC = Path(__file__).resolve().parents[2] / "docs" / "access.md"
ROW = re.compile(r"^\| `(?P<name>[^`]+)` \|(?P<cells>.+)\|$")


def table(heading: str) -> dict[str, tuple[str, ...]]:
    """Return the rows under a heading: the name of each, and its cells."""
    part = DOC.read_text().split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = filter(None, map(ROW.match, part.splitlines()))
    return {row["name"]: tuple(c.strip() for c in row["cells"].split("|")) for row in rows}


def row_of(name: str, cells: tuple[str, ...]) -> str:
    """Return a row as the document has it."""
    return f"| `{name}` | {' | '.join(cells)} |"


def assert_as_told(heading: str, right: Mapping[str, tuple[str, ...]]) -> None:
    """Fail where the table under a heading has other rows than these, and show the right ones."""
    told = table(heading)
    wrong = [row_of(name, cells) for name, cells in right.items() if told.get(name) != cells]
    gone = [name for name in told if name not in right]
    says = f"docs/access.md, “{heading}”, says otherwise. Is that meant? Then these are right:"
    assert not wrong, "\n".join([says, *sorted(wrong)])
    assert not gone, f"docs/access.md, “{heading}”, has what the site has not: {gone}"
