"""Broken packs: every fault is found, on its line, with what to do.

Each file under broken/ marks its faults where they stand: ``# fault: words of the message``.
"""

import re
from pathlib import Path

import pytest

from candour import policies

FOLDER = Path(__file__).parent / "broken"
FILES = sorted(FOLDER.glob("*.yaml"))
MARK = re.compile(r"# fault: (.*?)(?=\s*#\s*fault:|$)")


def _expected(path: Path) -> set[tuple[int, str]]:
    lines = path.read_text("utf-8").splitlines()
    return {
        (number, words)
        for number, line in enumerate(lines, start=1)
        for words in MARK.findall(line)
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_marked_fault_is_found_on_its_line(path: Path) -> None:
    reading = policies.read(path)
    assert reading.procedure is None
    found = [(fault.place.line, fault.message) for fault in reading.faults]
    for line, words in _expected(path):
        assert any(line == at and words in message for at, message in found), (
            f"line {line}: “{words}” not among\n" + "\n".join(map(str, reading.faults))
        )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_else_is_called_a_fault(path: Path) -> None:
    marked = {line for line, _ in _expected(path)}
    stray = [
        str(fault)
        for fault in policies.read(path).faults
        if fault.place.line not in marked and not fault.message.startswith("A pack needs")
    ]
    assert stray == []


def test_every_file_marks_its_faults() -> None:
    assert [path.stem for path in FILES if not _expected(path)] == []


def test_an_unclosed_quotation_mark_is_said_where_the_parser_gives_up(tmp_path: Path) -> None:
    path = tmp_path / "pack.yaml"
    path.write_text('procedure: broken\ntitle: {en: "A pack, cy: Pecyn}\nsteps: {}\n')
    (fault,) = policies.read(path).faults
    assert (fault.place.line, "quotation marks" in fault.message) == (4, True)


def test_a_fault_says_file_line_and_column() -> None:
    fault = policies.read(FOLDER / "backwards.yaml").faults[-1]
    assert str(fault).startswith(f"{FOLDER / 'backwards.yaml'}:3:7: ")


def test_a_part_that_stands_in_two_files_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("nation: wales\n")
    (tmp_path / "b.yaml").write_text("# rules\nnation: wales\n")
    faults = [str(fault) for fault in policies.read(tmp_path).faults]
    assert any("b.yaml:2:1: “nation” stands in a.yaml already, on line 1." in f for f in faults)


def test_documents_may_stand_in_several_files_but_each_of_them_in_one(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("documents:\n  one: {}\n")
    (tmp_path / "b.yaml").write_text("documents:\n  two: {}\n  one: {}\n")
    faults = [str(fault) for fault in policies.read(tmp_path).faults]
    assert any("b.yaml:3:3: “one” stands in a.yaml already, on line 2." in f for f in faults)
    assert not any("“documents” stands" in f for f in faults)
    assert any("b.yaml:2:" in f and "needs" in f for f in faults)  # the second one is read too


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"caf\xe9: x\n", "not UTF-8"),
        (b"", "this is empty"),
        (b"a: \x00\n", "not YAML that can be read"),
        (b'a: "\\UFFFFFFFF"\n', "not YAML that can be read"),
        (b"x" * 2_000_001, "larger than 2,000,000 bytes"),
        (b"\tprocedure: x\n", "not YAML that can be read"),
    ],
)
def test_a_file_that_is_not_text_is_said_to_be(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "pack.yaml"
    path.write_bytes(content)
    faults = policies.read(path).faults
    assert any(words in fault.message for fault in faults)


def test_a_folder_without_files_is_a_fault(tmp_path: Path) -> None:
    (fault,) = policies.read(tmp_path).faults
    assert "There is no .yaml file in this folder" in fault.message


def test_a_file_that_cannot_be_opened_is_a_fault(tmp_path: Path) -> None:
    (fault,) = policies.read(tmp_path / "none.yaml").faults
    assert "cannot be opened" in fault.message
