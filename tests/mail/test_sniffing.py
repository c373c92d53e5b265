"""What a file that came by mail is taken for, and what is not kept of a hostile message."""

import io
import zipfile
from contextlib import suppress

import pytest

from candour.mail.reading.incoming import MOST_PARTS, Unreadable, read
from candour.mail.reading.plain import LONGEST, words_of
from candour.mail.reading.sniffing import LARGEST, MOST_PACKED, NotKept, look_at
from tests.mail.incoming import reply


def packed(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in files.items():
            folder.writestr(name, content)
    return made.getvalue()


WORD = {"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}
CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


@pytest.mark.parametrize(
    ("name", "content", "type_"),
    [
        ("report.exe", b"%PDF-1.7 x", "application/pdf"),
        ("photo.pdf", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "image/png"),
        (
            "a.docx",
            packed(WORD),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (
            "a.odt",
            packed({"mimetype": b"application/vnd.oasis.opendocument.text"}),
            "application/vnd.oasis.opendocument.text",
        ),
        ("reply.ics", CALENDAR, "text/calendar"),
        ("nodiadau.txt", "Dŵr".encode(), "text/plain"),
        ("a.csv", b"a,b\n", "text/csv"),
    ],
)
def test_what_people_answer_with_is_kept_by_what_it_is(
    name: str, content: bytes, type_: str
) -> None:
    looked = look_at(name, content)
    assert (looked.type, looked.refused) == (type_, None)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("cv.pdf", b"MZ\x90\x00\xff", NotKept.OTHER),
        ("run.txt", b"\x00\x01", NotKept.OTHER),
        ("page.txt", b"  <!DOCTYPE html><script>", NotKept.WEB_PAGE),
        ("drawing.svg", b"<svg onload=x>", NotKept.WEB_PAGE),
        ("noending", b"hello", NotKept.UNNAMED),
        ("x.bat", b"del *.*", NotKept.UNNAMED),
        ("a.zip", packed({"a.txt": b"x"}), NotKept.FOLDER),
        ("a.docm", packed(WORD | {"word/vbaProject.bin": b"x"}), NotKept.MACROS),
        ("broken.docx", b"PK\x03\x04 and no more", NotKept.CLOSED),
        ("bomb.docx", packed(WORD | {"word/a.xml": bytes(70_000_000)}), NotKept.SWELLS),
        (
            "many.docx",
            packed(WORD | {f"word/{n}": b"" for n in range(MOST_PACKED)}),
            NotKept.SWELLS,
        ),
        ("large.pdf", b"%PDF-" + bytes(LARGEST), NotKept.TOO_LARGE),
    ],
)
def test_what_could_do_harm_is_named_and_not_kept(name: str, content: bytes, why: NotKept) -> None:
    assert look_at(name, content).refused is why


def test_a_message_nested_without_end_is_not_read() -> None:
    lines = ["From: a@b.example", "MIME-Version: 1.0"]
    for number in range(MOST_PARTS + 5):
        lines += [f'Content-Type: multipart/mixed; boundary="b{number}"', "", f"--b{number}"]
    with pytest.raises(Unreadable, match="parts"):
        read("\r\n".join(lines).encode())


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00",
        b"From: \xff\xff\r\nContent-Type: text/plain; charset=nonsense\r\n\r\nhello",
        b"Subject: =?utf-8?b?\xff?=\r\nTo: <<<>>>,,\r\n\r\n",
        b"Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n",
        b"Content-Type: message/rfc822\r\n\r\nContent-Type: message/rfc822\r\n\r\n",
        b"Content-Transfer-Encoding: base64\r\n\r\n!!!!",
    ],
)
def test_a_broken_message_is_read_as_far_as_it_goes_or_refused_in_words(raw: bytes) -> None:
    with suppress(Unreadable):  # and nothing else gets out
        assert isinstance(read(raw).text, str)


def test_words_of_html_end_somewhere_and_hide_nothing() -> None:
    assert len(words_of("<p>" + "a" * 1_000_000)) == LONGEST + 1
    assert words_of("a\u202eb\u200bc<b>d") == "abcd"
    assert words_of("<style>x</style><p>a</p><script>alert(1)</script>b") == "a\nb"


def test_the_same_message_is_the_same_by_whatever_way_it_comes() -> None:
    one = bytes(reply("case@council.example"))
    assert read(one).digest == read(b"Received: from x\r\n" + one).digest
    assert read(one).digest != read(one.replace(b"read it", b"READ it")).digest
