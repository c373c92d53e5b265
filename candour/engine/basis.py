"""What a procedure takes over from another that several share."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Basis:
    """The base under a procedure.

    Attributes:
        bases: the names of the bases, the nearest first.
        parts: what is taken over unchanged, as (section, name): ("duties", "answer").
        clauses: clause of a base -> those of this procedure that carry it; a clause that is not
            here is cited as it is.
        excused: the base's scenarios that do not hold here, by the names of their files.
    """

    bases: tuple[str, ...]
    parts: frozenset[tuple[str, str]]
    clauses: Mapping[str, tuple[str, ...]]
    excused: frozenset[str]
