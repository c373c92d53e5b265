"""The demonstration's processes: one at a time, restarted when they crash, stopped together."""

import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from candour.site import showing, supervision
from candour.site.supervision import Child, StopAsked, keep_running, stop_all, stopping_on_signals
from candour.site.trouble import SiteTrouble

SLEEPS = "import time; time.sleep(60)"
# A child with a child of its own, as a web server has, that would outlive it.
HAS_A_CHILD = (
    "import subprocess, sys, time;"
    f"p = subprocess.Popen([sys.executable, '-c', '{SLEEPS}']);"
    "print(p.pid, flush=True); time.sleep(60)"
)


def _child(folder: Path, code: str) -> Child:
    return Child("sample", [sys.executable, "-c", code], folder / "sample.log", dict(os.environ))


@pytest.fixture
def sleeper(tmp_path: Path) -> Iterator[Child]:
    child = _child(tmp_path, SLEEPS)
    child.start()
    yield child
    stop_all([child])


def _until(holds: object, seconds: float = 10.0) -> None:
    assert callable(holds)
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def _pid(child: Child) -> int:
    assert child.process is not None
    return child.process.pid


def _lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_a_crashed_child_is_started_again(sleeper: Child) -> None:
    before, said = _pid(sleeper), list[str]()
    os.kill(before, signal.SIGKILL)
    _until(lambda: sleeper.ended() is not None)
    keep_running([sleeper], said.append)
    assert said == ["The sample process ended (signal SIGKILL); starting it again."]
    assert sleeper.ended() is None
    assert _pid(sleeper) != before


def test_a_child_that_keeps_crashing_is_given_longer_and_longer_pauses(tmp_path: Path) -> None:
    child = _child(tmp_path, "raise SystemExit(3)")
    child.start()
    said = list[str]()
    deadline = time.monotonic() + 2
    while time.monotonic() < deadline:
        keep_running([child], said.append)
        time.sleep(0.01)
    assert said[0] == "The sample process ended (exit code 3); starting it again."
    assert 2 <= len(said) <= 4  # at once, after half a second, after one second


def test_what_a_killed_child_left_behind_goes_too(tmp_path: Path) -> None:
    child = _child(tmp_path, HAS_A_CHILD)
    child.start()
    _until(lambda: child.log.read_text().strip().isdigit())
    grandchild = int(child.log.read_text())
    os.kill(_pid(child), signal.SIGKILL)
    _until(lambda: child.ended() is not None)
    assert _lives(grandchild)
    keep_running([child], lambda _words: None)
    _until(lambda: not _lives(grandchild))
    stop_all([child])


def test_a_child_that_does_not_listen_is_killed_in_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervision, "STOP_SECONDS", 0.3)
    deaf = (
        "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True);"
    )
    child = _child(tmp_path, deaf + SLEEPS)
    child.start()
    _until(lambda: "deaf" in child.log.read_text())
    stop_all([child])
    assert child.ended() == -signal.SIGKILL


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_asks_to_stop_and_afterwards_means_what_it_did(number: signal.Signals) -> None:
    def be_told() -> None:
        with stopping_on_signals():
            os.kill(os.getpid(), number)
            time.sleep(1)

    before = signal.getsignal(number)
    with pytest.raises(StopAsked):
        be_told()
    assert signal.getsignal(number) is before


def test_a_taken_port_gives_the_next_free_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        found = showing.free_port(port)
        assert port < found < port + showing.PORTS_TRIED


def test_a_second_demonstration_is_told_where_the_first_is(tmp_path: Path) -> None:
    with showing.claim(tmp_path) as first:
        first.write("http://127.0.0.1:8000/")
        first.flush()
        with pytest.raises(SiteTrouble, match=r"already running: http://127\.0\.0\.1:8000/"):
            showing.claim(tmp_path)
    with showing.claim(tmp_path):
        pass


def test_a_child_that_ends_at_once_is_reported_with_its_last_words(tmp_path: Path) -> None:
    child = _child(tmp_path, "print('no such table'); raise SystemExit(1)")
    child.start()
    with pytest.raises(SiteTrouble, match="It says: no such table"):
        showing.wait_for_answer(1, child)
