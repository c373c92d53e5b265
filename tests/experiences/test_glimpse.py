"""What the first rows of a file show, what is guessed of its columns, and the mapping it makes."""

import io
import os
from datetime import date
from pathlib import Path

import pytest

from candour.experiences.intake.columns_seen import Look
from candour.experiences.intake.errors import FileRefusedError
from candour.experiences.intake.glimpse import Glimpse, glimpse
from candour.experiences.intake.mapping import ThemeColumns, ThemeList
from candour.experiences.intake.mapping_files import mapping_of_text
from candour.experiences.intake.settled import as_guessed, mapping_text
from candour.experiences.intake.sources import SheetSource, TextSource, ready
from candour.experiences.intake.survey import Survey
from candour.experiences.intake.workbooks.flat import flattened
from tests.support.workbooks import xlsx

TODAY = date(2026, 6, 1)
ENGLISH = """Autumn survey of wards,,,,,,,
,,,,,,,
Response ID,Date received,Ward,Your e-mail,How was it?,Tell us more,Very satisfied?,Language
R1,03/09/2025,Ash,a@b.example,1,They were kind and quick to help me in the night,yes,English
R2,14/09/2025,Oak,c@d.example,4,Nobody came when I rang and I waited for two hours,no,Welsh
R3,15/09/2025,Ash,e@f.example,2,,yes,English
"""
WELSH = """Cyfeirnod;Dyddiad derbyn;Gwasanaeth;Enw;Sylwadau;Teimlad;Themâu
1;03/09/2025;Meddygfa'r Bryn;Sian Morus;Roedd y staff yn garedig iawn;Cadarnhaol;Staff / Parcio
2;14/09/2025;Meddygfa'r Bryn;Huw Puw;Arhosais yn hir am apwyntiad;siomedig;Amser
3;15/09/2025;Plas Mawr;Eira Llwyd;Dim byd;Negyddol iawn;Amser / Staff
"""


def seen(text: str, header_line: int | None = None) -> Glimpse:
    handle = io.BytesIO(text.encode())
    return glimpse(TextSource(handle, Survey("utf-8", "", len(text), 0)), TODAY, header_line)


def meant(found: Glimpse) -> dict[str, str]:
    guesses = zip(found.columns, found.guesses, strict=True)
    return {column.name: guess for column, guess in guesses if guess}


def test_english_columns_are_guessed_by_their_names_and_values() -> None:
    found = seen(ENGLISH)
    assert (found.delimiter, found.header_line) == (",", 3)
    assert meant(found) == {
        "Response ID": "source_ref",
        "Date received": "received_on",
        "Ward": "service_name",
        "Tell us more": "answer",
        "Language": "language",
    }


def test_welsh_columns_are_guessed_and_become_a_mapping() -> None:
    found = seen(WELSH)
    assert meant(found) == {
        "Cyfeirnod": "source_ref",
        "Dyddiad derbyn": "received_on",
        "Gwasanaeth": "service_name",
        "Sylwadau": "answer",
        "Teimlad": "sentiment",
        "Themâu": "themes",
    }
    mapping = mapping_of_text(mapping_text(as_guessed(found, "arolwg"), "Arolwg"), "arolwg")
    assert mapping.themes == ThemeList("themâu", "/")
    assert mapping.values["sentiment"]["negyddol iawn"] == "5"
    assert mapping.values["sentiment"]["siomedig"] == "siomedig"
    assert mapping.needed_columns == {"sylwadau"}
    assert mapping.spelled["enw"] == "Enw"
    assert "enw" in mapping.ignore


def test_contact_details_are_never_guessed_to_be_anything() -> None:
    rows = "".join(f"n{n}@post.example,0161 496 000{n},M1 1A{'ABC'[n]},Fine\n" for n in range(3))
    found = seen(f"Comment,Reference,Service,Feedback\n{rows}")
    assert [column.look for column in found.columns[:3]] == [Look.CONTACTS] * 3
    assert meant(found) == {"Feedback": "answer"}


def test_ticked_columns_are_themes_and_so_are_the_empty_ones_between() -> None:
    text = "Comment,Food,Parking,Noise,Staff\nA cold and late breakfast again,1,,,\n,,,,x\nz,,,1,\n"
    found = seen(text)
    assert meant(found) == {
        "Comment": "answer",
        **dict.fromkeys(("Food", "Parking", "Noise", "Staff"), "theme"),
    }
    mapping = mapping_of_text(mapping_text(as_guessed(found, "s"), "t"), "s")
    assert isinstance(mapping.themes, ThemeColumns)
    assert list(mapping.themes.themes.values()) == ["Food", "Parking", "Noise", "Staff"]
    assert {"1", "x", "yes"} <= mapping.themes.ticked
    assert not {"0", "no"} & mapping.themes.ticked


def test_somebody_may_say_where_the_names_are() -> None:
    text = "Food,Parking,Noise\nComment,Ward,Date\nFine,Ash,03/09/2025\n"
    assert seen(text).header_line == 2
    assert [column.name for column in seen(text, 1).columns] == ["Food", "Parking", "Noise"]
    with pytest.raises(FileRefusedError, match="No line among the first 30"):
        seen(text, 9)


@pytest.mark.parametrize("text", ["1,2,3\n4,5,6\n", "\n\n", ",,\n"])
def test_a_file_without_any_names_is_refused(text: str) -> None:
    with pytest.raises(FileRefusedError, match="No line among the first 30"):
        seen(text)


def test_a_million_columns_and_odd_quotation_marks_are_no_trouble() -> None:
    wide = ",".join(f"c{number}" for number in range(100_000))
    assert len(seen(f"{wide}\n{wide}\n").columns) == 100_000
    assert seen('Comment,Ward\nfine,"never closed\n').header_line == 1


def test_days_of_a_workbook_are_known_in_its_own_system() -> None:
    book = '<workbookPr date1904="1"/>'
    rows = '<row r="1"><c t="inlineStr"><is><t>When</t></is></c></row>'
    rows += "".join(f"<row><c><v>{43007 + n}</v></c></row>" for n in range(3))
    with flattened(io.BytesIO(xlsx(rows, book=book)), None, lambda _: None) as flat:
        source = SheetSource(
            io.BytesIO(), Survey("", "", 0, 0), flat, flat.from_1904, flat.sheet, flat.sheets
        )
        found = glimpse(source, TODAY)
    assert (found.columns[0].look, found.guesses) == (Look.DATES, ("received_on",))


@pytest.mark.skipif(
    "CANDOUR_FEEDBACK_CSV" not in os.environ, reason="CANDOUR_FEEDBACK_CSV names no file"
)
def test_the_labelled_comments_are_guessed() -> None:
    path = Path(os.environ["CANDOUR_FEEDBACK_CSV"])
    with path.open("rb") as file, ready(file, None, lambda _: None) as source:
        found = meant(glimpse(source, TODAY))
    wanted = {
        "Comment ID": "source_ref",
        "Trust": "organisation",
        "Date": "received_on",
        "Service type 1": "service_kind",
        "FFT question": "question",
        "FFT answer": "answer",
        "Comment sentiment": "sentiment",
    }
    assert wanted.items() <= found.items()
    assert sum(guess == "theme" for guess in found.values()) >= 45
