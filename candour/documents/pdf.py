"""Draws a content as a tagged PDF that a screen reader can read (PDF/UA-1, ISO 14289-1).

The layout is `letter.typ`; everything that a letter says goes to it as data. The same input gives
the same bytes on every machine: the time is an argument and the fonts are our own.
"""

import hashlib
import json
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from candour.documents.content import Content, Table, as_json, shares_of_width
from candour.documents.faults import UNREADABLE_LOGO, Undrawable
from candour.documents.fonts import FAMILIES, FOLDER, drawable, drawable_at_any_price
from candour.documents.letterhead import PNG, Letterhead
from candour.documents.words import WORDS

_LAYOUT = Path(__file__).with_name("letter.typ").read_bytes()
_SHORT = 27  # letters: a column of such texts stays on one line
_LETTERS_ACROSS = 84  # that a line of a table holds
_UNDRAWN = ("could not be displayed", "disallowed codepoint")


def pdf(
    content: Content,
    letterhead: Letterhead,
    *,
    made_at: datetime,
    seal: str = "",
    check_at: str = "",
) -> bytes:
    """Return the document as PDF/UA-1, dated `made_at`.

    `seal` is the code that stands in the foot of every page; `check_at` is the address at which
    anyone can check it, and with it a sentence that says so closes the document.

    Raises:
        Undrawable: the logo is no picture, or `made_at` names no instant.
    """
    if made_at.tzinfo is None:
        raise Undrawable("A document is dated to an instant: give `made_at` with its time zone.")
    drawn = _as_data(content, letterhead, made_at, seal, check_at)
    return printed(drawn, made_at, layout=_LAYOUT)


def printed(drawn: Mapping[str, Any], made_at: datetime, *, layout: bytes) -> bytes:
    """Return what a layout of ours makes of these values, as PDF/UA-1.

    Raises:
        Undrawable: nothing can be made of them.
    """
    told = json.dumps(drawn, ensure_ascii=False, sort_keys=True)
    return _press().printed(told, made_at, layout)


class _Press:
    """One compiler, kept: starting it and reading its fonts takes longer than a letter does."""

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="candour-letters-")
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[FOLDER]
        )
        self.compiler = typst.Compiler(root=self.folder.name, font_paths=fonts)
        self.lock = Lock()

    def logo(self, picture: bytes) -> str:
        """Keep a logo where the layout may read it, and return its path there."""
        name = hashlib.sha256(picture).hexdigest() + (".png" if picture.startswith(PNG) else ".jpg")
        path = Path(self.folder.name, name)
        if not path.exists():
            path.write_bytes(picture)
        return f"/{name}"

    def printed(self, letter: str, made_at: datetime, layout: bytes) -> bytes:
        try:
            return self._compiled(drawable(letter), made_at, layout)
        except typst.TypstError as refused:
            if "decode image" in str(refused):
                raise Undrawable(UNREADABLE_LOGO) from refused
            if not any(reason in str(refused) for reason in _UNDRAWN):
                raise Undrawable(f"The document could not be drawn: {refused}") from refused
        return self._compiled(drawable_at_any_price(letter), made_at, layout)

    def _compiled(self, letter: str, made_at: datetime, layout: bytes) -> bytes:
        with self.lock:
            compiled = self.compiler.compile(
                input=layout,
                format="pdf",
                pdf_standards="ua-1",
                timestamp=int(made_at.timestamp()),
                sys_inputs={"letter": letter},
            )
        if not isinstance(compiled, bytes):
            raise Undrawable("The document came out as no file.")
        return compiled


@cache
def _press() -> _Press:
    return _Press()


def _as_data(
    content: Content, head: Letterhead, made_at: datetime, seal: str, check_at: str
) -> Mapping[str, Any]:
    words = WORDS[content.language]
    written = as_json(content)
    for block, stored in zip(content.blocks, written["blocks"], strict=True):
        if isinstance(block, Table):
            stored["widths"] = _widths(block)
            stored["longest"] = max(8, _LETTERS_ACROSS // len(block.head))
    return {
        **written,
        "called": content.title or head.body_name or words.untitled,
        "fonts": FAMILIES,
        "words": {"page": words.page},
        "made": made_at.astimezone(UTC).timetuple()[:6],
        "seal": words.code.format(seal=seal) if seal else "",
        "checking": words.check.format(address=check_at, seal=seal) if seal and check_at else "",
        "logo": _press().logo(head.logo) if head.logo else "",
        "head": _head_as_data(head),
    }


def _head_as_data(head: Letterhead) -> Mapping[str, Any]:
    return {
        "body_name": head.body_name,
        "address_lines": head.address_lines,
        "contact_lines": head.contact_lines,
        "logo_alt": head.logo_alt or head.body_name,
        "footer": head.footer,
        "addressee": head.addressee,
        "details": head.details,
        "signatures": [
            {"name": each.name, "post": each.post, "note": each.note} for each in head.signatures
        ],
    }


def _widths(table: Table) -> list[int]:
    """Return each column’s share of the width; 0 is what it needs, its texts being short."""
    shares = shares_of_width(table)
    if max(shares) <= _SHORT:
        return shares
    return [0 if share <= _SHORT else share for share in shares]
