"""The words of a document: `python -m candour.attachments.text_of MEDIA_TYPE < document`.

A process of its own, which may be killed: a document from outside can be made to take for ever, or
all the memory there is. It reads the one file that it is given, opens no other, and writes its
words to its output as UTF-8. How it ends tells how far it came: `WHOLE`, `BEGINNING` or
`UNREADABLE`.
"""

import re
import resource
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from typing import IO, Final
from xml.parsers import expat

from pypdf import PdfReader

LONGEST: Final = 200_000  # characters that are kept of one document
WHOLE, BEGINNING, UNREADABLE = 0, 10, 11
SECONDS: Final = 15  # after which the pages read so far are all
MOST_SECONDS: Final = 30  # of the processor, then the system ends it
MOST_MEMORY: Final = 768 * 1024 * 1024
MOST_WRITTEN: Final = 4 * LONGEST
PIECE: Final = 64 * 1024

_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_OPEN: Final = "application/vnd.oasis.opendocument."
# Which parts of a packed document hold its words, and in which elements (none: all of them).
_PARTS: Final = {
    f"{_OFFICE}wordprocessingml.document": (
        re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml"),
        frozenset({"t"}),
    ),
    f"{_OFFICE}spreadsheetml.sheet": (re.compile(r"xl/sharedStrings\.xml"), frozenset({"t"})),
    f"{_OFFICE}presentationml.presentation": (
        re.compile(r"ppt/(slides|notesSlides)/\w+\.xml"),
        frozenset({"t"}),
    ),
    **{
        f"{_OPEN}{sort}": (re.compile(r"content\.xml"), frozenset[str]())
        for sort in ("text", "spreadsheet", "presentation")
    },
}
_ENDS_LINE: Final = frozenset({"p", "h", "si", "br", "line-break", "tab", "tr"})
_NOT_SAID: Final = frozenset({"tracked-changes", "del", "moveFrom", "annotation", "styles"})
_NO_TEXT: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
PLAIN: Final = frozenset({"text/plain", "text/csv"})
PDF: Final = "application/pdf"
READABLE: Final = frozenset({PDF, *PLAIN, *_PARTS})


class Unreadable(ValueError):
    """A document that no words can be read of: locked, damaged, or made to do harm."""


def text_of(media_type: str, file: IO[bytes], clock: Callable[[], float]) -> tuple[str, bool]:
    """Return the words of a document, and whether they are all of them.

    Args:
        media_type: one of `READABLE`.
        file: the document.
        clock: seconds that have passed since some beginning.

    Raises:
        Unreadable: there is no way to read it.
    """
    until = clock() + SECONDS
    found, length = list[str](), 0
    for words in _spoken(media_type, file):
        found.append(words)
        length += len(words)
        if length > LONGEST or clock() > until:
            return plain("".join(found))[:LONGEST], False
    return plain("".join(found)), True


def plain(text: str) -> str:
    """Return a text without what no database keeps, and without long empty stretches."""
    spaced = _NO_TEXT.sub(" ", text.replace("\r\n", "\n"))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]{2,}", " ", spaced)).strip()


def _spoken(media_type: str, file: IO[bytes]) -> Iterator[str]:
    if media_type == PDF:
        return _of_pdf(file)
    if media_type in PLAIN:
        return iter([_decoded(file.read(MOST_WRITTEN))])
    if media_type in _PARTS:
        return _of_packed(media_type, file)
    raise Unreadable(media_type)


def _decoded(content: bytes) -> str:
    """Return plain text as UTF-8, or as what is left of older programs."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start > len(content) - 4:  # cut within a letter
            return content[: error.start].decode("utf-8-sig")
        return content.decode("cp1252", "replace")


def _of_pdf(file: IO[bytes]) -> Iterator[str]:
    reader = PdfReader(file)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable("It is locked with a password.")
    for page in reader.pages:
        yield page.extract_text() + "\n"


def _of_packed(media_type: str, file: IO[bytes]) -> Iterator[str]:
    named, said_in = _PARTS[media_type]
    with zipfile.ZipFile(file) as folder:
        for part in sorted(folder.namelist()):
            if named.fullmatch(part):
                with folder.open(part) as packed:
                    yield from _Reader(said_in).read(packed)


class _Reader:
    """Reads the words of one XML part as it is unpacked; what declares entities is refused."""

    def __init__(self, said_in: frozenset[str]) -> None:
        self._said_in = said_in
        self._open: list[str] = []
        self._passed_over = 0
        self._found: list[str] = []
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._say
        self._parser.StartDoctypeDeclHandler = self._refuse

    def read(self, packed: IO[bytes]) -> Iterator[str]:
        while piece := packed.read(PIECE):
            self._parser.Parse(piece, False)  # noqa: FBT003  # expat’s signature
            yield "".join(self._found)
            self._found.clear()
        self._parser.Parse(b"", True)  # noqa: FBT003  # the same
        yield "".join(self._found) + "\n"

    def _begin(self, name: str, _attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        self._open.append(local)
        self._passed_over += local in _NOT_SAID

    def _end(self, _name: str) -> None:
        local = self._open.pop()
        self._passed_over -= local in _NOT_SAID
        if local in _ENDS_LINE:
            self._found.append("\t" if local == "tab" else "\n")
        elif local == "s":  # a space that OpenDocument counts
            self._found.append(" ")

    def _say(self, words: str) -> None:
        if not self._passed_over and (not self._said_in or self._open[-1] in self._said_in):
            self._found.append(words)

    def _refuse(self, *_of_doctype: object) -> None:
        raise Unreadable("It declares a document type, which no office program writes.")


def _bound() -> None:
    """Let this process have no more than reading a document needs, whatever the document says."""
    for what, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_FSIZE, MOST_WRITTEN),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def main() -> int:
    """Read the document given, write its words, and return how far that came."""
    _bound()
    try:
        text, whole = text_of(sys.argv[1], sys.stdin.buffer, time.monotonic)
    except (Exception, RecursionError):  # noqa: BLE001  # whatever a document does to its reader, it is unreadable
        return UNREADABLE
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()
    return WHOLE if whole else BEGINNING


if __name__ == "__main__":
    sys.exit(main())
