"""One workbook with everything wrong at once: what can be taken is, and the rest is named."""

from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from candour.database.row_security import acting_for
from candour.experiences.intake.errors import FileRefusedError
from candour.experiences.models import Experience, ExperienceMark, ExperienceSign, Import, Tally
from candour.sealing.models import SealedIdentity
from tests.experiences.files import HEADER, a_body, take_in
from tests.support.workbooks import MAIN, PACKAGE, RELATIONS, packed

pytestmark = pytest.mark.django_db
COLUMNS = [*HEADER, *(f"Site question {number}" for number in range(len(HEADER) + 1, 61))]
ANSWER, DATE, TRUST = "FFT answer", "Date", "Trust"
DAY = 44469  # the 30th of September 2021, as a workbook counts days
# In a part of its own, in another encoding than the sheet.
SHARED = ["Thanks to Sarah, “tŷ” da 😀", "She was hit by a carer."]


def column(name: str) -> str:
    place = COLUMNS.index(name)
    return (chr(64 + place // 26) if place >= 26 else "") + chr(65 + place % 26)


def row(number: int, **cells: str) -> str:
    """Return a row of usual cells; each of these instead of the usual one, as XML."""
    usual = {name: text(given) for name, given in HEADER.items() if given}
    usual |= {"Comment ID": text(f"C{number}"), DATE: f'<c s="1"><v>{DAY}</v></c>'}
    usual |= {name: text("") for name in COLUMNS[len(HEADER) :]}
    usual |= {name.replace("_", " "): given for name, given in cells.items()}
    return (
        f'<row r="{number}">'
        + "".join(
            given.replace("<c", f'<c r="{column(name)}{number}"', 1)
            for name, given in sorted(usual.items(), key=lambda each: COLUMNS.index(each[0]))
            if given
        )
        + "</row>"
    )


def text(given: str) -> str:
    return f'<c t="inlineStr"><is><t>{escape(given)}</t></is></c>'


def sheet() -> str:
    title = '<row r="1"><c r="A1" t="inlineStr"><is><t>Winter survey</t></is></c></row>'
    names = "".join(
        f'<c r="{column(name)}3" t="inlineStr"><is><t>{name}</t></is></c>' for name in COLUMNS
    )
    rows = [
        title,
        f'<row r="3">{names}</row>',
        # the organisation is one cell merged over rows 4 to 7
        row(4, FFT_answer='<c t="s"><v>0</v></c>', Trust=text("Merged Trust")),
        row(5, FFT_answer='<c t="str"><f>UPPER("x")</f><v>Said by a formula.</v></c>', Trust=""),
        row(6, FFT_answer="<c><f>A1+1</f></c>", Trust=""),
        row(7, FFT_answer='<c t="e"><v>#N/A</v></c>', Trust=""),
        row(8, FFT_answer='<c t="s"><v>99</v></c>'),  # a shared text that there is not
        row(9, Comment_ID=text("C4")),  # the same number as another row
        row(10, Date=text("31/02/2021")),
        row(11, Date=text("soon")),
        row(12, FFT_answer='<c t="s"><v>1</v></c>', Date=""),
        row(13, FFT_answer=text("Two_x000D_\nlines and Ty\u0302")),
        row(14, Comment_sentiment=text("nine")),
        '<row r="15"></row>',
        row(16, Comment_ID=""),
        row(17, FFT_answer=text("The last of them.")),
    ]
    return "".join(rows)


def workbook(damaged: str = "") -> bytes:
    """Return the file: 60 columns, parts in two encodings, merged cells, formulas, broken rows.

    Args:
        damaged: a part of it that breaks off in its middle.
    """
    texts = f'<?xml version="1.0" encoding="UTF-16"?><sst xmlns="{MAIN}">' + "".join(
        f"<si><t>{escape(each)}</t></si>" for each in SHARED
    )
    merged = '<mergeCells count="2"><mergeCell ref="A1:H1"/><mergeCell ref="B4:B7"/></mergeCells>'
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
        '<sheet name="Answers" sheetId="1" r:id="s1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="s1" Type="{RELATIONS}/worksheet" Target="worksheets/one.xml"/>'
        f'<Relationship Id="s2" Type="{RELATIONS}/sharedStrings" Target="texts.xml"/>'
        f'<Relationship Id="s3" Type="{RELATIONS}/styles" Target="styles.xml"/>'
        "</Relationships>",
        "xl/texts.xml": f"{texts}</sst>".encode("utf-16"),
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/>'
        '<xf numFmtId="14"/></cellXfs></styleSheet>',
        "xl/worksheets/one.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{sheet()}</sheetData>'
        f"{merged}</worksheet>",
    }
    if damaged:
        parts[damaged] = parts[damaged][: len(parts[damaged]) // 2]
    return packed(parts)


def given(folder: Path, content: bytes) -> Path:
    path = folder / "winter.xlsx"
    path.write_bytes(content)
    return path


def held() -> list[Experience]:
    with acting_for([a_body().pk]):
        return list(Experience.objects.order_by("pk"))


def test_what_can_be_taken_is_and_the_rest_is_named(tmp_path: Path) -> None:
    assert len(COLUMNS) == 60
    report = take_in(given(tmp_path, workbook()))
    assert [(e.source_ref, e.organisation, e.received_on, e.sentiment) for e in held()] == [
        ("C4", "Merged Trust", date(2021, 9, 30), 1),
        ("C5", "Merged Trust", date(2021, 9, 30), 1),
        ("C12", "North", None, 1),
        ("C13", "North", date(2021, 9, 30), 1),
        ("C14", "North", date(2021, 9, 30), None),
        ("C17", "North", date(2021, 9, 30), 1),
    ]
    assert [e.answer for e in held()] == [
        "Thanks to [name], “tŷ” da 😀",
        "Said by a formula.",
        "She was hit by a carer.",
        "Two\r\nlines and Tŷ",
        "Kind staff.",
        "The last of them.",
    ]
    assert (report.rows_read, report.taken, report.skipped_rows) == (13, 6, 6)
    assert {why: seen.lines for why, seen in report.skipped.items()} == {
        "no id": [16],
        "no words": [6, 7, 8],
        "received_on is no date between 01/04/2013 and 01/06/2026": [10, 11],
    }
    assert report.duplicates.lines == [9]
    assert [seen.lines for what, seen in report.noted.items() if "merged" in what] == [[5, 6, 7]]
    assert [seen.lines for what, seen in report.noted.items() if "formula" in what] == [[6]]
    assert [seen.lines for what, seen in report.noted.items() if "#N/A" in what] == [[7]]
    assert [seen.lines for what, seen in report.noted.items() if "1 to 5" in what] == [[14]]
    assert (report.header_line, report.unknown_columns) == (3, tuple(COLUMNS[len(HEADER) :]))


def test_what_is_kept_beside_it_is_whole(tmp_path: Path) -> None:
    report = take_in(given(tmp_path, workbook()))
    with acting_for([a_body().pk]):
        batch = Import.objects.get()
        assert (batch.rows_read, batch.taken, batch.duplicates, batch.skipped) == (13, 6, 1, 6)
        assert batch.report == report.to_json()
        assert sum(each.experiences for each in Tally.objects.filter(theme="")) == 6
        assert ExperienceMark.objects.get().experience.source_ref == "C4"
        assert ExperienceSign.objects.get().experience.source_ref == "C12"
        assert SealedIdentity.objects.count() == 1
    again = take_in(given(tmp_path, workbook()))
    assert (again.taken, again.already_there, len(held())) == (0, 6, 6)


@pytest.mark.parametrize("broken", ["the sheet", "the texts", "the file"])
def test_where_it_is_damaged_in_the_middle_nothing_is_taken(tmp_path: Path, broken: str) -> None:
    whole = workbook()
    content = {
        "the sheet": workbook(damaged="xl/worksheets/one.xml"),
        "the texts": workbook(damaged="xl/texts.xml"),
        "the file": whole[: len(whole) * 2 // 3],
    }[broken]
    with pytest.raises(FileRefusedError):
        take_in(given(tmp_path, content))
    assert held() == []
    with acting_for([a_body().pk]):
        for table in (Import, Tally, ExperienceMark, ExperienceSign, SealedIdentity):
            assert not table.objects.exists()
