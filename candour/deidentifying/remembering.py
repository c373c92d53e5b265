"""What was worked out about a word, kept for the next time that it comes.

People use the same few thousand words, so nearly every one has come before. Memory stays small
whatever is sent: what no word is long enough to be is not kept, and a full memory begins anew.
"""

from collections.abc import Callable
from typing import Final, TypeVar

MOST: Final = 20_000
LONGEST: Final = 40  # letters

T = TypeVar("T")


class Remembered(dict[str, T]):
    """What a pure function gives for each word, asked for as ``remembered[word]``."""

    def __init__(self, work_out: Callable[[str], T]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, word: str) -> T:
        """Work it out, and keep it."""
        found = self._work_out(word)
        if len(word) <= LONGEST:
            if len(self) >= MOST:
                self.clear()
            self[word] = found
        return found
