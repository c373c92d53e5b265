"""Which characters a TrueType font has a glyph for, read from its `cmap` table."""

import struct
from collections.abc import Iterator
from pathlib import Path

_TABLE = struct.Struct(">4sIII")
_ENCODING = struct.Struct(">HHI")
_GROUP = struct.Struct(">III")
_MISSING = 0xFFFF


def characters(font: Path) -> Iterator[int]:
    """Yield the code points that the font can draw, some of them more than once."""
    read = font.read_bytes()
    (tables,) = struct.unpack_from(">H", read, 4)
    for number in range(tables):
        tag, _sum, begin, length = _TABLE.unpack_from(read, 12 + _TABLE.size * number)
        if tag == b"cmap":
            yield from _mapped(read[begin : begin + length])


def _mapped(cmap: bytes) -> Iterator[int]:
    (encodings,) = struct.unpack_from(">H", cmap, 2)
    places = {_ENCODING.unpack_from(cmap, 4 + _ENCODING.size * n)[2] for n in range(encodings)}
    for place in sorted(places):
        (form,) = struct.unpack_from(">H", cmap, place)
        if form == 4:
            yield from _by_segments(cmap[place:])
        elif form == 12:
            yield from _by_groups(cmap[place:])


def _by_segments(table: bytes) -> Iterator[int]:
    """Yield the characters of a format 4 table: segments of the basic plane."""
    segments = struct.unpack_from(">H", table, 6)[0] // 2
    starts_at = [14, 16 + 2 * segments, 16 + 4 * segments, 16 + 6 * segments]
    ends, begins, deltas, offsets = (
        struct.unpack_from(f">{segments}H", table, place) for place in starts_at
    )
    for index, (begin, end) in enumerate(zip(begins, ends, strict=True)):
        for code in range(begin, min(end, _MISSING - 1) + 1):
            glyph = code
            if offsets[index]:
                place = starts_at[3] + 2 * index + offsets[index] + 2 * (code - begin)
                (glyph,) = struct.unpack_from(">H", table, place)
                if not glyph:
                    continue
            if (glyph + deltas[index]) % 0x10000:
                yield code


def _by_groups(table: bytes) -> Iterator[int]:
    """Yield the characters of a format 12 table: groups of all of Unicode."""
    (groups,) = struct.unpack_from(">I", table, 12)
    for number in range(groups):
        begin, end, _glyph = _GROUP.unpack_from(table, 16 + _GROUP.size * number)
        yield from range(begin, end + 1)
