"""The chain of hashes that binds a case log: each entry to the one before, the first to its case.

    hash of an entry = SHA-256 of (hash of the entry before, then the entry's canonical bytes)
    before the first = SHA-256 of the case's ref in UTF-8

So nobody can alter, remove, insert or reorder entries, or move them to another case, without
every later hash of the case coming out different.
"""

import hashlib


def start(ref: str) -> bytes:
    """Return what the first entry of this case follows."""
    return hashlib.sha256(ref.encode()).digest()


def link(previous: bytes, canonical: bytes) -> bytes:
    """Return the hash of the entry with these canonical bytes, after `previous`."""
    return hashlib.sha256(previous + canonical).digest()
