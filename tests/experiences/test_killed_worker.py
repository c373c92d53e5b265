"""A worker killed outright in the middle of an import: another takes it up, whole and once."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from subprocess import Popen

import pytest
from django.db.models import Sum

from candour.bodies.models import Body
from candour.database.row_security import acting_for
from candour.experiences.actions import Stage
from candour.experiences.models import (
    Experience,
    ExperienceMark,
    ExperienceSign,
    FileState,
    Import,
    Tally,
    WaitingFile,
)
from candour.experiences.tasks import do_file
from candour.experiences.waiting import receive
from candour.people.actor import Actor
from candour.sealing.keeping import of_experience, sealed_for
from candour.sealing.models import Purpose, SealedIdentity
from candour.site.clock import now
from tests.experiences.files import a_body, csv_text
from tests.support.processes import candour, kill, until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, databases=["default", "auditor"]),
]

ROWS = 20_000
NAMED = 50  # of each so many one says a name, and that somebody was hit
SOON = 120.0  # seconds, on a machine that runs the other tests at the same time
BACK = 240.0  # a killed worker's job is brought back once its silence is noticed

StartWorker = Callable[[], Popen[bytes]]


@pytest.fixture
def start_worker(site_environment: dict[str, str], tmp_path: Path) -> Iterator[StartWorker]:
    with ExitStack() as stack:
        yield lambda: stack.enter_context(
            candour("worker", environment=site_environment, log=tmp_path / "worker.log")
        )


def words(number: int) -> str:
    if number % NAMED:
        return f"Kind staff, number {number}."
    return f"My mam Siân was hit by a carer, number {number}."


def sent(body: Body) -> WaitingFile:
    """Return a file that somebody sent and had looked at, which the worker is to take in."""
    text = csv_text(*({"FFT answer": words(number)} for number in range(ROWS)))
    with tempfile.TemporaryFile() as file, acting_for([body.pk]):
        file.write(text.encode())
        file.flush()
        waiting = receive(file, "winter.csv", actor=Actor.system(body), as_of=now())
        waiting.mapping, waiting.state = "nhs-fft", FileState.TAKING
        waiting.save(update_fields=["mapping", "state"])
    do_file.defer(number=waiting.pk, body_id=body.pk, user_id=None)
    return waiting


def test_killed_in_the_middle_the_import_is_whole_in_the_end_and_nothing_is_twice(
    transactional_db: None, start_worker: StartWorker
) -> None:
    body = a_body()
    waiting = sent(body)

    def stands() -> WaitingFile:
        with acting_for([body.pk]):
            return WaitingFile.objects.get(pk=waiting.pk)

    for stage in (Stage.COPYING, Stage.STORING):
        worker = start_worker()
        until(lambda: stands().stage == stage.name, SOON + BACK, every=0.02)  # noqa: B023  # asked within its turn
        kill(worker)
        assert stands().state == FileState.TAKING
        with acting_for([body.pk]):
            assert not Experience.objects.exists()
            assert not Import.objects.exists()
            assert not ExperienceMark.objects.exists()
            assert not SealedIdentity.objects.filter(purpose=Purpose.WORDS).exists()
            WaitingFile.objects.filter(pk=waiting.pk).update(stage="")
    start_worker()
    until(lambda: stands().state != FileState.TAKING, BACK)
    assert (stands().state, stands().trouble, stands().pieces) == (FileState.TAKEN, "", 0)
    with acting_for([body.pk]):
        batch = Import.objects.get()
        assert (batch.rows_read, batch.taken, batch.already_there) == (ROWS, ROWS, 0)
        assert stands().batch_id == batch.pk
        answers = Experience.objects.order_by("pk").values_list("answer", flat=True)
        assert list(answers) == [words(n).replace("Siân", "[name]") for n in range(ROWS)]
        counted = Tally.objects.filter(theme="").aggregate(number=Sum("experiences"))
        assert counted == {"number": ROWS}
        assert ExperienceMark.objects.count() == ExperienceSign.objects.count() == ROWS // NAMED
        numbers = ExperienceMark.objects.values_list("experience_id", flat=True)
        contexts = {of_experience(number) for number in numbers}
        assert sealed_for(contexts, Purpose.WORDS) == contexts
        assert SealedIdentity.objects.count() == len(contexts)  # the file itself is destroyed
