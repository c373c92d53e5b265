"""The embedded PostgreSQL: made once, started when needed, found again after any crash."""

import contextlib
import os
import shutil
import socket
import time
from collections.abc import Iterator
from fcntl import LOCK_EX, LOCK_UN, flock
from pathlib import Path

import psycopg

from candour.database.account import (
    VERSION,
    SystemAccount,
    server_account,
    server_binaries,
    server_folder,
)
from candour.database.address import (
    SUPERUSER,
    ServerAddress,
    administrator_parameters,
    read_address,
    write_address,
)
from candour.database.errors import ServerWillNotStart
from candour.database.home import home_folder, kept_secret

HOST = "127.0.0.1"
ATTEMPTS = 8
SERVER_SETTINGS = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    "password_encryption": "scram-sha-256",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
}
THROW_AWAY_SETTINGS = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


def start(*, throw_away: bool = False) -> ServerAddress:
    """Return the address of the running embedded server, making and starting it when needed.

    Args:
        throw_away: trades safety for speed. For clusters that a test makes and deletes, never
            for records.

    Raises:
        ServerWillNotStart: it did not come up; the message quotes the server.
    """
    home = home_folder()
    home.mkdir(parents=True, exist_ok=True)
    with _one_at_a_time(home / "postgres.lock"):
        known = read_address()
        if known is not None and answers(known):
            return known
        account = server_account()
        folder = server_folder(home, account)
        binaries = server_binaries(folder, account)
        data = folder / "data"
        if not data.exists():
            _make_cluster(folder, data, binaries, account)
        _check_version(data)
        settings = SERVER_SETTINGS | (THROW_AWAY_SETTINGS if throw_away else {})
        return _start_cluster(data, binaries, account, settings, known)


def stop() -> None:
    """Stop the embedded server, letting transactions that are running be rolled back."""
    address = read_address()
    if address is None or address.data is None or address.binaries is None:
        return
    with _one_at_a_time(home_folder() / "postgres.lock"):
        if not (Path(address.data) / "postmaster.pid").exists():
            return
        program = str(Path(address.binaries) / "pg_ctl")
        server_account().run([program, "stop", "-D", address.data, "-m", "fast", "-w", "-t", "60"])


def answers(address: ServerAddress) -> bool:
    """Return True when the server at this address is running and is the one whose files we hold."""
    parameters = administrator_parameters() | {"host": address.host, "port": address.port}
    try:
        with psycopg.connect(**parameters, connect_timeout=3) as connection:
            row = connection.execute("SHOW data_directory").fetchone()
    except psycopg.Error:
        return False
    return row is not None and row[0] == address.data


@contextlib.contextmanager
def _one_at_a_time(lock: Path) -> Iterator[None]:
    with lock.open("w") as file:
        flock(file, LOCK_EX)
        try:
            yield
        finally:
            flock(file, LOCK_UN)


def _make_cluster(folder: Path, data: Path, binaries: Path, account: SystemAccount) -> None:
    """Make the data folder under another name and rename it: a crash half-way leaves nothing."""
    draft = folder / "data.new"
    password = folder / "password.new"
    shutil.rmtree(draft, ignore_errors=True)
    password.touch(mode=0o600)
    password.write_text(kept_secret(SUPERUSER), encoding="ascii")
    account.own(folder)
    outcome = account.run(
        [
            str(binaries / "initdb"),
            *("-D", str(draft), "-U", SUPERUSER, "-E", "UTF8"),
            *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            *("--auth=scram-sha-256", f"--pwfile={password}"),
        ]
    )
    password.unlink()
    if outcome.returncode != 0:
        shutil.rmtree(draft, ignore_errors=True)
        raise ServerWillNotStart(
            f"The database could not be made in {folder}: {outcome.stderr.strip()}. "
            "Check that the disk has room and that the folder may be written."
        )
    draft.rename(data)


def _check_version(data: Path) -> None:
    made_by = (data / "PG_VERSION").read_text(encoding="ascii").strip()
    if made_by != VERSION:
        raise ServerWillNotStart(
            f"The records in {data} were made by PostgreSQL {made_by}, and this release brings "
            f"PostgreSQL {VERSION}. Restore a backup into a new CANDOUR_HOME, or use the release "
            "that made them."
        )


def _start_cluster(
    data: Path,
    binaries: Path,
    account: SystemAccount,
    settings: dict[str, str],
    known: ServerAddress | None,
) -> ServerAddress:
    """Start the server, trying again while what a killed one left behind goes away."""
    log = data.parent / "server.log"
    said = ""
    for attempt in range(ATTEMPTS):
        if attempt:
            time.sleep(min(0.25 * 2**attempt, 3))
        _clear_stale_pid(data)
        port = _choose_port(known)
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        program = [str(binaries / "pg_ctl"), "start", "-D", str(data), "-w", "-t", "60"]
        outcome = account.run([*program, "-l", str(log), "-o", f"-p {port} {options}"])
        address = ServerAddress(
            HOST, port, data=str(data), binaries=str(binaries), system_account=account.name
        )
        if outcome.returncode == 0 and answers(address):
            write_address(address)
            return address
        said = _last_lines(log) or outcome.stderr.strip()
    raise ServerWillNotStart(f"PostgreSQL did not start. It says: {said}. The whole log: {log}")


def _choose_port(known: ServerAddress | None) -> int:
    """Return ``CANDOUR_PG_PORT``, else the port used last, else a free one."""
    chosen = os.environ.get("CANDOUR_PG_PORT", "").strip()
    if chosen:
        if not chosen.isdigit() or not 0 < int(chosen) < 65536:
            raise ServerWillNotStart(
                f"CANDOUR_PG_PORT is {chosen!r}; it must be a port number from 1 to 65535."
            )
        return int(chosen)
    for port in (known.port if known else 0, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind((HOST, port))
                return int(probe.getsockname()[1])
    raise ServerWillNotStart("This machine has no free port for the database.")


def _clear_stale_pid(data: Path) -> None:
    """Remove the note of a killed server whose number now belongs to some other program.

    PostgreSQL sees by itself that nobody has the number any more, but not that a stranger has it.
    """
    note = data / "postmaster.pid"
    try:
        number = int(note.read_text(encoding="ascii").split("\n", 1)[0])
        name = Path(f"/proc/{number}/comm").read_text(encoding="utf-8").strip()
    except (FileNotFoundError, ValueError):
        return
    if name != "postgres":
        note.unlink(missing_ok=True)


def _last_lines(log: Path, count: int = 4) -> str:
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return ""
    return " / ".join(lines[-count:])
