"""A little work for whoever sends something while a machine sends very much.

A browser with scripts finds a number by trying; without, a person adds two numbers after a short
wait. A puzzle is signed and carries its own time, so nothing is kept until it is solved.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Self

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

BITS: Final = 15
LASTS: Final = timedelta(minutes=30)
WAIT: Final = timedelta(seconds=4)
LONGEST: Final = 40  # characters of an answer
_LARGEST: Final = 9
_SALT: Final = "candour.telling.puzzle"


@dataclass(frozen=True, slots=True)
class Puzzle:
    """Two numbers to add, or a number to find by trying."""

    made: int
    first: int
    second: int
    salt: str

    @classmethod
    def new(cls, as_of: datetime) -> Self:
        """Return a new puzzle."""
        first, second = secrets.randbelow(_LARGEST) + 1, secrets.randbelow(_LARGEST) + 1
        return cls(int(as_of.timestamp()), first, second, secrets.token_hex(8))

    @property
    def written(self) -> str:
        """The puzzle as it goes to the browser and comes back."""
        said = f"{self.made}.{self.first}.{self.second}.{self.salt}"
        return f"{said}.{_signed(said)}"

    @classmethod
    def read(cls, written: str) -> Self | None:
        """Return the puzzle that came back, or None where it is none of ours."""
        said, _, signature = written.rpartition(".")
        parts = said.split(".")
        if len(parts) != 4 or not constant_time_compare(signature, _signed(said)):
            return None
        return cls(int(parts[0]), int(parts[1]), int(parts[2]), parts[3])


def solved(written: str, found: str, added: str, as_of: datetime) -> bool:
    """Say whether a puzzle was solved in its time: by a script, or by a person who waited."""
    puzzle = Puzzle.read(written)
    if puzzle is None or max(len(found), len(added)) > LONGEST:
        return False
    age = as_of.timestamp() - puzzle.made
    if age > LASTS.total_seconds():
        return False
    if found:
        return begins_with_zeros(hashlib.sha256(f"{written}.{found}".encode()).digest())
    right = added.strip() == str(puzzle.first + puzzle.second)
    return right and age >= WAIT.total_seconds()


def begins_with_zeros(digest: bytes) -> bool:
    """Say whether a digest begins with as many zero bits as are asked for."""
    return int.from_bytes(digest[:4], "big") >> (32 - BITS) == 0


def stamp(as_of: datetime) -> str:
    """Return a signed instant: when a form was opened."""
    said = str(int(as_of.timestamp()))
    return f"{said}.{_signed(said)}"


def opened_at(written: str) -> int | None:
    """Return the instant of a stamp in seconds, or None where it is none of ours."""
    said, _, signature = written.rpartition(".")
    return (
        int(said)
        if said.isdecimal() and hmac.compare_digest(signature.encode(), _signed(said).encode())
        else None
    )


def _signed(said: str) -> str:
    return salted_hmac(_SALT, said, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()[:32]
