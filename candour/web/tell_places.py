"""Services of the directory, as somebody types the name of one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from candour.bodies.models import Service
from candour.directory.searching import services_matching
from candour.engine.london import local
from candour.engine.words import Language

MOST: Final = 8
SHORTEST: Final = 2
LONGEST: Final = 100


@dataclass(frozen=True, slots=True)
class Place:
    """A service to choose: its number, name, and what tells it from others of the name."""

    number: int
    name: str
    about: str


def places(words: str, language: Language, as_of: datetime) -> list[Place]:
    """Return the services that these words may mean, the likeliest first."""
    asked = " ".join(words.replace("\0", "").split())[:LONGEST]
    if len(asked) < SHORTEST:
        return []
    found = services_matching(asked, MOST, on=local(as_of).date())
    return [
        Place(each.number, each.name_in(language), each.place or each.provider) for each in found
    ]


def place_numbered(number: str, language: Language) -> Place | None:
    """Return the service of this number, or None. One query."""
    if not number.isdecimal():
        return None
    found = Service.objects.filter(pk=int(number)).first()
    return None if found is None else Place(found.pk, found.name_in(language), found.postcode)
