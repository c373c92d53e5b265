"""A copy of a picture without the place where it was taken, nor any other note of the camera.

The picture itself is copied as it is, byte for byte; only the notes beside it are left out. Which
way up it is meant to be stands among the notes, and is written anew.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import IO, Final

from PIL import Image

from candour.attachments.sorts import JPEG, PNG, WEBP

COPIED: Final = (JPEG, PNG, WEBP)  # of these a copy can be made
ORIENTATION: Final = 0x0112
_UPRIGHT: Final = 1
_NEXT_MARK: Final = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_SOS, _EOI, _APP0, _APP2, _APP14 = 0xDA, 0xD9, 0xE0, 0xE2, 0xEE
_MARKED: Final = 0xFF
_APPS: Final = range(0xE0, 0xF0)
_COMMENT: Final = 0xFE
_PNG_NOTES: Final = (b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME")
_WEBP_NOTES: Final = (b"EXIF", b"XMP ")
_WEBP_FLAGS: Final = 0x08 | 0x04  # that there are such notes


class NoCopy(ValueError):
    """No copy without the place can be made of a picture of this sort."""


def without_place(file: IO[bytes], media_type: str) -> bytes:
    """Return a copy of a picture that was taken in, without the notes beside it.

    Raises:
        NoCopy: it is not of a sort that can be copied so.
    """
    file.seek(0)
    picture = file.read()
    match media_type:
        case "image/jpeg":
            return b"".join(_jpeg(picture, _turned(picture)))
        case "image/png":
            return b"".join(_png(picture, _turned(picture)))
        case "image/webp":
            return _webp(picture)
    raise NoCopy(media_type)


def _turned(picture: bytes) -> bytes:
    """Return the note that says which way up it is, or nothing where it is upright."""
    with Image.open(BytesIO(picture)) as opened:
        way = opened.getexif().get(ORIENTATION, _UPRIGHT)
    if way == _UPRIGHT:
        return b""
    note = Image.Exif()
    note[ORIENTATION] = way
    return note.tobytes()


def _jpeg(picture: bytes, turned: bytes) -> Iterator[bytes]:
    """Yield the parts of a JPEG up to the end of its first picture; what follows is another."""
    yield picture[:2]
    if turned:
        yield b"\xff\xe1" + struct.pack(">H", len(turned) + 2) + turned
    at = 2
    while at + 4 <= len(picture) and picture[at] == _MARKED:
        mark = picture[at + 1]
        if mark == _MARKED:  # a mark may be filled up in front
            at += 1
            continue
        if mark == _EOI:
            break
        end = at + 2 + int.from_bytes(picture[at + 2 : at + 4], "big")
        if mark == _SOS:
            following = _NEXT_MARK.search(picture, end)
            end = following.start() if following else len(picture)
        if not _is_note(mark, picture[at + 4 : at + 18]):
            yield picture[at:end]
        at = end
    yield b"\xff\xd9"


def _is_note(mark: int, begins: bytes) -> bool:
    """Say whether a part is a note beside the picture: not its size, its colours or its coding."""
    if mark == _COMMENT:
        return True
    if mark not in _APPS or mark in (_APP0, _APP14):
        return False
    return not (mark == _APP2 and begins.startswith(b"ICC_PROFILE"))


def _png(picture: bytes, turned: bytes) -> Iterator[bytes]:
    yield picture[:8]
    at = 8
    while at + 12 <= len(picture):
        length = int.from_bytes(picture[at : at + 4], "big")
        name, end = picture[at + 4 : at + 8], at + 12 + length
        if name not in _PNG_NOTES:
            yield picture[at:end]
        if name == b"IHDR" and turned:
            note = turned.removeprefix(b"Exif\x00\x00")
            check = zlib.crc32(b"eXIf" + note)
            yield struct.pack(">I", len(note)) + b"eXIf" + note + struct.pack(">I", check)
        if name == b"IEND":
            break
        at = end


def _webp(picture: bytes) -> bytes:
    parts, at = [], 12
    end = min(len(picture), 8 + int.from_bytes(picture[4:8], "little"))
    while at + 8 <= end:
        name = picture[at : at + 4]
        length = int.from_bytes(picture[at + 4 : at + 8], "little")
        following = at + 8 + length + length % 2
        part = bytearray(picture[at:following])
        if name == b"VP8X":
            part[8] &= ~_WEBP_FLAGS & 0xFF
        if name not in _WEBP_NOTES:
            parts.append(bytes(part))
        at = following
    inside = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(inside)) + inside
