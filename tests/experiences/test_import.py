"""Files taken in: what becomes of each row, and that it all adds up."""

import csv
import os
from datetime import date
from pathlib import Path

import pytest

from candour.database.row_security import acting_for
from candour.experiences.actions import Stage, count_anew
from candour.experiences.intake.dates import How, Order
from candour.experiences.intake.errors import FileRefusedError
from candour.experiences.intake.report import ImportReport
from candour.experiences.models import Experience, ExperienceMark, Import, Tally
from tests.experiences.files import a_body, csv_text, take_in

pytestmark = pytest.mark.django_db


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "given.csv"
    path.write_bytes(text.encode(encoding))
    return path


def held() -> list[Experience]:
    with acting_for([a_body().pk]):
        return list(Experience.objects.order_by("pk"))


def counts(report: ImportReport) -> tuple[int, int, int, int, int]:
    return (
        report.rows_read,
        report.taken,
        report.already_there,
        report.duplicates.count,
        report.skipped_rows,
    )


def test_a_row_becomes_an_experience(tmp_path: Path) -> None:
    row = {
        "Service type 1": "PTS\u00a0 - Patient Transport",
        "Parking": "1",
        "FFT answer": " Kind “staff”,\nclean  ward. ",
        "Person identifiable info?": "1",
        "Comment sentiment": "2",
    }
    take_in(written(tmp_path, csv_text(row)))
    (found,) = held()
    assert found.answer == " Kind “staff”,\nclean  ward. "
    assert found.service_name == found.service_kind == "PTS - Patient Transport"
    assert (found.source, found.source_ref, found.organisation) == ("nhs-fft", "C1", "North")
    assert (found.rating, found.sentiment, found.themes) == ("very good", 2, ["Parking"])
    assert (found.received_on, found.language, found.identifiable) == (
        date(2021, 9, 30),
        "en",
        True,
    )
    with acting_for([a_body().pk]):
        assert found.batch == Import.objects.get()


def test_letters_made_of_two_marks_are_kept_as_one(tmp_path: Path) -> None:
    take_in(written(tmp_path, csv_text({"FFT answer": "Ty\u0302 da"})))
    assert held()[0].answer == "Tŷ da"


def test_windows_1252_is_read_as_it_was_meant(tmp_path: Path) -> None:
    report = take_in(written(tmp_path, csv_text({"FFT answer": "“Good” café"}), "cp1252"))
    assert (report.encoding, held()[0].answer) == ("cp1252", "“Good” café")


def test_a_file_of_two_encodings_is_settled_row_by_row_and_told(tmp_path: Path) -> None:
    path = written(tmp_path, csv_text({"FFT answer": "Tŷ da"}, {}))
    old = csv_text(*[{}] * 2, {"FFT answer": "“Good”\ncafé"}).encode("cp1252")
    odd = csv_text(*[{}] * 3, {"FFT answer": "ODD"}).encode().replace(b"ODD", b"\x81")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes() + old[old.index(b"C3") :])
    path.write_bytes(path.read_bytes() + odd[odd.index(b"C4") :])
    report = take_in(path)
    assert (report.encoding, [row.answer for row in held()]) == (
        "mixed",
        ["Tŷ da", "Kind staff.", "“Good”\ncafé"],
    )
    assert {what: seen.lines for what, seen in report.noted.items()} == {
        "the row is in Windows-1252 where others are in UTF-8": [4]
    }
    assert {why: seen.lines for why, seen in report.skipped.items()} == {
        "its letters are neither UTF-8 nor Windows-1252": [6]
    }


def test_files_joined_with_their_headers_are_one(tmp_path: Path) -> None:
    path = written(tmp_path, csv_text({}) + csv_text({}, {}))
    report = take_in(path)
    assert counts(report) == (4, 2, 0, 1, 1)
    assert report.skipped["the names of the columns again"].lines == [3]


def test_taking_the_same_file_again_adds_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, csv_text({}, {}, {}))
    assert counts(take_in(path)) == (3, 3, 0, 0, 0)
    assert counts(take_in(path)) == (3, 0, 3, 0, 0)
    assert len(held()) == 3


def test_two_bodies_may_hold_the_same_file(tmp_path: Path) -> None:
    path = written(tmp_path, csv_text({}))
    take_in(path)
    assert take_in(path, body=a_body("another")).taken == 1
    assert len(held()) == 1


def test_a_row_that_has_changed_since_is_left_and_told(tmp_path: Path) -> None:
    take_in(written(tmp_path, csv_text({}, {})))
    report = take_in(written(tmp_path, csv_text({}, {"FFT answer": "Altered."}, {})))
    assert counts(report) == (3, 1, 2, 0, 0)
    assert (report.changed.count, report.changed.lines) == (1, [3])
    assert [row.answer for row in held()] == ["Kind staff."] * 3


def test_a_repeated_id_counts_once_and_is_told(tmp_path: Path) -> None:
    text = csv_text({}, {"Comment ID": "C1", "FFT answer": "Later."}, {})
    report = take_in(written(tmp_path, text))
    assert counts(report) == (3, 2, 0, 1, 0)
    assert report.duplicates.lines == [3]
    assert held()[0].answer == "Kind staff."


def test_rows_without_words_or_otherwise_unusable_are_skipped_by_reason(tmp_path: Path) -> None:
    rows = [{"FFT answer": silent} for silent in ("", "  ", "\u00a0", "Did not  answer", "N/A")]
    rows += [{"Comment ID": ""}, {"Date": "31/02/2022"}, {"Date": "01/07/2026"}, {}]
    rows += [{"FFT answer": "x" * 50_001}, {"Comment ID": "y" * 201}, {"Trust": "z" * 501}]
    text = csv_text(*rows) + "C99,North\n"
    report = take_in(written(tmp_path, text))
    assert {reason: seen.count for reason, seen in report.skipped.items()} == {
        "no words": 5,
        "no id": 1,
        "received_on is no date between 01/04/2013 and 01/06/2026": 1,
        "the answer is longer than 50,000 letters": 1,
        "the id is longer than 200 letters": 1,
        "organisation is longer than 500 letters": 1,
        "wrong number of columns (the file has 12)": 1,
    }
    assert report.skipped["no words"].lines == [2, 3, 4, 5, 6]
    assert report.skipped["wrong number of columns (the file has 12)"].lines == [14]
    assert report.taken == 2
    assert sum(counts(report)[1:]) == report.rows_read == 13


def test_a_date_that_has_not_come_yet_can_only_be_the_other_way_round(tmp_path: Path) -> None:
    take_in(written(tmp_path, csv_text({"Date": "05/07/2026"})))
    assert held()[0].received_on == date(2026, 5, 7)


def test_values_not_understood_are_taken_and_told(tmp_path: Path) -> None:
    row = {"Comment sentiment": "7", "Person identifiable info?": "perhaps"}
    report = take_in(written(tmp_path, csv_text(row, {"FFT categorical answer": "7"})))
    assert sorted(report.noted) == [
        "sentiment is not 1 to 5, so it is left empty",
        "“identifiable” is neither yes nor no, so yes to be safe",
    ]
    assert [(row.sentiment, row.identifiable, row.rating) for row in held()] == [
        (None, True, "very good"),
        (1, False, "7"),
    ]


def test_doubtful_dates_follow_their_neighbours_and_are_counted(tmp_path: Path) -> None:
    days = ["12/31/2021", "01/04/2022", "1/18/2022", "02/02/2022", "02/10/2022"]
    other = [{"Date": day, "Trust": "South"} for day in ("13/01/2022", "01/04/2022", "")]
    report = take_in(written(tmp_path, csv_text(*({"Date": day} for day in days), *other)))
    assert [row.received_on for row in held()] == [
        date(2021, 12, 31),
        date(2022, 1, 4),
        date(2022, 1, 18),
        date(2022, 2, 2),
        date(2022, 2, 10),
        date(2022, 1, 13),
        date(2022, 4, 1),
        None,
    ]
    settled = report.dates["received_on"]
    assert settled.settled == {
        (How.ONE_READING, Order.MONTH_FIRST): 2,
        (How.ONE_READING, Order.DAY_FIRST): 2,
        (How.NEIGHBOURS, Order.MONTH_FIRST): 1,
        (How.NEARER, Order.MONTH_FIRST): 1,
        (How.NEARER, Order.DAY_FIRST): 1,
    }
    assert (settled.empty, settled.total) == (1, 8)


def test_a_dry_run_reports_and_leaves_nothing(tmp_path: Path) -> None:
    report = take_in(written(tmp_path, csv_text({}, {})), dry_run=True)
    assert counts(report) == (2, 2, 0, 0, 0)
    assert "would be taken" in report.lines()[2]
    assert held() == []
    with acting_for([a_body().pk]):
        assert not Import.objects.exists()
        assert not Tally.objects.exists()


@pytest.mark.parametrize(
    "damage",
    [
        lambda good: good + b'C9,"never closed\n',
        lambda good: good.replace(b"Kind", b"Ki\0nd"),
        lambda good: good.split(b"\n", 1)[1],
    ],
)
def test_a_file_with_trouble_anywhere_leaves_nothing(tmp_path: Path, damage: object) -> None:
    path = written(tmp_path, "")
    path.write_bytes(damage(csv_text({}, {}).encode()))  # type: ignore[operator]  # a function each
    with pytest.raises(FileRefusedError):
        take_in(path)
    assert held() == []


def test_a_file_that_changes_while_it_is_read_leaves_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, csv_text({}, {}))

    def meanwhile(stage: Stage, part: float) -> None:
        if stage is Stage.DATES and part == 1.0:
            with path.open("a", encoding="utf-8") as file:
                file.write("C9")

    with pytest.raises(FileRefusedError, match="changed while it was being read"):
        take_in(path, progress=meanwhile)
    assert held() == []


def test_progress_is_told_in_order_and_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[Stage, float]] = []
    take_in(written(tmp_path, csv_text(*[{}] * 10)), progress=lambda *given: told.append(given))
    assert list(dict.fromkeys(stage for stage, _ in told)) == [
        Stage.DATES,
        Stage.COPYING,
        Stage.STORING,
    ]
    assert all(0 <= part <= 1 for _, part in told)
    assert (Stage.COPYING, 1.0) in told


def test_a_spreadsheet_without_ids_is_known_by_its_content(tmp_path: Path) -> None:
    text = (
        "received;comment;sentiment;themes;language\n"
        "03/02/2026;Gofal da iawn;very positive;Staff ; Parking;Cymraeg\n"
    )
    text = text.replace("Staff ; Parking", '"Staff ; Parking; Staff"')
    path = written(tmp_path, text + "04/02/2026;Same;;;\n" * 2)
    assert counts(take_in(path, mapping="generic")) == (3, 3, 0, 0, 0)
    assert counts(take_in(path, mapping="generic")) == (3, 0, 3, 0, 0)
    first, second, third = held()
    assert (first.language, first.sentiment, first.themes) == ("cy", 1, ["Staff", "Parking"])
    assert (second.language, second.sentiment, second.themes) == ("unknown", None, [])
    assert second.source_ref.removesuffix("-1") == third.source_ref.removesuffix("-2")


def test_themes_may_hold_any_letters(tmp_path: Path) -> None:
    awkward = 'a "quoted" one, with {braces} and \\'
    out = tmp_path / "given.csv"
    with out.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["comment", "themes"], ["Good", f"{awkward};NULL"]])
    take_in(out, mapping="generic")
    assert held()[0].themes == [awkward, "NULL"]


def test_the_import_keeps_its_own_report(tmp_path: Path) -> None:
    report = take_in(written(tmp_path, csv_text({}, {"FFT answer": ""})))
    with acting_for([a_body().pk]):
        kept = Import.objects.get()
    assert (kept.rows_read, kept.taken, kept.skipped) == (2, 1, 1)
    assert kept.report == report.to_json()
    assert len(kept.sha256) == 64


def test_counting_anew_gives_what_was_kept(tmp_path: Path) -> None:
    rows = [
        {"Parking": "1"},
        {"Parking": "1", "Timeliness of care": "1"},
        {"Comment sentiment": ""},
    ]
    take_in(written(tmp_path, csv_text(*rows)))

    def kept() -> list[tuple[object, ...]]:
        names = ("service_name", "sentiment", "theme", "experiences")
        with acting_for([a_body().pk]):
            return sorted(Tally.objects.values_list(*names))

    before = kept()
    assert before == [
        ("Wards", 0, "", 1),
        ("Wards", 1, "", 2),
        ("Wards", 1, "Parking", 2),
        ("Wards", 1, "Timeliness of care", 1),
    ]
    count_anew(a_body())
    assert kept() == before


@pytest.mark.slow
@pytest.mark.skipif(
    "CANDOUR_FEEDBACK_CSV" not in os.environ, reason="CANDOUR_FEEDBACK_CSV names no file"
)
def test_real_comments_add_up() -> None:
    path = Path(os.environ["CANDOUR_FEEDBACK_CSV"])
    with path.open(encoding="utf-8", newline="") as file:
        records = list(csv.DictReader(file))
    report = take_in(path)
    assert report.rows_read == len(records) == sum(counts(report)[1:])
    settled = report.dates["received_on"]
    assert settled.total == report.taken
    rows = held()
    assert len(rows) == report.taken > 4_000
    given = {record["Comment ID"]: record for record in records}
    with acting_for([a_body().pk]):
        marked = set(ExperienceMark.objects.values_list("experience_id", flat=True))
    as_given = [row for row in rows if given[row.source_ref]["FFT answer"] == row.answer]
    assert {row.pk for row in rows} - {row.pk for row in as_given} <= marked
    assert len(as_given) > len(rows) * 0.9
    days: dict[str, set[date | None]] = {}
    for row in rows:
        days.setdefault(given[row.source_ref]["Respondent ID"], set()).add(row.received_on)
    assert all(len(found) == 1 for found in days.values()), "one person answered on one day"
    assert counts(take_in(path)) == (len(records), 0, report.taken, 0, report.skipped_rows)
