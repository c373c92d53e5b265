"""Services of the directory, as somebody types the name of one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from candour.bodies.models import Service
from candour.bodies.queries import services_on
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
    """Return the services that these words may mean, the most fitting first. One query."""
    asked = " ".join(words.split())[:LONGEST]
    if len(asked) < SHORTEST:
        return []
    found = services_on(local(as_of).date(), search=asked)[:MOST]
    return [place_of(service, language) for service in found]


def place_of(service: Service, language: Language) -> Place:
    """Return a service as somebody chooses it."""
    about = ", ".join(part for part in (service.address, service.postcode) if part)
    return Place(service.pk, service.name_in(language), about or service.provider.name_in(language))


def place_numbered(number: str, language: Language) -> Place | None:
    """Return the service of this number, or None. One query."""
    if not number.isdecimal():
        return None
    found = Service.objects.select_related("provider").filter(pk=int(number)).first()
    return None if found is None else place_of(found, language)
