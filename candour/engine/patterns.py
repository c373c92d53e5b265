"""Patterns: which entries a duty, gate or condition speaks of."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from candour.engine.fields import SEVERAL, as_values, blank
from candour.engine.vocabulary import UNFINISHED

ANY_VALUE = "*"


class Recordable(Protocol):
    """What a pattern looks at: an `Entry`, or a `Draft` not yet recorded."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def kind(self) -> str:
        """The kind's name."""

    @property
    def role(self) -> str:
        """The role its author acts in."""

    @property
    def data(self) -> Mapping[str, Any]:
        """The field values."""

    @property
    def refers_to(self) -> tuple[str, ...]:
        """The ids of the entries that it is about."""


@dataclass(frozen=True, slots=True)
class Where:
    """A field has one of these values; for a list field, at least one of its items has.

    The single value `*` stands for anything that is not blank.
    """

    field: str
    values: tuple[Any, ...]

    def holds(self, data: Mapping[str, Any]) -> bool:
        """Say whether `data` fits."""
        value = data.get(self.field)
        if value in self.values:  # first, and by itself: this is asked some thousand times a fold
            return True
        if self.values == (ANY_VALUE,):
            return not blank(value)
        return isinstance(value, SEVERAL) and any(item in self.values for item in value)


@dataclass(frozen=True, slots=True)
class Pattern:
    """Entries of one kind, with these field values, recorded in these roles (any if none).

    In a duty's patterns, `each` names the field that says whom or what the entry is about, where
    the duty is owed for each of them by itself; `each_of` names them outright
    (`candour.engine.subjects`). An entry that is only part of what its kind means (one signature of
    several) is not spoken of, unless the pattern asks for what makes it so.
    """

    kind: str
    where: tuple[Where, ...] = ()
    roles: tuple[str, ...] = ()
    each: str = ""
    each_of: tuple[str, ...] = ()

    def matches(self, entry: Recordable) -> bool:
        """Say whether `entry` is one that the pattern speaks of."""
        if entry.kind != self.kind or (self.roles and entry.role not in self.roles):
            return False
        data = entry.data
        if self.kind in UNFINISHED and self._passes_over(data):
            return False
        # A plain loop, for the same reason.
        for where in self.where:  # noqa: SIM110
            if not where.holds(data):
                return False
        return True

    def _passes_over(self, data: Mapping[str, Any]) -> bool:
        """Say whether the entry is only a part, and parts are not asked for."""
        left = UNFINISHED[self.kind]
        return bool(data.get(left)) and all(where.field != left for where in self.where)

    def __str__(self) -> str:
        """Return the pattern in plain English, for reasons and explanations."""
        said = self.kind.replace("_", " ")
        facts = [
            f"{where.field.replace('_', ' ')}: "
            + " or ".join(str(v) for v in as_values(where.values))
            for where in self.where
        ]
        return f"{said} ({'; '.join(facts)})" if facts else said
