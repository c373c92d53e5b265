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
from tests.support.workbooks import written

pytestmark = pytest.mark.django_db(transaction=True)


class Command:
    """The command line, on this test's database."""

    def __init__(self, environment: dict[str, str], file: Path) -> None:
        self.environment = environment
        self.file = file
        self.words = [sys.executable, "-m", "candour", "import", "experiences", str(file)]

    def run(self, *options: str, mapping: str = "nhs-fft", body: str = "voice") -> tuple[int, str]:
        """Return the exit code and all that was said; nothing is named that is empty."""
        named = [*(["--mapping", mapping] if mapping else []), *(["--body", body] if body else [])]
        return self.ended([*self.words, *named, *options])

    def about(self, *words: str) -> tuple[int, str]:
        """Return the same of another command about imports."""
        program = [sys.executable, "-m", "candour", "import"]
        return self.ended([*program, *words, "--body", "voice"])

    def ended(self, words: list[str]) -> tuple[int, str]:
        """Return the exit code and all that was said."""
        ended = subprocess.run(
            words,
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


def test_an_import_is_listed_undone_and_done_again(command: Command) -> None:
    code, said = command.run(mapping="")
    assert (code, held()) == (0, 2), said
    assert "The mapping nhs-fft fits the file." in said
    with acting_for([a_body("voice").pk]):
        number = str(Import.objects.get().pk)
    assert f"“candour import undo {number}” takes it back" in said
    code, said = command.about("undo", number)
    assert (code, said.strip()) == (0, f"Import {number} is undone: 2 experiences are out of use.")
    assert "undone" in command.about("list")[1]
    code, said = command.about("undo", number)
    assert (code, "already" in said) == (1, True)
    code, said = command.about("redo", number)
    assert (code, "2 experiences are in use" in said) == (0, True)
    assert "2 taken" in command.about("list")[1]
    assert "has no import 999" in command.about("undo", "999")[1]


def test_a_workbook_that_no_mapping_fits_is_guessed_and_told(
    command: Command, tmp_path: Path
) -> None:
    rows = [
        ["Autumn survey"],
        ["Ref", "Date", "Ward", "What people said", "E-mail"],
        ["a1", "03/09/2025", "Ash", "They were kind and quick to help me", "a@post.example"],
        ["a2", "14/09/2025", "Oak", "Nobody came when I rang for two hours", "b@post.example"],
    ]
    command.words[-1] = str(written(tmp_path / "autumn.xlsx", rows, sheet="Rows"))
    code, said = command.run(mapping="")
    assert code == 0, said
    assert "What people said: answer" in said
    assert "E-mail: left out" in said
    assert "sheet Rows" in said
    with acting_for([a_body("voice").pk]):
        found = Experience.objects.order_by("pk").values_list("source_ref", "service_name")
        assert list(found) == [("a1", "Ash"), ("a2", "Oak")]
    code, said = command.run("--sheet", "Row", mapping="")
    assert (code, "did you mean “Rows”?" in said) == (1, True)
