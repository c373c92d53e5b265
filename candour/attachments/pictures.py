"""Pictures: that they are whole, and whether they say where they were taken."""

import struct
import warnings
import zlib
from typing import IO, Final

from PIL import Image

from candour.attachments.refusals import NotTaken, Why
from candour.attachments.sorts import GIF, JPEG, PNG, TIFF, WEBP

FORMATS: Final = ("JPEG", "PNG", "GIF", "WEBP", "TIFF")
MOST_DRAWN: Final = 40_000_000  # pixels of a picture that is unpacked to see that it is whole
GPS: Final = 0x8825
GPS_VERSION: Final = 0
_MARKS: Final = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
)
_DAMAGED: Final = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    KeyError,
    TypeError,
    IndexError,
    struct.error,
    zlib.error,
    MemoryError,
)


def media_type_of(head: bytes) -> str:
    """Return the media type of a picture by its first bytes, or nothing where it is none."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    return next((media_type for mark, media_type in _MARKS if head.startswith(mark)), "")


def holds_place(file: IO[bytes]) -> bool:
    """Say whether a picture says where it was taken; on the way, see that it is whole.

    Raises:
        NotTaken: it is damaged, or has more pixels than anybody needs.
    """
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(file, formats=FORMATS) as picture:
                _see(picture)
                found = _says_place(picture)
    except Image.DecompressionBombError as bomb:
        raise NotTaken(Why.VAST) from bomb
    except _DAMAGED as damaged:
        raise NotTaken(Why.DAMAGED) from damaged
    return found


def _see(picture: Image.Image) -> None:
    """Unpack a picture where that is cheap: a JPEG at an eighth, others up to a size."""
    picture.draft("L", (1, 1))
    if picture.format != "TIFF" and picture.width * picture.height <= MOST_DRAWN:
        picture.load()


def _says_place(picture: Image.Image) -> bool:
    said = picture.getexif().get_ifd(GPS)
    if any(tag != GPS_VERSION for tag in said):
        return True
    notes = (picture.info.get("xmp"), picture.info.get("XML:com.adobe.xmp"))
    return any("GPSLatitude" in _as_text(note) for note in notes)


def _as_text(note: object) -> str:
    return note.decode("latin-1") if isinstance(note, bytes) else str(note or "")
