"""What is known publicly of a sealed document, whoever sealed it: the signing room, or letters.

A room that seals documents registers a provider when its app is ready. A provider answers for one
seal or one file, from rows that the public may know of; nothing of the case is in its answer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from candour.engine import Words


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature as the document shows it: whose, for whom, when."""

    name: str
    post: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Sealed:
    """What may be said to a stranger of a document: never what it says.

    Attributes:
        seal: the SHA-256 of what was sealed, in hexadecimal.
        sort: what kind of document it is ("Minutes", "Letter").
        body: the body that made it, in both languages.
        became: whether it was sent, is signed by all, waits for signatures, or will not be signed.
        on: when it was fixed (to be signed) or sent.
        signatures: who has signed, in order.
    """

    seal: str
    sort: Words
    body: Words
    became: Literal["sent", "signed", "waiting", "ended"]
    on: datetime
    signatures: tuple[Signed, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to know of: the start of a code, or the SHA-256 of a whole file."""

    code: str = ""
    file: str = ""


Provider = Callable[[Asked], Sealed | None]
_providers: dict[str, Provider] = {}


def register(name: str, provider: Provider) -> None:
    """Have `provider` asked, once under each name."""
    _providers[name] = provider


def find_sealed(asked: Asked) -> Sealed | None:
    """Return what is known of a document by its code or its file, or None."""
    answers = (provider(asked) for provider in _providers.values())
    return next((found for found in answers if found is not None), None)
