"""The parts of a procedure that name things: where it comes from, who acts, where a case can be."""

from dataclasses import dataclass, field
from datetime import date

from candour.engine.words import Words


@dataclass(frozen=True, slots=True)
class Source:
    """A document that the procedure comes from."""

    id: str
    title: str
    publisher: str
    dated: date | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """One duty that the source document lays down, in our words."""

    id: str
    at: str
    does: str
    kind: str


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody who acts under the procedure. `outside` roles never sign in as staff."""

    id: str
    title: Words
    clauses: tuple[str, ...] = ()
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A place where a case can be. A case at a `final` step is closed."""

    id: str
    title: Words
    clauses: tuple[str, ...] = ()
    final: bool = False
    describes: Words = field(default_factory=lambda: Words(""))


@dataclass(frozen=True, slots=True)
class Document:
    """A form, letter, notice, agenda, checklist or report that the procedure names."""

    id: str
    title: Words
    type: str
    at: str = ""
    audience: str = ""
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """When the policy itself was approved and falls due for review."""

    approved: date | None
    next_review: date | None
    officer: str
    clauses: tuple[str, ...] = ()
