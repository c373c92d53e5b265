"""A first look through a file's bytes: how long it is, what it is, and how its letters are kept.

Reads a line at a time, so that a file of any size takes the same memory, and finds what would
stop the import before the import begins.
"""

import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from candour.experiences.intake.errors import FileRefusedError

LONGEST_LINE = 1024 * 1024
LINES_BETWEEN_TELLINGS = 10_000
MEGABYTE = 1_000_000
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
MIXED = "mixed"
UTF_8_MARK = b"\xef\xbb\xbf"
NOT_IN_WINDOWS_1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
OLD_WORKBOOK_MARK = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Survey:
    """What a look through the whole file told.

    Attributes:
        encoding: Python's name of the encoding: utf-8, utf-8-sig or cp1252; `MIXED` where no one
            encoding fits all lines, so that each row has to be settled by itself; empty where the
            file is no text.
        sha256: of the file as it stands, in hexadecimal.
        size: in bytes.
        changed_at: when it was last written to, in nanoseconds, as the file system says.
    """

    encoding: str
    sha256: str
    size: int
    changed_at: int


@contextmanager
def opened(path: Path, *, limit: int) -> Iterator[BinaryIO]:
    """Open a file to be taken in, having made sure that it is one and not too big.

    Args:
        path: the file.
        limit: the most bytes that are taken.

    Raises:
        FileRefusedError: there is no such file, it cannot be read, or it is too big.
    """
    try:
        handle = path.open("rb")
    except FileNotFoundError as error:
        raise FileRefusedError(
            f"There is no file {path}. Check the name and the folder."
        ) from error
    except IsADirectoryError as error:
        raise FileRefusedError(f"{path} is a folder. Name one file in it.") from error
    except PermissionError as error:
        raise FileRefusedError(f"{path} may not be read by this account.") from error
    with handle:
        about = os.fstat(handle.fileno())
        if not stat.S_ISREG(about.st_mode):
            raise FileRefusedError(
                f"{path} is not an ordinary file, so it cannot be read twice as an import does. "
                "Save what it gives as a file first."
            )
        if about.st_size > limit:
            raise FileRefusedError(
                f"{path} holds {about.st_size / MEGABYTE:,.0f} MB and the limit is "
                f"{limit / MEGABYTE:,.0f} MB, so it was not read. Split it, or raise the limit "
                "with --limit-mb if the file is meant to be that big."
            )
        yield handle


def survey(handle: BinaryIO, progress: Callable[[int], None]) -> Survey:
    """Read the file through once and say how it is written; it is left at its beginning.

    Args:
        handle: the open file, at its beginning.
        progress: told now and then how many bytes have been read.

    Raises:
        FileRefusedError: it is empty, no text, or damaged.
    """
    changed_at = os.fstat(handle.fileno()).st_mtime_ns
    beginning = handle.read(4)
    _refuse_other_kinds(beginning)
    handle.seek(0)
    digest, letters, begins = hashlib.sha256(), _Letters(), 0
    for number, line in enumerate(iter(lambda: handle.readline(LONGEST_LINE), b""), start=1):
        digest.update(line)
        _refuse_what_is_no_text(line, number, begins)
        if not line.isascii():
            letters.note(line, begins)
        begins += len(line)
        if number % LINES_BETWEEN_TELLINGS == 0:
            progress(begins)
    handle.seek(0)
    return Survey(letters.encoding(), digest.hexdigest(), begins, changed_at)


def is_as_surveyed(handle: BinaryIO, surveyed: Survey) -> bool:
    """Return whether nobody has written to the file since it was surveyed."""
    about = os.fstat(handle.fileno())
    return (about.st_size, about.st_mtime_ns) == (surveyed.size, surveyed.changed_at)


def _refuse_other_kinds(beginning: bytes) -> None:
    if not beginning:
        raise FileRefusedError("The file is empty.")
    if beginning.startswith(UTF_16_MARKS):
        raise FileRefusedError(
            "The file is saved as UTF-16 (“Unicode text”). Save it as “CSV UTF-8” and import that.",
            line=1,
            byte=0,
        )
    if beginning.startswith(OLD_WORKBOOK_MARK):
        raise FileRefusedError(
            "The file is a workbook of an old kind (XLS), or locked with a password. Open it, save "
            "it as an Excel workbook (XLSX) or as “CSV UTF-8”, without a password.",
            line=1,
            byte=0,
        )


def _refuse_what_is_no_text(line: bytes, number: int, begins: int) -> None:
    if b"\0" in line:
        byte = begins + line.index(b"\0")
        raise FileRefusedError(
            f"Line {number} holds a zero byte (byte {byte:,} of the file), which no text does: the "
            "file is damaged or not CSV. Save it again from where it came.",
            line=number,
            byte=byte,
        )
    if len(line) == LONGEST_LINE:
        raise FileRefusedError(
            f"Line {number} runs on for more than {LONGEST_LINE:,} bytes, so this is hardly CSV.",
            line=number,
            byte=begins,
        )


@dataclass(slots=True)
class _Letters:
    """Which encodings the letters beyond ASCII were met in."""

    marked: bool = False
    utf_8: bool = False
    other: bool = False
    neither: bool = False

    def note(self, line: bytes, begins: int) -> None:
        """Take in one line that is not ASCII; ``begins`` is its first byte's place in the file."""
        if begins == 0 and line.startswith(UTF_8_MARK):
            self.marked = True
            if line.removeprefix(UTF_8_MARK).isascii():
                return
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            self.other = True
            self.neither = self.neither or NOT_IN_WINDOWS_1252.search(line) is not None
        else:
            self.utf_8 = True

    def encoding(self) -> str:
        """Return the one encoding of all the lines, or that there is none."""
        if not self.other:
            return "utf-8-sig" if self.marked else "utf-8"
        return MIXED if self.marked or self.utf_8 or self.neither else "cp1252"
