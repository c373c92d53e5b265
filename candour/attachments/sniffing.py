"""Sniffing: what a file really is, by its content. Its name and what a browser says count nothing.

Only the sorts in `candour.attachments.sorts` are taken, and each is looked into far enough to know
that it is whole, of a sane size once unpacked, and nothing else besides.
"""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

import puremagic

from candour.attachments import packed, pictures
from candour.attachments.refusals import NotTaken, Why
from candour.attachments.sorts import PDF, SORTS, TABLE, TEXT, Sort

PIECE = 64 * 1024
ZIP, END_OF_ZIP = b"PK\x03\x04", b"PK\x05\x06"
LONGEST_ZIP_END = 22 + 65_535
PDF_START, PDF_END = b"%PDF-", b"%%EOF"
HEAD, TAIL = 1024, 4096
MARKUP = (b"<!doctype", b"<html", b"<script", b"<svg", b"<?xml", b"<?php")
HIDDEN = (b"<script", b"<?php", b"<!doctype html", b"<html")
OTHERS = (
    (b"MZ", Why.PROGRAM),
    (b"\x7fELF", Why.PROGRAM),
    (b"\xca\xfe\xba\xbe", Why.PROGRAM),
    (b"\xcf\xfa\xed\xfe", Why.PROGRAM),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Why.OLD_OFFICE),
    (b"{\\rtf", Why.RICH_TEXT),
    (b"PK\x05\x06", Why.FOLDER),
    (b"\x1f\x8b", Why.FOLDER),
    (b"7z\xbc\xaf\x27\x1c", Why.FOLDER),
    (b"Rar!", Why.FOLDER),
    (b"BZh", Why.FOLDER),
    (b"\xfd7zXZ", Why.FOLDER),
)
PHONE = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")
CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\x0c"))


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file is, and whether it says where it was taken."""

    sort: Sort
    holds_place: bool = False


def look_at(file: IO[bytes], name: str) -> Looked:
    """Return what a file is by its content.

    Args:
        file: the file, which can be read anywhere; it is left at its start.
        name: what it is called. It tells one thing only: whether plain text is a table (CSV).

    Raises:
        NotTaken: it is none of the sorts that are taken, or not only that.
    """
    try:
        return _looked(file, name)
    finally:
        file.seek(0)


def _looked(file: IO[bytes], name: str) -> Looked:
    file.seek(0)
    head = file.read(PIECE)
    if not head:
        raise NotTaken(Why.EMPTY)
    if head.startswith(ZIP):
        if PDF_START in head[:HEAD]:
            raise NotTaken(Why.TWO_IN_ONE)
        return Looked(SORTS[packed.media_type_of(file)])
    if head.startswith(PDF_START):
        return _pdf(file)
    picture = pictures.media_type_of(head)
    if picture:
        _refuse_two_in_one(file, head)
        return Looked(SORTS[picture], pictures.holds_place(file))
    return _text(file, name, head)


def _pdf(file: IO[bytes]) -> Looked:
    """Look at the end of a PDF: that it is there, and that no packed folder hangs on it."""
    if _ends_in_zip(file):
        raise NotTaken(Why.TWO_IN_ONE)
    if PDF_END not in _tail(file, TAIL):
        raise NotTaken(Why.DAMAGED)
    return Looked(SORTS[PDF])


def _refuse_two_in_one(file: IO[bytes], head: bytes) -> None:
    around = (head + _tail(file, PIECE)).lower()
    hidden = any(mark in around for mark in HIDDEN)
    if hidden or PDF_START in head[:HEAD] or _ends_in_zip(file):
        raise NotTaken(Why.TWO_IN_ONE)


def _ends_in_zip(file: IO[bytes]) -> bool:
    """Say whether a packed folder ends where the file does, or close before."""
    tail = _tail(file, LONGEST_ZIP_END)
    at = tail.rfind(END_OF_ZIP)
    if at < 0 or len(tail) - at < 22:
        return False
    comment = int.from_bytes(tail[at + 20 : at + 22], "little")
    return at + 22 + comment >= len(tail) or PDF_END not in tail[at:]


def _tail(file: IO[bytes], most: int) -> bytes:
    size = file.seek(0, 2)
    file.seek(max(0, size - most))
    return file.read(most)


def _text(file: IO[bytes], name: str, head: bytes) -> Looked:
    """Take plain text; say of anything else what it is not taken for."""
    for begins, why in OTHERS:
        if head.startswith(begins):
            raise NotTaken(why)
    if head[4:8] == b"ftyp":
        raise NotTaken(Why.PHONE_PICTURE if head[8:12] in PHONE else Why.RECORDING)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower().startswith(MARKUP):
        raise NotTaken(Why.WEB_PAGE)
    if not _is_text(file):
        raise NotTaken(Why.RECORDING if _is_recording(head) else Why.OTHER)
    if PDF_START in head[:HEAD] or _ends_in_zip(file):
        raise NotTaken(Why.TWO_IN_ONE)
    return Looked(SORTS[TABLE if name.lower().endswith(".csv") else TEXT])


def _is_text(file: IO[bytes]) -> bool:
    """Say whether it is text to its end, in UTF-8 or as Windows writes it, without controls."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    in_utf8 = in_windows = True
    windows = codecs.getincrementaldecoder("cp1252")()
    for piece in _pieces(file):
        if piece.translate(None, CONTROLS) != piece:
            return False
        in_utf8 = in_utf8 and _decodes(decoder, piece)
        in_windows = in_windows and _decodes(windows, piece)
        if not in_utf8 and not in_windows:
            return False
    return True


def _decodes(decoder: codecs.IncrementalDecoder, piece: bytes) -> bool:
    try:
        decoder.decode(piece)
    except UnicodeDecodeError:
        return False
    return True


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(PIECE):
        yield piece


def _is_recording(head: bytes) -> bool:
    """Say whether anybody who knows the marks of files takes it for sound or moving pictures."""
    try:
        known = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return False
    return any(
        each.mime_type.startswith(("audio/", "video/")) or "audio" in each.name.lower()
        for each in known[:3]
    )
