"""The form by which a person makes a token for a program."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from candour.api.models import Part
from candour.api.tokens import LIFETIMES
from candour.web.forms.controls import Typed, first

LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class ProgramForm:
    """What was typed: the program’s name, its organisation, what it may read, how long.

    `faults` are under the names of the fields; without any the rest can be used.
    """

    name: str = ""
    body: str = ""
    parts: tuple[str, ...] = ()
    days: int = LIFETIMES[-1]
    faults: Mapping[str, str] = field(default_factory=dict)

    def with_fault(self, name: str, words: str) -> "ProgramForm":
        """Return the form with one more fault."""
        return replace(self, faults={**self.faults, name: words})


def read(typed: Typed, bodies: Container[str]) -> ProgramForm:
    """Return what was typed, with what is wrong with it.

    Args:
        typed: the fields as they were sent.
        bodies: the short names of the organisations that the person works for.
    """
    days = first(typed, "days")
    form = ProgramForm(
        name=" ".join(first(typed, "name").split())[:LONGEST_NAME],
        body=first(typed, "body"),
        parts=tuple(part for part in typed.get("parts", ()) if part in Part.values),
        days=int(days) if days in map(str, LIFETIMES) else LIFETIMES[-1],
    )
    if not form.name:
        form = form.with_fault("name", _("Say what the program is"))
    if form.body not in bodies:
        form = form.with_fault("body", _("Choose the organisation that it reads for"))
    if not form.parts:
        form = form.with_fault("parts", _("Choose at least one thing that it may read"))
    return form
