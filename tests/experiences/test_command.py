"""`candour import experiences` as a person and a script use it."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from candour.bodies.models import Body, BodyFunction, Function
from candour.database.row_security import acting_for
from candour.experiences.models import Experience, Import, Tally
from candour.people.models import Post, User
from tests.experiences.files import a_body, csv_text

pytestmark = pytest.mark.django_db(transaction=True)


class Command:
    """The command line, on this test's database."""

    def __init__(self, environment: dict[str, str], file: Path) -> None:
        self.environment = environment
        self.file = file
        self.words = [sys.executable, "-m", "candour", "import", "experiences", str(file)]

    def run(self, *options: str, mapping: str = "nhs-fft", body: str = "voice") -> tuple[int, str]:
        """Return the exit code and all that was said; no body named when `body` is empty."""
        held_by = ["--body", body] if body else []
        ended = subprocess.run(
            [*self.words, "--mapping", mapping, *held_by, *options],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return ended.returncode, ended.stdout + ended.stderr


@pytest.fixture
def voice() -> Body:
    return a_body("voice")


@pytest.fixture
def command(site_environment: dict[str, str], voice: Body, tmp_path: Path) -> Command:
    file = tmp_path / "given.csv"
    file.write_text(csv_text({}, {"FFT answer": ""}, {}), encoding="utf-8")
    return Command(site_environment, file)


def held() -> int:
    with acting_for([a_body("voice").pk]):
        return Experience.objects.count()


def test_a_file_is_taken_in_with_a_report_for_people_and_one_for_programs(
    command: Command, tmp_path: Path
) -> None:
    report = tmp_path / "report.json"
    code, said = command.run("--report", str(report))
    assert code == 0, said
    assert "no words: 1 (line 3)" in said
    assert held() == 2
    told = json.loads(report.read_text(encoding="utf-8"))
    assert (told["rows_read"], told["taken"]) == (3, 2)
    assert told["skipped"] == {"no words": {"count": 1, "first_lines": [3]}}


def test_the_only_watchdog_need_not_be_named(command: Command, voice: Body) -> None:
    code, said = command.run(body="")
    assert (code, "no watchdogs are at work here." in said) == (2, True), said
    BodyFunction.objects.create(body=voice, function=Function.PATIENT_VOICE)
    code, said = command.run(body="")
    assert (code, held()) == (0, 2), said
    BodyFunction.objects.create(body=a_body("echo"), function=Function.PATIENT_VOICE)
    code, said = command.run(body="")
    assert code == 2
    assert "2 watchdogs are at work here: echo, voice." in said


def test_a_dry_run_takes_nothing(command: Command) -> None:
    code, said = command.run("--dry-run")
    assert (code, held()) == (0, 0), said
    assert "would be taken" in said


def test_what_is_taken_in_under_a_name_is_kept_with_it(command: Command, voice: Body) -> None:
    ann = User.objects.create_user("ann")
    code, said = command.run("--as", "ann")
    assert code == 2
    assert "“ann” holds no post at voice today" in said
    Post.objects.create(user=ann, body=voice, role="lead_officer")
    code, said = command.run("--as", "ann")
    assert code == 0, said
    with acting_for([voice.pk]):
        assert Import.objects.get().imported_by == ann


def test_trouble_with_the_file_ends_with_1_and_says_what_to_do(command: Command) -> None:
    command.file.write_bytes(b"\xff\xfeC\0")
    code, said = command.run()
    assert code == 1
    assert "given.csv: The file is saved as UTF-16" in said
    assert "Nothing was taken." in said
    assert "Traceback" not in said


def test_a_huge_file_is_refused_at_once(command: Command) -> None:
    with command.file.open("wb") as file:
        file.truncate(2_000_000_000)
    begun = time.monotonic()
    code, said = command.run()
    assert (code, "2,000 MB and the limit is 1,000 MB" in said) == (1, True), said
    assert time.monotonic() - begun < 20


def test_the_limit_can_be_set(command: Command) -> None:
    with command.file.open("ab") as file:
        file.truncate(1_100_000)
    code, said = command.run("--limit-mb", "1")
    assert (code, "--limit-mb" in said) == (1, True), said


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"mapping": "nhs"}, "There is no mapping “nhs”"),
        ({"body": "nobody"}, "There is no body “nobody”. Some that there are: voice."),
    ],
)
def test_a_wrong_word_ends_with_2_and_the_right_ones(
    command: Command, options: dict[str, str], said: str
) -> None:
    code, told = command.run(**options)
    assert (code, said in told) == (2, True), told


def test_a_report_that_cannot_be_written_is_found_out_before_anything_is_taken(
    command: Command, tmp_path: Path
) -> None:
    code, said = command.run("--report", str(tmp_path / "no-such-folder" / "report.json"))
    assert (code, held()) == (2, 0), said
    assert "The report cannot be written" in said


@pytest.mark.slow
def test_an_import_that_is_killed_leaves_nothing_and_can_be_made_again(
    command: Command, voice: Body
) -> None:
    rows = [{"FFT answer": f"Kind staff, number {number}."} for number in range(20_000)]
    command.file.write_text(csv_text(*rows), encoding="utf-8")
    with subprocess.Popen(
        [*command.words, "--mapping", "nhs-fft", "--body", "voice"],
        env=command.environment,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    ) as child:
        assert child.stderr is not None
        told = []
        for line in child.stderr:
            told.append(line)
            if line == "storing 0 %\n":
                break
        assert child.poll() is None, told
        child.kill()
    assert child.returncode == -9
    assert held() == 0
    with acting_for([voice.pk]):
        assert not Import.objects.exists()
        assert not Tally.objects.exists()
    code, said = command.run()
    assert (code, held()) == (0, 20_000), said
