"""Checks the chains of case logs, wherever they were read from: no database is needed here."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from candour.cases import chain
from candour.cases.seals import Seals

# One row of a log: its number, canonical bytes, the hash it follows, and its own hash.
LogRow = tuple[int, bytes, bytes, bytes]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a case's log that is not as it was recorded; `seq` 0 is the case itself."""

    ref: str
    seq: int
    what: str

    def __str__(self) -> str:
        """Return the fault in one line."""
        place = f"{self.ref}, entry {self.seq}" if self.seq else self.ref
        return f"{place}: {self.what}"


@dataclass(frozen=True, slots=True)
class CaseLog:
    """A case and where its log should end, with the rows of the log in order."""

    ref: str
    seq: int
    head_hash: bytes
    rows: Iterable[LogRow]


@dataclass(frozen=True, slots=True)
class Report:
    """What checking came to.

    `seal` stands for every log checked: write it down, and whoever gets the same one later has
    the same logs, entry by entry.
    """

    cases: int
    entries: int
    faults: tuple[Fault, ...]
    seal: str

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.faults

    def __str__(self) -> str:
        """Return how much was checked, such as “1 case, 40 entries”."""
        cases = "1 case" if self.cases == 1 else f"{self.cases:,} cases"
        return f"{cases}, 1 entry" if self.entries == 1 else f"{cases}, {self.entries:,} entries"


class Checking:
    """Takes the logs of cases one after another, and says in the end what they came to."""

    def __init__(self) -> None:
        self.cases = 0
        self.entries = 0
        self.faults: list[Fault] = []
        self._seal = hashlib.sha256()

    def take(self, log: CaseLog) -> None:
        """Check the log of one case."""
        self.cases += 1
        self._seal.update(log.ref.encode() + b"\n" + log.head_hash)
        number, end, seals = 0, chain.start(log.ref), Seals()
        for seq, payload, previous, digest in log.rows:
            if seq != number + 1 or previous != end:
                self._add(log.ref, _gap(number, seq, linked=previous == end))
            if hashlib.sha256(previous + payload).digest() != digest:
                self._add(log.ref, [(seq, "its words are not those that were recorded.")])
            self._add(log.ref, seals.take(seq, payload))
            number, end = seq, digest
            self.entries += 1
        self._add(log.ref, seals.missing())
        self._add(log.ref, _end(log, number, end))

    def report(self) -> Report:
        """Return what was found in all the logs taken."""
        return Report(self.cases, self.entries, tuple(self.faults), self._seal.hexdigest())

    def _add(self, ref: str, found: Iterable[tuple[int, str]]) -> None:
        self.faults.extend(Fault(ref, seq, what) for seq, what in found)


def _gap(number: int, seq: int, *, linked: bool) -> Iterator[tuple[int, str]]:
    """Yield what is wrong where an entry does not come straight after the one before."""
    if seq > number + 1:
        missing = f"{number + 1}" if seq == number + 2 else f"{number + 1} to {seq - 1}"
        yield seq, f"it comes after entry {number}; missing: {missing}."
    elif seq <= number:
        yield seq, f"it comes after entry {number}, out of its place."
    elif not linked:
        yield seq, "it does not follow the entry before it: one of the two was put there later."


def _end(log: CaseLog, number: int, end: bytes) -> Iterator[tuple[int, str]]:
    """Yield what is wrong where a log does not end as its case says."""
    if number == 0:
        yield 0, "its log is empty; a case begins with the entry that opens it."
    elif number != log.seq:
        yield 0, f"its log ends with entry {number}, and should with entry {log.seq}."
    elif end != log.head_hash:
        yield number, "it is not the entry that its log ended with."
