"""Whose procedure it is: the bodies that may open cases under it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

# What a body does for the public, whatever it is called this year.
FUNCTIONS: Final = (
    "patient_voice",
    "commissioner",
    "regulator",
    "scrutiny",
    "safeguarding",
    "provider",
    "national_voice",
)


@dataclass(frozen=True, slots=True)
class ForBodies:
    """The bodies that a procedure is of; where it names neither, it is anybody's in its nation.

    Attributes:
        functions: a body must hold one of these.
        named: a body must be called one of these, or have come after one that was.
    """

    functions: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    @property
    def anybodys(self) -> bool:
        """Whether it asks nothing of a body."""
        return not (self.functions or self.named)

    def fits(self, functions: Iterable[str], names: Iterable[str]) -> bool:
        """Say whether the procedure is of a body that holds `functions` and goes by `names`."""
        if self.functions and not set(self.functions) & set(functions):
            return False
        ours = {_plain(name) for name in self.named}
        return not ours or bool(ours & {_plain(name) for name in names})


def _plain(name: str) -> str:
    """Return a name as it is compared: spaces and capitals do not tell bodies apart."""
    return " ".join(name.split()).casefold()
