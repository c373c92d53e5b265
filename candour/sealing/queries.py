"""Reads of what is sealed and of who opened it; nothing here opens anything."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from candour.sealing.masters import masters_here
from candour.sealing.models import Purpose, SealedEvent, SealedIdentity, What

PAGE = 50


@dataclass(frozen=True, slots=True)
class Held:
    """What is sealed of one thing: who, the words as given, and whether the key is here."""

    person: bool
    words: bool
    key_here: bool

    @property
    def anything(self) -> bool:
        """Whether there is anything."""
        return self.person or self.words


def held_for(context: str) -> Held:
    """Return what the bodies acted for hold sealed under a context. One query."""
    rows = SealedIdentity.objects.filter(context=context).values_list("purpose", "key__master")
    masters = dict(rows)
    here = masters_here().keys if masters else {}
    return Held(
        person=Purpose.PERSON in masters,
        words=Purpose.WORDS in masters,
        key_here=all(master in here for master in masters.values()),
    )


def events_of(context: str) -> list[SealedEvent]:
    """Return what was done with what is sealed under a context, newest first, with who did it."""
    found = SealedEvent.objects.filter(context=context).select_related("by")
    return list(found.order_by("-pk"))


def events(body_id: int, before: int | None = None) -> tuple[Sequence[SealedEvent], int | None]:
    """Return a page of a body's log, newest first, and the number from which it goes on."""
    found = SealedEvent.objects.filter(body_id=body_id).select_related("by").order_by("-pk")
    if before is not None:
        found = found.filter(pk__lt=before)
    page = list(found[: PAGE + 1])
    return page[:PAGE], page[PAGE - 1].pk if len(page) > PAGE else None


def counted(body_id: int, since: datetime) -> Counter[What]:
    """Return how often each thing was done since an instant, without saying who did it."""
    found = SealedEvent.objects.filter(body_id=body_id, at__gte=since).order_by()
    rows = found.values_list("what").annotate(Count("pk"))
    return Counter({What(what): number for what, number in rows})
