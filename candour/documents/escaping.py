"""Puts any value into the Markdown of a letter so that it comes back as exactly that text.

Only what would be read as something else is escaped, so that a person who edits the draft sees the
value much as it will be printed.
"""

import re

from candour.documents.plain import plain

BREAK = "\v"  # stands for a line break while the text is read: `plain` leaves no other of it

_SPECIAL = re.compile(
    r"(?P<first>\A(?:#(?=#{0,5}(?:\s|\Z))|[-+](?=[\s-]|\Z)|:(?=-)))"  # heading, item, rule, table
    r"|(?P<number>\A\d{1,9})(?=[.)](?:\s|\Z))"  # a numbered item
    r"|(?P<last>\\\Z)"  # would escape whatever the template writes next
    r"|[\\*|]"
    r"|<(?=[A-Za-z/!]|\Z)"  # HTML
    r"|\](?=\(|\Z)"  # a link
    r"|&(?=#|\Z)"  # a character by its number
    r"|#\Z"  # what closes a heading
)
_LINE_BREAK = re.compile(r"([^\S\n]*)\n([^\S\n]*)")
_CONTINUED = re.compile(r"(?<!\\)((?:\\\\)*)\\\n[ \t]*")
_EMPTIED = re.compile(r"(?<![\\*])\*{4}(?!\*)|(?<!\S)\*\*(?!\S)")


def escape(value: str) -> str:
    """Return Markdown that reads as exactly this text, as `plain` has it, wherever it is put.

    A line break in the value is a backslash at the end of a line, which holds it together in a
    heading, an item or a cell of a table.
    """
    text = plain(value)
    core = text.strip()
    begin = len(text) - len(text.lstrip()) if core else len(text)
    written = _LINE_BREAK.sub(_broken, _SPECIAL.sub(_escaped, core))
    return _numbered(text[:begin]) + written + _numbered(text[begin + len(core) :])


def joined(text: str) -> str:
    """Return a text with its broken lines as one, and without stress on nothing.

    A value that is empty leaves `**` and `**` side by side.
    """
    return _EMPTIED.sub("", _CONTINUED.sub(rf"\1{BREAK}", text))


def _escaped(found: re.Match[str]) -> str:
    if found["number"]:
        return f"{found['number']}\\"
    return _numbered("\\") if found["last"] else f"\\{found[0]}"


def _broken(found: re.Match[str]) -> str:
    return f"{_numbered(found[1])}\\\n{_numbered(found[2])}"


def _numbered(characters: str) -> str:
    """Return characters by their numbers: Markdown drops spaces at the edges of what it reads."""
    return "".join(f"&#{ord(character)};" for character in characters)
