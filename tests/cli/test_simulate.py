"""`candour simulate` over scenarios, as a policy officer meets it; no database is needed."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from candour import policies
from candour.cli.simulate import command

PACK = "cardiff_vale"
EASTER = policies.find(PACK) / "scenarios" / "ppm_before_easter.yaml"


def run(*words: object) -> Result:
    return CliRunner().invoke(command, [str(word) for word in words])


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """The shipped pack, in which what had five working days has one."""
    path = tmp_path / PACK
    shutil.copytree(policies.find(PACK), path)
    for file in path.glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("5 working days after", "1 working day after"), "utf-8")
    return path


def test_the_same_procedure_changes_nothing() -> None:
    done = run(PACK, "--scenario", EASTER)
    assert done.exit_code == 0
    assert "1 cases looked at; 0 would change." in done.output


def test_a_shorter_clock_moves_a_date_and_somebody_turns_late(draft: Path) -> None:
    done = run(draft, "--scenario", EASTER, "--as-of", "2026-04-07", "--json", "--weeks", 3)
    report = json.loads(done.stdout)
    assert report["totals"]["sooner"] >= 1
    assert report["totals"]["turn_late"] >= 1
    assert [row["week"] for row in report["weeks"]] == [
        *("overdue", "2026-04-06", "2026-04-13", "2026-04-20", "later", "paused")
    ]
    before, after = (sum(row[side] for row in report["weeks"]) for side in ("before", "after"))
    assert before == after
    assert report["late"][0]["turn_late"] >= 1


def test_the_lines_say_what_happens_and_why(draft: Path) -> None:
    said = run(draft, "--scenario", EASTER, "--as-of", "2026-04-07").output
    for words in ("duties are due sooner", "Who becomes late", "Cases that change most", "░"):
        assert words in said
    assert "ppm_before_easter" in said


def test_every_fault_of_a_draft_is_named_with_its_line(draft: Path) -> None:
    with (draft / "procedure.yaml").open("a", encoding="utf-8") as file:
        file.write("nonsense: 1\nmore: 2\n")
    done = run(draft, "--scenario", EASTER)
    assert done.exit_code == 2
    assert done.output.count("procedure.yaml:") == 2


def test_a_draft_of_another_name_must_say_whose_cases(draft: Path) -> None:
    other = draft.rename(draft.with_name("quite_new"))
    pack = other / "procedure.yaml"
    pack.write_text(pack.read_text("utf-8").replace(PACK, "quite_new", 1), "utf-8")
    done = run(other)
    assert done.exit_code == 2
    assert "--instead-of" in done.output
