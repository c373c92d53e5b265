"""Files and words that mean harm, at the command line: an answer with words, in short time."""

import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from candour.cli import fold, procedures
from candour.cli.clock import command as clock
from tests.policies.example import SCENARIO

STORY = SCENARIO.read_text("utf-8")
HOPELESS = ["y" * 70_000, "y/" * 30_000, "\x00", "../" * 2_000, "\ud800"]


def answered(result: Result) -> str:
    """Return what was said; nothing escaped and nothing was left to an apology."""
    assert isinstance(result.exception, SystemExit | None), result.exc_info
    assert result.exit_code in (0, 1, 2), result.output
    return result.output


@pytest.mark.parametrize("name", HOPELESS)
def test_a_name_that_no_system_takes_names_no_procedure(tmp_path: Path, name: str) -> None:
    for verb in ("show", "lint", "diagram"):
        assert len(answered(CliRunner().invoke(procedures.command, [verb, name]))) < 2_000
    file = tmp_path / "story.yaml"
    named = "procedure: " + STORY.split("procedure: ", 1)[1].split("\n", 1)[0]
    wrong = f'procedure: "{name.encode("unicode_escape").decode()}"'
    file.write_text(STORY.replace(named, wrong, 1), encoding="utf-8")
    assert answered(CliRunner().invoke(fold.command, [str(file)]))


@pytest.mark.parametrize("day", ["2041-06-03", "1900-06-03", "0001-01-01", "9999-12-31"])
def test_a_scenario_with_days_beyond_the_calendar_is_answered(tmp_path: Path, day: str) -> None:
    file = tmp_path / "story.yaml"
    for number, line in enumerate(STORY.splitlines()):
        for before in ("2026-", "2025-"):
            if before in line:
                start = line.index(before)
                lines = STORY.splitlines()
                lines[number] = line[:start] + day + line[start + 10 :]
                file.write_text("\n".join(lines), encoding="utf-8")
                assert "Traceback" not in answered(CliRunner().invoke(fold.command, [str(file)]))


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x]\nb: *a\n",
        "[" * 100_000,
        "{a: " * 100_000,
        "- " * 50_000,
        "!!python/object/apply:os.system [ls]",
        "a: " + "9" * 5_000,
        '"\\ud800": 1',
        "\ufeff\u202e: x",
        "? [a]\n: b",
        "a: 1\n" * 20_000,
    ],
)
def test_hostile_yaml_is_refused_soon(tmp_path: Path, text: str) -> None:
    file = tmp_path / "evil.yaml"
    file.write_text(text, encoding="utf-8")
    began = time.process_time()  # what else the machine does is not counted
    answered(CliRunner().invoke(fold.command, [str(file)]))
    answered(CliRunner().invoke(procedures.command, ["lint", str(file)]))
    assert time.process_time() - began < 20


@pytest.mark.parametrize(
    "arguments",
    [
        ["9" * 5_000 + " days after", "2026-03-21"],
        ["999999 years after", "2026-03-21"],
        ["999999 working days after", "2026-03-21"],
        ["999999 hours after", "9999-12-31T23:59"],
        ["1 day before", "0001-01-01"],
        ["1 hour before", "0001-01-01T00:00"],
        ["1 hour after", "0001-01-01T00:00+23:59"],
        ["every 1 day", "2026-03-21", "--occurrence", "9" * 30],
        ["every 999999 months", "2026-03-21", "--occurrence", "999999"],
        ["99999 days after", "2026-03-21", "--proof"],
        ["٣ days after", "2026-03-21"],
        ["\u202e5 days after", "2026-W14-1"],
        ["within " * 20_000, "2026-03-21"],
        ["5 working days after", "2026-03-21", "--closed", "9999-12-31"],
        ["5 working days after", "\ud800"],
    ],
    ids=lambda words: words[0][:30],
)
def test_no_clock_trips_and_none_runs_on(arguments: list[str]) -> None:
    began = time.monotonic()
    result = CliRunner().invoke(clock, arguments)
    assert isinstance(result.exception, SystemExit | None), result.exc_info
    assert time.monotonic() - began < 10
