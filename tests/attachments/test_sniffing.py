"""What a file is taken for, and what is not taken: by its content alone."""

import io
import time
import zlib

import pytest

from candour.attachments import packed as packing
from candour.attachments.refusals import NotTaken, Why, why_words
from candour.attachments.sniffing import look_at
from candour.attachments.sorts import SORTS
from tests.support.files import OPEN_TEXT, PDF, SHEET, WORD, lying_folder, packed, picture

OFFICE = "application/vnd.openxmlformats-officedocument."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
PARTS = packed(WORD)


def refused(content: bytes, name: str = "a") -> Why | None:
    try:
        look_at(io.BytesIO(content), name)
    except NotTaken as refusal:
        return refusal.why
    return None


@pytest.mark.parametrize(
    ("name", "content", "type_"),
    [
        ("report.exe", PDF, "application/pdf"),
        ("a.pdf", picture(), "image/jpeg"),
        ("a.txt", picture("PNG"), "image/png"),
        ("a", picture("GIF"), "image/gif"),
        ("a", picture("WEBP"), "image/webp"),
        ("a", picture("TIFF"), "image/tiff"),
        ("a.zip", PARTS, f"{OFFICE}wordprocessingml.document"),
        ("a.docx", packed(SHEET), f"{OFFICE}spreadsheetml.sheet"),
        ("a", packed(OPEN_TEXT), "application/vnd.oasis.opendocument.text"),
        ("nodiadau.txt", "Dŵr a thŷ".encode(), "text/plain"),
        ("residents.csv", b"room,name\n1,x\n", "text/csv"),
        ("from Excel.CSV", "caf\xe9;d\xb4Or\n".encode("cp1252"), "text/csv"),
        ("no ending", b"hello\r\n\tworld\x0c", "text/plain"),
    ],
)
def test_a_file_is_what_it_holds_whatever_it_is_called(
    name: str, content: bytes, type_: str
) -> None:
    file = io.BytesIO(content)
    looked = look_at(file, name)
    assert looked.sort is SORTS[type_]
    assert file.tell() == 0  # left where it was found


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", Why.EMPTY),
        (b"MZ\x90\x00" + bytes(400), Why.PROGRAM),
        (b"\x7fELF" + bytes(400), Why.PROGRAM),
        (OLE, Why.OLD_OFFICE),
        (b"{\\rtf1 hello}", Why.RICH_TEXT),
        (b"\x1f\x8b\x08" + bytes(40), Why.FOLDER),
        (b"7z\xbc\xaf\x27\x1c" + bytes(40), Why.FOLDER),
        (b"Rar!\x1a\x07", Why.FOLDER),
        (packed({"a.txt": b"x"}), Why.FOLDER),
        (packed({}), Why.FOLDER),
        (packed(WORD | {"word/vbaProject.bin": b"x"}), Why.MACROS),
        (packed(OPEN_TEXT | {"Basic/Standard/a.xml": b"x"}), Why.MACROS),
        (packed(WORD | {"word/embeddings/run.exe": b"MZ"}), Why.PROGRAM),
        (PARTS[:-30], Why.DAMAGED),
        (b"PK\x03\x04 and no more", Why.DAMAGED),
        (b"  <!DOCTYPE html><p>", Why.WEB_PAGE),
        (b"\xef\xbb\xbf<svg onload=x>", Why.WEB_PAGE),
        (b"<?xml version='1.0'?><a/>", Why.WEB_PAGE),
        (b"\x00\x00\x00\x18ftypheic" + bytes(400), Why.PHONE_PICTURE),
        (b"\x00\x00\x00\x18ftypisom" + bytes(400), Why.RECORDING),
        (b"ID3\x03\x00\x00\x00\x00\x0f\x76" + bytes(400), Why.RECORDING),
        (b"\x01\x02\x03" + bytes(400), Why.OTHER),
        (b"text at first" + b"." * 100_000 + b"\x00", Why.OTHER),
        (PDF[:-7], Why.DAMAGED),
        (picture()[:400], Why.DAMAGED),
        (picture("PNG")[:60], Why.DAMAGED),
    ],
)
def test_what_is_not_kept_here_is_refused_with_why(content: bytes, why: Why) -> None:
    assert refused(content) is why


@pytest.mark.parametrize(
    "content",
    [
        PDF + PARTS,
        picture() + PARTS,
        picture("GIF") + PARTS,
        PDF.replace(b"1 0 obj", PARTS + b"1 0 obj")[: -len(b"%%EOF\n")] + PARTS,
        b"GIF89a" + PARTS,
        packed(WORD, comment=b"and more"),
        b"PK\x03\x04" + bytes(20) + PDF + PARTS,
        PARTS + b"trailing",
        picture() + b"<script>alert(1)</script>",
        picture("PNG") + b"<?php system($_GET[0]);",
        b"plain words\n" + PDF,
        b"plain words\n" + PARTS,
    ],
)
def test_two_things_at_once_are_neither(content: bytes) -> None:
    assert refused(content) in (Why.TWO_IN_ONE, Why.DAMAGED, Why.OTHER)


def test_what_hangs_on_a_pdf_or_a_picture_is_named_as_such() -> None:
    assert refused(PDF + PARTS) is Why.TWO_IN_ONE
    assert refused(picture() + PARTS) is Why.TWO_IN_ONE
    assert refused(packed(WORD, comment=b"and more")) is Why.TWO_IN_ONE


def test_a_pdf_may_hold_an_office_document_within_it() -> None:
    attached = PDF.replace(b"endobj", b"stream\n" + PARTS + b"\nendstream\nendobj")
    assert refused(attached) is None


@pytest.mark.parametrize(
    "content",
    [
        packed(WORD | {"word/a.xml": bytes(packing.MOST_UNPACKED + 1)}),
        packed(WORD | {f"word/{n}": b"" for n in range(packing.MOST_PARTS)}),
    ],
    ids=["one large part", "many parts"],
)
def test_what_swells_is_refused_soon(content: bytes) -> None:
    began = time.monotonic()
    assert refused(content) is Why.SWELLS
    assert time.monotonic() - began < 5


def test_what_a_part_says_of_its_own_size_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(lying_folder()) is Why.DAMAGED  # it is cut at what it says, and does not fit


def test_more_than_the_budget_is_never_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "_refuse_beyond_measure", lambda parts: None)
    monkeypatch.setattr(packing, "MOST_UNPACKED", 1_000_000)
    assert refused(packed(WORD | {"word/a.xml": bytes(1_000_001)})) is Why.SWELLS


def test_a_picture_that_unpacks_to_a_field_of_pixels_is_refused() -> None:
    vast = bytearray(picture("PNG"))
    vast[16:24] = (60_000).to_bytes(4, "big") * 2
    vast[29:33] = zlib.crc32(vast[12:29]).to_bytes(4, "big")
    assert refused(bytes(vast)) is Why.VAST


def test_every_reason_has_words_in_both_languages_and_says_what_to_do() -> None:
    for why in Why:
        words = why_words(why, 50 * 1024 * 1024, 10)
        assert words.en.endswith(".")
        assert words.cy.endswith(".")
        assert words.en != words.cy
    assert "50 MB" in why_words(Why.TOO_LARGE, 50 * 1024 * 1024, 10).en
    for why in (Why.OTHER, Why.PROGRAM, Why.FOLDER, Why.RECORDING):
        assert "Taken are PDF" in why_words(why, 1, 1).en
