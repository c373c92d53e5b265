"""The whole database as whoever makes backups of it has it: `pg_dump`, as plain SQL."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from candour.database.account import server_account, server_binaries, server_folder
from candour.database.address import administrator_parameters, uses_own_server
from candour.database.home import home_folder
from tests.support.databases import clone_name


def pg_dump() -> bytes:
    """Return everything of this process's database, by the server's own program.

    Skips the test where the database is on a server whose program is not on this machine.
    """
    where = administrator_parameters() | {"dbname": clone_name()}
    arguments = [str(_program()), "--format=plain", f"--dbname={where['dbname']}"]
    arguments += [
        f"--host={where['host']}",
        f"--port={where['port']}",
        f"--username={where['user']}",
    ]
    environment = os.environ | {"PGPASSWORD": str(where.get("password", ""))}
    made = subprocess.run(  # the server’s own program
        arguments, env=environment, capture_output=True, check=False, stdin=subprocess.DEVNULL
    )
    if b"server version mismatch" in made.stderr and not uses_own_server():
        pytest.skip(f"The pg_dump of this machine is not the server's: {made.stderr.decode()}")
    assert made.returncode == 0, made.stderr.decode()
    return made.stdout


def _program() -> Path:
    if uses_own_server():
        account = server_account()
        return server_binaries(server_folder(home_folder(), account), account) / "pg_dump"
    found = shutil.which("pg_dump")
    if found is None:
        pytest.skip("The database is on a server of its own, and pg_dump is not on this machine.")
    return Path(found)
