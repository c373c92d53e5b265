"""The embedded server on a home of its own, through crashes and restarts."""

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from candour import database
from candour.database import account, embedded, lifetime
from candour.database.address import (
    account_parameters,
    administrator_parameters,
    read_address,
    uses_own_server,
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not uses_own_server(), reason="DATABASE_URL names a server of its own"),
]


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A home of its own, with a space and a quotation mark, where a server ran before."""
    folder = Path(tempfile.mkdtemp(prefix="a site's home ", dir=os.environ["CANDOUR_HOME"]))
    folder.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CANDOUR_HOME", str(folder))
        database.ensure_server()
        database.prepare_roles()
        database.stop_server()
        yield folder
        embedded.stop()


def _postmaster(home: Path) -> int:
    address = read_address()
    assert address is not None
    assert address.data is not None
    return int((Path(address.data) / "postmaster.pid").read_text().split("\n", 1)[0])


def test_a_second_start_finds_the_first(home: Path) -> None:
    first = database.ensure_server()
    second = database.ensure_server()
    assert first == second
    assert not database.stop_server()
    assert database.stop_server()
    assert not embedded.answers(first)


def test_a_restart_keeps_port_and_records(home: Path) -> None:
    before = database.ensure_server()
    with psycopg.connect(**account_parameters(database.OWNER)) as owner:
        owner.execute("CREATE TABLE kept (word text)")
        owner.execute("INSERT INTO kept VALUES ('still here')")
    database.stop_server()
    after = database.ensure_server()
    database.prepare_roles()
    with psycopg.connect(**account_parameters(database.APP)) as application:
        assert application.execute("SELECT word FROM kept").fetchone() == ("still here",)
    assert after.port == before.port
    database.stop_server()


def test_a_killed_server_starts_again_with_all_that_was_committed(home: Path) -> None:
    database.ensure_server()
    with psycopg.connect(**account_parameters(database.OWNER)) as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS counted (n int)")
    with psycopg.connect(**account_parameters(database.APP), autocommit=True) as application:
        for number in range(50):
            application.execute("INSERT INTO counted VALUES (%s)", [number])
        os.kill(_postmaster(home), signal.SIGKILL)
        database.ensure_server()
        database.stop_server()
    with psycopg.connect(**account_parameters(database.APP)) as application:
        assert application.execute("SELECT count(*) FROM counted").fetchone() == (50,)
    database.stop_server()


def test_a_stale_note_that_names_a_stranger_is_cleared(home: Path) -> None:
    address = database.ensure_server()
    assert address.data is not None
    note = Path(address.data) / "postmaster.pid"
    lines = note.read_text().split("\n")
    os.kill(int(lines[0]), signal.SIGKILL)
    time.sleep(0.2)
    with subprocess.Popen(["sleep", "60"]) as stranger:
        note.write_text("\n".join([str(stranger.pid), *lines[1:]]))
        try:
            assert embedded.answers(embedded.start())
            assert stranger.poll() is None
        finally:
            stranger.kill()
    database.stop_server()


def test_the_last_process_out_stops_it(home: Path) -> None:
    other = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from candour import database; database.ensure_server(); print('in', flush=True);"
            "input(); print(database.stop_server(), flush=True)",
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout is not None
    assert other.stdin is not None
    with other:
        assert other.stdout.readline() == "in\n"
        address = database.ensure_server()
        assert not database.stop_server()
        assert embedded.answers(address)
        other.stdin.write("\n")
        other.stdin.flush()
        assert other.stdout.readline() == "True\n"
    assert not embedded.answers(address)


def test_passwords_are_for_the_owner_of_the_files_alone(home: Path) -> None:
    secrets = sorted((home / "secrets").iterdir())
    assert {path.name for path in secrets} >= {"postgres", "candour_app", "candour_owner"}
    assert {path.stat().st_mode & 0o777 for path in secrets} == {0o600}
    assert (home / "secrets").stat().st_mode & 0o777 == 0o700


def test_it_listens_on_this_machine_alone(home: Path) -> None:
    database.ensure_server()
    with psycopg.connect(**administrator_parameters()) as administrator:
        shown = {
            name: administrator.execute("SELECT current_setting(%s)", [name]).fetchone()
            for name in ("listen_addresses", "unix_socket_directories", "fsync")
        }
    database.stop_server()
    assert shown == {
        "listen_addresses": ("127.0.0.1",),
        "unix_socket_directories": ("",),
        "fsync": ("on",),
    }


def test_a_port_that_is_no_port_is_refused(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANDOUR_PG_PORT", "70000")
    with pytest.raises(database.ServerWillNotStart, match="must be a port number"):
        database.ensure_server()
    assert str(home) not in lifetime._held


def test_records_of_another_release_are_left_alone(home: Path) -> None:
    address = read_address()
    assert address is not None
    assert address.data is not None
    version = Path(address.data) / "PG_VERSION"
    version.write_text("17\n")
    try:
        with pytest.raises(database.ServerWillNotStart, match="made by PostgreSQL 17"):
            database.ensure_server()
    finally:
        version.write_text("18\n")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's folders are out of the account's reach")
def test_a_home_out_of_reach_keeps_records_elsewhere_with_programs_that_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o700)
    monkeypatch.setenv("CANDOUR_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(account, "_packaged", lambda: _copy_of_the_package(tmp_path))
    address = database.ensure_server()
    try:
        assert address.data is not None
        assert address.binaries is not None
        elsewhere = Path(address.data).parent
        assert elsewhere.parent == Path("/var/lib")
        assert Path(address.binaries).is_relative_to(elsewhere)
        assert embedded.answers(address)
    finally:
        database.stop_server()
    shutil.rmtree(elsewhere)


def _copy_of_the_package(folder: Path) -> Path:
    spec = importlib.util.find_spec(account.PACKAGE)
    assert spec is not None
    assert spec.origin is not None
    package = Path(spec.origin).parent
    for name in (package.name, f"{package.name}.libs"):
        if (package.parent / name).exists() and not (folder / name).exists():
            shutil.copytree(package.parent / name, folder / name, symlinks=True)
    return folder / package.name
