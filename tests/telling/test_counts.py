"""Counts that all web processes share: one limit for a sender, and nothing that leads to them."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from candour.telling.counts import SIZE, Counts
from candour.telling.gate import Gate, Limits, Verdict
from candour.web.shared_counts import FileLock, counts_in

MONDAY, TUESDAY = date(2026, 3, 30), date(2026, 3, 31)
TAKES = """
import sys
from pathlib import Path
from candour.web.shared_counts import counts_in
counts = counts_in(Path(sys.argv[1]))
print(sum(counts.take("one sender", 1.0, 1000) for _ in range(600)))
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "senders"


def test_two_processes_at_once_let_no_more_through_than_one(file: Path) -> None:
    both = [
        subprocess.Popen([sys.executable, "-c", TAKES, str(file)], stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    taken = [int(process.communicate(timeout=60)[0]) for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sum(taken) == 1000


def test_a_gate_in_another_process_knows_of_an_attack_and_of_work_that_was_done(file: Path) -> None:
    limits = Limits(site_a_second=2)
    one, other = Gate(limits, counts_in(file)), Gate(limits, counts_in(file))
    for _ in range(11):
        one.sends("", "", 1.0)
    assert other.sends("", "mine", 2.0) is Verdict.PROVE
    assert other.worked("a puzzle", "mine", 2.0)
    assert one.sends("", "mine", 3.0) is Verdict.PASS
    assert not one.worked("a puzzle", "mine", 3.0)


def test_the_file_is_its_owner_s_alone_and_holds_no_name(file: Path) -> None:
    counts = counts_in(file)
    counts.take("81.2.69.142", 1.0, 10)
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.stat().st_size == SIZE
    assert b"81.2" not in file.read_bytes()


def test_a_salt_is_the_same_all_day_for_all_and_gone_with_the_day(file: Path) -> None:
    one, other = counts_in(file), counts_in(file)
    salt = one.salt(MONDAY)
    assert len(salt) == 32
    assert any(salt)
    assert other.salt(MONDAY) == salt
    assert other.salt(TUESDAY) != salt
    assert salt not in file.read_bytes()
    assert one.salt(MONDAY) != salt


def test_what_stands_there_never_grows_and_the_longest_past_makes_room() -> None:
    counts = Counts()
    assert not counts.take("first", 0.0, 0.5)
    for number in range(100_000):
        counts.take(f"sender {number}", 1.0 + number, 1)
    assert len(counts.memory) == SIZE
    assert not counts.take("sender 99999", 100_000.0, 1)
    assert counts.once("a puzzle", 1.0)
    assert not counts.once("a puzzle", 2.0)


def test_a_minute_begins_with_the_first_request() -> None:
    counts = Counts()
    assert [counts.count("x", at, 2) for at in (10.0, 20.0, 69.0)] == [True, True, False]
    assert counts.count("x", 70.0, 2)


def test_after_the_machine_has_started_anew_nobody_is_held_to_what_came_before() -> None:
    counts = Counts()
    assert [counts.take("x", 5_000.0, 1) for _ in range(2)] == [True, False]
    assert counts.take("x", 3.0, 1)
    assert [counts.count("y", 5_000.0, 1) for _ in range(2)] == [True, False]
    assert counts.count("y", 3.0, 1)
    gate = Gate(Limits(site_a_second=0))
    gate.sends("", "", 5_000.0)
    assert gate.attacked(5_001.0)
    assert not gate.attacked(3.0)


def test_counts_of_another_release_are_begun_anew(file: Path) -> None:
    file.write_bytes(b"counts-0" + b"\xff" * (SIZE - 8))
    assert counts_in(file).numbers() == (0.0, 0.0, 0.0)


def test_whoever_dies_within_lets_go(file: Path) -> None:
    counts = counts_in(file)
    dies = (
        "import os, sys; from pathlib import Path\n"
        "from candour.web.shared_counts import counts_in\n"
        "counts_in(Path(sys.argv[1])).held.__enter__(); os._exit(9)"
    )
    died = subprocess.run([sys.executable, "-c", dies, str(file)], check=False, timeout=60)
    assert died.returncode == 9
    assert isinstance(counts.held, FileLock)
    assert counts.take("x", 1.0, 1)
