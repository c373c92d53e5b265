"""Processes killed outright while people write: nothing acknowledged is lost, nothing is twice."""

import os
import signal
import time
from functools import partial

import pytest

from tests.resilience.conftest import Site, children
from tests.resilience.visitor import Clerk, all_write
from tests.support.processes import lives, until

pytestmark = pytest.mark.slow

BACK = 60.0  # seconds, on a machine that runs the other tests at the same time
WRITING = 90.0


def _kill(pid: int) -> None:
    assert pid
    os.kill(pid, signal.SIGKILL)


def _is_gone(pid: int) -> bool:
    return not lives(pid)


def _another_postmaster(site: Site, before: int) -> bool:
    return site.postmaster not in (0, before)


def test_processes_that_answer_are_killed(site: Site, clerks: list[Clerk]) -> None:
    for _ in range(4):
        until(all_write(clerks, 2), WRITING)
        before = site.answerers
        _kill(before[0])
        until(partial(_is_gone, before[0]), BACK)
    until(all_write(clerks, 3), WRITING)
    for clerk in clerks:
        clerk.finish()
    site.check(clerks)


def test_the_whole_web_server_is_killed(site: Site, clerks: list[Clerk]) -> None:
    until(all_write(clerks, 2), WRITING)
    server = site.child("web")
    orphans = children(server)
    _kill(server)
    until(lambda: site.child("web") not in (0, server), BACK)
    until(all_write(clerks, 3), WRITING)
    for clerk in clerks:
        clerk.finish()
    assert not any(lives(orphan) for orphan in orphans)
    assert "The web process ended (signal SIGKILL); starting it again." in site.said
    assert sum(clerk.visitor.lost for clerk in clerks) > 0  # they were in the middle of it
    site.check(clerks)


def test_the_database_is_killed(site: Site, clerks: list[Clerk]) -> None:
    for _ in range(2):
        until(all_write(clerks, 2), WRITING)
        postmaster = site.postmaster
        _kill(postmaster)
        until(partial(_another_postmaster, site, postmaster), BACK)
        until(all_write(clerks, 3), WRITING)
    for clerk in clerks:
        clerk.finish()
    assert "The database ended; starting it again." in site.said
    assert sum(clerk.visitor.lost for clerk in clerks) > 0
    site.check(clerks)


def test_the_worker_is_killed(site: Site) -> None:
    worker = site.child("worker")
    _kill(worker)
    until(lambda: site.child("worker") not in (0, worker), BACK)
    started = site.child("worker")
    time.sleep(6)  # a worker that cannot go on would have ended by now
    assert site.child("worker") == started
    site.check([])
