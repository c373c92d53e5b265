"""Files of packs as they were read before, kept in the site's own folder.

Reading YAML is nine tenths of the time that a pack takes. What a file holds is kept by the seal of
its text, so a file that changes is read anew, and nothing here can be out of date. Only files
without faults are kept; where nothing can be written, files are simply read.
"""

import json
import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from candour.policies.faults import Place
from candour.policies.reading.nodes import Listed, Mapped, Node, Scalar

FORM: Final = "2"  # change it with what is written below, or with how YAML is read
FOLDER: Final = "packs-read"
MOST: Final = 500  # files kept before those not written lately go


def kept(text: str, shown_as: str) -> Node | None:
    """Return what a file with this text holds, or None where it has not been kept."""
    place = _place_of(text)
    if place is None:
        return None
    try:
        return _node(json.loads(place.read_bytes()), shown_as)
    except (OSError, ValueError, TypeError, IndexError, KeyError, AttributeError, RecursionError):
        return None  # not there, or spoilt: then it is read and kept anew


def keep(text: str, node: Node) -> None:
    """Keep what a file with this text holds, whole or not at all."""
    place = _place_of(text)
    if place is None:
        return
    draft = place.with_name(f"{uuid4().hex}.new")
    with suppress(OSError):
        place.parent.mkdir(exist_ok=True, mode=0o700)
        _make_room(place.parent)
        draft.write_text(json.dumps(_written(node), ensure_ascii=False), "utf-8")
        draft.replace(place)


def _place_of(text: str) -> Path | None:
    """Return where a file with this text is kept; None without a folder of the site."""
    home = os.environ.get("CANDOUR_HOME", "").strip()
    site = Path(home).expanduser() if home else Path(__file__).parents[3] / "var"
    if not site.is_dir():
        return None
    seal = sha256(f"{FORM} {text}".encode()).hexdigest()
    return site / FOLDER / f"{seal}.json"


def _make_room(folder: Path) -> None:
    there = sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime)
    for old in there[: max(0, len(there) - MOST)]:
        old.unlink(missing_ok=True)


def _written(node: Node) -> list[Any]:
    """Return a node as [line, column, what it holds], with a letter for a list or a group."""
    at = [node.place.line, node.place.column]
    if isinstance(node, Listed):
        return [*at, "l", [_written(item) for item in node.items]]
    if isinstance(node, Mapped):
        named = node.named_at
        return [
            *at,
            "m",
            [[n, named[n].line, named[n].column, _written(i)] for n, i in node.items.items()],
        ]
    begins = node.begins
    return [*at, "s", node.value, *([begins.line, begins.column] if begins else [])]


def _node(written: list[Any], file: str) -> Node:
    line, column, sort, holds, *begins = written
    place = Place(file, line, column)
    if sort == "l":
        return Listed(place, [_node(item, file) for item in holds])
    if sort == "m":
        made = Mapped(place)
        for name, name_line, name_column, item in holds:
            made.items[name] = _node(item, file)
            made.named_at[name] = Place(file, name_line, name_column)
        return made
    return Scalar(place, holds, Place(file, *begins) if begins else None)
