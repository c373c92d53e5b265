"""The PDF of a letter, opened and read back."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO

import pikepdf
import pypdf
import pytest

from candour.documents import Letterhead, Signature, Undrawable, pdf, read_markdown, word
from tests.support.pictures import picture
from tests.support.reading_back import headings, pdf_text, squeezed, tags, word_text

MADE_AT = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)  # the night the clocks go forward
TEXT = """\
Dear Ms Pugh

We met about *Tŷ Gwyn*. The ŵ and the ŷ of Welsh are here, and so is **this**.

## What was decided

1. First
2. Second
   - below

### By when

| Action | Owner |
|---|---|
| Train | Manager |

---

☐ Yes ☐ No ______

## How to answer

Yours sincerely
"""
CONTENT = read_markdown(TEXT, language="en", title="What was decided about Tŷ Gwyn")
HEAD = Letterhead(
    "Care Quality Partnership",
    address_lines=("Woodland House", "Cardiff CF14 4HH"),
    phone="029 2000 0000",
    email="quality@partnership.example",
    web="www.partnership.example",
    logo=picture(),
    footer="Registered charity 0000000\nWe welcome letters in Welsh",
    addressee=("Ms Carys Pugh", "12 Heol y Bont", "Cardiff CF10 1AA"),
    details=(("Date", "29 March 2026"), ("Our reference", "CV-2026-014")),
    signatures=(Signature("Dr Angharad Rees", "Chair"), Signature("Jo Lee", "Clerk", "Signed")),
)


def opened(document: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(document))


def title(document: bytes) -> str | None:
    metadata = pypdf.PdfReader(BytesIO(document)).metadata
    return metadata.title if metadata else None


def test_it_says_in_which_language_it_is_and_what_it_is_called() -> None:
    english = pdf(CONTENT, HEAD, made_at=MADE_AT)
    welsh = pdf(replace(CONTENT, language="cy", title="Beth a benderfynwyd"), HEAD, made_at=MADE_AT)
    with opened(english) as read, opened(welsh) as wedi_darllen:
        assert str(read.Root.Lang) == "en-GB"
        assert str(wedi_darllen.Root.Lang) == "cy-GB"
        assert bool(wedi_darllen.Root.ViewerPreferences.DisplayDocTitle) is True
    assert title(english) == "What was decided about Tŷ Gwyn"
    assert title(welsh) == "Beth a benderfynwyd"


def test_it_is_tagged_and_declares_pdf_ua() -> None:
    document = pdf(CONTENT, HEAD, made_at=MADE_AT)
    with opened(document) as read:
        assert bool(read.Root.MarkInfo.Marked) is True
        assert "/StructTreeRoot" in read.Root
        assert b"pdfuaid:part" in read.Root.Metadata.read_bytes()
    found = tags(document)
    assert found[0] == "Document"
    for tag in ("Figure", "P", "Strong", "Em", "L", "LI", "Lbl", "LBody", "Table", "THead", "TH"):
        assert tag in found
    assert found.count("TH") == 2
    assert found.count("TD") == 2


def test_its_headings_are_in_order_and_begin_with_the_title() -> None:
    assert headings(pdf(CONTENT, HEAD, made_at=MADE_AT)) == ["H1", "H2", "H3", "H2"]


def test_the_logo_says_what_it_shows() -> None:
    for alt, expected in (("", "Care Quality Partnership"), ("A lighthouse", "A lighthouse")):
        document = pdf(CONTENT, replace(HEAD, logo_alt=alt), made_at=MADE_AT)
        with opened(document) as read:
            alts = [str(part.Alt) for part in read.objects if _has_alt(part)]
        assert alts == [expected]


def _has_alt(part: object) -> bool:
    return isinstance(part, pikepdf.Dictionary) and "/Alt" in part


def test_everything_that_was_given_is_in_it() -> None:
    said = squeezed(pdf_text(pdf(CONTENT, HEAD, made_at=MADE_AT)))
    for text in (
        *(HEAD.body_name, *HEAD.address_lines, *HEAD.contact_lines, *HEAD.footer.splitlines()),
        *(*HEAD.addressee, "Date", "29 March 2026", "Our reference", "CV-2026-014"),
        *("Dr Angharad Rees", "Chair", "Jo Lee", "Clerk", "Signed"),
        *("We met about Tŷ Gwyn. The ŵ and the ŷ of Welsh", "1.First2.Second•below"),
        "☐ Yes ☐ No ______",
    ):
        assert squeezed(text) in said


@pytest.mark.parametrize(
    ("language", "page", "code", "sentence"),
    [
        ("en", "Page 1 of 1", "Code: 7F3K-9QPD", "go to https://c.example/check and give the code"),
        ("cy", "Tudalen 1 o 1", "Cod: 7F3K-9QPD", "ewch i https://c.example/check a rhoi’r cod"),
    ],
)
def test_its_foot_speaks_the_language_of_the_letter(
    language: str, page: str, code: str, sentence: str
) -> None:
    document = pdf(
        replace(CONTENT, language=language),
        replace(HEAD, signatures=()),
        made_at=MADE_AT,
        seal="7F3K-9QPD",
        check_at="https://c.example/check",
    )
    said = squeezed(pypdf.PdfReader(BytesIO(document)).pages[0].extract_text())
    assert squeezed(page) in said
    assert squeezed(code) in said
    assert squeezed(sentence) in squeezed(pdf_text(document))


def test_without_a_code_nothing_says_that_there_is_one() -> None:
    assert "Code" not in pdf_text(pdf(CONTENT, HEAD, made_at=MADE_AT, check_at="https://c.example"))


def test_it_carries_its_fonts_and_asks_for_nothing() -> None:
    document = pdf(CONTENT, HEAD, made_at=MADE_AT)
    with opened(document) as read:
        described = [
            part
            for part in read.objects
            if isinstance(part, pikepdf.Dictionary) and part.get("/Type") == "/FontDescriptor"
        ]
        assert described
        assert all({"/FontFile2", "/FontFile3"} & set(part.keys()) for part in described)
        assert not [part for part in read.objects if _asks(part)]


def _asks(part: object) -> bool:
    return isinstance(part, pikepdf.Dictionary) and bool({"/URI", "/JS", "/F"} & set(part.keys()))


def test_the_same_letter_is_the_same_file_in_any_process() -> None:
    made = (
        "from tests.documents.test_pdf import *; import hashlib;"
        "print(hashlib.sha256(pdf(CONTENT, HEAD, made_at=MADE_AT)).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", made],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    elsewhere = MADE_AT.astimezone(timezone(timedelta(hours=5)))
    assert len(digests) == 1
    assert pdf(CONTENT, HEAD, made_at=MADE_AT) == pdf(CONTENT, HEAD, made_at=elsewhere)
    assert pdf(CONTENT, HEAD, made_at=MADE_AT) != pdf(
        CONTENT, HEAD, made_at=MADE_AT + timedelta(days=1)
    )


def test_an_instant_needs_its_zone() -> None:
    with pytest.raises(Undrawable, match="with its time zone"):
        pdf(CONTENT, HEAD, made_at=MADE_AT.replace(tzinfo=None))


def test_a_broken_logo_is_named_as_what_stands_in_the_way() -> None:
    broken = replace(HEAD, logo=b"\x89PNG\r\n\x1a\nnothing more")
    with pytest.raises(Undrawable, match="The logo"):
        pdf(CONTENT, broken, made_at=MADE_AT)
    with pytest.raises(Undrawable, match="The logo"):
        word(CONTENT, broken)


def test_a_logo_of_another_letter_stays_there() -> None:
    plain = pdf(CONTENT, replace(HEAD, logo=None), made_at=MADE_AT)
    assert "Figure" not in tags(plain)
    assert "Figure" in tags(pdf(CONTENT, HEAD, made_at=MADE_AT))


def test_a_name_in_any_script_of_our_fonts_is_drawn() -> None:
    names = "محمد דוד अनीता অনিতা ਅਨੀਤਾ અનિતા அனிதா 王小明 Ελένη Олена ኢትዮጵያ 😡"
    content = read_markdown(names, language="en", title="Names")
    text = pdf_text(pdf(content, HEAD, made_at=MADE_AT))
    assert "\ufffd" not in text
    for name in ("王小明", "Ελένη", "Олена", "😡"):
        assert name in text


def test_what_no_font_draws_is_shown_as_missing_and_kept_in_word() -> None:
    content = read_markdown("Name: 한국어.", language="en", title="Names")
    assert "Name: \ufffd\ufffd\ufffd." in pdf_text(pdf(content, HEAD, made_at=MADE_AT))
    assert "Name: 한국어." in word_text(word(content, HEAD))


def test_nothing_runs_off_the_paper() -> None:
    long = "x" * 600 + " " + "https://example.org/" + "a/" * 200
    cells = f"| A | B | C | D | E | F |\n|---|---|---|---|---|---|\n|{'|'.join(['y' * 150] * 6)}|"
    content = read_markdown(f"{long}\n\n## {long}\n\n{cells}", language="en", title=long)
    head = replace(HEAD, addressee=(long,), details=((long, long),), email="e" * 300)
    document = pdf(content, head, made_at=MADE_AT)
    beyond = []

    def visit(text: str, page: list[float], line: list[float], *_font: object) -> None:
        across = line[4] * page[0] + line[5] * page[2] + page[4]
        if text.strip() and not 50 < across < 545:
            beyond.append((text, across))

    for page in pypdf.PdfReader(BytesIO(document)).pages:
        page.extract_text(visitor_text=visit)
    assert beyond == []


def test_a_long_letter_numbers_its_pages() -> None:
    content = read_markdown("\n\n".join(["A paragraph."] * 120), language="cy", title="Hir")
    pages = pypdf.PdfReader(BytesIO(pdf(content, HEAD, made_at=MADE_AT))).pages
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert f"Tudalen {number} o {len(pages)}" in page.extract_text()
