"""Storing: where the bytes of filed documents lie, and reading them back only as they were filed.

By default that is a folder of the site’s home; a site may set a store that speaks S3 instead
(`candour.attachments.configuration`). A stored file has a name that says nothing, is written once,
and is never served by the web server itself.
"""

import hashlib
import tempfile
from collections.abc import Iterator
from io import BytesIO
from typing import IO, Final
from uuid import uuid4

from django.core.files import File
from django.core.files.storage import Storage, storages

from candour.attachments.models import FiledDocument

ALIAS: Final = "documents"
PIECE: Final = 1024 * 1024
IN_MEMORY: Final = 2 * PIECE


class Missing(LookupError):
    """The stored bytes of a document are gone, or cannot be read."""


class Altered(ValueError):
    """The stored bytes of a document are not those that were filed."""


def store() -> Storage:
    """Return where documents lie."""
    return storages[ALIAS]


def put(file: IO[bytes]) -> str:
    """Store a file and return the name that it lies under."""
    file.seek(0)
    name = uuid4().hex
    return store().save(f"{name[:2]}/{name}", File(file))


def take_back(name: str) -> None:
    """Remove what was stored and came to nothing: no document leads to it."""
    store().delete(name)


def intact(document: FiledDocument) -> IO[bytes]:
    """Return the bytes of a document, read whole and compared before any is passed on.

    Raises:
        Missing: there are none.
        Altered: they are not those that were filed.
    """
    copy = _room_for(document.size)
    digest = hashlib.sha256()
    try:
        for piece in pieces(document.stored_as):
            digest.update(piece)
            copy.write(piece)
    except BaseException:
        copy.close()
        raise
    if digest.hexdigest() != document.sha256:
        copy.close()
        raise Altered(document.stored_as)
    copy.seek(0)
    return copy


def _room_for(size: int) -> IO[bytes]:
    """Return where a copy is made, which whoever asked for it closes: on disk if it is large."""
    return BytesIO() if size <= IN_MEMORY else tempfile.TemporaryFile()


def pieces(name: str) -> Iterator[bytes]:
    """Yield what is stored under a name, a piece at a time.

    Raises:
        Missing: there is nothing.
    """
    try:
        with store().open(name, "rb") as stored:
            while piece := stored.read(PIECE):
                yield piece
    except FileNotFoundError as gone:
        raise Missing(name) from gone


def names() -> Iterator[str]:
    """Yield the name of everything that is stored; nothing where nothing was ever."""
    try:
        folders, files = store().listdir("")
    except FileNotFoundError:
        return
    yield from files
    for folder in folders:
        yield from (f"{folder}/{file}" for file in store().listdir(folder)[1])
