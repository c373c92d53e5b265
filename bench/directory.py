"""How fast a register comes in and is searched: `python bench/directory.py [LOCATIONS]`.

Takes a made-up care directory of 55,000 locations (unless told) in, again unchanged, and again with
one row in a hundred changed; then asks for services half typed, misspelled and by their place.
Works on a server of its own in a temporary folder, which it removes.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from own_site import with_site

from tests.support.care_directory import care_directory, made_up_rows

AS_OF = datetime(2026, 12, 2, 9, tzinfo=UTC)
ASKED = 200
WANTED = 20  # milliseconds while somebody types


def measure(locations: int) -> None:
    rows = made_up_rows(locations)
    first = care_directory(rows)
    for row in rows[::100]:
        row[4] = "01632960000"
    taken("first load", first)
    taken("the same again", first)
    taken("one in a hundred changed", care_directory(rows, "1 December 2026"))
    searched(rows)
    listed()


def taken(what: str, content: bytes) -> None:
    from candour.directory.actions import import_directory

    began = time.perf_counter()
    report = import_directory(content, file_name="directory.csv", by=None, as_of=AS_OF)
    seconds, found = time.perf_counter() - began, report.differences
    print(
        f"{what:<26} {seconds:6.1f} s   added {found.added:,}, changed {found.changed:,}, "
        f"ended {found.ended:,}, as they were {found.same:,}"
    )


def searched(rows: list[list[str]]) -> None:
    from candour.directory.searching import services_matching

    every: list[float] = []

    def ask(what: str, words_of: Callable[[list[str]], str], *, needed: bool) -> None:
        taken, found = [], 0
        for row in rows[:: max(len(rows) // ASKED, 1)]:
            words = words_of(row)
            began = time.perf_counter()
            matches = services_matching(words, 8, on=date(2026, 12, 2))
            taken.append((time.perf_counter() - began) * 1000)
            found += any(match.name == row[0] for match in matches)
        every.extend(taken)
        told = f"   found {found / len(taken):.0%}" if needed else ""
        last, middle = sorted(taken)[int(len(taken) * 0.95)], statistics.median(taken)
        print(f"{what:<26} median {middle:5.1f} ms, 95 in 100 in {last:5.1f} ms{told}")

    town = lambda row: row[2].rpartition(", ")[2]  # noqa: E731
    slip = lambda row: row[0][:2] + row[0][3] + row[0][2] + row[0][4:]  # noqa: E731
    ask("first three letters", lambda row: row[0][:3], needed=False)
    ask("half a name", lambda row: row[0][: len(row[0]) // 2], needed=False)
    ask("name", lambda row: row[0], needed=True)
    ask("name and town", lambda row: f"{row[0]} {town(row)}", needed=True)
    ask("postcode", lambda row: row[3], needed=True)
    ask("a slip in the name", slip, needed=True)
    ask("a slip, and the town", lambda row: f"{slip(row)} {town(row)}", needed=True)
    ask("the commonest word", lambda _row: "house", needed=False)
    middle = statistics.median(every)
    print(f"{'all of these':<26} median {middle:5.1f} ms, {WANTED} at most are wanted")


def listed() -> None:
    from candour.directory.models import Authority
    from candour.directory.queries import Narrowed, kinds_listed, ratings_of, services_listed

    authority = Authority.objects.values_list("pk", flat=True)[0]
    for what, narrowed in (
        ("a page of all", Narrowed()),
        ("a page of one kind", Narrowed(kind="Hospice")),
        ("a page of one authority", Narrowed(authority=authority)),
        ("a page of some words", Narrowed(words="sunnyside house")),
        ("a page of closed ones", Narrowed(state="closed")),
    ):
        taken = []
        for _again in range(5):
            began = time.perf_counter()
            page = services_listed(narrowed, on=date(2026, 12, 2))
            ratings_of(service.pk for service in page.services)
            kinds_listed()
            taken.append((time.perf_counter() - began) * 1000)
        print(f"{what:<26} median {statistics.median(taken):5.0f} ms   of {page.total:,}")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("locations", type=int, nargs="?", default=55_000)
    number = arguments.parse_args().locations
    with_site(lambda: measure(number), {})
