"""Office documents, which are packed folders: what they are, and that they stay of a sane size."""

import zipfile
import zlib
from collections.abc import Sequence
from typing import IO, Final

from candour.attachments.refusals import MEGABYTE, NotTaken, Why
from candour.attachments.sorts import SORTS

MOST_PARTS: Final = 5_000
MOST_UNPACKED: Final = 300 * MEGABYTE
PIECE: Final = 256 * 1024
END: Final = 22  # bytes of the end of a packed folder without a comment
_OFFICE: Final = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/presentation.xml": (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    ),
}
_MACROS: Final = ("vbaproject.bin", "vbadata.xml")
_MACRO_FOLDERS: Final = ("basic/", "scripts/")
_PROGRAMS: Final = (".exe", ".dll", ".js", ".vbs", ".bat", ".cmd", ".ps1", ".scr", ".jar", ".lnk")
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,  # locked with a password
    ValueError,
    OSError,
    EOFError,
)


def media_type_of(file: IO[bytes]) -> str:
    """Return the media type of an office document, unpacked once to its end.

    Raises:
        NotTaken: it is another packed folder, swells, holds macros or programs, is damaged, or
            something stands before or behind it.
    """
    try:
        with zipfile.ZipFile(file) as folder:
            parts = folder.infolist()
            _refuse_beyond_measure(parts)
            kind = _kind(folder, parts)
            _refuse_hidden(file, folder, parts)
            _unpack(folder, parts)
    except _BROKEN as broken:
        raise NotTaken(Why.DAMAGED) from broken
    return kind


def _refuse_beyond_measure(parts: Sequence[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise NotTaken(Why.SWELLS)


def _kind(folder: zipfile.ZipFile, parts: Sequence[zipfile.ZipInfo]) -> str:
    names = [part.filename.lower() for part in parts]
    if any(name.endswith(_MACROS) or name.startswith(_MACRO_FOLDERS) for name in names):
        raise NotTaken(Why.MACROS)
    if any(name.endswith(_PROGRAMS) for name in names):
        raise NotTaken(Why.PROGRAM)
    if "[content_types].xml" in names:
        for part, media_type in _OFFICE.items():
            if part in names:
                return media_type
    if "mimetype" in names:
        with folder.open("mimetype") as said:
            media_type = said.read(200).decode("ascii", "replace").strip()
        if media_type in SORTS and "content.xml" in names:
            return media_type
    raise NotTaken(Why.FOLDER)


def _refuse_hidden(
    file: IO[bytes], folder: zipfile.ZipFile, parts: Sequence[zipfile.ZipInfo]
) -> None:
    """Refuse what stands before the first part or behind the end, where programs would not look."""
    size = file.seek(0, 2)
    first = min(part.header_offset for part in parts)
    file.seek(max(0, size - END))
    if first != 0 or folder.comment or not file.read(END).startswith(b"PK\x05\x06"):
        raise NotTaken(Why.TWO_IN_ONE)


def _unpack(folder: zipfile.ZipFile, parts: Sequence[zipfile.ZipInfo]) -> None:
    """Unpack every part and keep nothing: what it says of its size may be a lie."""
    left = MOST_UNPACKED
    for part in parts:
        with folder.open(part) as packed:
            while piece := packed.read(PIECE):
                left -= len(piece)
                if left < 0:
                    raise NotTaken(Why.SWELLS)
