"""Gives the run a home folder of its own, before Django reads its settings.

Loaded by pytest with ``-p``. The first process makes the folder and names it in the environment;
processes that it starts find it there and share the one server in it.
"""

import contextlib
import os
import shutil
import signal
import tempfile
from pathlib import Path

import pytest

from candour.database.address import uses_own_server

PREFIX = "candour-test-"
HOME = "CANDOUR_HOME"
RUN = "CANDOUR_TEST_RUN"

os.environ["CANDOUR_POOL_SIZE"] = "0"
if RUN not in os.environ:
    os.environ[RUN] = str(os.getpid())
    if uses_own_server():
        _folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
        _folder.chmod(0o755)  # the account that runs PostgreSQL must get in
        os.environ[HOME] = str(_folder)
        os.environ.pop("CANDOUR_PG_PORT", None)


def began_here() -> bool:
    """Return True in the process that began the run, not in those that it started."""
    return os.environ[RUN] == str(os.getpid())


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """The process that made the home stops the server in it and removes it."""
    if began_here() and uses_own_server():
        _remove(Path(os.environ[HOME]))
        _remove_orphans()


def _remove(folder: Path) -> None:
    with contextlib.suppress(OSError, ValueError):
        note = folder / "postgres" / "data" / "postmaster.pid"
        server = int(note.read_text(encoding="ascii").split("\n", 1)[0])
        if Path(f"/proc/{server}/comm").read_text(encoding="utf-8").strip() == "postgres":
            os.kill(server, signal.SIGQUIT)  # nothing in it is worth an orderly end
    shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)  # what the server wrote while it was dying


def _remove_orphans() -> None:
    """Clear what killed runs left: a folder of ours whose maker is no longer alive."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        maker = folder.name.removeprefix(PREFIX).split("-", 1)[0]
        if maker.isdigit() and not Path(f"/proc/{maker}").exists():
            _remove(folder)
