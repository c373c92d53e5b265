import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from candour.cli import main
from candour.cli.group import CandourGroup
from candour.database import DatabaseTrouble


@pytest.fixture
def group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> click.Group:
    monkeypatch.setenv("CANDOUR_HOME", str(tmp_path))

    @click.group(cls=CandourGroup)
    @click.option("--debug", is_flag=True)
    def program(debug: bool) -> None:
        pass

    @program.command()
    def breaks() -> None:
        raise ZeroDivisionError

    @program.command()
    def refuses() -> None:
        raise DatabaseTrouble("the server is away; start it")

    return program


def test_subcommands_are_found_by_their_modules() -> None:
    listed = CliRunner().invoke(main, ["--help"])
    assert listed.exit_code == 0
    for name in ("clock", "demo", "migrate", "web", "worker"):
        assert f"\n  {name} " in listed.output


def test_an_unknown_subcommand_is_a_usage_error() -> None:
    outcome = CliRunner().invoke(main, ["nonsense"])
    assert outcome.exit_code == 2
    assert "No such command 'nonsense'" in outcome.output


def test_a_fault_shows_no_traceback_and_is_written_down(group: click.Group, tmp_path: Path) -> None:
    outcome = CliRunner().invoke(group, ["breaks"])
    assert outcome.exit_code == 70
    assert "Traceback" not in outcome.output
    log = tmp_path / "log" / "errors.log"
    assert str(log) in outcome.output
    written = log.read_text(encoding="utf-8")
    assert "candour breaks" in written
    assert "ZeroDivisionError" in written


def test_a_fault_shows_its_detail_on_request(group: click.Group) -> None:
    outcome = CliRunner().invoke(group, ["--debug", "breaks"])
    assert outcome.exit_code == 70
    assert "Traceback" in outcome.output


def test_a_problem_is_told_in_its_own_words(group: click.Group, tmp_path: Path) -> None:
    outcome = CliRunner().invoke(group, ["refuses"])
    assert outcome.exit_code == 1
    assert outcome.output == "Error: the server is away; start it\n"
    assert not (tmp_path / "log").exists()


def test_a_fault_that_cannot_be_written_down_still_says_so(
    group: click.Group, tmp_path: Path
) -> None:
    (tmp_path / "log").write_text("in the way", encoding="utf-8")
    outcome = CliRunner().invoke(group, ["breaks"])
    assert outcome.exit_code == 70
    assert "could not be written down" in outcome.output
    assert "candour --debug breaks" in outcome.output


def test_the_module_stands_for_the_command() -> None:
    outcome = subprocess.run(
        [sys.executable, "-m", "candour", "--version"], capture_output=True, text=True, check=False
    )
    assert (outcome.returncode, outcome.stdout) == (0, "candour 0.1.0\n")


def test_a_reader_that_goes_away_is_no_fault() -> None:
    outcome = subprocess.run(
        ["bash", "-c", 'set -o pipefail; "$0" -m candour --help | true', sys.executable],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ,
    )
    assert outcome.stderr == ""
