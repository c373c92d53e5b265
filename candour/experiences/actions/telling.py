"""Takes in what one person told us: one experience, its words as they may be read."""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from candour.bodies.models import Service
from candour.deidentifying import clean
from candour.engine.london import local
from candour.experiences.actions.keeping import keep_found
from candour.experiences.models import Experience
from candour.experiences.taking_in import take_in
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
        known: names that they gave of themselves, taken out of their words wherever they stand.
        in_danger: they say that somebody is in danger now.
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
    known: tuple[str, ...] = ()
    in_danger: bool = False


def tell(account: Account, *, actor: Actor, as_of: datetime) -> Experience:
    """Take one account in, for the body that is acted for, and return the experience.

    Its words are kept without what tells who somebody is, and looked through for signs that
    somebody is not safe.

    The caller's transaction acts for that body (`candour.database.row_security.acting_for`).
    """
    service = account.service
    words = unicodedata.normalize("NFC", account.words)
    taken = take_in(words, language=account.language, known=account.known)
    place = clean(account.place, language=account.language, known=account.known).text
    experience = Experience.objects.create(
        body=actor.body,
        source=account.source,
        source_ref=uuid4().hex,
        received_on=account.received_on or local(as_of).date(),
        happened_on=account.happened_on,
        organisation=service.provider.name if service else "",
        service_name=service.name if service else place,
        service_kind=service.kind if service else "",
        service=service,
        answer=taken.answer,
        rating=account.rating,
        sentiment=account.felt,
        language=account.language,
        created_at=as_of,
    )
    keep_found(experience, taken, as_of=as_of, in_danger=account.in_danger)
    return experience
