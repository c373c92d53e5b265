"""The drawing: complete, legible, the same each time, and lines that never lie on each other."""

from itertools import combinations
from xml.etree import ElementTree as ET

import pytest

from candour import policies
from candour.engine.procedure import Procedure
from candour.engine.words import Words
from candour.policies.diagram import diagram, mermaid
from candour.policies.layout import Line, in_rows, lay_out
from tests.policies.example import PACK

SVG = "{http://www.w3.org/2000/svg}"
NAMES = [*policies.available(), str(PACK)]


@pytest.fixture(params=NAMES)
def procedure(request: pytest.FixtureRequest) -> Procedure:
    return policies.load(request.param)


def _tree(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own drawing, read back to look at it


def _titles(procedure: Procedure) -> list[Words]:
    steps = [step.title for step in procedure.steps.values()]
    return steps + [move.title for move in procedure.moves.values()]


def _texts(svg: str) -> str:
    return " ".join(" ".join(node.itertext()) for node in _tree(svg).iter(f"{SVG}text"))


def test_it_is_an_image_with_a_title_and_a_description(procedure: Procedure) -> None:
    tree = _tree(diagram(procedure))
    title, desc = tree.find(f"{SVG}title"), tree.find(f"{SVG}desc")
    assert tree.get("role") == "img"
    assert title is not None
    assert desc is not None
    assert tree.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert title.text == procedure.title.en


def test_its_description_names_every_step_and_move(procedure: Procedure) -> None:
    desc = _tree(diagram(procedure)).find(f"{SVG}desc")
    assert desc is not None
    for title in _titles(procedure):
        assert title.en in str(desc.text)


def test_every_move_has_its_number_on_a_line_and_in_the_key(procedure: Procedure) -> None:
    svg = diagram(procedure)
    groups = {title.text for title in _tree(svg).iter(f"{SVG}title")}
    words = " ".join(_texts(svg).split())
    for number, move in enumerate(procedure.moves.values(), start=1):
        assert f"{number}. {move.title.en}" in groups
        assert f"{number}. {move.title.en}" in words


def test_it_is_drawn_with_nothing_from_outside(procedure: Procedure) -> None:
    svg = diagram(procedure)
    assert "<style" not in svg
    assert "<script" not in svg
    assert "href" not in svg


def test_it_comes_out_the_same_each_time(procedure: Procedure) -> None:
    again = policies.read(PACK if procedure.name == PACK.name else policies.find(procedure.name))
    assert again.procedure is not None
    assert diagram(again.procedure) == diagram(procedure)


def test_the_step_a_case_is_at_is_marked_in_words() -> None:
    procedure = policies.load(PACK)
    assert "The case is here" in _texts(diagram(procedure, at_step="with_service"))
    assert "The case is here" not in diagram(procedure)


def test_a_step_that_there_is_not_cannot_be_marked() -> None:
    with pytest.raises(KeyError):
        diagram(policies.load(PACK), at_step="nowhere")


def test_welsh_is_all_welsh() -> None:
    procedure = policies.load(PACK)
    svg = diagram(procedure, "cy", "listening")
    assert 'lang="cy"' in svg
    for title in _titles(procedure):
        assert title.cy in _texts(svg)
        assert title.en not in svg
    assert "Mae’r achos yma" in svg


def test_lines_never_lie_on_each_other(procedure: Procedure) -> None:
    for one, other in combinations(lay_out(procedure).lines, 2):
        assert not (one.x == other.x and _overlap(_span(one), _span(other)))
        if one.side == other.side:
            assert not {*one.sources, one.target} & {*other.sources, other.target}


def test_numbers_stand_clear_of_each_other(procedure: Procedure) -> None:
    for one, other in combinations(lay_out(procedure).lines, 2):
        assert abs(one.x - other.x) >= 20 or abs(one.badge - other.badge) >= 20


def test_lines_end_within_their_boxes_and_boxes_stand_apart(procedure: Procedure) -> None:
    layout = lay_out(procedure)
    boxes = {box.step: box for box in layout.boxes}
    for line in layout.lines:
        box = boxes[procedure.moves[line.move].to]
        assert box.y < line.target < box.y + box.height
        assert 0 < line.x < layout.width
    for upper, lower in zip(layout.boxes, layout.boxes[1:], strict=False):
        assert upper.y + upper.height < lower.y


def test_final_steps_stand_last(procedure: Procedure) -> None:
    finals = [procedure.steps[step].final for step in in_rows(procedure)]
    assert finals == sorted(finals)


def _span(line: Line) -> tuple[int, int]:
    ends = (*line.sources, line.target)
    return min(ends), max(ends)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def test_mermaid_has_every_step_and_every_move_from_each_of_its_steps(
    procedure: Procedure,
) -> None:
    lines = mermaid(procedure).splitlines()
    ways = sum(len(move.from_steps) for move in procedure.moves.values())
    assert lines[0] == "flowchart TD"
    assert len(lines) == 1 + len(procedure.steps) + ways
