"""Rows are stored by the stretch while the next are read: it comes to what all at once would."""

from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import DataError, connection, transaction

from candour.database.row_security import acting_for
from candour.experiences.actions import Stage, count_anew
from candour.experiences.intake import staging, storing
from candour.experiences.intake.errors import FileRefusedError
from candour.experiences.intake.rows import Row
from candour.experiences.models import Experience, ExperienceMark, ExperienceSign, Import, Tally
from tests.experiences.files import a_body, csv_text, take_in

pytestmark = pytest.mark.django_db

SAID = "Thanks to Sarah. My mam Siân was left in her own urine."
# Eleven rows in stretches of three: repeated ids within a stretch and across, marks in several.
ROWS: list[dict[str, str]] = [
    *({}, {"FFT answer": SAID}, {"Comment ID": "C1", "FFT answer": "Again."}),
    *({"Parking": "1"}, {"Comment ID": "C2", "FFT answer": "Later."}, {}),
    *({"FFT answer": ""}, {"FFT answer": SAID}, {"Comment sentiment": ""}),
    *({"Comment ID": "C4"}, {"Parking": "1"}),
]


@pytest.fixture
def short_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "MOST_ROWS", 3)


def written(folder: Path, *rows: dict[str, str], name: str = "given.csv") -> Path:
    path = folder / name
    path.write_text(csv_text(*rows), encoding="utf-8")
    return path


def all_there() -> dict[str, list[Any]]:
    """Return what an import leaves, apart from the numbers that the database gives."""
    names = ("service_name", "sentiment", "theme", "experiences")
    with acting_for([a_body().pk]):
        marks = ExperienceMark.objects.order_by("experience_id", "begin")
        return {
            "rows": list(
                Experience.objects.order_by("pk").values_list("source_ref", "answer", "themes")
            ),
            "marks": list(marks.values_list("experience__source_ref", "sort", "begin", "kept")),
            "signs": list(
                ExperienceSign.objects.order_by("pk").values_list("experience__source_ref", "found")
            ),
            "tallies": sorted(Tally.objects.values_list(*names)),
            "imports": list(Import.objects.values_list("taken", "duplicates", "already_there")),
        }


def told(folder: Path, *rows: dict[str, str]) -> tuple[list[str], dict[str, list[Any]]]:
    report = take_in(written(folder, *rows))
    return [line for line in report.lines() if "Import" not in line], all_there()


@pytest.mark.parametrize("there_before", [[], ROWS[:2]])
def test_stretches_come_to_what_one_would(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there_before: list[dict[str, str]]
) -> None:
    outcomes = []
    for most in (100, 3):
        monkeypatch.setattr(storing, "MOST_ROWS", most)
        with acting_for([a_body().pk]):
            take_in(written(tmp_path, *there_before))
            outcomes.append(told(tmp_path, *ROWS))
            transaction.set_rollback(True)
    assert outcomes[0] == outcomes[1]
    assert outcomes[1][1]["rows"]
    assert outcomes[1][1]["signs"]


@pytest.mark.usefixtures("short_stretches")
def test_the_first_of_a_repeated_id_counts_in_whichever_stretch_the_others_are(
    tmp_path: Path,
) -> None:
    report = take_in(written(tmp_path, *ROWS))
    assert (report.taken, report.duplicates.count, report.skipped_rows) == (7, 3, 1)
    assert report.duplicates.lines == [4, 6, 11]
    rows = all_there()["rows"]
    assert [ref for ref, _, _ in rows] == ["C1", "C2", "C4", "C6", "C8", "C9", "C11"]
    assert rows[0][1] == "Kind staff."


@pytest.mark.usefixtures("short_stretches")
def test_what_is_counted_at_the_end_is_what_is_there_and_later_rows_count_at_once(
    tmp_path: Path,
) -> None:
    take_in(written(tmp_path, *ROWS))
    body = a_body()
    with acting_for([body.pk]):
        row = Experience.objects.order_by("pk")[0]
        for ref in ("one", "two"):
            row.pk, row.source_ref = None, ref
            row.save(force_insert=True)
    kept = all_there()["tallies"]
    assert sum(number for *_, theme, number in kept if theme == "") == 9
    count_anew(body)
    assert all_there()["tallies"] == kept


def test_long_answers_make_short_stretches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "MOST_LETTERS", 25)
    staged: list[int] = []
    stage = staging.stage

    def seen(rows: list[Row]) -> int:
        staged.append(len(rows))
        return stage(rows)

    monkeypatch.setattr(staging, "stage", seen)
    assert take_in(written(tmp_path, *[{}] * 7)).taken == 7
    assert staged == [3, 3, 1]  # “Kind staff.” has eleven letters


@pytest.mark.usefixtures("short_stretches")
def test_rows_without_ids_are_told_apart_across_stretches(tmp_path: Path) -> None:
    path = tmp_path / "given.csv"
    path.write_text("received;comment\n" + "04/02/2026;Same\n" * 8, encoding="utf-8")
    assert take_in(path, mapping="generic").taken == 8
    assert take_in(path, mapping="generic").already_there == 8


@pytest.mark.usefixtures("short_stretches")
def test_trouble_of_the_database_in_a_stretch_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails = staging.INSERT.replace("ORDER BY line", "AND 1 / (line - 6) <> 2 ORDER BY line")
    monkeypatch.setattr(staging, "INSERT", fails)
    with pytest.raises(DataError, match="division by zero"):
        take_in(written(tmp_path, *[{}] * 8))
    assert not any(all_there().values())


@pytest.mark.usefixtures("short_stretches")
def test_trouble_in_the_file_after_some_stretches_leaves_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, *[{}] * 8)
    with path.open("a", encoding="utf-8") as file:
        file.write('C9,"never closed\n')
    with pytest.raises(FileRefusedError):
        take_in(path)
    assert not any(all_there().values())


def test_one_file_of_a_body_is_taken_in_at_a_time(
    tmp_path: Path, owner_cursor: psycopg.Cursor[tuple[Any, ...]]
) -> None:
    free: list[bool] = []
    ask = staging.ALONE.replace("pg_advisory_xact_lock", "pg_try_advisory_xact_lock")

    def meanwhile(stage: Stage, part: float) -> None:
        if stage is Stage.STORING:
            for body in (a_body(), a_body("another")):
                (found,) = owner_cursor.execute(ask, [body.pk]).fetchone() or (None,)
                free.append(bool(found))

    take_in(written(tmp_path, *[{}] * 2), progress=meanwhile)
    assert free == [False, True]


@pytest.mark.usefixtures("short_stretches")
def test_the_counts_are_not_held_while_rows_are_read(tmp_path: Path) -> None:
    take_in(written(tmp_path, {}))
    counted: list[int] = []

    def meanwhile(stage: Stage, part: float) -> None:
        if stage is Stage.STORING:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT count(*) FROM experience UNION ALL "
                    "SELECT sum(experiences) FROM experience_tally"
                )
                counted.extend(int(number) for (number,) in cursor.fetchall())

    take_in(written(tmp_path, *[{"Comment ID": f"D{n}"} for n in range(4)]), progress=meanwhile)
    assert counted == [4, 1]  # three more are in, and counted with the last
