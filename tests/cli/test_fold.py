"""`candour fold` as a script and a person use it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from candour.cli.fold import command
from candour.policies import reference
from tests.policies.example import SCENARIO, TEXT

STORY = SCENARIO.read_text("utf-8")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def test_it_prints_where_the_case_stands() -> None:
    result = run(SCENARIO)
    assert result.exit_code == 0
    assert "At 2026-06-20T00:00+01:00: With the service [with_service]" in result.stdout
    assert "2026-04-17  late    The service’s answer [answer], case_officer (QW-3)" in result.stdout
    assert "blocked  Tell the commissioner [to_commissioner]" in result.stdout
    assert "      The latest answer must have been judged." in result.stdout
    assert "  Three months without an answer [three_months], to chief_officer" in result.stdout
    assert "Next change by time alone: none" in result.stdout


def test_at_stops_at_a_moment() -> None:
    result = run(SCENARIO, "--at", "2026-03-18T09:45")
    assert result.exit_code == 0
    assert "Listening [listening]" in result.stdout
    assert "2026-03-18  open    Put it to the service today" in result.stdout


def test_why_shows_each_day_and_each_clause() -> None:
    lines = run(SCENARIO, "--why").stdout
    assert "      Fri 3 Apr 2026: not counted, Good Friday" in lines
    assert "      Clauses: QW-5" in lines
    assert "Good Friday" not in run(SCENARIO).stdout


def test_why_of_a_date_that_an_entry_set(tmp_path: Path) -> None:
    (tmp_path / "quiet_word").mkdir()
    (tmp_path / "quiet_word" / "procedure.yaml").write_text(TEXT, "utf-8")
    path = tmp_path / "story.yaml"
    path.write_text(STORY.replace("received_on: 2026-03-19", "respond_by: 2026-03-25"), "utf-8")
    assert "      The date was set by entry put." in run(path, "--why").stdout


def test_json_has_the_shape_that_the_guide_shows() -> None:
    result = run(SCENARIO, "--at", "2026-04-01", "--json")
    standing = json.loads(result.stdout)
    guide = reference.GUIDE.read_text("utf-8")
    shown = json.loads(guide.split("```json\n")[1].split("```")[0])
    assert list(standing) == list(shown)
    assert standing["due"] == shown["due"]
    assert shown["moves"][0] in standing["moves"]
    assert standing["next_change"] == shown["next_change"]
    assert (standing["at"], standing["entries"]) == (shown["at"], shown["entries"])


def test_json_of_suggestions_fits_the_guide_too() -> None:
    standing = json.loads(run(SCENARIO, "--json").stdout)
    guide = reference.GUIDE.read_text("utf-8")
    shown = json.loads(guide.split("```json\n")[1].split("```")[0])
    assert standing["autos"] == shown["autos"]
    assert standing["next_change"] is None


def test_what_comes_out_otherwise_ends_with_1(tmp_path: Path) -> None:
    (tmp_path / "quiet_word").mkdir()
    (tmp_path / "quiet_word" / "procedure.yaml").write_text(TEXT, "utf-8")
    path = tmp_path / "story.yaml"
    path.write_text(STORY.replace("late: [answer]", "late: []"), "utf-8")
    result = run(path)
    assert result.exit_code == 1
    assert "late: expected nothing, found answer." in result.stderr
    assert "With the service" in result.stdout


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "cannot be opened"),
        ("a: [", "not YAML that can be read"),
        (STORY.replace("procedure: quiet_word", "procedure: nothing"), "There is no procedure"),
        (STORY.replace("kind: case_opened", "kind: case_open"), "Did you mean “case_opened”?"),
    ],
)
def test_what_cannot_be_read_ends_with_2(tmp_path: Path, text: str | None, words: str) -> None:
    (tmp_path / "quiet_word").mkdir()
    (tmp_path / "quiet_word" / "procedure.yaml").write_text(TEXT, "utf-8")
    path = tmp_path / "story.yaml"
    if text is not None:
        path.write_text(text, "utf-8")
    result = run(path)
    assert (result.exit_code, words in result.stderr) == (2, True), result.stderr


def test_a_moment_that_is_none_ends_with_2() -> None:
    result = run(SCENARIO, "--at", "Easter")
    assert (result.exit_code, "is not a day or moment" in result.stderr) == (2, True)
