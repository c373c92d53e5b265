"""A case on which time alone is about to act, and workers to see to it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen

import pytest
from django.db import connection

from candour.cases import standings
from candour.cases.models import Case
from candour.cases.queries import standing
from candour.database.row_security import acting_for
from candour.engine import Entry
from tests.support.casework import Town, hold_ppm, make_town, open_at, to_ppm
from tests.support.processes import candour

StartWorker = Callable[[str], Popen[bytes]]


@dataclass(frozen=True)
class Waiting:
    """A case whose first PPM was on 30 March 2026: without improvement, time moves it to JIMP."""

    town: Town
    number: int

    @property
    def step(self) -> str:
        """Where the case stands in the database."""
        with acting_for([self.town.council.pk]):
            return Case.objects.get(pk=self.number).step

    @property
    def by_the_system(self) -> list[Entry]:
        """What the procedure did by itself, read from the log and not from memory."""
        standings.forget_all()
        with acting_for([self.town.council.pk]):
            entries = standing(self.number).recorded
        return [entry for entry in entries if entry.role == "system"]


@pytest.fixture
def waiting(transactional_db: None) -> Waiting:
    town = make_town()
    case = open_at(town, "2026-03-10T09:00")
    to_ppm(town, case)
    hold_ppm(town, case)
    return Waiting(town, case.pk)


@pytest.fixture
def start_worker(
    waiting: Waiting, site_environment: dict[str, str], tmp_path: Path
) -> Iterator[StartWorker]:
    """A function that starts a worker whose clock stands still at a London time."""
    with ExitStack() as stack:

        def start(now: str) -> Popen[bytes]:
            environment = site_environment | {"CANDOUR_NOW": now, "CANDOUR_LOG_LEVEL": "INFO"}
            log = tmp_path / "worker.log"
            return stack.enter_context(candour("worker", environment=environment, log=log))

        yield start


def jobs(status: str, task: str = "deadlines.wake") -> int:
    """Return how many jobs of a task have this status."""
    with connection.cursor() as cursor:
        query = "SELECT count(*) FROM procrastinate_jobs WHERE status = %s AND task_name = %s"
        cursor.execute(query, [status, task])
        return int(cursor.fetchone()[0])
