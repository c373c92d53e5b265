"""The tokens of one-time links: kept only as hashes."""

import hashlib
import secrets
from datetime import timedelta

LIFETIME = timedelta(days=14)
LONGEST = 100  # characters of anything that could be a token


def new_token() -> str:
    """Return a token of 256 random bits that an address can carry."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> bytes:
    """Return what is kept of a token; it is random, so that no salt is needed."""
    return hashlib.sha256(token.encode()).digest()
