"""How fast a what-if is: `python bench/simulate.py [--cases 20000] [--entries 40]`.

Makes a site of its own with so many open cases, replays them all under a draft in which one clock
is shorter and one duty is gone, with one process, with two, and with as many as fit. Each process
reads over a connection of its own and folds every case twice.
"""

import shutil
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from tempfile import mkdtemp

import cases_made_up as made_up
import own_site

NOW = datetime(2026, 11, 2, 10, tzinfo=UTC)


def a_draft(folder: Path) -> Path:
    """Return the shipped pack, with one clock of five working days made one of two."""
    from candour import policies

    path = folder / "cardiff_vale"
    shutil.copytree(policies.find("cardiff_vale"), path)
    changed = 0
    for file in sorted(path.glob("*.yaml")):
        text = file.read_text(encoding="utf-8")
        if "5 working days" in text:
            file.write_text(text.replace("5 working days", "2 working days"), encoding="utf-8")
            changed += 1
    if not changed:
        raise SystemExit("The pack has no clock of five working days to change any more.")
    return path


def measure(cases: int, entries: int) -> None:
    from candour.whatif.caseload import numbers_of
    from candour.whatif.replaying import Errand, replay_in_processes
    from candour.whatif.reports import report_of

    body_id, user_id = own_site_people()
    share = -(-cases // 4)
    with ProcessPoolExecutor(4, get_context("spawn")) as pool:
        waiting = [
            pool.submit(
                made_up.put_in, first, min(first + share - 1, cases), entries, body_id, user_id
            )
            for first in range(1, cases + 1, share)
        ]
        for each in waiting:
            each.result()
    folder = Path(mkdtemp(prefix="candour-draft-"))
    try:
        errand = Errand(a_draft(folder), "cardiff_vale", NOW, 12)
        numbers = numbers_of("auditor", "cardiff_vale", None)
        reports = []
        for processes in (2, 4, 1):
            begun, worked = time.perf_counter(), processor_time()
            tally = replay_in_processes(errand, "auditor", numbers, lambda *_: None, processes)
            took = time.perf_counter() - begun
            asked = errand.asked()
            reports.append(report_of(asked, tally, asked.draft))
            print(
                f"{len(numbers):,} cases of {entries} entries, {processes} processes: "
                f"{took:.1f} s, {len(numbers) / took:,.0f} cases/s; "
                f"{tally.changed:,} would change; {processor_time() - worked:.1f} s of processor",
                flush=True,
            )
        if any(one != reports[0] for one in reports):
            raise SystemExit("The number of processes changed what was found.")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def processor_time() -> float:
    """Return the seconds of processor that this process and those it started have had."""
    mine, theirs = (getrusage(who) for who in (RUSAGE_SELF, RUSAGE_CHILDREN))
    return mine.ru_utime + mine.ru_stime + theirs.ru_utime + theirs.ru_stime


def own_site_people() -> tuple[int, int]:
    """Make a body and a person, and return their numbers."""
    from candour.bodies.models import Body
    from candour.people.models import User

    body = Body.objects.create(name="Cardiff Council", nation="wales", slug="cardiff")
    return body.pk, User.objects.create(username="officer").pk


if __name__ == "__main__":
    own_site.run(__doc__, measure)
