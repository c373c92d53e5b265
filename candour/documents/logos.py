"""Takes in the logo of a letterhead: a picture is looked at, not believed, and drawn anew.

What comes out holds nothing but the picture: no comments, no place where it was taken, no second
file behind it. So what somebody uploads never reaches a letter as it was sent.
"""

import struct
import warnings
import zlib
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST = 2_000_000  # bytes of what is sent
LARGEST_KEPT = 600_000  # bytes of what is kept: it travels in every letter
MOST_PIXELS = 25_000_000  # what a logo unpacks to
LONGEST_SIDE = 1_200  # pixels of what is kept: 300 to the inch at the width that letters give it
SHORTEST_SIDE = 40  # pixels: below that a logo is blurred on paper
_KINDS = ("PNG", "JPEG")
_PLAIN_MODES = ("RGB", "RGBA", "L", "LA")
_DAMAGED = (OSError, ValueError, SyntaxError, EOFError, struct.error, zlib.error, MemoryError)
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


class NotALogo(ValueError):
    """What was sent cannot be a logo. `reason` is one of `REASONS`; the message says what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(REASONS[reason])
        self.reason = reason


REASONS = {
    "empty": "The file is empty. Choose the file of the logo again.",
    "large": f"The file is larger than {LARGEST // 1_000_000} MB. Save the logo smaller: "
    f"{LONGEST_SIDE:,} pixels across are enough.",
    "svg": "This is an SVG, which can hold more than a picture. Save the logo as PNG.",
    "kind": "This is no PNG and no JPEG, whatever its name says. Save the logo as one of these.",
    "damaged": "The picture cannot be read to its end. Save it again as PNG and send that.",
    "pixels": "The picture is very large once unpacked. Save it at "
    f"{LONGEST_SIDE:,} pixels across or fewer.",
    "small": f"The picture has fewer than {SHORTEST_SIDE} pixels on a side and would be blurred "
    "on paper. Send a larger one.",
}


def logo_from(sent: bytes) -> bytes:
    """Return the logo in what somebody sent, as PNG or JPEG of a size that letters can carry.

    Raises:
        NotALogo: it is no picture of those kinds, too large or too small, or damaged.
    """
    if not sent:
        raise NotALogo("empty")
    if len(sent) > LARGEST:
        raise NotALogo("large")
    if _is_svg(sent):
        raise NotALogo("svg")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return _drawn_anew(sent)
    except _BOMBS as bomb:
        raise NotALogo("pixels") from bomb
    except _DAMAGED as damaged:
        if isinstance(damaged, NotALogo):
            raise
        raise NotALogo("damaged") from damaged
    except Warning as doubtful:
        raise NotALogo("damaged") from doubtful


def _is_svg(sent: bytes) -> bool:
    begun = sent[:4_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return begun.startswith(b"<") and b"<svg" in begun


def _drawn_anew(sent: bytes) -> bytes:
    try:
        opened = Image.open(BytesIO(sent), formats=_KINDS)
    except UnidentifiedImageError as other:
        raise NotALogo("kind") from other
    with opened as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise NotALogo("pixels")
        if min(picture.size) < SHORTEST_SIDE:
            raise NotALogo("small")
        kind = picture.format or "PNG"
        upright = ImageOps.exif_transpose(picture)
        return _written(_plain(upright), kind)


def _plain(picture: Image.Image) -> Image.Image:
    """Return the picture in colours that every reader knows, and no larger than letters need."""
    if picture.mode not in _PLAIN_MODES:
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return picture


def _written(picture: Image.Image, kind: str) -> bytes:
    """Return the file of the picture alone, halved until a letter can carry it."""
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    while True:
        written = BytesIO()
        bare.save(written, kind, optimize=True)
        if len(written.getvalue()) <= LARGEST_KEPT or min(bare.size) < 2 * SHORTEST_SIDE:
            return written.getvalue()
        bare = bare.reduce(2)
