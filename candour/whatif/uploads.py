"""A draft that somebody sends: a single file, or a zip of a pack, read with every limit on."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from candour import policies
from candour.policies import FaultyPack
from candour.policies.reading.folder import ENDINGS

# The largest pack there is has a quarter of this; a megabyte of YAML takes some seconds to read.
LARGEST = 1_000_000  # bytes of what is sent
LARGEST_UNPACKED = 1_000_000  # bytes of all the files together
MOST_FILES = 100
LONGEST_NAME = 200  # bytes of a file's name; systems take 255 at most
# The others are unpacked a whole block at a time, and one small block may hold gigabytes.
PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What reading a damaged zip can come to, besides what says itself that it is no good zip.
DAMAGED = (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError, UnicodeDecodeError)
NAME = re.compile(r"^procedure:\s*[\"']?([a-z][a-z0-9_]{0,79})", re.MULTILINE)


class NotADraft(ValueError):
    """What was sent cannot be taken for a draft; the message says what to do."""


def files_in(name: str, sent: bytes) -> dict[str, str]:
    """Return the files of the draft that was sent, by name.

    Raises:
        NotADraft: it is too large, holds no YAML, or cannot be read.
    """
    if len(sent) > LARGEST:
        raise NotADraft(f"The file is larger than {LARGEST // 1_000_000} MB.")
    if name.lower().endswith(ENDINGS):
        return {"draft.yaml": _text(name, sent)}
    if not zipfile.is_zipfile(io.BytesIO(sent)):
        raise NotADraft("Send a .yaml file, or a .zip of the folder of a pack.")
    try:
        with zipfile.ZipFile(io.BytesIO(sent)) as archive:
            found = dict(_unpacked(archive))
    except DAMAGED as error:
        raise NotADraft("The zip cannot be read. Make it again, without a password.") from error
    if not found:
        raise NotADraft("The zip holds no .yaml file of a pack.")
    return found


def _unpacked(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the files that lie beside each other nearest to the top; scenarios lie deeper."""
    inside = [one for one in archive.infolist() if one.filename.lower().endswith(ENDINGS)]
    if len(archive.infolist()) > MOST_FILES * 10 or len(inside) > MOST_FILES:
        raise NotADraft(f"The zip holds more than {MOST_FILES} files.")
    depth = min((len(PurePosixPath(one.filename).parts) for one in inside), default=0)
    left = LARGEST_UNPACKED
    for one in inside:
        path = PurePosixPath(one.filename)
        if len(path.parts) != depth or path.name.startswith("."):
            continue
        if len(path.name.encode()) > LONGEST_NAME:
            raise NotADraft(f"A file has a very long name: {path.name[:40]}… Shorten it.")
        if one.compress_type not in PLAIN:
            raise NotADraft("The zip is packed in an unusual way. Make an ordinary .zip of it.")
        with archive.open(one) as file:
            content = file.read(left + 1)  # what the zip says of its sizes need not be true
        left -= len(content)
        if left < 0:
            raise NotADraft(f"The files are larger than {LARGEST_UNPACKED // 1_000_000} MB.")
        yield path.name, _text(path.name, content)


def _text(name: str, content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotADraft(f"{name} is not text in UTF-8.") from error
    if "\x00" in text:
        raise NotADraft(f"{name} is not text.")
    return text


@contextmanager
def laid_out(files: Mapping[str, str]) -> Iterator[Path]:
    """Lay the files of a draft out as a pack in a folder that is removed afterwards."""
    with TemporaryDirectory(prefix="candour-draft-") as folder:
        named = next((found for text in files.values() if (found := NAME.search(text))), None)
        pack = Path(folder) / (named.group(1) if named else "draft")
        pack.mkdir()
        for name, text in files.items():
            (pack / name).write_text(text, encoding="utf-8")
        yield pack


def faults_of(files: Mapping[str, str]) -> list[str]:
    """Return every fault of a draft, with file, line and column; nothing when it can be used."""
    with laid_out(files) as pack:
        try:
            policies.load(pack)
        except FaultyPack as error:
            return [_without_place(str(fault), pack) for fault in error.faults]
        except policies.PackError as error:
            return [_without_place(str(error), pack)]
    return []


def _without_place(said: str, pack: Path) -> str:
    """Return what is said of a draft without the folder that it was laid out in for a moment."""
    return said.replace(f"{pack}/", "").replace(str(pack), pack.name)
