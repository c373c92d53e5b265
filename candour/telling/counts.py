"""Counts under names, in a piece of memory that the web processes of a machine share.

What stands there is of one size and never grows: a name that has no place takes that of the one
whose turn is longest past. A name is a digest; nothing leads from it back to what it stands for.
Instants are seconds of a clock that only measures and starts again with the machine.
"""

import hashlib
import os
import struct
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

MINUTE: Final = 60.0
Shelf = Literal["seen", "worked"]
_MARK: Final = b"counts-1"
_MARKED: Final = struct.Struct("8s")
_DAY: Final = struct.Struct("q32s")
_NUMBERS: Final = struct.Struct("3d")
_PLACE: Final = struct.Struct("16s2d")
_DAY_AT: Final = 8
_NUMBERS_AT: Final = 64
_PLACES_AT: Final = 128
_WAYS: Final = 8  # places that one name may take
# Apart, so that very many senders never push out the pieces of work that were handed in.
_SHELVES: Final[dict[Shelf, tuple[int, int]]] = {"seen": (0, 6_144), "worked": (6_144, 2_048)}
SIZE: Final = _PLACES_AT + (6_144 + 2_048) * _WAYS * _PLACE.size
Pair = tuple[float, float]


@dataclass(slots=True)
class Counts:
    """Pairs of numbers under names, and three numbers and a day for all.

    Attributes:
        memory: `SIZE` bytes, all zero when they are new.
        held: what keeps others away while something is changed, for microseconds.
    """

    memory: memoryview = field(default_factory=lambda: memoryview(bytearray(SIZE)))
    held: AbstractContextManager[object] = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        """Begin anew in memory that holds something else, such as an older release's counts."""
        with self.held:
            (mark,) = _MARKED.unpack_from(self.memory)
            if mark not in (_MARK, bytes(len(_MARK))):
                self.memory[:] = bytes(SIZE)
            _MARKED.pack_into(self.memory, 0, _MARK)

    def take(self, name: str, at: float, a_minute: float) -> bool:
        """Take one of what a name is given each minute; False where nothing is left of it."""
        with self.held:
            place, kept = self._place("seen", name)
            left, before = kept or (a_minute, at)
            if before > at:  # from before the machine started anew
                left, before = a_minute, at
            left = min(a_minute, left + (at - before) * a_minute / MINUTE)
            taken = left >= 1
            self._write(place, name, (left - taken, at))
        return taken

    def count(self, name: str, at: float, most: int) -> bool:
        """Count one more in the minute that began with a name's first; False beyond `most`."""
        with self.held:
            place, kept = self._place("seen", name)
            counted, began = kept or (0.0, at)
            if not 0 <= at - began < MINUTE:
                counted, began = 0.0, at
            self._write(place, name, (counted + 1, began))
        return counted < most

    def once(self, name: str, at: float) -> bool:
        """Say whether this is the first time for a name, which is remembered."""
        with self.held:
            place, kept = self._place("worked", name)
            if kept:
                return False
            self._write(place, name, (1.0, at))
        return True

    def lend(self, name: str, times: int, until: float) -> None:
        """Let a name do something so many times until an instant."""
        with self.held:
            place, _kept = self._place("worked", name)
            self._write(place, name, (times, until))

    def use(self, name: str, at: float) -> bool:
        """Use one of the times that were lent to a name; False where none is left, or too late."""
        with self.held:
            place, kept = self._place("worked", name)
            left, until = kept or (0.0, 0.0)
            if left < 1 or at >= until:
                return False
            self._write(place, name, (left - 1, until))
        return True

    def change(self, what: Callable[[float, float, float], tuple[float, float, float]]) -> None:
        """Change the three numbers that stand for all senders together."""
        with self.held:
            now = what(*_NUMBERS.unpack_from(self.memory, _NUMBERS_AT))
            _NUMBERS.pack_into(self.memory, _NUMBERS_AT, *now)

    def numbers(self) -> tuple[float, float, float]:
        """Return the three numbers that stand for all senders together."""
        first, second, third = _NUMBERS.unpack_from(self.memory, _NUMBERS_AT)
        return first, second, third

    def salt(self, day: date) -> bytes:
        """Return the random salt of a day. With the first of a new day that of the last is gone."""
        kept, salt = _DAY.unpack_from(self.memory, _DAY_AT)
        if kept == day.toordinal():
            return bytes(salt)
        with self.held:
            kept, salt = _DAY.unpack_from(self.memory, _DAY_AT)
            if kept != day.toordinal():
                salt = os.urandom(32)
                _DAY.pack_into(self.memory, _DAY_AT, day.toordinal(), salt)
        return bytes(salt)

    def _place(self, shelf: Shelf, name: str) -> tuple[int, Pair | None]:
        """Return where a name has its numbers, and them; or where it may have some, and None."""
        digest = _digest(name)
        begins, sets = _SHELVES[shelf]
        nth = begins + int.from_bytes(digest[:4], "big") % sets
        first = _PLACES_AT + nth * _WAYS * _PLACE.size
        oldest, when = first, float("inf")
        for place in range(first, first + _WAYS * _PLACE.size, _PLACE.size):
            kept, number, at = _PLACE.unpack_from(self.memory, place)
            if kept == digest:
                return place, (number, at)
            if at < when:
                oldest, when = place, at
        return oldest, None

    def _write(self, place: int, name: str, pair: Pair) -> None:
        _PLACE.pack_into(self.memory, place, _digest(name), *pair)


def _digest(name: str) -> bytes:
    return hashlib.blake2b(name.encode(), digest_size=16).digest()
