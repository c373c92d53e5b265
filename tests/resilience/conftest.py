"""A whole demonstration of its own: its own cluster, kept as safely as on a real site."""

import json
import os
import re
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.resilience.visitor import Clerk, Visitor
from tests.support.processes import candour, lives, until

STARTED = re.compile(r"Candour is at http://127\.0\.0\.1:(\d+)/")
MARI = re.compile(r"^  mari +(\S+)", re.MULTILINE)
COLD_START = 180.0  # seconds, on a machine that runs the other tests at the same time


@dataclass(frozen=True)
class Site:
    """A demonstration that runs: where, for whom, and what its processes are."""

    process: subprocess.Popen[bytes]
    home: Path
    said_in: Path
    environment: dict[str, str]

    @property
    def said(self) -> str:
        """What the command has printed so far."""
        return self.said_in.read_text(encoding="utf-8")

    @property
    def port(self) -> int:
        """The port that the pages are on."""
        found = STARTED.search(self.said)
        assert found, self.said
        return int(found[1])

    @property
    def postmaster(self) -> int:
        """The number of the database's first process; 0 while there is none."""
        data = json.loads((self.home / "postgres.json").read_text(encoding="utf-8"))["data"]
        try:
            note = (Path(data) / "postmaster.pid").read_text(encoding="ascii")
        except FileNotFoundError:
            return 0
        number = int(note.split("\n", 1)[0])
        return number if lives(number) else 0

    def child(self, word: str) -> int:
        """Return the number of the demonstration's child that runs this command; 0 if none."""
        return next((each for each in children(self.process.pid) if word in words_of(each)), 0)

    @property
    def answerers(self) -> list[int]:
        """The processes that answer requests: the children of the web server's first one."""
        return [each for each in children(self.child("web")) if lives(each)]

    def visitor(self) -> Visitor:
        """Return Mari at a browser of her own, signed in."""
        found = MARI.search(self.said)
        assert found, self.said
        visitor = Visitor(self.port)
        visitor.sign_in("mari", found[1])
        return visitor

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run another command on this site and return how it ended."""
        return subprocess.run(
            [sys.executable, "-m", "candour", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def check(self, clerks: list[Clerk]) -> None:
        """All that was acknowledged is there, once, and every log is whole."""
        export = self.home / "export.jsonl"
        export.unlink(missing_ok=True)
        verified = self.run("verify", "--write-export", str(export))
        assert verified.returncode == 0, verified.stdout + verified.stderr
        assert "every log is as it was recorded" in verified.stdout
        logs = _logs(export)
        for clerk in clerks:
            kept = Counter(entry["id"] for entry in logs[clerk.ref])
            assert [kept[key] for key in clerk.recorded] == [1] * len(clerk.recorded)
            said = [entry["data"].get("notes") for entry in logs[clerk.ref]]
            calls = [words for words in said if words and words.startswith(clerk.name)]
            assert calls == [clerk.words(number) for number in range(len(calls))]  # none twice
            assert len(calls) == len(clerk.recorded)


def _logs(export: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the entries of each case in an export."""
    logs: dict[str, list[dict[str, Any]]] = {}
    ref = ""
    for line in map(json.loads, export.read_text(encoding="utf-8").splitlines()):
        if "case" in line:
            ref = line["case"]
        elif "entry" in line:
            logs.setdefault(ref, []).append(json.loads(line["entry"]))
    return logs


def children(pid: int) -> list[int]:
    """Return the numbers of a process's children."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        found += map(int, task.read_text(encoding="ascii").split())
    return found


def words_of(pid: int) -> list[str]:
    """Return the command line of a process, none when it has gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8").split("\0")
    except (FileNotFoundError, ProcessLookupError):
        return []


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A demonstration started as a new user would, on a cluster that fears no power cut."""
    home = tmp_path_factory.mktemp("site")
    home.chmod(0o755)
    environment = {
        name: value
        for name, value in os.environ.items()
        if name != "DATABASE_URL" and not name.startswith("CANDOUR_")
    } | {"CANDOUR_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    said = home / "said.txt"
    with candour("demo", "--port", "18650", environment=environment, log=said) as process:
        running = Site(process, home, said, environment)
        until(lambda: "Ctrl-C stops it" in running.said or process.poll() is not None, COLD_START)
        assert process.poll() is None, running.said
        yield running
        process.send_signal(signal.SIGINT)
        process.wait(60)


@pytest.fixture
def clerks(site: Site) -> Iterator[list[Clerk]]:
    """Three people who write without a pause, each in a case of her own."""
    listed = site.visitor().get("/cases/?state=open")
    refs = sorted(set(re.findall(r"CV-\d{4}-\d{4}", listed)))[:3]
    found = [Clerk(site.visitor(), ref) for ref in refs]
    assert len(found) == 3
    for clerk in found:
        clerk.start()
    yield found
    for clerk in found:
        clerk.finish()
