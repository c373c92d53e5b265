"""How fast experiences come in, and how fast they are listed: `python bench/experiences.py [ROWS]`.

Three imports of made-up files of ROWS rows each (100,000 unless told), each beside a bare COPY of
the very same rows into a table with the very same columns and indexes, in turn, both growing alike.
Prints the medians, their ratio, and then the time of each kind of list over all that is there.
Works on a server of its own in a temporary folder, which it removes.
"""

import csv
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

AS_OF = datetime(2026, 6, 1, 9, tzinfo=UTC)
RUNS = 3
COMMON = """
the staff were very kind and helpful i was seen quickly but waiting for an appointment took too long
nobody told me what would happen next my medication was late parking is hard to find clean ward good
care thank you could be better listened to us rude on phone transport came
"""
COMMON_WORDS = COMMON.split()
SYLLABLES = ("ba", "den", "fo", "gar", "hil", "ker", "lo", "min", "nes", "pol", "ra", "sul", "tor")
SERVICES = [f"Service {number}" for number in range(1, 41)]
QUESTIONS = ["What was good?", "What could we do better?"]
THEMES = [
    "Staff manner & personal attributes",
    "Timeliness of care",
    "Contacting services",
    "Parking",
    "Care plans",
    "Positive experience & gratitude",
]
HEADER = [
    "Comment ID",
    "Trust",
    "Date",
    "Service type 1",
    "Service type 2",
    "FFT categorical answer",
    "FFT question",
    "FFT answer",
    "Person identifiable info?",
    "Comment sentiment",
    *THEMES,
]


def words(chance: random.Random) -> str:
    """Return an answer of some twenty words, most of them common and some rare."""
    return " ".join(
        chance.choice(COMMON_WORDS)
        if chance.random() < 0.85
        else "".join(chance.choices(SYLLABLES, k=3))
        for _ in range(chance.randint(4, 36))
    )


def rows(count: int, chance: random.Random) -> Iterator[list[str]]:
    """Yield the cells of made-up rows."""
    first = date(2020, 1, 1)
    for number in range(count):
        day = first + timedelta(days=number * 2200 // count)
        ticks = ["1" if chance.random() < 0.2 else "" for _ in THEMES]
        service, question = chance.choice(SERVICES), chance.choice(QUESTIONS)
        felt = chance.choice(["", "1", "2", "3", "4", "5"])
        dated = day.strftime("%d/%m/%Y")
        text = words(chance)
        yield [f"C{number}", "Trust", dated, "Kind", service, "1", question, text, "", felt, *ticks]


def timed(act: Callable[[], object]) -> float:
    """Return how many seconds it takes."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def bare_copy(batch_id: int) -> Callable[[], None]:
    """Return a bare COPY of the rows of one import, made ready beforehand."""
    from django.db import connections

    names = (
        "body_id, source, source_ref, received_on, happened_on, organisation, service_name, "
        "service_kind, question, answer, rating, sentiment, themes, language, identifiable, "
        "batch_id, created_at"
    )
    with connections["owner"].cursor() as cursor:
        out = cursor.copy(
            f"COPY (SELECT {names} FROM experience WHERE batch_id = {batch_id}) TO STDOUT"  # noqa: S608
        )
        with out as copy:
            blocks = [bytes(block) for block in copy]

    def act() -> None:
        with (
            connections["owner"].cursor() as cursor,
            cursor.copy(f"COPY bare ({names}) FROM STDIN") as copy,
        ):
            for block in blocks:
                copy.write(block)

    return act


def measure(count: int, folder: Path) -> None:
    """Import and copy in turn, then list."""
    from django.db import connections

    from candour.bodies.models import Body
    from candour.database.row_security import acting_for
    from candour.experiences.actions import import_experiences
    from candour.experiences.intake.mapping_files import find_mapping
    from candour.experiences.models import Import
    from candour.people.actor import Actor

    mapping = find_mapping("nhs-fft")
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE TABLE bare (LIKE experience INCLUDING ALL)")
    imports, copies, bodies = [], [], []
    for run in range(RUNS):
        path = folder / f"made-up-{run}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            written = csv.writer(file)
            written.writerow(HEADER)
            written.writerows(rows(count, random.Random(run)))
        body = Body.objects.create(name=f"Body {run}", slug=f"body-{run}", nation="england")
        bodies.append(body)
        actor = Actor.system(body)

        def take_in(path: Path = path, actor: Actor = actor) -> None:
            report = import_experiences(path, mapping=mapping, actor=actor, as_of=AS_OF)
            assert report.taken == count, report.lines()

        imports.append(count / timed(take_in))
        with acting_for([body.pk]):
            batch = Import.objects.get(body=body)
        copies.append(count / timed(bare_copy(batch.pk)))
        print(f"run {run + 1}: import {imports[-1]:,.0f}/s, bare COPY {copies[-1]:,.0f}/s")
    ratio = statistics.median(c / i for c, i in zip(copies, imports, strict=True))
    print(f"import, median        {statistics.median(imports):>10,.0f} rows/s (wanted: 5,000)")
    print(f"bare COPY, median     {statistics.median(copies):>10,.0f} rows/s")
    print(f"ratio, median         {ratio:>10.2f} (wanted: at most 4)")
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE experience")
    lists([body.pk for body in bodies], RUNS * count)


def lists(body_ids: list[int], total: int) -> None:
    """Print the median time of each kind of list."""
    from candour.database.row_security import acting_for
    from candour.experiences.queries import Filters, facets, listing

    far_page = "older.2021-03-01.1"
    asked: dict[str, Callable[[], object]] = {
        "first page": listing,
        "search, common word": lambda: listing(search="staff"),
        "search, rare word": lambda: listing(search="badenfo"),
        "search, two words": lambda: listing(search="parking kerlomin"),
        "search, no hit": lambda: listing(search="zyzzyva"),
        "service": lambda: listing(filters=Filters(service="Service 7")),
        "theme and sentiment": lambda: listing(filters=Filters(theme="Parking", sentiment=5)),
        "far page": lambda: listing(page_token=far_page),
        "facets, all": facets,
        "facets, service": lambda: facets(filters=Filters(service="Service 7")),
        "facets, search": lambda: facets(search="staff"),
        "facets, days": lambda: facets(filters=Filters(since=date(2024, 1, 1))),
    }
    for held in (body_ids[:1], body_ids):
        with acting_for(held):
            print(f"lists over {total:,} rows, for {len(held)} bodies; medians of 7, in ms")
            for name, ask in asked.items():
                took = statistics.median(timed(ask) for _ in range(7))
                print(f"  {name:<24}{took * 1000:>8.1f}")


def main() -> None:
    """Make a site in a temporary folder, measure on it, and remove it."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    folder = Path(tempfile.mkdtemp(prefix="candour-bench-"))
    folder.chmod(0o755)
    os.environ["CANDOUR_HOME"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "candour.site.settings"
    import django

    from candour import database

    database.ensure_server()
    try:
        django.setup()
        from candour.site.schema import bring_up_to_date

        bring_up_to_date()
        measure(count, folder)
    finally:
        database.stop_server()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
