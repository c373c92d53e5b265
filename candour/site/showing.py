"""Runs a demonstration: database, web and worker together, until told to stop."""

import os
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from typing import IO

from candour import database
from candour.database import embedded
from candour.database.address import read_address, uses_own_server
from candour.site.supervision import Child, command_line, keep_running, stop_all
from candour.site.trouble import SiteTrouble

HOST = "127.0.0.1"
PORTS_TRIED = 50
PATIENCE = 45.0  # seconds for the site to answer the first time
LOOK_EVERY = 0.5  # seconds between looks at the children
LOOK_AT_DATABASE_EVERY = 2.0


def claim(home: Path) -> IO[str]:
    """Return the open lock that makes this the only demonstration on the home folder.

    Raises:
        SiteTrouble: another one runs on the same folder.
    """
    home.mkdir(parents=True, exist_ok=True)
    file = (home / "demo.lock").open("a+")
    try:
        flock(file, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        where = file.read().strip() or "another terminal"
        file.close()
        raise SiteTrouble(
            f"The demonstration is already running: {where}. Use that one, or stop it first, or "
            "set CANDOUR_HOME to another folder for a second one."
        ) from None
    return file


def records_elsewhere(home: Path) -> str | None:
    """Return where the embedded database is when it could not be in the home folder, else None."""
    address = read_address() if uses_own_server() else None
    if address is None or address.data is None or Path(address.data).is_relative_to(home):
        return None
    return address.data


def free_port(wanted: int) -> int:
    """Return the wanted port, or the next one that nobody listens on.

    Raises:
        SiteTrouble: none of the following fifty is free.
    """
    for port in range(wanted, min(wanted + PORTS_TRIED, 65536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with suppress(OSError):
                probe.bind((HOST, port))
                return port
    raise SiteTrouble(f"No port from {wanted} on is free. Choose another with --port.")


def children(home: Path, port: int) -> list[Child]:
    """Return the processes of a demonstration, not yet started."""
    log = home / "log"
    environment = {"CANDOUR_ADDRESS": f"http://{HOST}:{port}", **os.environ}
    return [
        Child("web", command_line("web", "--port", str(port)), log / "web.log", environment),
        Child("worker", command_line("worker"), log / "worker.log", environment),
    ]


def wait_for_answer(port: int, web: Child) -> None:
    """Return once the site answers.

    Raises:
        SiteTrouble: the process ended instead, or the time was up.
    """
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if _healthy(port):
            return
        if web.ended() is not None:
            raise SiteTrouble(
                f"The {web.name} process ended at once. It says: {last_line(web.log)} "
                f"(all of it: {web.log})"
            )
        time.sleep(0.05)
    raise SiteTrouble(f"The site did not answer in {PATIENCE:.0f} seconds: {web.log}")


def watch(running: list[Child], say: Callable[[str], None]) -> None:
    """Keep the children and the embedded database running, until an exception ends it."""
    looked = time.monotonic()
    while True:
        time.sleep(LOOK_EVERY)
        if uses_own_server() and time.monotonic() - looked > LOOK_AT_DATABASE_EVERY:
            address = read_address()
            if address is None or not embedded.answers(address):
                say("The database ended; starting it again.")
                embedded.start()
            looked = time.monotonic()
        keep_running(running, say)


def last_line(log: Path) -> str:
    """Return the last line that tells more than the course of things, for a message."""
    with suppress(OSError):
        lines = log.read_text(encoding="utf-8", errors="replace").split("\n")
        return next(
            (line for line in reversed(lines) if line.strip() and "[INFO]" not in line), "nothing"
        )
    return "nothing"


def end(running: list[Child]) -> None:
    """Stop the children, then the database unless somebody else still uses it."""
    stop_all(running)
    database.stop_server()


def _healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
