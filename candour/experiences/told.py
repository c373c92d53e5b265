"""Takes in what one person told us: one experience, its words as they may be read."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from candour.bodies.models import Service
from candour.engine.london import local
from candour.experiences.models import Experience
from candour.people.actor import Actor


@dataclass(frozen=True, slots=True)
class Account:
    """What somebody told, before it is kept.

    Attributes:
        source: the way it came, as a list names it.
        words: what they said.
        service: the service of the directory that it is about, where that is known.
        place: the place in the person's own words, where it is not.
        happened_on: the day, where they named one.
        received_on: the day it reached us; the day of taking it in when empty.
        rating: how it was, in words.
        felt: the same from 1 (very positive) to 5 (very negative), or None.
        language: “en” or “cy”.
    """

    source: str
    words: str
    service: Service | None = None
    place: str = ""
    happened_on: date | None = None
    received_on: date | None = None
    rating: str = ""
    felt: int | None = None
    language: str = "en"


def tell(account: Account, *, actor: Actor, as_of: datetime) -> Experience:
    """Take one account in, for the body that is acted for, and return the experience.

    The caller's transaction acts for that body (`candour.database.row_security.acting_for`).
    """
    service = account.service
    return Experience.objects.create(
        body=actor.body,
        source=account.source,
        source_ref=uuid4().hex,
        received_on=account.received_on or local(as_of).date(),
        happened_on=account.happened_on,
        organisation=service.provider.name if service else "",
        service_name=service.name if service else account.place,
        service_kind=service.kind if service else "",
        service=service,
        answer=account.words,
        rating=account.rating,
        sentiment=account.felt,
        language=account.language,
        created_at=as_of,
    )
