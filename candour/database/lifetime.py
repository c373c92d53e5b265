"""Who is using the embedded server: the last one out stops it.

Each process that needs the server holds a shared lock on one file for as long as it lives. The
lock goes away with the process, however it ends, so the count can never be wrong. Within one
process, each `ensure_server` is matched by one `stop_server`.
"""

import os
from dataclasses import dataclass
from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, LOCK_UN, flock
from typing import IO

import psycopg

from candour.database import embedded
from candour.database.address import ServerAddress, parse_url, uses_own_server
from candour.database.errors import ServerUnreachable
from candour.database.home import home_folder

OLDEST = 150000


@dataclass
class _Hold:
    file: IO[str]
    users: int = 0


_held: dict[str, _Hold] = {}


def ensure_server(*, throw_away: bool = False) -> ServerAddress:
    """Return the address of a running server, starting the embedded one unless one is named.

    Args:
        throw_away: for test clusters only; see `embedded.start`.

    Raises:
        ServerWillNotStart: the embedded server did not come up.
        ServerUnreachable: the server that the environment names does not answer or is too old.
    """
    if not uses_own_server():
        return _check_named_server()
    _hold()
    try:
        return embedded.start(throw_away=throw_away)
    except BaseException:
        stop_server()
        raise


def stop_server() -> bool:
    """Let go of the embedded server, and stop it when nobody else uses it.

    Returns:
        True when it was stopped here.
    """
    home = str(home_folder())
    hold = _held.get(home)
    if hold is None:
        return False
    hold.users -= 1
    if hold.users:
        return False
    del _held[home]
    with hold.file:
        flock(hold.file, LOCK_UN)
        try:
            flock(hold.file, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            return False
        embedded.stop()
        return True


def _hold() -> None:
    home = home_folder()
    if str(home) not in _held:
        home.mkdir(parents=True, exist_ok=True)
        file = (home / "postgres.users").open("a")
        flock(file, LOCK_SH)  # waits while the last user is stopping it
        _held[str(home)] = _Hold(file)
    _held[str(home)].users += 1


def _check_named_server() -> ServerAddress:
    variable = "DATABASE_URL" if os.environ.get("DATABASE_URL") else "CANDOUR_APP_DATABASE_URL"

    try:
        with psycopg.connect(**(parse_url(variable) | {"connect_timeout": 5})) as connection:
            info = connection.info
            version, host, port, name = info.server_version, info.host, info.port, info.dbname
    except psycopg.OperationalError as error:
        raise ServerUnreachable(
            f"The server that {variable} names does not answer: {str(error).strip()}. "
            "Check the address, the password and that the server is running."
        ) from error
    if version < OLDEST:
        raise ServerUnreachable(
            f"The server that {variable} names is PostgreSQL {version // 10000}; "
            "15 or newer is needed."
        )
    return ServerAddress(host=host, port=port, database=name)
