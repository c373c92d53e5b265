"""Kinds of entry: the nouns and verbs of the vocabulary, each with its typed fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from candour.engine.fields import Field, Problem, needy, problems_among
from candour.engine.words import Words


@dataclass(frozen=True)
class Kind:
    """One kind of entry: a noun or verb of the field, with its typed fields.

    `refers` lists the kinds its references may point at; with `must_refer` at least one is needed.
    `after_closing` says whether it may still be recorded once a case is closed; `fixed`, that it is
    never corrected, since something outside the log stands or falls with what it said. While the
    field `unfinished_while` holds anything, the entry is a part of what the kind means and no rule
    takes it for the whole (one of several signatures, say).
    """

    name: str
    title: Words
    group: str
    fields: tuple[Field, ...] = ()
    refers: tuple[str, ...] = ()
    must_refer: bool = False
    after_closing: bool = False
    describes: str = field(default="", compare=False)
    fixed: bool = False
    unfinished_while: str = ""

    def problems(self, data: Mapping[str, Any]) -> list[Problem]:
        """Return everything wrong with `data` as an entry of this kind; see `fields.problems`."""
        return problems_among(data, self._by_name, self._needy)

    def field(self, name: str) -> Field | None:
        """Return the field called `name`, or None."""
        return self._by_name.get(name)

    @cached_property
    def _by_name(self) -> Mapping[str, Field]:
        return {known.name: known for known in self.fields}

    @cached_property
    def _needy(self) -> tuple[Field, ...]:
        return needy(self.fields)
