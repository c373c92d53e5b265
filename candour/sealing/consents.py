"""What a person agreed to, asked of the room that asked them.

Who spoke is sealed here, and what they agreed to is kept by the room that takes in what people
tell. That room stands above this one, so it says how it is asked. Without it nobody agreed to
anything.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

CONTACT_PROVIDER: Final = "contact_provider"  # their name and how to reach them, to the provider


@dataclass(frozen=True, slots=True)
class Consent:
    """An answer of a person's that holds now.

    Attributes:
        kind: what was asked.
        given: whether they agreed.
        words: those they read.
        version: of the words.
        at: when they answered.
    """

    kind: str
    given: bool
    words: str
    version: int
    at: datetime


Ask = Callable[[int], list[Consent]]
_asked: list[Ask] = []


def register(ask: Ask) -> None:
    """Have `ask` asked what holds for an experience, by its number, in the order of the form."""
    if ask not in _asked:
        _asked.append(ask)


def consents_of(experience: int) -> list[Consent]:
    """Return every answer that holds for an experience; none where nobody was asked."""
    return [consent for ask in _asked for consent in ask(experience)]


def agreed_to(experience: int, kind: str) -> Consent | None:
    """Return the consent of a kind that the person gave and has not taken back, or None."""
    found = (each for each in consents_of(experience) if each.kind == kind and each.given)
    return next(found, None)
