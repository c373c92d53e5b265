"""Tables as files: what a program reads in them, who took them out, and what nobody may take."""

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET

import pytest
from django.db import ProgrammingError, connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from candour.bodies.models import Service
from candour.cases.models import Case
from candour.database.row_security import acting_for
from candour.finding.models import TableTaken
from candour.people.models import User
from candour.web import table_export
from candour.web.spreadsheets import MARK, xlsx_file
from candour.web.table_export import file_address
from tests.support.casework import Town, hold_ppm, open_at, to_ppm
from tests.support.told import tell

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FORMULA = '=HYPERLINK("http://x.example","Falls")'


def cells(workbook: bytes, sheet: int = 1) -> list[list[tuple[str, str]]]:
    """Return each cell of a sheet as its type (s: text, n: number) and what it holds."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        assert parts.testzip() is None
        shared = [
            "".join(node.itertext())
            for node in ET.fromstring(parts.read("xl/sharedStrings.xml"))  # noqa: S314  # our own
        ]
        page = ET.fromstring(parts.read(f"xl/worksheets/sheet{sheet}.xml"))  # noqa: S314  # our own
    assert not list(page.iter(f"{SHEET}f")), "a formula"
    return [
        [_cell(cell, shared) for cell in row.findall(f"{SHEET}c")]
        for row in page.iter(f"{SHEET}row")
    ]


def _cell(cell: ET.Element, shared: list[str]) -> tuple[str, str]:
    sort, value = cell.get("t", "n"), cell.findtext(f"{SHEET}v") or ""
    return (sort, shared[int(value)]) if sort == "s" else (sort, value)


def rows_of(answer: object) -> list[dict[str, str]]:
    text = answer.content.decode()  # type: ignore[attr-defined]  # a test client's answer
    assert text.startswith(MARK)
    return list(csv.DictReader(io.StringIO(text.removeprefix(MARK))))


@pytest.fixture
def case(town: Town, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-31T15:00")
    case = open_at(town, "2026-03-09T09:00", {"title": FORMULA})
    to_ppm(town, case)
    hold_ppm(town, case)
    return case


# -- what a file holds -------------------------------------------------------------------------


def test_days_and_numbers_are_such_and_words_are_only_ever_words() -> None:
    rows: list[list[object]] = [
        ["Case", "Due", "At", "Late", "Asked", "No day"],
        [
            FORMULA,
            date(2024, 2, 29),
            datetime(2026, 7, 1, 11, 30, tzinfo=UTC),
            3,
            True,
            None,
        ],
        ["0012", date(1812, 1, 1), "http://x.example/", 10**18, "a\x00b\ud800", "x" * 40_000],
    ]
    answer = xlsx_file("a.xlsx", "What: [is] late/*? \\ or due soon, and by when", rows, ("B", []))
    _head, first, second = cells(answer.content)
    assert first[0] == ("s", FORMULA)
    assert first[1] == ("n", "45351"), "the 29th of February 2024"
    assert first[2][0] == "n"
    assert float(first[2][1]) == pytest.approx(46204 + 12.5 / 24), "London’s clock in summer"
    assert first[3:] == [("n", "3"), ("s", "True"), ("s", "")]
    assert second[0] == ("s", "0012"), "no number: its zeros count"
    assert second[1] == ("s", "1812-01-01")
    assert second[2] == ("s", "http://x.example/")
    assert second[3] == ("s", str(10**18)), "a number would lose its last digits"
    assert second[4] == ("s", "ab?")
    assert len(second[5][1]) < 32_767


def test_a_formula_stays_text_when_the_cell_is_opened() -> None:
    answer = xlsx_file("a.xlsx", "A", [["A"], ["=1+1"]], ("B", []))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as parts:
        assert 'quotePrefix="1"' in parts.read("xl/styles.xml").decode()


def test_the_name_of_a_file_cannot_break_its_header() -> None:
    answer = xlsx_file('a"\r\nX: y.xlsx', "", [], ("B", []))
    assert "\r" not in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"


# -- lists of the site -------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/cases/", "/cases/?state=all&q=Falls"])
def test_cases_as_csv(town: Town, case: Case, signed_in: Browser, address: str) -> None:
    sign = "&" if "?" in address else "?"
    answer = signed_in(town.mari).get(f"{address}{sign}file=csv")
    assert 'filename="cases-2026-03-31.csv"' in answer["Content-Disposition"]
    (row,) = rows_of(answer)
    assert row["Case"] == case.ref
    assert row["Title"] == f"'{FORMULA}"
    assert row["Opened"] == "2026-03-09"


def test_the_worklist_as_a_workbook(town: Town, case: Case, signed_in: Browser) -> None:
    answer = signed_in(town.mari).get("/worklist/?whose=body&file=xlsx")
    head, *rows = cells(answer.content)
    assert [words for _sort, words in head][:3] == ["What is owed", "When", "Due"]
    assert {row[5][1] for row in rows} == {case.ref}
    assert all(row[2][0] == "n" or not row[2][1] for row in rows), "days that sort"
    about = {head[1]: value[1] for head, value in cells(answer.content, sheet=2)}
    assert about["Rows"] == str(len(rows))
    assert about["Taken out by"] == "Mari Ellis"


def test_experiences_as_they_were_given(town: Town, case: Case, signed_in: Browser) -> None:
    tell(town.council, ["-1 out of ten", "Kind staff"])
    tell(town.elsewhere, ["Not yours to read"])
    rows = rows_of(signed_in(town.mari).get("/experiences/?file=csv"))
    assert [row["What was said"] for row in rows] == ["Kind staff", "'-1 out of ten"]
    (row,) = rows_of(signed_in(town.mari).get("/experiences/?q=kind&file=csv"))
    assert row["Received"] == "2026-01-06"


def test_a_file_holds_every_page(
    town: Town, case: Case, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in range(3):
        ward = Service.objects.create(name=f"Ward {place}", provider=town.hospital.provider)
        open_at(town, f"2026-03-1{place}T09:00", {"title": f"Case {place}"}, service=ward)
    monkeypatch.setattr("candour.web.case_list.AT_ONCE", 2)
    monkeypatch.setattr("candour.web.case_list.PAGE", 1)
    rows = rows_of(signed_in(town.mari).get("/cases/?state=all&file=csv"))
    assert len({row["Case"] for row in rows}) == len(rows) == 4
    with monkeypatch.context() as patch:
        patch.setattr(table_export, "MOST_ROWS", 2)
        rows = rows_of(signed_in(town.mari).get("/cases/?state=all&file=csv"))
    assert len(rows) == 3
    assert rows[-1]["Case"].startswith("Only the first 2 rows"), "it says that it is not all"


def test_another_kind_of_file_is_the_page_itself(
    town: Town, case: Case, signed_in: Browser
) -> None:
    answer = signed_in(town.mari).get("/cases/?file=exe")
    assert answer["Content-Type"].startswith("text/html")
    assert TableTaken.objects.count() == 0


# -- who took what -----------------------------------------------------------------------------


def test_who_took_a_table_out_is_written_down(town: Town, case: Case, signed_in: Browser) -> None:
    signed_in(town.mari).get("/cases/?state=all&file=xlsx")
    with acting_for([town.council.pk]):
        (taken,) = TableTaken.objects.all()
    assert (taken.name, taken.person_id, taken.format, taken.rows) == (
        *("cases", town.mari.pk, "xlsx", 1),
    )
    assert taken.asked == "/cases/?state=all&file=xlsx"
    with acting_for([town.elsewhere.pk]):
        assert not TableTaken.objects.exists(), "another body’s business"


def test_what_was_taken_out_cannot_be_changed_or_denied(
    town: Town, case: Case, signed_in: Browser
) -> None:
    signed_in(town.mari).get("/cases/?file=csv")
    for statement in ("UPDATE finding_taken SET rows = 0", "DELETE FROM finding_taken"):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            acting_for([town.council.pk]),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_a_stranger_takes_out_nothing(town: Town, case: Case, signed_in: Browser) -> None:
    assert Client().get("/cases/?file=csv").status_code == 302
    assert rows_of(signed_in(town.olwen).get("/cases/?file=csv")) == []


def test_every_list_offers_its_file_and_asks_no_more_for_it(
    town: Town, case: Case, signed_in: Browser
) -> None:
    tell(town.council, ["Kind staff"])
    browser = signed_in(town.mari)
    for address in ("/worklist/?whose=body", "/cases/", "/experiences/"):
        assert "file=xlsx" in browser.get(address).content.decode(), address
    with CaptureQueriesContext(connection) as asked:
        browser.get("/cases/?file=csv")
    assert len(asked) <= 10


def test_the_file_is_of_the_list_and_not_of_a_page_of_it() -> None:
    request = RequestFactory().get("/cases/?q=falls&after=7&file=csv")
    assert file_address(request, "xlsx") == "/cases/?q=falls&file=xlsx"
