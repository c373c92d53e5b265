#!/usr/bin/env python3
"""Sets Candour up on this machine and runs it.

    python3 start.py demo    everything together, with cases to try (more: demo --help)
    python3 start.py test    every check of the project

Needs Debian or Ubuntu with Python 3.11 or newer, and git. Makes the folder .venv beside this file
and installs the locked packages there; nothing else on the machine is touched, except that `test`
installs the browser for its journeys, and either command python3-venv, where it may.
"""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

PROJECT = Path(__file__).resolve().parent
VENV = PROJECT / ".venv"
PYTHON = VENV / "bin" / "python"
UV_VERSION = "0.13.9"
OLDEST = (3, 11)
BYTECODE = VENV / "bytecode"
CANNOT = 2


class Unprepared(Exception):
    """The machine lacks something; the message says what to run."""


def say(words: str) -> None:
    """Print at once, so that the words stay in order with those of other programs."""
    print(words, flush=True)


def run(*words: str, quiet: bool = False, environment: dict[str, str] | None = None) -> int:
    """Run a program in the project's folder and return its exit code."""
    return subprocess.run(
        words,
        cwd=PROJECT,
        env=os.environ | (environment or {}),
        check=False,
        stdout=subprocess.DEVNULL if quiet else None,
        stderr=subprocess.DEVNULL if quiet else None,
    ).returncode


def administrator() -> list[str] | None:
    """Return the words that make a command run as root, or None when we may not."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and run("sudo", "-n", "true", quiet=True) == 0:
        return ["sudo", "-n"]
    return None


def apt_install(packages: list[str], why: str) -> None:
    """Install Debian packages, or say which line installs them.

    Raises:
        Unprepared: we may not install them, or it failed.
    """
    line = f"apt-get install -y {' '.join(packages)}"
    root = administrator()
    if root is None or not shutil.which("apt-get"):
        raise Unprepared(f"{why}. Run this once, then start again:\n    sudo {line}")
    say(f"{why}; installing: {line}")
    quietly = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    install = [*quietly, "install", "-y", "-q", "--no-install-recommends", *packages]
    if run(*install, quiet=True) != 0:
        run(*quietly, "update", "-q", quiet=True)
        if run(*install) != 0:
            raise Unprepared(f"{why}, and installing it failed. Run: sudo apt-get update && {line}")


def keep_bytecode() -> None:
    """Keep compiled modules, in a folder of their own where none may lie beside the sources.

    Without them every process compiles two thousand modules anew, ten seconds each time.
    """
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", None):
        os.environ["PYTHONPYCACHEPREFIX"] = str(BYTECODE)


def make_venv() -> None:
    """Make the virtual environment, unless one made in this very place is there.

    Raises:
        Unprepared: it cannot be made, or .venv leads to another place's, which stays untouched.
    """
    made_at = VENV / "candour-place"
    with suppress(OSError):
        if PYTHON.exists() and made_at.read_text(encoding="utf-8") == str(PROJECT):
            return
    if VENV.is_symlink():
        raise Unprepared(
            f".venv is a link to {VENV.resolve()}, and making it anew would empty that place.\n"
            f"Remove the link, then start again:\n    rm {VENV}"
        )
    say("Making .venv …")
    words = [getattr(sys, "_base_executable", sys.executable), "-m", "venv", "--clear", str(VENV)]
    if run(*words, quiet=True) != 0:
        apt_install(
            [f"python{sys.version_info.major}.{sys.version_info.minor}-venv"],
            "Python's venv module is missing",
        )
        if run(*words) != 0:
            raise Unprepared("Python's venv module still fails; its own words are above.")
    made_at.write_text(str(PROJECT), encoding="utf-8")


def get_uv() -> str:
    """Return the path of uv, installed into the virtual environment when it is not there yet."""
    uv = VENV / "bin" / "uv"
    if not uv.exists():
        say("Getting uv …")
        words = [str(PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        if run(*words, f"uv=={UV_VERSION}") != 0:
            raise Unprepared("uv could not be installed: is the Python package index in reach?")
    return str(uv)


def install(*, for_tests: bool) -> None:
    """Install the locked packages, unless that was done for this very lock file."""
    stamp = VENV / "candour-installed"
    wanted = fingerprint(for_tests=for_tests)
    with suppress(OSError):
        if wanted in stamp.read_text(encoding="utf-8").split("\n"):
            return
    make_venv()
    get_uv()
    say("Installing the locked packages …")
    locked = ["--require-hashes", "--requirements", str(PROJECT / lock_file(for_tests=for_tests))]
    if not (uv_installs(*locked) and uv_installs("--no-deps", "--editable", str(PROJECT))):
        raise Unprepared("The packages could not be installed; uv's own words are above.")
    done = {fingerprint(for_tests=False), wanted}  # what the tests need includes the rest
    stamp.write_text("\n".join(sorted(done)), encoding="utf-8")


def uv_installs(*what: str) -> bool:
    """Install with uv; once more by the machine's own certificates, for networks that add some."""
    words = [get_uv(), "pip", "install", "--quiet", "--python", str(PYTHON), *what]
    return run(*words) == 0 or run(*words, "--system-certs") == 0


def lock_file(*, for_tests: bool) -> str:
    """Return the file that pins every package, with the hashes of what may be installed."""
    return "requirements/test.txt" if for_tests else "requirements/run.txt"


def fingerprint(*, for_tests: bool) -> str:
    """Return what tells one installation from another: lock file, place, Python, and purpose."""
    digest = hashlib.sha256(f"{PROJECT} {platform.python_version()}".encode())
    for name in (lock_file(for_tests=for_tests), "pyproject.toml"):
        digest.update((PROJECT / name).read_bytes())
    return f"{'test' if for_tests else 'demo'} {digest.hexdigest()}"


def find_browser() -> None:
    """Install Debian's chromium for the journeys when no browser is there."""
    if os.environ.get("CANDOUR_CHROMIUM") or shutil.which("chromium"):
        return
    apt_install(["chromium", "fonts-noto-core"], "The journeys need the browser chromium")


def checks() -> list[list[str]]:
    """Return the command lines of the checks that come before the tests."""
    words = [
        ["ruff", "check", "--quiet", "."],
        ["ruff", "format", "--quiet", "--check", "."],
        ["mypy", "--no-error-summary"],
        ["lint-imports", "--no-cache"],
        ["djlint", "candour/web/templates", "--lint", "--quiet"],
        ["candour", "procedures", "lint"],
    ]
    return [[str(VENV / "bin" / program), *rest] for program, *rest in words]


def pytest(arguments: list[str]) -> int:
    """Run the tests, or those that the arguments choose; whole runs must cover all the engine."""
    words = [str(PYTHON), "-m", "pytest", "-q"]
    if arguments:
        return run(*words, *arguments)
    cores = min(4, len(os.sched_getaffinity(0)))
    covered = ["--cov=candour.engine", "--cov-branch", "--cov-fail-under=100"]
    shown = ["--cov-report=term-missing:skip-covered"]
    return run(*words, "-n", str(cores), "--dist", "loadfile", *covered, *shown)


def test(arguments: list[str]) -> int:
    """Run every check and return 0 when all hold; pytest's own closing line comes last.

    With arguments, only pytest runs, and they are handed to it.
    """
    install(for_tests=True)
    find_browser()
    failed = [] if arguments else [name for name, code in timed(checks()) if code != 0]
    code = pytest(arguments)
    return 1 if failed else code


def timed(lines: list[list[str]]) -> list[tuple[str, int]]:
    """Run each command line, say how it ended and how long it took, and return the outcomes."""
    outcomes = []
    for program, *rest in lines:
        name = f"{Path(program).name} {' '.join(word for word in rest if word.isalpha())}".strip()
        began = time.monotonic()
        code = run(program, *rest)
        outcomes.append((name, code))
        took = time.monotonic() - began
        say(f"{'ok    ' if code == 0 else 'FAILED'} {name:<24} {took:6.1f} s")
    failed = [name for name, code in outcomes if code != 0]
    say(f"Failed: {', '.join(failed)}. The tests follow." if failed else "The tests follow.")
    return outcomes


def demo(arguments: list[str]) -> int:
    """Become ``candour demo``."""
    install(for_tests=False)
    candour = str(VENV / "bin" / "candour")
    os.chdir(PROJECT)
    os.execv(candour, [candour, "demo", *arguments])  # noqa: S606  # our own program


def main(words: list[str]) -> int:
    """Do what the words ask for and return the exit code."""
    commands = {"demo": demo, "test": test}
    if not words or words[0] not in commands:
        say((__doc__ or "").strip())
        return 0 if words[:1] in (["-h"], ["--help"]) else CANNOT
    if sys.version_info < OLDEST:
        say(f"Candour needs Python 3.11 or newer; this is {platform.python_version()}.")
        return CANNOT
    keep_bytecode()
    try:
        return commands[words[0]](words[1:])
    except Unprepared as lack:
        say(str(lack))
        return CANNOT
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
