"""The packed folder that a workbook is: its parts, read a piece at a time and only so far."""

import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import IO, Any, Final
from xml.parsers import expat

from candour.experiences.intake.errors import FileRefusedError
from candour.experiences.intake.workbooks.bounds import MOST_PARTS, MOST_UNPACKED, PIECE

BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,  # locked with a password
    EOFError,
    OSError,
)
LAST = True  # nothing follows
NOT_READABLE = (
    "The workbook cannot be read: it is damaged or locked with a password. Open it in the program "
    "that made it, save it without a password, and import that."
)
MOST_NAMES = 1_000  # that are remembered
SWELLS = (
    "Unpacked, the workbook would grow beyond measure, so it was not read. Save the sheet as "
    "“CSV UTF-8” and import that."
)
NOT_XML = "The workbook is damaged ({part}, line {line}). Open it, save it again and import that."


@contextmanager
def unpacked(handle: IO[bytes]) -> Iterator[zipfile.ZipFile]:
    """Open the packed folder.

    Raises:
        FileRefusedError: it cannot be read or has too many parts.
    """
    try:
        handle.seek(0)
        folder = zipfile.ZipFile(handle)
    except BROKEN as error:
        raise FileRefusedError(NOT_READABLE) from error
    with folder:
        if len(folder.infolist()) > MOST_PARTS:
            raise FileRefusedError(SWELLS)
        yield folder


def has(folder: zipfile.ZipFile, part: str) -> bool:
    """Return whether a part is there."""
    return part in folder.NameToInfo


def pieces(folder: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """Yield a part's bytes; what the folder says of its size may be a lie, so they are counted.

    Raises:
        FileRefusedError: it is not there, cannot be read, or there is too much of it.
    """
    left = MOST_UNPACKED
    with _opened(folder, part) as packed:
        while piece := _read(packed):
            left -= len(piece)
            if left < 0:
                raise FileRefusedError(SWELLS)
            yield piece


def _opened(folder: zipfile.ZipFile, part: str) -> IO[bytes]:
    try:
        return folder.open(part)
    except (*BROKEN, KeyError) as error:
        raise FileRefusedError(NOT_READABLE) from error


def _read(packed: IO[bytes]) -> bytes:
    try:
        return packed.read(PIECE)
    except BROKEN as error:
        raise FileRefusedError(NOT_READABLE) from error


class Stop(Exception):
    """Enough of a part was read."""


class Parsing:
    """Reads one part as XML, handing each tag to whoever wants it.

    Names come without their namespace: no part has two tags of one name that matter.

    Attributes:
        begins: called with a tag's name and its attributes.
        ends: called with its name.
        letters: called with text, in pieces; None to have none.
    """

    def __init__(
        self,
        begins: Callable[[str, dict[str, str]], None],
        ends: Callable[[str], None],
        letters: Callable[[str], None] | None = None,
    ) -> None:
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        self._begins, self._ends = begins, ends
        self._local: dict[str, str] = {}
        parser.buffer_text = True
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        if letters is not None:
            parser.CharacterDataHandler = letters
        # No workbook declares a document type; one that does wants to swell or to fetch.
        parser.StartDoctypeDeclHandler = _refuse

    def _begin(self, name: str, given: dict[str, str]) -> None:
        if given and " " in "".join(given):
            given = {key.rpartition(" ")[2]: value for key, value in given.items()}
        self._begins(self._local.get(name) or self._name(name), given)

    def _end(self, name: str) -> None:
        self._ends(self._local.get(name) or self._name(name))

    def _name(self, name: str) -> str:
        local = name.rpartition(" ")[2]
        if len(self._local) < MOST_NAMES:
            self._local[name] = local
        return local

    def steps(self, folder: zipfile.ZipFile, part: str) -> Generator[None, None, None]:
        """Read a part piece by piece; whoever steps may take what was handed out meanwhile.

        Raises:
            FileRefusedError: it is no XML.
        """
        try:
            for piece in pieces(folder, part):
                self._parser.Parse(piece)
                yield
            self._parser.Parse(b"", LAST)
        except Stop:
            pass
        except expat.ExpatError as error:
            raise FileRefusedError(NOT_XML.format(part=part, line=error.lineno)) from error
        yield

    def whole(self, folder: zipfile.ZipFile, part: str) -> None:
        """Read a part to its end."""
        for _ in self.steps(folder, part):
            pass


def _refuse(*_: Any) -> None:  # noqa: ANN401  # expat's own
    raise FileRefusedError(NOT_READABLE)
