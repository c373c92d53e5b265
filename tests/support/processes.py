"""Real processes of Candour, started for a test and ended with it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def candour(
    *words: str, environment: Mapping[str, str], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command of Candour in a session of its own, and kill what is left of it at the end."""
    with log.open("ab") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "candour", *words],
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and all in its group outright, as a machine that loses its power would."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def until(holds: Callable[[], object], seconds: float, *, every: float = 0.1) -> float:
    """Wait until something holds, and return how long it took; fail when the time is up."""
    began = time.monotonic()
    while not holds():
        waited = time.monotonic() - began
        assert waited < seconds, f"it did not happen in {seconds:.0f} seconds"
        time.sleep(every)
    return time.monotonic() - began


def lives(pid: int) -> bool:
    """Return whether a process is there and not merely waiting to be counted out."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"
