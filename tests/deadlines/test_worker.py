"""Time acts on cases through a real worker, with nobody looking: once, whatever dies meanwhile."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import psycopg
import pytest
from django.db import connections

from candour import database
from candour.cases.verification import verify
from candour.database.address import account_parameters
from candour.deadlines.waking import due_cases, wake_case
from tests.deadlines.conftest import StartWorker, Waiting, jobs
from tests.support import databases
from tests.support.processes import kill, until

FELL_DUE = datetime(2026, 9, 30, 23, tzinfo=UTC)  # six months from 30 March are over, in London
DAYS_LATER = "2026-10-05T09:00"
SOON = 30.0  # seconds: a worker starts, sweeps every five, and the machine may be busy
WITHIN = 60.0  # seconds in which a job whose worker was killed is in the queue again

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, databases=["default", "auditor"]),
]


def _put_right_once(waiting: Waiting) -> None:
    """The case went to JIMP once, as of when it fell due, and its log is whole."""
    (moved,) = waiting.by_the_system
    assert (moved.kind, moved.data["step"]) == ("step_entered", "jimp")
    assert moved.happened_at == FELL_DUE
    assert waiting.step == "jimp"
    assert verify().sound


def test_six_months_without_improvement_move_the_case_though_no_worker_ran_for_days(
    waiting: Waiting, start_worker: StartWorker
) -> None:
    start_worker(DAYS_LATER)
    until(lambda: waiting.step == "jimp", SOON)
    _put_right_once(waiting)
    (moved,) = waiting.by_the_system
    assert moved.recorded_at == datetime(2026, 10, 5, 8, tzinfo=UTC)  # what CANDOUR_NOW says


def test_before_its_instant_nothing_moves(waiting: Waiting, start_worker: StartWorker) -> None:
    start_worker("2026-09-30T23:59")
    # By then duties have turned late: once these are behind it, the worker has been here.
    until(lambda: not due_cases(datetime(2026, 9, 30, 22, 59, tzinfo=UTC), 10), SOON)
    assert waiting.step == "ppm"
    assert waiting.by_the_system == []


def test_two_workers_at_once_and_sweeps_that_go_on_do_nothing_twice(
    waiting: Waiting, start_worker: StartWorker
) -> None:
    start_worker(DAYS_LATER)
    start_worker(DAYS_LATER)
    until(lambda: waiting.step == "jimp", SOON)
    time.sleep(6)  # another sweep passes over the case
    until(lambda: not jobs("todo") and not jobs("doing"), SOON)
    _put_right_once(waiting)
    assert jobs("failed") == 0


def test_waking_one_case_from_many_sides_at_once_does_it_once(waiting: Waiting) -> None:
    body = waiting.town.council.pk
    at = datetime(2026, 10, 5, 8, tzinfo=UTC)

    def wake(_number: int) -> int:
        try:
            return wake_case(waiting.number, body, at)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as threads:
        made = list(threads.map(wake, range(6)))
    assert sorted(made) == [0, 0, 0, 0, 0, 1]
    _put_right_once(waiting)


def test_a_worker_killed_in_the_middle_of_a_job_loses_nothing(
    waiting: Waiting, start_worker: StartWorker
) -> None:
    parameters = account_parameters(database.APP) | {"dbname": databases.clone_name()}
    with psycopg.connect(**parameters) as holds_the_case:
        holds_the_case.execute(
            "SELECT set_config('candour.bodies', %s, true)", [str(waiting.town.council.pk)]
        )
        holds_the_case.execute(
            "SELECT 1 FROM case_file WHERE id = %s FOR NO KEY UPDATE", [waiting.number]
        )
        worker = start_worker(DAYS_LATER)
        until(lambda: jobs("doing") == 1, SOON)  # it waits for the case, which we hold
        kill(worker)
        killed_at = time.monotonic()
    assert jobs("doing") == 1  # the queue still believes that somebody works on it
    assert waiting.step == "ppm"
    start_worker(DAYS_LATER)
    until(lambda: waiting.step == "jimp", SOON)
    until(lambda: not jobs("doing") and not jobs("todo"), WITHIN)
    assert time.monotonic() - killed_at < WITHIN
    _put_right_once(waiting)
