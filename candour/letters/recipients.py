"""Recipients of a letter: as its rule proposes them, and as a person decided on each."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

from candour.letters.sealing import sha256
from candour.mail.outgoing import LONGEST_KEY

OUTSIDE = ""  # the rule of somebody whom no rule names


class Known(StrEnum):
    """Where a proposed recipient comes from."""

    DIRECTORY = "directory"
    POST = "post"
    CASE = "case"  # an entry names it, and the directory does not know it
    NOWHERE = "nowhere"


class Way(StrEnum):
    """How a letter reaches somebody."""

    MAIL = "mail"
    POST = "post"
    PHONE = "phone"
    HAND = "hand"


@dataclass(frozen=True, slots=True)
class Proposed:
    """Somebody who must get a letter by its template's rule; `email` empty where none is known."""

    key: str
    rule: str
    copy: bool
    name: str
    role: str
    body: str
    email: str
    language: str
    known: Known
    since: date | None = None
    body_id: int | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """A recipient as a person confirmed it, or left it out.

    Attributes:
        key: that of the `Proposed`; for somebody outside the rule, one of its own.
        rule: the rule that names it; `OUTSIDE` for somebody whom none names.
        by_hand: the address was typed, where the directory has none: nobody vouches for it.
        reason: why somebody outside the rule, or at a typed address, gets it; or why somebody
            whom the rule names does not.
    """

    key: str
    rule: str
    copy: bool
    name: str
    role: str
    body: str
    email: str
    language: str
    way: Way
    left_out: bool = False
    by_hand: bool = False
    reason: str = ""
    known: str = Known.NOWHERE

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """Return what `as_json` wrote."""
        return cls(**{**values, "way": Way(values["way"])})

    def as_json(self) -> dict[str, Any]:
        """Return it as plain JSON values."""
        return {**asdict(self), "way": self.way.value, "known": str(self.known)}

    @property
    def outside(self) -> bool:
        """Whether no rule of the template leads to this address."""
        return self.rule == OUTSIDE or self.by_hand

    @property
    def called(self) -> str:
        """How the log names it: the person and the body, or the one that is known."""
        parts = (self.name or self.role, self.body)
        return ", ".join(dict.fromkeys(part for part in parts if part))


def settled(chosen: Iterable[Chosen], proposals: Sequence[Proposed]) -> tuple[Chosen, ...]:
    """Return what was chosen with everything that the rule says taken from the rule.

    A form can say anything: who somebody is and at which address comes from the proposal, and
    whoever is in none stands outside the rule.
    """
    by_key = {line.key: line for line in proposals}
    return tuple(_settled(each, by_key.get(each.key)) for each in chosen)


def _settled(each: Chosen, line: Proposed | None) -> Chosen:
    if line is None:
        return replace(each, rule=OUTSIDE, copy=False, known=Known.NOWHERE, by_hand=False)
    by_hand = not line.email and bool(each.email) and each.way is Way.MAIL
    return replace(
        each,
        rule=line.rule,
        copy=line.copy,
        name=line.name or each.name,
        role=line.role,
        body=line.body,
        email=line.email or each.email,
        by_hand=by_hand,
        known=line.known,
    )


def message_key(letter: UUID, each: Chosen) -> str:
    """Return the identity of the message that brings a letter to a recipient: theirs alone."""
    key = f"letter:{letter}:{each.key}"
    return key if len(key) <= LONGEST_KEY else f"letter:{letter}:{sha256(each.key.encode())}"
