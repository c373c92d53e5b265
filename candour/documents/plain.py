"""Text as every document can hold it, whoever typed it or wherever it was pasted from.

XML holds no control characters, PDF/UA no text that nobody can see, and characters that turn the
direction of what stands around them could make a letter say something else than it says. All of
those are shown as U+FFFD, the mark for “something stood here”. Everything else stays as it is,
marks of right-to-left scripts among it.
"""

import re

REPLACEMENT = "\ufffd"

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_UNHOLDABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # control characters, but for tab and line feed
    "\u202a-\u202e\u2066-\u2069"  # overrides, embeddings and isolates of direction
    "\ud800-\udfff"  # halves of a surrogate pair
    "\ufdd0-\ufdef\ufffe\uffff"  # no characters, by Unicode's own rule
    + "".join(
        f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17)
    )
    + "]"
)


def plain(value: str) -> str:
    """Return the text with line feeds for line ends and U+FFFD for what no document can hold."""
    return _UNHOLDABLE.sub(REPLACEMENT, _LINE_ENDS.sub("\n", value))


def one_line(value: str) -> str:
    """Return the text on one line: what a title, a subject or a line of an address may hold."""
    return " ".join(plain(value).split())
