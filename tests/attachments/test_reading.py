"""Reading documents for their words: what is said in them, and documents that are made to harm."""

import io
import time
from pathlib import Path

import pytest
from django.db import connection

from candour.attachments import reading, tasks, text_of
from candour.attachments.models import DocumentPiece, DocumentReading, Outcome
from candour.attachments.reading import Read, pieces_of, read_document, words_of
from candour.attachments.sorts import PDF, SORTS, TABLE, TEXT
from candour.cases.models import Case
from candour.database.row_security import acting_for
from tests.support.casework import Town, london
from tests.support.documents import filed, stored
from tests.support.files import OPEN_TEXT, SHEET, WORD, packed, pdf_saying, picture, word_saying

DAY = london("2026-03-11T09:00")
TYPES = {sort.ending: media_type for media_type, sort in SORTS.items()}
OPEN = OPEN_TEXT["mimetype"]


def said(media_type: str, content: bytes) -> str:
    text, whole = text_of.text_of(media_type, io.BytesIO(content), time.monotonic)
    assert whole
    return text


def word(inside: str) -> bytes:
    document = f'<w:document xmlns:w="urn:w"><w:body>{inside}</w:body></w:document>'
    return packed({**WORD, "word/document.xml": document.encode()})


# -- what is said -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("media_type", "content", "text"),
    [
        (PDF, pdf_saying("Nobody checked", "the xylophone"), "Nobody checked\nthe xylophone"),
        (TEXT, "\ufeffChŵyn".encode(), "Chŵyn"),
        (TEXT, "It\u2019s late".encode("cp1252"), "It\u2019s late"),
        (TABLE, b"name,room\r\nA,4", "name,room\nA,4"),
        (TYPES["docx"], word_saying("First", "Chŵyn &amp; more"), "First\nChŵyn & more"),
        (
            TYPES["odt"],
            packed(
                {
                    "mimetype": OPEN,
                    "content.xml": b"<o xmlns:t='urn:t'><t:h>Title</t:h><t:p>A<t:s/>line</t:p></o>",
                }
            ),
            "Title\nA line",
        ),
        (
            TYPES["xlsx"],
            packed({**SHEET, "xl/sharedStrings.xml": b"<sst><si><t>Room</t></si></sst>"}),
            "Room",
        ),
    ],
)
def test_the_words_of_each_sort_of_document(media_type: str, content: bytes, text: str) -> None:
    assert said(media_type, content) == text


def test_what_was_struck_out_or_noted_at_the_side_is_not_said() -> None:
    content = word(
        "<w:p><w:r><w:t>Kept</w:t></w:r><w:del><w:r><w:delText>Struck</w:delText>"
        "<w:t>out</w:t></w:r></w:del><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
    )
    assert said(TYPES["docx"], content) == "Kept"


def test_of_a_long_document_the_beginning_is_read() -> None:
    text, whole = text_of.text_of(TEXT, io.BytesIO(b"word " * 100_000), time.monotonic)
    assert (len(text), whole) == (text_of.LONGEST, False)


def test_a_document_that_takes_long_is_read_as_far_as_the_time_goes() -> None:
    seconds = iter([0.0, 1.0, 99.0])
    content = pdf_saying("one", "two", "three")
    assert text_of.text_of(PDF, io.BytesIO(content), lambda: next(seconds)) == ("one\ntwo", False)


def test_pieces_are_parted_between_words_and_lose_none() -> None:
    text = "chŵyn " * 3_000
    pieces = list(pieces_of(text))
    assert "".join(pieces) == text
    assert all(len(piece) <= reading.PIECE and piece.endswith(" ") for piece in pieces)
    assert list(pieces_of("x" * 9_000)) == ["x" * 4_000, "x" * 4_000, "x" * 1_000]
    assert list(pieces_of("")) == []


# -- in a process of its own --------------------------------------------------------------------


def test_another_process_reads_it() -> None:
    assert words_of(TYPES["docx"], io.BytesIO(word_saying("Said"))) == Read(Outcome.READ, "Said")
    assert words_of(TEXT, io.BytesIO(b" \n")) == Read(Outcome.NOTHING)
    assert words_of(TEXT, io.BytesIO(b"word " * 99_999)).outcome == Outcome.BEGINNING


BILLION = (
    '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]>'
    '<w:document xmlns:w="urn:w"><w:t>&c;</w:t></w:document>'
)


@pytest.mark.parametrize(
    ("media_type", "content"),
    [
        (PDF, b"%PDF-1.7 nothing of the sort"),
        (TYPES["docx"], b"PK no folder"),
        (TYPES["docx"], packed({**WORD, "word/document.xml": BILLION.encode()})),
        (TYPES["docx"], packed({**WORD, "word/document.xml": b"<w:p>"})),
        ("image/jpeg", picture()),
    ],
)
def test_what_cannot_be_read_is_said_to_be_so(media_type: str, content: bytes) -> None:
    assert words_of(media_type, io.BytesIO(content)) == Read(Outcome.FAILED)


def test_a_document_that_takes_all_memory_ends_its_reader_alone() -> None:
    swelling = word_saying("x" * 900_000_000)
    assert words_of(TYPES["docx"], io.BytesIO(swelling)).outcome in (
        Outcome.FAILED,
        Outcome.BEGINNING,
    )


def test_a_reader_that_does_not_end_is_ended() -> None:
    begun = time.monotonic()
    assert words_of(TEXT, io.BytesIO(b"said"), patience=0.0) == Read(Outcome.FAILED)
    assert time.monotonic() - begun < 5


# -- kept, once ---------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_the_worker_reads_what_was_filed_once(town: Town, case: Case) -> None:
    kept = filed(town, case, word_saying("The xylophone"), name="a.docx")
    filed(town, case, picture(), name="a.jpg")
    assert tasks.unread() == [(kept.document.pk, case.body_id)], "a picture holds no words"
    tasks.read(str(kept.document.pk), case.body_id)
    assert tasks.unread() == []
    assert read_document(kept.document.pk, case.body_id, DAY) is None
    with acting_for([case.body_id]):
        row = DocumentReading.objects.get()
        assert (row.outcome, [piece.said for piece in DocumentPiece.objects.all()]) == (
            "read",
            ["The xylophone"],
        )


@pytest.mark.django_db
def test_a_document_that_cannot_be_read_is_written_down_and_not_tried_again(
    town: Town, case: Case, folder: Path
) -> None:
    damaged = filed(town, case).document
    gone = filed(town, case, word_saying("The xylophone"), name="a.docx").document
    for path in stored(folder):
        if path.name == Path(gone.stored_as).name:
            path.unlink()
    for document in (damaged, gone):
        assert read_document(document.pk, case.body_id, DAY) in (Outcome.FAILED, Outcome.NOTHING)
    assert tasks.unread() == []


@pytest.mark.django_db
def test_nobody_reads_for_a_body_that_cannot_see_the_case(town: Town, case: Case) -> None:
    document = filed(town, case).document
    assert read_document(document.pk, town.elsewhere.pk, DAY) is None
    with acting_for([case.body_id]):
        assert not DocumentReading.objects.exists()


@pytest.mark.django_db
def test_more_different_words_than_the_index_holds_are_cut(town: Town, case: Case) -> None:
    said = " ".join(f"{number:06x}{'ŵ' * 12}" for number in range(12_000))
    document = filed(town, case, said.encode(), name="a.txt").document
    outcome = read_document(document.pk, case.body_id, DAY)
    assert outcome in (Outcome.READ, Outcome.BEGINNING)
    with acting_for([case.body_id]), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM filed_reading WHERE words @@ '000000ŵŵŵŵŵŵŵŵŵŵŵŵ'")
        assert cursor.fetchone() == (1,) or outcome == Outcome.BEGINNING
