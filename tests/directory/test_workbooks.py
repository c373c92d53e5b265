"""Workbooks of a register: formulas, merged cells and days, in XLSX and in ODS."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from candour.bodies.models import Service
from candour.directory.actions import import_directory
from candour.directory.models import Listing
from candour.directory.report import Report
from tests.support.workbooks import ods, row, table, xlsx

pytestmark = pytest.mark.django_db
NOV = datetime(2026, 11, 2, 9, tzinfo=UTC)
HEADER = ("id", "name", "provider", "provider id", "postcode", "latest check", "closed on")
DAY = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
Cell = str | date | int | tuple[str, str]
"""A text, a day, a number, or a formula with the value that it holds, if it holds one."""


def serial(day: date) -> int:
    return (day - date(1899, 12, 30)).days


def xlsx_cell(place: str, cell: Cell) -> str:
    if isinstance(cell, tuple):
        kind = "" if cell[1].isdigit() else ' t="e"' if cell[1].startswith("#") else ' t="str"'
        value = f"<v>{cell[1]}</v>" if cell[1] else ""
        return f'<c r="{place}"{kind if cell[1] else ""}><f>{cell[0]}</f>{value}</c>'
    if isinstance(cell, date):
        return f'<c r="{place}" s="1"><v>{serial(cell)}</v></c>'
    if isinstance(cell, int):
        return f'<c r="{place}"><v>{cell}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{cell}</t></is></c>' if cell else ""


def in_xlsx(*rows: tuple[Cell, ...], merged: tuple[str, ...] = ()) -> bytes:
    written = "".join(
        f'<row r="{line}">'
        + "".join(xlsx_cell(f"{chr(65 + at)}{line}", cell) for at, cell in enumerate(cells))
        + "</row>"
        for line, cells in enumerate(rows, 1)
    )
    spans = "".join(f'<mergeCell ref="{each}"/>' for each in merged)
    after = f'<mergeCells count="{len(merged)}">{spans}</mergeCells>' if merged else ""
    return xlsx(written, styles=DAY, after=after)


def ods_cell(cell: Cell, down: int = 1) -> str:
    given = f' table:number-rows-spanned="{down}" table:number-columns-spanned="1"' * (down > 1)
    value, said = "", str(cell)
    if isinstance(cell, tuple):
        given += f' table:formula="of:={cell[0]}"'
        said = cell[1]
        value = ' office:value-type="string"' if said else ""
        if said.startswith("#"):
            value += ' office:string-value="" calcext:value-type="error"'
    elif isinstance(cell, date):
        value = f' office:value-type="date" office:date-value="{cell}"'
        said = f"{cell:%d.%m.%y}"
    elif isinstance(cell, int):
        value = f' office:value-type="float" office:value="{cell}"'
    elif cell:
        value = ' office:value-type="string"'
    inside = f"<text:p>{said}</text:p>" if said else ""
    return f"<table:table-cell{given}{value}>{inside}</table:table-cell>"


def in_ods(*rows: tuple[Cell, ...], merged: tuple[str, ...] = ()) -> bytes:
    spans, covered = {}, set()
    for each in merged:
        first, last = each.split(":")
        top, bottom = int(first[1:]), int(last[1:])
        spans[top, ord(first[0]) - 65] = bottom - top + 1
        covered |= {(line, ord(first[0]) - 65) for line in range(top + 1, bottom + 1)}
    return ods(
        table(
            "".join(
                row(
                    *(
                        "<table:covered-table-cell/>"
                        if (line, at) in covered
                        else ods_cell(cell, spans.get((line, at), 1))
                        for at, cell in enumerate(cells)
                    )
                )
                for line, cells in enumerate(rows, 1)
            )
        )
    )


Kind = Callable[..., bytes]
both_kinds = pytest.mark.parametrize("kind", [in_xlsx, in_ods])


def taken(content: bytes, name: str = "list.xlsx") -> Report:
    return import_directory(content, file_name=name, by=None, as_of=NOV)


def home(number: Cell, name: Cell, **more: Cell) -> tuple[Cell, ...]:
    plain = {"provider": "Meadow", "provider id": 9001, "postcode": "LS1 4AB"}
    return tuple({"id": number, "name": name, **plain, **more}.get(column, "") for column in HEADER)


@both_kinds
def test_days_are_days_however_the_cell_shows_them(kind: Kind) -> None:
    content = kind(
        HEADER,
        home("7", "One", **{"latest check": date(2025, 3, 4), "closed on": date(2024, 2, 29)}),
        home("8", "Two", **{"latest check": "4 March 2025"}),
        home("9", "Three", **{"latest check": "04/03/2025"}),
        home("10", "Four", **{"latest check": "March, some day"}),
    )
    report = taken(content)
    days = dict(Listing.objects.values_list("number", "latest_check"))
    assert days == {**dict.fromkeys("789", date(2025, 3, 4)), "10": None}
    assert Service.objects.get(name="One").to_date == date(2024, 2, 29)
    assert [str(seen) for seen in report.noted.values()] == ["1 (line 5)"]


@both_kinds
def test_a_cell_merged_over_several_rows_says_the_same_in_each(kind: Kind) -> None:
    content = kind(
        ("Services of our area", "", "", "", "", "", ""),
        HEADER,
        home("1", "One", provider="Willow Group", **{"provider id": 77}),
        home("2", "Two", provider="", **{"provider id": ""}),
        home("3", "Three", provider="", **{"provider id": ""}),
        home("4", "Four", provider="Oak", **{"provider id": 78}),
        merged=("C3:C5", "D3:D5", "A1:A1"),
    )
    report = taken(content)
    assert report.header_line == 2
    run_by = dict(Service.objects.values_list("name", "provider__name"))
    assert run_by == {**dict.fromkeys(("One", "Two", "Three"), "Willow Group"), "Four": "Oak"}
    assert str(report.noted["a cell merged over several rows counts for each of them"]) == (
        "2 (lines 4, 5)"
    )
    assert "no provider is named, so it is taken to run itself" not in report.noted


@both_kinds
def test_a_formula_counts_by_the_value_that_it_holds(kind: Kind) -> None:
    content = kind(
        HEADER,
        home(("A1", "7"), ("CONCATENATE(B9)", "Home One")),
        home("8", "Two", postcode=("VLOOKUP(A3)", "")),
    )
    report = taken(content)
    assert set(Listing.objects.values_list("number", "name")) == {("7", "Home One"), ("8", "Two")}
    assert Service.objects.get(name="Two").postcode == ""
    assert str(report.noted["a formula holds no value, so its cell counts as empty"]) == (
        "1 (line 3)"
    )


@both_kinds
def test_a_formula_that_went_wrong_is_no_text(kind: Kind) -> None:
    content = kind(
        HEADER,
        home("7", "One", postcode=("VLOOKUP(A2)", "#N/A")),
        home("8", ("X1", "#REF!")),
    )
    report = taken(content)
    assert Listing.objects.get().postcode == ""
    assert "#" not in str(list(Listing.objects.values()))
    assert str(report.noted["a formula went wrong, so its cell counts as empty"]) == (
        "2 (lines 2, 3)"
    )
    assert [str(seen) for seen in report.skipped.values()] == ["1 (line 3)"]


def test_rows_and_cells_that_an_ods_writes_once_for_many_count_each() -> None:
    empty = '<table:table-cell table:number-columns-repeated="2"/>'
    content = ods(
        table(
            row("id", "name", "phone", "website", "provider")
            + row(times=3)
            + row("1", "One", empty, ods_cell("Willow", 2))
            + row("2", "Two", empty, "<table:covered-table-cell/>")
            + row(times=1_000_000)
        )
    )
    report = taken(content, "list.ods")
    assert (report.rows_read, report.staged) == (2, 2)
    assert set(Service.objects.values_list("provider__name", flat=True)) == {"Willow"}
    assert "(line 6)" in str(
        report.noted["a cell merged over several rows counts for each of them"]
    )


@both_kinds
def test_the_same_list_in_either_kind_changes_nothing(kind: Kind) -> None:
    rows = (HEADER, home(7, "One", **{"latest check": date(2025, 3, 4)}), home(8, "Two"))
    taken(in_xlsx(*rows))
    report = taken(kind(*rows))
    assert report.differences.nothing
    assert report.differences.same == 2
