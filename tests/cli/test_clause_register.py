"""`candour procedures clauses` and `prove`: states with proof, and what is missing."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from candour.cli.procedures import command
from tests.policies.example import PACK, SCENARIO, TEXT


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The example with its scenario beside it."""
    folder = tmp_path / "quiet_word"
    (folder / "scenarios").mkdir(parents=True)
    (folder / "procedure.yaml").write_text(TEXT, "utf-8")
    (folder / "scenarios" / "easter.yaml").write_text(SCENARIO.read_text("utf-8"), "utf-8")
    return folder


def test_a_clause_with_a_rule_and_a_scenario_is_enforced(pack: Path) -> None:
    lines = run("clauses", pack).stdout.splitlines()
    assert lines[2].startswith("QW-3  enforced  clock  (3) The service answers within 20 working")
    assert lines[2].endswith(
        "→ step with_service, duty answer, extension answer; proved by: easter"
    )
    assert lines[-1] == "7 clauses: 5 enforced, 0 supported, 2 not yet."


def test_missing_names_what_is_not_yet_covered_and_why(pack: Path) -> None:
    result = run("clauses", pack, "--missing")
    lines = result.stdout.splitlines()
    assert result.exit_code == 1
    assert "QW-3" not in {line.split()[0] for line in lines}
    assert any(line.endswith("no scenario proves it") for line in lines)


def test_without_scenarios_nothing_is_covered() -> None:
    result = run("clauses", PACK, "--missing")
    assert (result.exit_code, "0 enforced, 0 supported, 7 not yet" in result.stdout) == (1, True)


def test_a_clause_whose_rule_is_gone_is_not_covered(pack: Path) -> None:
    text = TEXT.replace("    owner: case_officer\n    clauses: [QW-4]", "    owner: case_officer")
    (pack / "procedure.yaml").write_text(text, "utf-8")
    line = next(one for one in run("clauses", pack).stdout.splitlines() if one.startswith("QW-4"))
    assert line.startswith("QW-4  not yet  clock")
    assert line.endswith("→ nothing carries it")


def test_json_for_programs(pack: Path) -> None:
    found = {one["id"]: one for one in json.loads(run("clauses", pack, "--json").stdout)}
    assert found["QW-3"]["state"] == "enforced"
    assert found["QW-3"]["scenarios"] == ["easter"]
    assert "duty answer" in found["QW-3"]["carriers"]


def test_prove_keeps_what_it_found_and_says_what_is_not_proved(pack: Path) -> None:
    result = run("prove", pack)
    assert result.exit_code == 1
    assert "quiet_word: no scenario notices when this is gone: " in result.stdout
    kept = json.loads((pack / "proved.json").read_text("utf-8"))
    assert kept["proved"]["QW-3"]["duty answer"] == ["easter"]


def test_what_was_kept_is_used_until_the_pack_or_a_scenario_changes(pack: Path) -> None:
    run("prove", pack)
    file = pack / "proved.json"
    file.write_text(file.read_text("utf-8").replace('"easter"', '"as_it_was_kept"'), "utf-8")
    assert "proved by: as_it_was_kept" in run("clauses", pack).stdout
    with (pack / "scenarios" / "easter.yaml").open("a", encoding="utf-8") as story:
        story.write("# changed\n")
    assert "proved by: easter" in run("clauses", pack).stdout


def test_prove_refuses_a_pack_without_a_folder(pack: Path) -> None:
    result = run("prove", pack / "procedure.yaml")
    assert result.exit_code == 2
    assert "Put it into a folder of its own" in result.stderr


@pytest.mark.parametrize("name", ["clauses", "prove"])
def test_a_procedure_that_there_is_not(name: str) -> None:
    result = run(name, "cardiff_vail")
    assert (result.exit_code, "Did you mean “cardiff_vale”?" in result.stderr) == (2, True)


def test_a_scenario_that_cannot_be_read_is_told_with_its_place(pack: Path) -> None:
    (pack / "scenarios" / "easter.yaml").write_text("scenario: [", "utf-8")
    result = run("clauses", pack)
    assert result.exit_code == 2
    assert "easter.yaml:1:" in result.stderr
