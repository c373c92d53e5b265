"""Sniffing: what a file that came by mail really is, and whether it is kept.

What a message says of its files is not believed: the first bytes are looked at. Kept are the sorts
of file that people answer with; the rest is named, with why, so that it can be asked for otherwise.
"""

import io
import zipfile
from dataclasses import dataclass
from enum import StrEnum

from candour.mail.outgoing import MEGABYTE

LARGEST = 10 * MEGABYTE
LARGEST_ALTOGETHER = 25 * MEGABYTE
MOST = 20
LARGEST_UNPACKED = 60 * MEGABYTE
MOST_PACKED = 2_000

MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
)
OFFICE = (
    ("word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
MACROS = ("vbaproject.bin", "basic/", "scripts/")
TEXTS = {"ics": "text/calendar", "csv": "text/csv", "txt": "text/plain"}
MARKUP = (b"<!doctype", b"<html", b"<script", b"<svg", b"<?xml")


class NotKept(StrEnum):
    """Why a file is only named."""

    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    TOO_MUCH = "too_much"  # with those before it
    CLOSED = "closed"  # packed in a way that cannot be opened
    SWELLS = "swells"  # unpacked it would be beyond measure
    MACROS = "macros"
    FOLDER = "folder"  # a packed folder
    WEB_PAGE = "web_page"
    UNNAMED = "unnamed"  # text whose name does not say of what sort
    OTHER = "other"
    SEALED = "sealed"  # with the message that it came with


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file is, and why it is not kept (None where it is)."""

    type: str
    refused: NotKept | None = None


def look_at(name: str, content: bytes) -> Looked:
    """Return what a file is by its bytes, and whether it is one that is kept."""
    if len(content) > LARGEST:
        return Looked("", NotKept.TOO_LARGE)
    for beginning, type_ in MAGIC:
        if content.startswith(beginning):
            return Looked(type_)
    if content.startswith(b"PK\x03\x04"):
        return _packed(content)
    return _text(name, content)


def _packed(content: bytes) -> Looked:
    """Look into a packed file: office documents are kept where they unpack to a sane size."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
            kind = (
                packed.read("mimetype")[:100].decode("ascii", "replace")
                if any(
                    entry.filename == "mimetype" and entry.file_size < MOST_PACKED
                    for entry in entries
                )
                else ""
            )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError):
        return Looked("application/zip", NotKept.CLOSED)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > LARGEST_UNPACKED or len(entries) > MOST_PACKED:
        return Looked("application/zip", NotKept.SWELLS)
    names = [entry.filename.lower() for entry in entries]
    if any(mark in name for name in names for mark in MACROS):
        return Looked("application/zip", NotKept.MACROS)
    if kind.startswith(OPEN_DOCUMENT):
        return Looked(kind)
    for folder, type_ in OFFICE:
        if "[content_types].xml" in names and any(name.startswith(folder) for name in names):
            return Looked(type_)
    return Looked("application/zip", NotKept.FOLDER)


def _text(name: str, content: bytes) -> Looked:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Looked("application/octet-stream", NotKept.OTHER)
    if "\x00" in text:
        return Looked("application/octet-stream", NotKept.OTHER)
    if content.lstrip()[:100].lower().startswith(MARKUP):
        return Looked("text/html", NotKept.WEB_PAGE)
    ending = name.rpartition(".")[2].lower()
    if ending in TEXTS:
        return Looked(TEXTS[ending])
    return Looked("text/plain", NotKept.UNNAMED)
