"""Sheets of workbooks, read as rows of text: what every kind of cell says, and what is refused."""

import io
from datetime import date, datetime
from pathlib import Path

import pytest
import python_calamine
import xlsxwriter

from candour.experiences.intake.errors import FileRefusedError
from candour.experiences.intake.workbooks import bounds, flat, parts
from candour.experiences.intake.workbooks.flat import flattened, sheets_of
from tests.support.workbooks import ods, packed, row, table, written, xlsx

Row = tuple[int, list[str]]
MERGED = '<mergeCells count="{}">{}</mergeCells>'
CELL = '<table:table-cell office:value-type="{0}" office:{1}-value="{2}"/>'


def rows_of(workbook: bytes, sheet: str | None = None) -> list[Row]:
    with flattened(io.BytesIO(workbook), sheet, lambda _: None) as found:
        return list(found.records())


def noted_in(workbook: bytes) -> dict[str, list[int]]:
    with flattened(io.BytesIO(workbook), None, lambda _: None) as found:
        return {what: seen.lines for what, seen in found.noted.said().items()}


def refusal(workbook: bytes, sheet: str | None = None) -> str:
    with pytest.raises(FileRefusedError) as refused:
        rows_of(workbook, sheet)
    return str(refused.value)


def values(*cells: str) -> bytes:
    return xlsx(f'<row r="1">{"".join(cells)}</row>', shared=["zero", "one"])


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ('<c t="s"><v>1</v></c>', "one"),
        ('<c t="s"><v>2</v></c>', None),
        ('<c t="inlineStr"><is><t>in</t><t>line</t></is></c>', "inline"),
        ('<c t="inlineStr"><is><r><t>Ty&#x302;</t></r><rPh><t>tea</t></rPh></is></c>', "Ty\u0302"),
        ('<c t="str"><f>A1</f><v>worked out</v></c>', "worked out"),
        ('<c t="str"><v>one_x000D_two_x005F_</v></c>', "one\rtwo_"),
        ('<c t="b"><v>1</v></c>', "TRUE"),
        ('<c t="b"><v>0</v></c>', "FALSE"),
        ('<c t="d"><v>2026-02-28</v></c>', "2026-02-28"),
        ("<c><v>5</v></c>", "5"),
        ("<c><v>5.0</v></c>", "5"),
        ("<c><v>1.23456789012E11</v></c>", "123456789012"),
        ("<c><v>0.5</v></c>", "0.5"),
        ("<c><v>nonsense</v></c>", "nonsense"),
        ('<c t="e"><v>#N/A</v></c>', None),
        ("<c><f>A1+1</f></c>", None),
        ("<c><f>A1+1</f><v></v></c>", None),
        ("<c/>", None),
    ],
)
def test_what_a_cell_of_xlsx_says(cell: str, said: str | None) -> None:
    assert rows_of(values(cell)) == ([(1, [said])] if said is not None else [])


@pytest.mark.parametrize(
    ("code", "number", "from_1904", "said"),
    [
        ("dd/mm/yyyy", "44469", False, "2021-09-30"),
        ("dd/mm/yyyy", "43007", True, "2021-09-30"),
        ("d mmm yy;@", "44469.5", False, "2021-09-30 12:00:00"),
        ("[$-809]dd mmmm yyyy", "61", False, "1900-03-01"),
        ("dd/mm/yyyy", "59", False, "1900-02-28"),
        ("dd/mm/yyyy", "60", False, "60"),
        ("dd/mm/yyyy", "0", True, "1904-01-01"),
        ("hh:mm", "0.25", False, "06:00:00"),
        ("[h]:mm", "0.25", False, "06:00:00"),
        ("mmm-yy", "44469", False, "2021-09-30"),
        ("dd/mm/yyyy", "-3", False, "-3"),
        ("dd/mm/yyyy", "2958466", False, "2958466"),
        ("dd/mm/yyyy", "2957100", True, "2957100"),
        ("#,##0.00", "44469", False, "44469"),
        ('0 "days"', "44469", False, "44469"),
        ("[Red]0", "44469", False, "44469"),
        ("General", "44469", False, "44469"),
        ("0.00E+00", "44469", False, "44469"),
    ],
)
def test_numbers_are_dates_where_their_format_says_so(
    code: str, number: str, from_1904: bool, said: str
) -> None:
    styles = (
        f'<numFmts><numFmt numFmtId="170" formatCode="{code.replace(chr(34), "&quot;")}"/>'
        '</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="14"/></cellXfs>'
    )
    book = '<workbookPr date1904="1"/>' if from_1904 else "<workbookPr/>"
    cells = f'<row r="1"><c s="1"><v>{number}</v></c><c s="0"><v>44469</v></c></row>'
    assert rows_of(xlsx(cells, styles=styles, book=book)) == [(1, [said, "44469"])]


def test_the_usual_date_format_has_no_code_of_its_own() -> None:
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    cells = '<row r="1"><c s="1"><v>44469</v></c></row>'
    assert rows_of(xlsx(cells, styles=styles)) == [(1, ["2021-09-30"])]


def test_rows_and_cells_stand_where_they_say_or_next_to_the_one_before() -> None:
    cells = (
        '<row r="3"><c r="B3"><v>1</v></c><c><v>2</v></c><c r="AA3"><v>3</v></c></row>'
        "<row><c><v>4</v></c></row>"
    )
    assert rows_of(xlsx(cells)) == [(3, ["", "1", "2", *[""] * 23, "3"]), (4, ["4"])]


def test_a_cell_merged_over_rows_holds_for_each_and_one_merged_across_for_itself() -> None:
    cells = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
        '<row r="2"><c r="B2"><v>3</v></c></row><row r="3"/>'
        '<row r="4"><c r="B4"><v>4</v></c></row><row r="5"><c r="B5"><v>5</v></c></row>'
    )
    merged = MERGED.format(2, '<mergeCell ref="A1:A4"/><mergeCell ref="B5:D5"/>')
    workbook = xlsx(cells, after=merged)
    assert rows_of(workbook) == [
        (1, ["1", "2"]),
        (2, ["1", "3"]),
        (4, ["1", "4"]),
        (5, ["", "5"]),
    ]
    assert noted_in(workbook) == {"a cell merged over several rows counts for each of them": [2, 4]}


def test_formulas_without_a_value_and_errors_are_told_with_their_column_and_rows() -> None:
    cells = (
        '<row r="1"><c r="A1"><f>B1</f></c><c r="AB1" t="e"><v>#N/A</v></c></row>'
        '<row r="2"><c r="A2"><f>B2</f><v></v></c><c r="B2"><f>1+1</f><v>2</v></c></row>'
    )
    said = noted_in(xlsx(cells))
    assert [(what.split(",")[0][:40], lines) for what, lines in said.items()] == [
        ("column A has a formula that holds no val", [1, 2]),
        ("column AB holds an error (such as #N/A)", [1]),
    ]


def test_the_first_sheet_that_people_see_is_read_unless_another_is_named(tmp_path: Path) -> None:
    path = tmp_path / "several.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name in ("Codes", "Answers", "Notes & more"):
            book.add_worksheet(name).write(0, 0, f"in {name}")
        book.add_chartsheet("Picture")
        book.worksheets()[1].activate()
        book.worksheets()[0].hide()
    workbook = path.read_bytes()
    assert [(each.name, each.hidden) for each in sheets_of(io.BytesIO(workbook))] == [
        ("Codes", True),
        ("Answers", False),
        ("Notes & more", False),
    ]
    assert rows_of(workbook) == [(1, ["in Answers"])]
    assert rows_of(workbook, "notes & MORE") == [(1, ["in Notes & more"])]
    assert rows_of(workbook, "Codes") == [(1, ["in Codes"])]
    assert "has no sheet “Answer”; did you mean" in refusal(workbook, "Answer")


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (CELL.format("float", "", "").replace("office:-value", "office:value"), None),
        ('<table:table-cell office:value-type="float" office:value="5.0"/>', "5"),
        (CELL.format("date", "date", "2021-09-30"), "2021-09-30"),
        (CELL.format("date", "date", "2021-09-30T12:00:00"), "2021-09-30 12:00:00"),
        (CELL.format("boolean", "boolean", "true"), "TRUE"),
        (CELL.format("boolean", "boolean", "false"), "FALSE"),
        (CELL.format("string", "string", "kept apart"), "kept apart"),
        (
            '<table:table-cell office:value-type="string"><office:annotation><text:p>a remark'
            "</text:p></office:annotation><text:p>one<text:s text:c='2'/>two<text:tab/>"
            "<text:span>three</text:span></text:p><text:p>four</text:p></table:table-cell>",
            "one  two\tthree\nfour",
        ),
        ('<table:table-cell table:formula="of:=[.B1]"/>', None),
        (
            '<table:table-cell table:formula="of:=1/0" office:value-type="string" '
            'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>',
            None,
        ),
        ("#N/A", "#N/A"),
    ],
)
def test_what_a_cell_of_ods_says(cell: str, said: str | None) -> None:
    assert rows_of(ods(table(row(cell)))) == ([(1, [said])] if said is not None else [])


def test_rows_and_cells_of_ods_that_are_repeated() -> None:
    twice = CELL.format("string", "string", "x").replace(
        "<table:table-cell", '<table:table-cell table:number-columns-repeated="2"'
    )
    gap = '<table:table-cell table:number-columns-repeated="3"/>'
    rest = '<table:table-cell table:number-columns-repeated="16384"/>'
    rows = row("a", gap, twice, rest) + row(rest, times=5) + row("b", rest, times=2)
    rows += row(rest, times=1_048_000)
    assert rows_of(ods(table(rows))) == [
        (1, ["a", "", "", "", "x", "x"]),
        (7, ["b"]),
        (8, ["b"]),
    ]


def test_ods_merged_formulas_errors_and_sheets() -> None:
    spanned = (
        '<table:table-cell table:number-rows-spanned="2" office:value-type="string">'
        "<text:p>North</text:p></table:table-cell>"
    )
    error = (
        '<table:table-cell table:formula="of:=x" office:value-type="string">'
        "<text:p>#REF!</text:p></table:table-cell>"
    )
    first = table(
        row(spanned, "one", '<table:table-cell table:formula="of:=x"/>')
        + row("<table:covered-table-cell/>", "two", error)
        + row("South", "three")
    )
    workbook = ods(first, table(row("elsewhere"), "Other"))
    assert rows_of(workbook) == [
        (1, ["North", "one"]),
        (2, ["North", "two"]),
        (3, ["South", "three"]),
    ]
    assert sorted(lines for lines in noted_in(workbook).values()) == [[1], [2], [2]]
    assert rows_of(workbook, "Other") == [(1, ["elsewhere"])]


def test_ods_says_which_system_of_days_it_counts_in() -> None:
    setting = (
        "<table:calculation-settings><table:null-date table:date-value='1904-01-01'/>"
        "</table:calculation-settings>"
    )
    for before, wanted in ((setting, True), ("", False)):
        workbook = io.BytesIO(ods(table(row("x")), before=before))
        with flattened(workbook, None, lambda _: None) as found:
            assert found.from_1904 is wanted


def test_a_library_of_others_reads_the_same_from_what_a_library_of_others_wrote(
    tmp_path: Path,
) -> None:
    path = tmp_path / "answers.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        dated = book.add_format({"num_format": "dd/mm/yyyy"})
        for number in range(200):
            page.write_row(number, 0, [number, f"Answer {number} “tŷ”\nline", number / 8, True])
            page.write_datetime(number, 5, datetime(2026, 1, 1 + number % 28), dated)  # noqa: DTZ001  # a sheet knows no zones
            page.write_formula(number, 6, "=1+1", None, 2)
    theirs = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    ours = rows_of(path.read_bytes())
    assert [cells for _, cells in ours] == [[as_text(cell) for cell in line] for line in theirs]


def as_text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[int] = []
    path = written(tmp_path / "long.xlsx", ([number] for number in range(2_500)))
    with path.open("rb") as file, flattened(file, None, told.append):
        assert told == [1, 1001, 2001]


FAR = '<row r="1"><c r="XFD1"><v>1</v></c></row>'


@pytest.mark.parametrize(
    ("workbook", "said"),
    [
        (b"PK\x03\x04 and nothing more", "damaged or locked"),
        (packed({"readme.txt": "hello"}), "no workbook"),
        (packed({"[Content_Types].xml": "", "_rels/.rels": ""}), "_rels/.rels, line"),
        (packed({"[Content_Types].xml": "", "_rels/.rels": "<Relationships/>"}), "damaged"),
        (packed({"mimetype": "", "content.xml": "<a><b></a>"}), "content.xml, line 1"),
        (packed({"mimetype": "", "content.xml": "<a/>"}), "damaged"),
        (
            packed(
                {
                    "mimetype": "",
                    "content.xml": '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
                }
            ),
            "damaged",
        ),
        (xlsx(FAR), "Row 1 has a value beyond column ALL"),
        (xlsx('<row r="1048577"><c><v>1</v></c></row>'), "more than 1,048,576 rows"),
        (xlsx('<row r="1"><c><v>1</v></row>'), "xl/worksheets/one.xml, line 1"),
        (
            ods(
                table(
                    row(
                        '<table:table-cell table:number-columns-repeated="1000000" '
                        'office:value-type="string" office:string-value="x"/>'
                    )
                )
            ),
            "beyond column ALL",
        ),
        (ods(table(row("x", times=1_048_577))), "more than 1,048,576 rows"),
    ],
)
def test_what_cannot_be_read_is_refused_in_plain_words(workbook: bytes, said: str) -> None:
    assert said in refusal(workbook)


def test_empty_cells_far_out_are_nothing() -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="3"/></row>'
    assert rows_of(xlsx(cells)) == [(1, ["1"])]


def test_a_folder_packed_to_swell_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    row_of = '<row><c t="inlineStr"><is><t>' + "x" * 1_000_000 + "</t></is></c></row>"
    workbook = xlsx(row_of * 3)
    assert len(workbook) < 20_000
    assert [len(cells[0]) for _, cells in rows_of(workbook)] == [bounds.LONGEST_CELL] * 3
    with monkeypatch.context() as patch:
        patch.setattr(parts, "MOST_UNPACKED", 2_000_000)
        assert "beyond measure" in refusal(workbook)
    with monkeypatch.context() as patch:
        patch.setattr(flat, "MOST_FLAT", 100_000)
        assert "beyond measure" in refusal(workbook)
        repeated = ods(table(row("x" * 100, times=1_000_000)))
        assert "beyond measure" in refusal(repeated)


def test_too_many_parts_or_texts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("candour.experiences.intake.workbooks.xlsx.MOST_SHARED", 1_000)
    assert "beyond measure" in refusal(xlsx("<row/>", shared=["a long text"] * 100))
    monkeypatch.setattr(parts, "MOST_PARTS", 3)
    assert "beyond measure" in refusal(xlsx("<row/>"))
