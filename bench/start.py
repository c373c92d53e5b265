#!/usr/bin/env python3
"""Measures how long a demonstration takes from the command to the first answer.

    python3 bench/start.py

Three starts, each from `python3 start.py demo` to the line that gives the address:

* cold, nothing cached: a fresh clone, and an empty package cache, so all packages are downloaded;
* cold, packages cached: another fresh clone, the packages already on the machine;
* warm: the second clone again, everything installed, the database made (median of five).
"""

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
READY = "Ctrl-C stops it."
PATIENCE = 600.0


def seconds_to_ready(folder: Path, **environment: str) -> float:
    """Start the demonstration, stop it once it is ready, and return how long it took."""
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "start.py", "demo", "--port", "8765"],
        cwd=folder,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    lines = []
    took = None
    assert process.stdout is not None
    for line in process.stdout:
        lines.append(line)
        if line.strip() == READY:
            took = time.monotonic() - began
            process.send_signal(signal.SIGINT)
    process.wait(PATIENCE)
    if took is None:
        raise SystemExit("It never was ready. It said:\n" + "".join(lines))
    return took


def clone(folder: Path) -> Path:
    subprocess.run(["git", "clone", "--quiet", str(PROJECT), str(folder)], check=True)
    return folder


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)  # the account that runs PostgreSQL must get in
        room = Path(name)
        empty = {"UV_CACHE_DIR": str(room / "uv"), "PIP_CACHE_DIR": str(room / "pip")}
        nothing_cached = seconds_to_ready(clone(room / "first"), **empty)
        print(f"cold, nothing cached    {nothing_cached:6.1f} s", flush=True)
        second = clone(room / "second")
        cached = seconds_to_ready(second, **empty)
        print(f"cold, packages cached   {cached:6.1f} s", flush=True)
        warm = [seconds_to_ready(second, **empty) for _ in range(5)]
        print(f"warm, median of five    {statistics.median(warm):6.1f} s", flush=True)
        print(f"warm, slowest of five   {max(warm):6.1f} s", flush=True)


if __name__ == "__main__":
    main()
