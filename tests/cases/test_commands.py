"""`candour verify` and `candour rebuild`, as a script meets them."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pytest_django import Settings

from candour.attachments.configuration import storage_settings
from candour.cases.models import CaseDuty
from candour.cases.verification import verify
from candour.cli import rebuild as rebuild_command
from candour.cli import verify as verify_command
from tests.cases.conftest import World
from tests.cases.procedures import drafted, later
from tests.cases.tampering import tamper

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "auditor"])


@pytest.fixture(autouse=True)
def site(
    transactional_db: None,
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
    tmp_path: Path,
) -> World:
    settings.STORAGES = {**settings.STORAGES, "documents": storage_settings("", tmp_path)}
    for module in (verify_command, rebuild_command):
        monkeypatch.setattr(module, "open_site", lambda: None)  # the tests opened it
    with world.at_work():
        case = world.open()
        world.record(case.case_id, drafted("concern_raised", later(hours=1)))
        world.record(case.case_id, drafted("meeting_held", later(hours=2)))
    return world


def run_verify(*words: str) -> Result:
    return CliRunner().invoke(verify_command.command, list(words))


def run_rebuild(*words: str) -> Result:
    return CliRunner().invoke(rebuild_command.command, list(words))


def test_sound_logs_are_counted_and_sealed() -> None:
    done = run_verify()
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "1 case, 3 entries: every log is as it was recorded.",
        f"Seal: {verify().seal}",
    ]


def test_a_tampered_entry_is_named_and_ends_with_1() -> None:
    tamper("UPDATE case_entry SET payload = replace(payload::text, 'Missed', 'Gave')::json")
    done = run_verify("--case", "tl-2026-0001")
    assert done.exit_code == 1
    assert done.stdout.startswith("TL-2026-0001, entry 2: ")
    assert "(faults above: 1)" in done.stderr
    assert "backup" in done.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--case", "TL-2026-0009"), "No case has the number TL-2026-0009"),
        (("--export", "a", "--case", "b"), "leave out the others"),
        (("--export", "nowhere.jsonl"), "No such file"),
    ],
)
def test_what_cannot_be_checked_ends_with_2(words: tuple[str, ...], says: str) -> None:
    done = run_verify(*words)
    assert done.exit_code == 2
    assert says in done.stderr


def test_an_export_is_written_once_and_checked_anywhere(tmp_path: Path) -> None:
    path = str(tmp_path / "logs.jsonl")
    assert run_verify("--write-export", path).exit_code == 0
    again = run_verify("--write-export", path)
    assert again.exit_code == 2
    assert "File exists" in again.stderr
    assert run_verify("--export", path).stdout == run_verify().stdout
    Path(path).write_text("not an export\n")
    assert run_verify("--export", path).exit_code == 2


def test_rebuilding_says_what_differed(site: World) -> None:
    with site.at_work():
        CaseDuty.objects.filter(duty_id="letter").delete()
    done = run_rebuild()
    assert done.exit_code == 0
    first, last = done.stdout.splitlines()
    assert first.startswith("TL-2026-0001, duties: was None, is now {'key': 'letter:")
    assert last == "Cases drawn again from their logs: 1. Differed: 1."
    assert run_rebuild("--case", " tl-2026-0001").stdout == (
        "Cases drawn again from their logs: 1. Differed: 0.\n"
    )


def test_rebuilding_a_case_that_is_not_there_ends_with_2() -> None:
    done = run_rebuild("--case", "X")
    assert done.exit_code == 2
    assert "No case has the number X" in done.stderr


def test_a_log_cut_short_is_named_and_ends_with_1() -> None:
    tamper("DELETE FROM case_entry WHERE seq = 3")
    done = run_rebuild()
    assert done.exit_code == 1
    assert "TL-2026-0001: The log of TL-2026-0001 does not end where its case says." in done.stderr
    assert "candour verify --case TL-2026-0001" in done.stderr
    assert "could not be drawn again: 1" in done.stderr
