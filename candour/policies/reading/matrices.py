"""The risk matrix of a pack: every cell given, each with outcomes that exist."""

from typing import Final

from candour.engine.errors import nearest
from candour.policies.reading.checking import Checking, Trail
from candour.policies.reading.groups import Group, Part
from candour.policies.reading.lists import ID
from candour.policies.reading.nodes import Listed, Mapped, Node, Scalar
from candour.policies.reading.patterns import PATTERN
from candour.policies.reading.shapes import Count, ListOf, Named, Register
from candour.policies.reading.texts import BOTH_LANGUAGES

OUTCOMES: Final = "rating_outcomes"


def _check_matrix(node: Mapped, _: Trail, checking: Checking) -> None:
    rows, columns = (_ids(node.items.get(part), checking) for part in ("rows", "columns"))
    for part in ("cells", "scores"):
        grid = node.items.get(part)
        if not (rows and columns and isinstance(grid, Mapped)):
            continue
        _check_all("row", rows, grid, checking)
        for line in grid.items.values():
            if isinstance(line, Mapped):
                _check_all("column", columns, line, checking)
                for cell in line.items.values():
                    _check_outcomes(cell, checking)


def _ids(listed: Node | None, checking: Checking) -> tuple[str, ...]:
    return checking.names.option_ids(str(listed.plain())) if isinstance(listed, Scalar) else ()


def _check_all(what: str, known: tuple[str, ...], node: Mapped, checking: Checking) -> None:
    for name, place in node.named_at.items():
        if name not in known:
            fault = f"“{name}” is not a {what} of the matrix.{nearest(name, known)}"
            checking.fault(place, f"{fault} There are: {', '.join(known)}.")
    missing = [name for name in known if name not in node.items]
    if missing:
        checking.fault(node.place, f"The matrix has no {what} {', '.join(missing)} here. Add it.")


def _check_outcomes(cell: Node, checking: Checking) -> None:
    known = checking.names.option_ids(OUTCOMES)
    for item in cell.items if isinstance(cell, Listed) else []:
        if item.plain() not in known:
            near = nearest(str(item.plain()), known)
            fault = f"“{item.plain()}” is not in the list of options “{OUTCOMES}”.{near}"
            checking.fault(item.place, fault)


MATRIX: Final = Group(
    "a matrix",
    (
        Part("note", BOTH_LANGUAGES, "Where it comes from, shown beside it.", required=True),
        Part("rows", Named("list of options"), "The list that names the rows.", required=True),
        Part(
            "columns", Named("list of options"), "The list that names the columns.", required=True
        ),
        Part(
            "cells",
            Register(ID, Register(ID, ListOf(ID))),
            "Row, then column, then the rating_outcomes that the cell supports.",
            required=True,
        ),
        Part(
            "scores",
            Register(ID, Register(ID, Count())),
            "Row, then column, then how grave the cell is; else its outcomes say, in their order.",
        ),
        Part(
            "stale_after",
            ListOf(PATTERN),
            "The entries that make a rating stale when they come in after it.",
        ),
    ),
    also=_check_matrix,
)
