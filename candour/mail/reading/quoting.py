"""What a person wrote in an answer, without what their mail program repeats of what it answers."""

import re
from collections.abc import Collection
from typing import Final

_QUOTED: Final = re.compile(r"^\s*>")
# “On Monday … Healthwatch wrote:”, over one line or two, in both languages.
_SAID_BEFORE: Final = re.compile(
    r"^(?:On|Ar)\b[^\n]{4,200}(?:\n[^\n]{0,200})?"
    r"(?:wrote|ysgrifennodd)[^\n]{0,120}:[ ]*$",
    re.MULTILINE,
)
# What some programs put between an answer and the whole of what it answers, which comes below.
_BELOW: Final = re.compile(
    r"^(?:-{2,}\s*(?:Original Message|Neges Wreiddiol)\s*-{2,}|_{10,}|(?:From|Oddi wrth|O): .+\n"
    r"(?:Sent|Date|Anfonwyd|Dyddiad): .+)$",
    re.MULTILINE | re.IGNORECASE,
)
_BLANK_LINES: Final = re.compile(r"\n{3,}")


def own_words(text: str, sent: str) -> str:
    """Return what somebody wrote themselves, above, below or between what they answer.

    Args:
        text: the answer, as `candour.mail.reading.plain.tidy` leaves it.
        sent: what was sent to them.
    """
    below = _BELOW.search(text)
    if below and text[: below.start()].strip():
        text = text[: below.start()]
    text = _SAID_BEFORE.sub("", text)
    ours = _lines(sent.splitlines())
    kept = (line for line in text.split("\n") if not (_QUOTED.match(line) or _bare(line) in ours))
    return _BLANK_LINES.sub("\n\n", "\n".join(kept)).strip()


def _lines(lines: Collection[str]) -> set[str]:
    return {_bare(line) for line in lines} - {""}


def _bare(line: str) -> str:
    return " ".join(line.split())
