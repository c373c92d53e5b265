"""What a sent letter is, in one JSON text, and the seal of it.

The seal is the SHA-256 of the text. Files stand in it by their own SHA-256, so that one hash says
whether anything of a letter was altered: its words, its facts, its recipients, its PDF.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


def canonical(values: Mapping[str, Any]) -> str:
    """Return the one JSON text that stands for these values: sorted keys, no spaces."""
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha256(content: bytes) -> str:
    """Return the SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def seal_of(sealed: str) -> str:
    """Return the seal of a letter's canonical text."""
    return sha256(sealed.encode())


def fact_line(path: str, language: str, value: str, entry: str | None) -> dict[str, Any]:
    """Return a fact as a letter keeps it, with the hash that stands for it."""
    told = {"path": path, "language": language, "value": value, "entry": entry}
    return {**told, "hash": sha256(canonical(told).encode())}


@dataclass(frozen=True, slots=True)
class KeptLetter:
    """A sent letter as it is stored, for checking; `entry_says` is the seal in the log."""

    id: str
    ref: str
    sealed: str
    seal: str
    entry_says: str | None
    files: Iterable[tuple[str, str, bytes]]  # what for, language, content


def faults(letter: KeptLetter) -> Iterator[str]:
    """Yield what of a stored letter is not as it was sealed, in sentences."""
    if seal_of(letter.sealed) != letter.seal:
        yield "its words are not those that were sealed."
    if letter.entry_says is None:
        yield "the log has no entry that says it was sent."
    elif letter.entry_says != letter.seal:
        yield "the entry in the log carries another seal."
    try:
        told = json.loads(letter.sealed)
    except ValueError:
        return
    yield from _fact_faults(told)
    kept = {sha256(bytes(content)) for _, _, content in letter.files}
    named = {part["pdf"] for part in told["letters"]} | {
        each["sha256"] for each in told["evidence"]["files"]
    }
    if named - kept:
        yield "a file of it is missing, or is not the one that was sealed."
    if kept - named:
        yield "it has a file that was not sealed with it."


def _fact_faults(told: Mapping[str, Any]) -> Iterator[str]:
    for fact in told["facts"]:
        right = fact_line(fact["path"], fact["language"], fact["value"], fact["entry"])
        if right["hash"] != fact["hash"]:
            yield f"the fact “{fact['path']}” is not the one that its hash stands for."
