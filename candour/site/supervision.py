"""Keeps the processes of a demonstration running, and stops them together.

Each child is a session of its own, so that Ctrl-C reaches this process alone and it can end them
in order. Should this process be killed outright, the kernel ends the children.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

PAUSES = (0.0, 0.5, 1.0, 2.0, 5.0, 10.0)  # seconds before each further restart
STEADY = 30.0  # seconds of life after which a child's earlier crashes no longer count
STOP_SECONDS = 12.0
PR_SET_PDEATHSIG = 1


class StopAsked(Exception):
    """Somebody pressed Ctrl-C, or the system asked this process to end."""


@dataclass
class Child:
    """One process to keep running: its command line and where its words go."""

    name: str
    arguments: list[str]
    log: Path
    environment: dict[str, str]
    crashes: int = 0
    started_at: float = 0.0
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        """Start the process, its output going to the end of its log."""
        self.clear()
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603  # our own command
                self.arguments,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_end_with_parent,  # noqa: PLW1509  # one thread only here
            )
        self.started_at = time.monotonic()

    def ended(self) -> int | None:
        """Return the exit code of the process when it is no longer running, else None."""
        return None if self.process is None else self.process.poll()

    def clear(self) -> None:
        """Kill what the process left behind: its own children live in the same group."""
        if self.process is not None and self.process.poll() is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def restart_due(self) -> bool:
        """Return True when a child that ended has waited long enough to be started again."""
        pause = PAUSES[min(self.crashes, len(PAUSES) - 1)]
        return time.monotonic() - self.started_at >= pause


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@contextlib.contextmanager
def stopping_on_signals() -> Iterator[None]:
    """Turn SIGINT and SIGTERM into `StopAsked` for the duration."""

    def ask(_number: int, _frame: FrameType | None) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C does not cut the end short
        raise StopAsked

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def keep_running(children: list[Child], say: Callable[[str], None]) -> None:
    """Start again each child that has ended, once; call it repeatedly."""
    for child in children:
        code = child.ended()
        if code is None:
            if time.monotonic() - child.started_at > STEADY:
                child.crashes = 0
            continue
        if child.restart_due():
            say(f"The {child.name} process ended ({_ending(code)}); starting it again.")
            child.crashes += 1
            child.start()


def stop_all(children: list[Child]) -> None:
    """Ask every child to end, and kill what has not ended when the time is up."""
    for child in children:
        if child.process is not None:
            child.process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        if child.process is not None:
            try:
                child.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.process.kill()
                child.process.wait()
        child.clear()


def command_line(*words: str) -> list[str]:
    """Return the command line that runs this very ``candour`` with these words."""
    return [sys.executable, "-m", "candour", *words]


def _ending(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
