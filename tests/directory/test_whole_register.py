"""A whole register: 55,000 made-up locations in the shape of the care directory."""

import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from candour.bodies.models import Service
from candour.directory.actions import import_directory
from candour.directory.models import Change, Listing, What
from candour.directory.searching import services_matching
from tests.support.care_directory import care_directory, made_up_rows

pytestmark = pytest.mark.django_db
LOCATIONS = 55_000
TODAY = date(2026, 12, 2)


@pytest.mark.slow
def test_the_first_load_takes_less_than_a_minute_and_the_next_only_what_changed() -> None:
    rows = made_up_rows(LOCATIONS)
    began = time.monotonic()
    report = import_directory(
        care_directory(rows),
        file_name="directory.csv",
        by=None,
        as_of=datetime(2026, 11, 2, 9, tzinfo=UTC),
    )
    assert report.differences.added == LOCATIONS
    assert time.monotonic() - began < 60
    assert Listing.objects.count() == Service.objects.count() == LOCATIONS

    del rows[:100]
    for row in rows[:500]:
        row[4] = "01632960000"
    report = import_directory(
        care_directory(rows, "1 December 2026"),
        file_name="directory.csv",
        by=None,
        as_of=datetime(2026, 12, 2, 9, tzinfo=UTC),
    )
    found = report.differences
    assert (found.added, found.ended, found.changed) == (0, 100, found.fields["phone"])
    assert 490 <= found.changed <= 500
    assert Change.objects.exclude(what=What.ADDED).count() == 100 + found.changed
    typed_quickly(rows)


def typed_quickly(rows: list[list[str]]) -> None:
    """Half typed, misspelled, with a town: in few milliseconds and few queries."""
    name, town = rows[7][0], rows[7][2].rpartition(", ")[2]
    slip = name[:2] + name[3] + name[2] + name[4:]
    taken = []
    for words in (
        name[:4],
        name,
        f"{town} {name[:6]}",
        slip,
        "care",
        f"{slip} {town}",
        "ho",
        "the",
    ):
        with CaptureQueriesContext(connection) as asked:
            began = time.perf_counter()
            services_matching(words, 8, on=TODAY)
            taken.append(time.perf_counter() - began)
        assert len(asked) <= 3
    assert sorted(taken)[len(taken) // 2] < 0.1, taken  # 20 ms where nothing else is at work
    assert any(match.name == name for match in services_matching(f"{slip} {town}", 20, on=TODAY))


@pytest.mark.django_db(transaction=True)
def test_the_command_takes_a_file_and_says_what_became_of_it(
    site_environment: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "01_November_2026_CQC_directory.csv"
    file.write_bytes(care_directory(made_up_rows(3)))

    def ran(*options: str) -> subprocess.CompletedProcess[str]:
        words = [sys.executable, "-m", "candour", "import", "directory", str(file), *options]
        return subprocess.run(
            words, env=site_environment, capture_output=True, text=True, timeout=120, check=False
        )

    dry = ran("--dry-run")
    assert (dry.returncode, Service.objects.count()) == (0, 0), dry.stderr
    done = ran("--report", str(tmp_path / "report.json"))
    assert done.returncode == 0, done.stderr
    assert "added                         3" in done.stdout
    assert Service.objects.count() == 3
    file.write_bytes(b"no directory")
    refused = ran()
    assert refused.returncode == 1
    assert "Nothing was taken." in refused.stderr
    assert "Traceback" not in refused.stderr
