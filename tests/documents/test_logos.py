"""The logo of a letterhead as it is taken in: looked at, drawn anew, or refused with what to do."""

import random
import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from candour.documents.logos import (
    LARGEST,
    LARGEST_KEPT,
    LONGEST_SIDE,
    NotALogo,
    logo_from,
)
from tests.support.pictures import picture


def opened(logo: bytes) -> Image.Image:
    found = Image.open(BytesIO(logo))
    found.load()
    return found


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_kept_in_its_kind(kind: str) -> None:
    kept = opened(logo_from(picture(kind)))
    assert (kept.format, kept.size) == (kind, (300, 100))


def test_a_large_picture_is_drawn_smaller() -> None:
    kept = opened(logo_from(picture(size=(4_000, 1_000))))
    assert kept.size == (LONGEST_SIDE, LONGEST_SIDE // 4)


def test_a_picture_that_hardly_shrinks_is_halved_until_letters_can_carry_it() -> None:
    speckles = random.Random(1).randbytes(1_200 * 400 * 3)  # noqa: S311 - no secret, only noise
    noise = Image.frombytes("RGB", (1_200, 400), speckles)
    written = BytesIO()
    noise.save(written, "PNG")
    assert LARGEST_KEPT < len(written.getvalue()) < LARGEST
    assert len(logo_from(written.getvalue())) <= LARGEST_KEPT


def test_transparency_stays() -> None:
    written = BytesIO()
    Image.new("RGBA", (100, 100), (0, 0, 0, 0)).save(written, "PNG")
    assert opened(logo_from(written.getvalue())).mode == "RGBA"


@pytest.mark.parametrize("mode", ["1", "P", "L", "LA", "I;16", "CMYK"])
def test_every_mode_of_colour_ends_in_one_that_readers_know(mode: str) -> None:
    written = BytesIO()
    Image.new(mode, (100, 100)).save(written, "JPEG" if mode == "CMYK" else "PNG")
    assert opened(logo_from(written.getvalue())).mode in {"RGB", "RGBA", "L", "LA"}


def test_nothing_but_the_picture_is_kept() -> None:
    said = PngImagePlugin.PngInfo()
    said.add_text("Comment", "GPS of somebody’s home")
    written = BytesIO()
    Image.new("RGB", (100, 100)).save(written, "PNG", pnginfo=said)
    behind = written.getvalue() + b"<script>alert(1)</script>PK\x03\x04"
    kept = logo_from(behind)
    assert b"GPS" not in kept
    assert b"script" not in kept
    exif = Image.Exif()
    exif[0x010E] = "described at home"
    photo = BytesIO()
    Image.new("RGB", (100, 100)).save(photo, "JPEG", exif=exif, comment=b"secret")
    assert b"described" not in logo_from(photo.getvalue())
    assert b"secret" not in logo_from(photo.getvalue())


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that says it is this large."""

    def chunk(tag: bytes, inside: bytes) -> bytes:
        checked = struct.pack(">I", zlib.crc32(tag + inside))
        return struct.pack(">I", len(inside)) + tag + inside + checked

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((width // 8 + 1) * min(height, 1_000)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def text_bomb() -> bytes:
    said = PngImagePlugin.PngInfo()
    said.add_text("Comment", "a" * 20_000_000, zip=True)
    written = BytesIO()
    Image.new("RGB", (100, 100)).save(written, "PNG", pnginfo=said)
    return written.getvalue()


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(LARGEST), "large"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "svg"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- x --><SVG/>', "svg"),
        (b"%PDF-1.7", "kind"),
        (b"MZ\x90\x00", "kind"),
        (b"<html></html>", "kind"),
        (b"not a picture at all", "kind"),
        (picture("GIF"), "kind"),
        (picture("WEBP"), "kind"),
        (picture("BMP"), "kind"),
        (picture()[:-40], "damaged"),
        (picture("JPEG")[:400], "damaged"),
        (picture()[:60] + b"\xff" * 20 + picture()[80:], "damaged"),
        (bomb(9_000, 9_000), "pixels"),
        (bomb(12_000, 12_000), "pixels"),
        (bomb(60_000, 60_000), "pixels"),
        (text_bomb(), "damaged"),
        (picture(size=(300, 39)), "small"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_logo_is_refused_with_what_to_do(sent: bytes, reason: str) -> None:
    with pytest.raises(NotALogo) as refused:
        logo_from(sent)
    assert refused.value.reason == reason
    assert any(word in str(refused.value) for word in ("Save", "Send", "Choose"))
