"""With which other bodies a case is shared: read from its log, as it stands at a moment.

A sharing that has a last day ends by itself when that day is over in London.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from candour.engine.entries import Entry
from candour.engine.london import end_of

SHARED: Final = "case_shared"
ENDED: Final = "case_share_ended"
MEMBERS: Final = "members"  # it takes part: it sees the case as the body that leads it does
PARTNERS: Final = "partners"  # it is told what partners may be told


@dataclass(frozen=True, slots=True)
class Share:
    """A case as it was shared with one body.

    Attributes:
        entry: the entry by which it was shared.
        ended: the entry that ended it, or None.
    """

    entry: Entry
    ended: Entry | None

    @property
    def with_body(self) -> int:
        """The number of the body in the directory."""
        return int(self.entry.data["with_body_number"])

    @property
    def until(self) -> date | None:
        """The last London day on which it holds; None where it has none."""
        told = self.entry.data.get("until")
        return date.fromisoformat(told) if told else None

    def ends_at(self) -> datetime | None:
        """Return the instant from which time alone has ended it, or None."""
        return end_of(self.until) if self.until is not None and self.ended is None else None

    def stands(self, moment: datetime) -> bool:
        """Say whether the body sees the case by it at a moment."""
        ends = self.ends_at()
        return self.ended is None and (ends is None or moment < ends)


def shares(by_kind: Mapping[str, tuple[Entry, ...]]) -> tuple[Share, ...]:
    """Return every sharing of a case, in order; `by_kind` is that of its standing."""
    ended = {ref: entry for entry in by_kind.get(ENDED, ()) for ref in entry.refers_to}
    return tuple(Share(entry, ended.get(entry.id)) for entry in by_kind.get(SHARED, ()))
