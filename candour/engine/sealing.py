"""Sealed ratings: the commitment that binds a member to a rating that nobody can read yet.

    envelope   = canonical JSON of {"author", "data", "entry", "salt"}
    commitment = SHA-256 of the envelope in UTF-8, in hexadecimal

`entry` is the id of the `rating_sealed` entry and `author` who recorded it, so nobody can pass
another's seal off as their own. The salt is 64 hexadecimal digits made at random: without it
somebody could try every cell of the grid until one fits the seal.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from candour.engine.entries import SYSTEM, Draft, Entry
from candour.engine.fields import Problem
from candour.engine.standing import Standing
from candour.engine.vocabulary.ratings import RATED, SEALED

SALT = "salt"


def envelope(sealed_id: str, author: str, data: Mapping[str, Any], salt: str) -> str:
    """Return the one text that stands for a rating under seal; `data` are its fields, unsalted."""
    inside = {"author": author, "data": dict(data), "entry": sealed_id, SALT: salt}
    return json.dumps(inside, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def commitment(written: str) -> str:
    """Return the seal of an envelope: what the log carries until it is opened."""
    return hashlib.sha256(written.encode()).hexdigest()


def shows(sealed_id: str, author: str, seal: str, data: Mapping[str, Any]) -> bool:
    """Say whether an opened rating, salt and all, is what was sealed."""
    plain = {name: value for name, value in data.items() if name != SALT}
    salt = data.get(SALT)
    return isinstance(salt, str) and commitment(envelope(sealed_id, author, plain, salt)) == seal


def seal_of(standing: Standing, rating: Entry) -> Entry | None:
    """Return the entry that sealed a rating, or None of one made openly."""
    entries = {entry.id: entry for entry in standing.by_kind.get(SEALED, ())}
    return next((entries[ref] for ref in rating.refers_to if ref in entries), None)


def sealing_problems(standing: Standing, draft: Draft) -> Iterator[Problem]:
    """Yield why a draft may not pass for an opened rating: only the system opens those."""
    if draft.kind != RATED or draft.role == SYSTEM:
        return
    sealed = {entry.id for entry in standing.by_kind.get(SEALED, ())}
    if draft.data.get(SALT) or sealed.intersection(draft.refers_to):
        yield Problem("refers_to", "A sealed rating is opened by the system, not written again.")
