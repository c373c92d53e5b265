"""The names that a pack makes: its steps, roles, clauses, options … and its kinds' fields."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

from candour.engine import SYSTEM
from candour.engine.calendars import Calendar
from candour.engine.clocks import Clock
from candour.engine.errors import nearest
from candour.engine.fields import Field, Option
from candour.engine.kinds import Kind
from candour.engine.parts import Role, Step
from candour.engine.procedure import Duty, Move, Procedure
from candour.engine.vocabulary import KINDS
from candour.engine.words import Words
from candour.policies import calendars

CLOSED: Final[Mapping[str, tuple[str, ...]]] = {
    "kind of entry": tuple(KINDS),
    "calendar": calendars.NAMES,
}
SHOWN: Final = 12
_UNNAMED = Words("?")


@dataclass(frozen=True)
class Names:
    """The names made in a pack: what they name -> the names.

    A set that is None is not known (a register that could not be read), so nothing is said of it.
    """

    known: Mapping[str, frozenset[str] | None]
    options: Mapping[str, tuple[Option, ...]] = field(default_factory=dict)
    extra_fields: Mapping[str, tuple[Field, ...]] = field(default_factory=dict)
    final_steps: frozenset[str] = frozenset()

    @staticmethod
    def closed(of: str) -> tuple[str, ...]:
        """Return the names that no pack can add to, or nothing where packs make them."""
        return CLOSED.get(of, ())

    def fault(self, of: str, name: str) -> str:
        """Return why `name` names no `of`, with the nearest that does; empty when it does."""
        known = self.closed(of) or self.known.get(of)
        if known is None or name in known:
            return ""
        if name == SYSTEM:
            return (
                "“system” decides and owns nothing; it only acts by itself. Name a person’s role."
            )
        whose = "" if self.closed(of) else " of this procedure"
        what = of.removeprefix("acting ")
        return f"“{name}” is not a {what}{whose}.{nearest(name, known) or _some(known)}"

    def kind(self, name: str) -> Kind | None:
        """Return the kind as the procedure has it; None when there is no such kind."""
        return self._skeleton.kind(name) if name in KINDS else None

    def option_ids(self, options_list: str) -> tuple[str, ...]:
        """Return the ids in a list of options."""
        return tuple(option.id for option in self.options.get(options_list, ()))

    @cached_property
    def _skeleton(self) -> Procedure:
        """A procedure of names alone, so that the engine itself fills its kinds' options."""
        never = Calendar("none", date(2000, 1, 1), date(2000, 1, 1), {})
        clock = Clock.parse("same day")
        return Procedure(
            name="",
            version="",
            title=_UNNAMED,
            nation="",
            calendar=never,
            start="",
            steps={name: Step(name, _UNNAMED) for name in self._sorted("step")},
            moves={name: Move(name, _UNNAMED, (), "") for name in self._sorted("move")},
            duties={
                name: Duty(name, _UNNAMED, (), clock, never, (), "")
                for name in self._sorted("duty")
            },
            gates=(),
            autos=(),
            roles={name: Role(name, _UNNAMED) for name in self._sorted("role")},
            clauses={},
            sources=(),
            options=self.options,
            extra_fields=self.extra_fields,
        )

    def _sorted(self, of: str) -> list[str]:
        return sorted(self.known.get(of) or ())


def _some(known: Iterable[str]) -> str:
    names = sorted(known)
    if not names:
        return " There are none yet: add it."
    return f" There are: {', '.join(names[:SHOWN])}{' …' if len(names) > SHOWN else ''}."
