"""What can go wrong inside the engine.

    EngineError
    ├── ClockError            a clock's words, or a date, cannot be counted
    ├── UnknownKind           an entry or draft names a kind that the vocabulary does not have
    ├── MalformedEntry        an entry's fields do not fit its kind
    ├── BrokenLog             entries that cannot stand together (a repeated id, say)
    └── UnknownProcedure      a log goes on under a procedure that nobody here has

Every message says what is wrong, where, and what to do about it.
"""

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class EngineError(Exception):
    """The root of everything the engine raises on purpose."""


class ClockError(EngineError):
    """A clock's words, or the date it is asked about, cannot be counted."""


class UnknownKind(EngineError):
    """An entry names a kind outside the closed vocabulary. Never skipped: the log would lie."""


class MalformedEntry(EngineError):
    """An entry's fields do not fit its kind."""


class BrokenLog(EngineError):
    """Entries that cannot stand together in one case log."""


class UnknownProcedure(EngineError):
    """A log goes on under a procedure, or a version of one, that nobody here has."""


def nearest(word: str, known: "Iterable[str]") -> str:
    """Return `` Did you mean “x”?`` for the known word closest to `word`, or an empty string."""
    close = get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f" Did you mean “{close[0]}”?" if close else ""
