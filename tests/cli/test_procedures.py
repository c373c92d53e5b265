"""`candour procedures` as a script and a person use it."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from candour import policies
from candour.cli.procedures import command
from tests.policies.example import PACK, TEXT


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def _pack(folder: Path, text: str) -> Path:
    pack = folder / "quiet_word"
    pack.mkdir()
    (pack / "procedure.yaml").write_text(text, "utf-8")
    return pack


def test_list_names_every_shipped_procedure() -> None:
    lines = run("list").stdout.splitlines()
    assert [line.split()[0] for line in lines] == policies.available()


def test_lint_of_all_that_is_shipped_ends_well() -> None:
    result = run("lint")
    assert result.exit_code == 0, result.stdout
    for name in policies.available():
        assert f"{name}: 0 errors" in result.stdout


def test_lint_of_a_sound_pack() -> None:
    result = run("lint", PACK)
    assert (result.stdout, result.exit_code) == ("quiet_word: 0 errors, 0 notes.\n", 0)


def test_lint_tells_faults_with_their_place(tmp_path: Path) -> None:
    pack = _pack(tmp_path, TEXT.replace("calendar: england", "calendar: englnd"))
    result = run("lint", pack)
    assert result.exit_code == 1
    first, last = result.stdout.splitlines()
    assert first.startswith(f"{pack / 'procedure.yaml'}:9:11: “englnd” is not a calendar")
    assert last == "quiet_word: 1 error, 0 notes."


def test_lint_tells_findings_with_their_place(tmp_path: Path) -> None:
    pack = _pack(tmp_path, TEXT.replace(", final: true}", "}"))
    result = run("lint", pack)
    assert result.exit_code == 1
    assert "procedure.yaml:30:1: error: No step is final" in result.stdout


def test_notes_alone_end_well(tmp_path: Path) -> None:
    pack = _pack(tmp_path, TEXT.replace("record_signed, report_made]", "report_made]"))
    result = run("lint", pack)
    assert (result.exit_code, "1 note." in result.stdout) == (0, True)


@pytest.mark.parametrize("name", ["lint", "show", "diagram", "clauses"])
def test_a_procedure_that_there_is_not(name: str) -> None:
    result = run(name, "cardiff_vail")
    assert result.exit_code == 2
    assert "There is no procedure “cardiff_vail”" in result.stderr
    assert "Did you mean “cardiff_vale”?" in result.stderr


@pytest.mark.parametrize("name", ["show", "diagram", "clauses"])
def test_a_faulty_procedure_cannot_be_shown(name: str, tmp_path: Path) -> None:
    result = run(name, _pack(tmp_path, TEXT.replace("start: listening", "start: nowhere")))
    assert result.exit_code == 2
    assert "“nowhere” is not a step of this procedure." in result.stderr


def test_show_tells_the_whole_procedure() -> None:
    procedure = policies.load(PACK)
    shown = run("show", PACK).stdout
    ids = [*procedure.roles, *procedure.steps, *procedure.moves, *procedure.duties]
    assert [one for one in (*ids, "three_months") if f"[{one}]" not in shown] == []
    assert "20 working days beginning with: recommendation issued (tier: service)" in shown


def test_show_in_welsh() -> None:
    shown = run("show", PACK, "--language", "cy").stdout
    assert "Gair tawel [quiet_word]" in shown
    assert "20 diwrnod gwaith gan ddechrau gyda" in shown


@pytest.mark.parametrize("name", policies.available())
def test_every_shipped_procedure_can_be_shown_and_drawn(name: str) -> None:
    assert run("show", name).exit_code == 0
    assert ET.fromstring(run("diagram", name).stdout).tag.endswith("svg")  # noqa: S314 - our own


def test_diagram_marks_a_step_and_refuses_one_that_there_is_not() -> None:
    assert "The case is here" in run("diagram", PACK, "--step", "ended").stdout
    result = run("diagram", PACK, "--step", "nowhere")
    assert (result.exit_code, "“nowhere” is not a step" in result.stderr) == (2, True)


def test_diagram_as_mermaid() -> None:
    assert run("diagram", PACK, "--format", "mermaid").stdout.startswith("flowchart TD\n")
