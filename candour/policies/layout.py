"""Lays a procedure out to be drawn: steps in a column, moves in lanes beside it.

Steps stand one below the other in the pack's order, final ones last. Moves down run in lanes on the
right, moves up on the left; a move from several steps is one lane with a branch from each. No two
lines share a stretch. The same procedure always comes out the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from candour.engine.procedure import Move, Procedure

Side = Literal["left", "right"]

BOX_WIDTH: Final = 220
LANE: Final = 26  # between one lane and the next
PORT: Final = 16  # between one line's end at a box and the next
GAP: Final = 40  # between one box and the next
LEAST_HEIGHT: Final = 56
MARGIN: Final = 20


@dataclass(frozen=True, slots=True)
class Box:
    """A step: its top left corner and its height."""

    step: str
    x: int
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Line:
    """A move, or its part on one side: a lane at `x` with branches to the heights of its steps.

    `badge` is where its number goes: beside the box it leads to, where no other line crosses it.
    """

    move: str
    number: int
    side: Side
    x: int
    edge: int
    sources: tuple[int, ...]
    target: int
    badge: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything placed: how wide and high it all is, the boxes and the lines."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Run:
    """A move's part on one side, in rows: from which it comes and to which it leads."""

    move: str
    number: int
    side: Side
    sources: tuple[int, ...]
    target: int

    @property
    def rows(self) -> tuple[int, int]:
        """The first and the last row that it touches."""
        return min(*self.sources, self.target), max(*self.sources, self.target)


def lay_out(procedure: Procedure) -> Layout:
    """Return where everything of a procedure's diagram goes."""
    order = in_rows(procedure)
    runs = [
        run
        for number, move in enumerate(procedure.moves.values(), start=1)
        for run in _runs(move, number, order)
    ]
    lanes = {side: _lanes(run for run in runs if run.side == side) for side in ("left", "right")}
    left = max(lanes["left"].values(), default=-1) + 1
    right = max(lanes["right"].values(), default=-1) + 1
    x = MARGIN + LANE * (left + 1 if left else 0)
    lane_of = {**lanes["left"], **lanes["right"]}
    ports = _ports(runs, lane_of, len(order))
    boxes = _boxes(order, ports, x)
    width = x + BOX_WIDTH + LANE * (right + 1 if right else 0) + MARGIN
    lines = tuple(_line(run, lane_of[run], ports, boxes) for run in runs)
    return Layout(width, boxes[-1].y + boxes[-1].height + MARGIN, boxes, lines)


def in_rows(procedure: Procedure) -> list[str]:
    """Return the steps from top to bottom: as the pack has them, but final ones last."""
    steps = list(procedure.steps.values())
    return [step.id for step in sorted(steps, key=lambda step: step.final)]


def _runs(move: Move, number: int, order: list[str]) -> Iterable[_Run]:
    """Yield a move’s parts: from above (or itself) on the right, from below on the left."""
    row = {step: index for index, step in enumerate(order)}
    target = row[move.to]
    sources = sorted(row[step] for step in move.from_steps)
    above = tuple(source for source in sources if source <= target)
    below = tuple(source for source in sources if source > target)
    if above:
        yield _Run(move.id, number, "right", above, target)
    if below:
        yield _Run(move.id, number, "left", below, target)


def _lanes(runs: Iterable[_Run]) -> dict[_Run, int]:
    """Return a lane for each run: short ones inside, none beside another in its rows."""
    taken: list[list[tuple[int, int]]] = []
    found: dict[_Run, int] = {}
    for run in sorted(runs, key=lambda run: (run.rows[1] - run.rows[0], run.number)):
        first, last = run.rows
        free = (
            lane
            for lane, spans in enumerate(taken)
            if all(last < begins or ends < first for begins, ends in spans)
        )
        lane = next(free, len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append((first, last))
        found[run] = lane
    return found


Port = tuple[_Run, bool]  # a run, and whether it is its end


def _ports(
    runs: list[_Run], lane_of: Mapping[_Run, int], rows: int
) -> dict[tuple[int, Side], list[Port]]:
    """Return, for each side of each row, the lines' ends from top to bottom, without crossings."""
    found: dict[tuple[int, Side], list[Port]] = {
        (row, side): [] for row in range(rows) for side in ("left", "right")
    }
    for run in runs:
        found[run.target, run.side].append((run, True))
        for source in run.sources:
            found[source, run.side].append((run, False))
    for (_, side), ports in found.items():
        ports.sort(key=lambda port: _height_order(port, side, lane_of))
    return found


def _height_order(port: Port, side: Side, lane_of: Mapping[_Run, int]) -> tuple[bool, int]:
    """On the right lines arrive above and leave below; on the left the other way round.

    Those that come to the box from inner lanes keep clear of those from outer ones.
    """
    run, arrives = port
    lower = not arrives if side == "right" else arrives
    return lower, -lane_of[run] if lower else lane_of[run]


def _boxes(
    order: list[str], ports: Mapping[tuple[int, Side], list[Port]], x: int
) -> tuple[Box, ...]:
    boxes: list[Box] = []
    y = MARGIN
    for row, step in enumerate(order):
        most = max(len(ports[row, "left"]), len(ports[row, "right"]))
        height = max(LEAST_HEIGHT, PORT * (most + 1))
        boxes.append(Box(step, x, y, height))
        y += height + GAP
    return tuple(boxes)


def _line(
    run: _Run,
    lane: int,
    ports: Mapping[tuple[int, Side], list[Port]],
    boxes: tuple[Box, ...],
) -> Line:
    def height(row: int, *, arrives: bool) -> int:
        listed = ports[row, run.side]
        box = boxes[row]
        share = box.height / (len(listed) + 1)
        return box.y + round(share * (listed.index((run, arrives)) + 1))

    target = boxes[run.target]
    sources = tuple(height(row, arrives=False) for row in run.sources)
    end = height(run.target, arrives=True)
    itself = run.sources == (run.target,)
    beside = target.y - GAP // 2 if run.side == "right" else target.y + target.height + GAP // 2
    edge = target.x if run.side == "left" else target.x + BOX_WIDTH
    away = LANE * (lane + 1)
    return Line(
        move=run.move,
        number=run.number,
        side=run.side,
        x=edge - away if run.side == "left" else edge + away,
        edge=edge,
        sources=sources,
        target=end,
        badge=(sources[0] + end) // 2 if itself else beside,
    )
