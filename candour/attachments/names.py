"""Names of files: as they came, made safe to show; and as they are downloaded."""

import unicodedata

from candour.attachments.sorts import Sort
from candour.engine.fields import LONGEST_LINE

LONGEST_STEM = 120
_NOT_IN_NAMES = frozenset('\\/:*?"<>|')
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")  # controls, marks that turn text round, halves


def plain_name(name: str) -> str:
    """Return the name of a file without folders, and without signs that are not seen."""
    return _seen(name.replace("\\", "/").rpartition("/")[2])[:LONGEST_LINE] or "file"


def _seen(name: str) -> str:
    seen = "".join(sign for sign in name if unicodedata.category(sign) not in _UNSEEN)
    return " ".join(seen.split())


def download_name(title: str, sort: Sort) -> str:
    """Return what a document is called when it is downloaded: its title, ended by what it is."""
    plain = "".join("-" if sign in _NOT_IN_NAMES else sign for sign in _seen(title))
    stem, dot, ending = plain.rpartition(".")
    if dot and ending.lower() in _endings(sort):
        plain = stem
    return f"{plain[:LONGEST_STEM].strip(' .') or 'document'}.{sort.ending}"


def _endings(sort: Sort) -> tuple[str, ...]:
    return {"jpg": ("jpg", "jpeg"), "tif": ("tif", "tiff")}.get(sort.ending, (sort.ending,))
