import json
from pathlib import Path

import pytest

from candour.cases.checking import Report
from candour.cases.export_file import NotAnExport, verify_export
from candour.cases.exporting import write_export
from candour.cases.models import Case
from candour.cases.verification import NoCaseOfThatNumber, verify
from tests.cases.conftest import World
from tests.cases.procedures import drafted, later
from tests.cases.tampering import tamper

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "auditor"])

REHASHED = (
    "UPDATE case_entry SET payload = replace(payload::text, 'Missed', 'Gave')::json WHERE seq = 2",
    "UPDATE case_entry SET hash = sha256(prev_hash || convert_to(payload::text, 'UTF8'))"
    " WHERE seq = 2",
)


@pytest.fixture
def world(transactional_db: None, world: World) -> World:
    """Two cases: one of four entries, one of one."""
    with world.at_work():
        case = world.open()
        world.open(service=world.other_service)
        world.record(case.case_id, drafted("concern_raised", later(hours=1)))
        world.record(case.case_id, drafted("visit_made", later(hours=2)))
        world.record(case.case_id, drafted("meeting_held", later(hours=3)))
    return world


def ids_of_cases(world: World) -> list[int]:
    with world.at_work():
        return list(Case.objects.order_by("ref").values_list("pk", flat=True))


def faults(report: Report) -> list[tuple[str, int]]:
    return [(fault.ref, fault.seq) for fault in report.faults]


def test_untouched_logs_are_sound(world: World) -> None:
    report = verify()
    assert report.sound
    assert (report.cases, report.entries) == (2, 5)


def test_one_case_may_be_asked_for_in_any_spelling(world: World) -> None:
    report = verify(" tl-2026-0001 ")
    assert report.sound
    assert (report.cases, report.entries) == (1, 4)


def test_a_number_that_no_case_has_is_said(world: World) -> None:
    with pytest.raises(NoCaseOfThatNumber, match="TL-2026-0009"):
        verify("TL-2026-0009")


def test_the_seal_changes_when_anything_is_added(world: World) -> None:
    before = verify().seal
    assert verify().seal == before
    with world.at_work():
        world.record(Case.objects.earliest("pk").pk, drafted("visit_made", later(hours=4)))
    assert verify().seal != before


@pytest.mark.parametrize(
    ("what", "statements", "found"),
    [
        ("words altered", REHASHED[:1], [("TL-2026-0001", 2)]),
        ("words altered and hashed again", REHASHED, [("TL-2026-0001", 3)]),
        (
            "words that are no entry",
            ["UPDATE case_entry SET payload = '[]' WHERE seq = 2"],
            [("TL-2026-0001", 2)],
        ),
        (
            "a time that is none",
            ['UPDATE case_entry SET payload = \'{{"happened_at": "noon"}}\' WHERE seq = 2'],
            [("TL-2026-0001", 2)],
        ),
        ("one removed", ["DELETE FROM case_entry WHERE seq = 2"], [("TL-2026-0001", 3)]),
        (
            "the first removed",
            ["DELETE FROM case_entry WHERE seq = 1 AND case_id = {one}"],
            [("TL-2026-0001", 2)],
        ),
        ("the last removed", ["DELETE FROM case_entry WHERE seq = 4"], [("TL-2026-0001", 0)]),
        (
            "the last removed and the end moved back",
            [
                "DELETE FROM case_entry WHERE seq = 4",
                "UPDATE case_file SET seq = 3 WHERE id = {one}",
            ],
            [("TL-2026-0001", 3)],
        ),
        (
            "the end altered",
            ["UPDATE case_file SET head_hash = 'x' WHERE id = {one}"],
            [("TL-2026-0001", 4)],
        ),
        (
            "two changed about",
            [
                "UPDATE case_entry SET seq = seq + 10 WHERE seq IN (2, 3)",
                "UPDATE case_entry SET seq = 15 - seq WHERE seq IN (12, 13)",
            ],
            [("TL-2026-0001", 2), ("TL-2026-0001", 3), ("TL-2026-0001", 4)],
        ),
        (
            "a log given to another case",
            ["UPDATE case_file SET ref = 'TL-2026-0003' WHERE id = {one}"],
            [("TL-2026-0003", 1), ("TL-2026-0001", 0)],
        ),
        (
            "a column that contradicts the words",
            ["UPDATE case_entry SET happened_at = now() WHERE seq = 3"],
            [("TL-2026-0001", 3)],
        ),
        (
            "a case gone, its entries left",
            ["DELETE FROM case_duty", "DELETE FROM case_file WHERE id = {one}"],
            [
                ("entries of a case that is gone (its id was {one})", 1),
                ("entries of a case that is gone (its id was {one})", 0),
                ("TL-2026-0001", 0),
            ],
        ),
        (
            "a case gone without a trace but its number",
            [
                "DELETE FROM case_entry WHERE case_id = {two}",
                "DELETE FROM case_file WHERE id = {two}",
            ],
            [("TL-2026-0002", 0)],
        ),
        (
            "a log emptied",
            ["DELETE FROM case_entry WHERE case_id = {two}"],
            [("TL-2026-0002", 0)],
        ),
    ],
)
def test_whatever_is_done_to_a_log_is_found_and_where(
    world: World, what: str, statements: list[str], found: list[tuple[str, int]]
) -> None:
    ids = dict(zip(("one", "two"), ids_of_cases(world), strict=True))
    tamper(*(sql.format(**ids) for sql in statements))
    report = verify()
    assert not report.sound
    assert faults(report) == [(ref.format(**ids), seq) for ref, seq in found]
    assert all(str(fault).startswith(fault.ref) for fault in report.faults)


def test_an_export_can_be_checked_without_the_database(world: World, tmp_path: Path) -> None:
    path = tmp_path / "logs.jsonl"
    written = write_export(path)
    assert verify_export(path) == written == verify()
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_an_export_of_one_case(world: World, tmp_path: Path) -> None:
    path = tmp_path / "logs.jsonl"
    write_export(path, "TL-2026-0002")
    report = verify_export(path)
    assert (report.cases, report.entries, report.sound) == (1, 1, True)


def test_an_export_overwrites_nothing(world: World, tmp_path: Path) -> None:
    path = tmp_path / "logs.jsonl"
    path.write_text("mine")
    with pytest.raises(FileExistsError):
        write_export(path)
    assert path.read_text() == "mine"
    assert list(tmp_path.iterdir()) == [path]


def test_an_altered_export_is_found(world: World, tmp_path: Path) -> None:
    path = tmp_path / "logs.jsonl"
    write_export(path)
    path.write_text(path.read_text().replace("Missed", "Gave"))
    assert faults(verify_export(path)) == [("TL-2026-0001", 2)]


def test_an_export_with_a_line_taken_out_is_found(world: World, tmp_path: Path) -> None:
    path = tmp_path / "logs.jsonl"
    write_export(path)
    lines = path.read_text().splitlines(keepends=True)
    del lines[3]
    lines[-1] = json.dumps({"cases": 2, "entries": 4})
    path.write_text("".join(lines))
    assert faults(verify_export(path)) == [("TL-2026-0001", 3)]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "not an export"),
        ("name,age\n", 1, "cannot be read"),
        ("[1]\n", 1, "not one of the lines"),
        ('{"candour": "case logs", "format": 2}\n', 1, "format 1"),
        ('{"candour": "case logs", "format": 1}\n', 2, "ends before"),
        ('{"candour": "case logs", "format": 1}\n{"case": 1}\n', 2, "a case is not written"),
        (
            '{"candour": "case logs", "format": 1}\n'
            '{"case": "A-1", "entries": 1, "end": "00"}\n{"seq": 1, "entry": 7}\n',
            3,
            "an entry is not written",
        ),
        (
            '{"candour": "case logs", "format": 1}\n{"cases": 3, "entries": 1}\n',
            2,
            "does not count",
        ),
    ],
)
def test_a_file_that_is_no_export_is_refused_with_its_line(
    tmp_path: Path, text: str, line: int, says: str
) -> None:
    path = tmp_path / "logs.jsonl"
    path.write_text(text)
    with pytest.raises(NotAnExport, match=f"line {line}: .*{says}"):
        verify_export(path)


def test_an_export_cut_short_is_refused(world: World, tmp_path: Path) -> None:
    path = tmp_path / "logs.jsonl"
    write_export(path)
    whole = path.read_bytes()
    for length in range(0, len(whole) - 1, 97):
        path.write_bytes(whole[:length])
        with pytest.raises(NotAnExport):
            verify_export(path)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "logs.jsonl"
    path.write_bytes('{"candour": "caf\u00e9"}\n'.encode("latin-1"))
    with pytest.raises(NotAnExport, match="cannot be read"):
        verify_export(path)
