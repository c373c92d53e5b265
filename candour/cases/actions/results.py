"""What comes of acting on a case, beside the engine's `Refusal`."""

from dataclasses import dataclass

from candour.engine import Entry, Refusal, Standing, Words
from candour.engine.conditions import Reason
from candour.engine.fields import Problem


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry is in the log.

    Attributes:
        entry: the entry.
        seq: where the log ends now.
        standing: what the log comes to now.
        followed: what the procedure then did by itself, in order.
        repeated: the same draft had been recorded before, and nothing was added now.
    """

    entry: Entry
    seq: int
    standing: Standing
    followed: tuple[Entry, ...] = ()
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """A case is open, under this number, with its first entry recorded."""

    case_id: int
    ref: str
    recorded: Recorded


@dataclass(frozen=True, slots=True)
class Stale:
    """Others recorded something since the page was read; the draft was not recorded.

    Attributes:
        expected_seq: where the log ended when the page was read.
        seq: where it ends now.
        since: the entries in between, in order.
    """

    expected_seq: int
    seq: int
    since: tuple[Entry, ...]


def refused(en: str, cy: str, clauses: tuple[str, ...] = ()) -> Refusal:
    """Return a refusal with one reason."""
    return Refusal(reasons=(Reason(Words(en, cy), clauses),))


def faulty(field: str, message: str) -> Refusal:
    """Return a refusal for what is wrong with one field."""
    return Refusal(problems=(Problem(field, message),))


def barred(en: str, cy: str, field: str) -> Refusal:
    """Return a refusal that is about one field of a form, in both languages."""
    return Refusal(reasons=(Reason(Words(en, cy), field=field),))
