"""The Word file of a letter, opened and read back."""

import zipfile
from dataclasses import replace
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from candour.documents import Letterhead, Signature, read_markdown, word
from tests.support.pictures import picture
from tests.support.reading_back import word_text

TEXT = """\
Annwyl Ms Pugh\\
Tŷ Gwyn

## First

1. One
2. **Two**
   - below
     1. deeper

### Second

3. Three
4. Four

| A | B |
|---|---|
| *x* | {7*7} |

---

{{ 7*7 }} {% raw %} {_{ }_}
"""
CONTENT = read_markdown(TEXT, language="cy", title="Beth a benderfynwyd")
HEAD = Letterhead(
    "Partneriaeth Ansawdd Gofal",
    address_lines=("Woodland House", "Caerdydd"),
    phone="029 2000 0000",
    logo=picture(size=(900, 100)),
    logo_alt="Goleudy",
    footer="Croesawn lythyrau\nyn Gymraeg",
    addressee=("Ms Carys Pugh", "12 Heol y Bont"),
    details=(("Dyddiad", "3 Ebrill 2026"),),
    signatures=(Signature("Dr Angharad Rees", "Cadeirydd"), Signature("Jo Lee", note="Llofnodwyd")),
)


def opened(document: bytes) -> WordDocument:
    return docx.Document(BytesIO(document))


def styled(document: WordDocument) -> list[tuple[str, str]]:
    """The style and the text of each paragraph that says something."""
    return [
        (paragraph.style.name or "", paragraph.text)
        for paragraph in document.paragraphs
        if paragraph.style and paragraph.text
    ]


def test_headings_and_lists_are_words_own() -> None:
    assert styled(opened(word(CONTENT, HEAD))) == [
        ("Sender Name", "Partneriaeth Ansawdd Gofal"),
        ("Sender", "Woodland House"),
        ("Sender", "Caerdydd"),
        ("Sender", "029 2000 0000"),
        ("Addressee", "Ms Carys Pugh"),
        ("Addressee", "12 Heol y Bont"),
        ("Details", "Dyddiad: 3 Ebrill 2026"),
        ("Heading 1", "Beth a benderfynwyd"),
        ("Normal", "Annwyl Ms Pugh\nTŷ Gwyn"),
        ("Heading 2", "First"),
        ("List Number", "One"),
        ("List Number", "Two"),
        ("List Bullet 2", "below"),
        ("List Number 3", "deeper"),
        ("Heading 3", "Second"),
        ("List Number", "Three"),
        ("List Number", "Four"),
        ("Normal", "{{ 7*7 }} {% raw %} {_{ }_}"),
        ("Signature Line", "Dr Angharad Rees"),
        ("Signature Line", "Cadeirydd"),
        ("Signature Line", "Partneriaeth Ansawdd Gofal"),
        ("Signature Line", "Jo Lee"),
        ("Signature Line", "Partneriaeth Ansawdd Gofal"),
        ("Signature Line", "Llofnodwyd"),
    ]


def test_a_table_repeats_its_headings_on_every_page() -> None:
    (table,) = opened(word(CONTENT, HEAD)).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["A", "B"], ["x", "{7*7}"]]
    headers = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
    assert headers == [True, False]
    assert table.cell(0, 0).paragraphs[0].runs[0].bold
    assert table.cell(1, 0).paragraphs[0].runs[0].italic


def test_each_numbered_list_begins_with_its_own_number() -> None:
    document = opened(word(CONTENT, HEAD))
    ids = [
        number.get(qn("w:val"))
        for paragraph in document.paragraphs
        for number in paragraph._p.iter(qn("w:numId"))
    ]
    assert ids == ["101", "101", "102", "103", "103"]
    numberings: Any = document.part.numbering_part.element
    starts = {
        own.get(qn("w:numId")): own.find(f".//{qn('w:startOverride')}").get(qn("w:val"))
        for own in numberings.findall(qn("w:num"))
        if int(own.get(qn("w:numId"))) > 100
    }
    assert starts == {"101": "1", "102": "1", "103": "3"}


@pytest.mark.parametrize(("language", "locale"), [("en", "en-GB"), ("cy", "cy-GB")])
def test_it_says_in_which_language_it_is_and_what_it_is_called(language: str, locale: str) -> None:
    document = opened(word(replace(CONTENT, language=language), HEAD))
    assert document.core_properties.language == locale
    assert document.core_properties.title == "Beth a benderfynwyd"
    assert document.core_properties.author == "Partneriaeth Ansawdd Gofal"
    spoken = {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))}
    assert spoken == {locale}


def test_its_foot_numbers_the_pages_in_the_language_of_the_letter() -> None:
    assert "Tudalen 1 o 1" in word_text(word(CONTENT, HEAD))
    assert "Page 1 of 1" in word_text(word(replace(CONTENT, language="en"), HEAD))
    assert "Croesawn lythyrau\nyn Gymraeg" in word_text(word(CONTENT, HEAD))


def test_the_logo_fits_and_says_what_it_shows() -> None:
    document = opened(word(CONTENT, HEAD))
    (shape,) = document.inline_shapes
    assert round(shape.width.mm) == 80
    assert shape._inline.docPr.get("descr") == "Goleudy"
    assert not opened(word(CONTENT, replace(HEAD, logo=None))).inline_shapes


def test_nothing_is_left_of_the_library_that_wrote_it() -> None:
    with zipfile.ZipFile(BytesIO(word(CONTENT, HEAD))) as read:
        assert not [name for name in read.namelist() if "thumbnail" in name]
        assert b"python-docx" not in read.read("docProps/core.xml")
        assert b"2013" not in read.read("docProps/core.xml")
