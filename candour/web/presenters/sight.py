"""How somebody looks at a case: at which moment, and in which roles they may act on it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Sight:
    """The case's reference, the moment, and the reader's roles in it (none: may only read).

    `leads` says whether any of those roles is at the body that leads the case.
    """

    ref: str
    moment: datetime
    roles: frozenset[str] = frozenset()
    leads: bool = False

    @property
    def may_act(self) -> bool:
        """Whether the reader may record anything."""
        return bool(self.roles)
