"""Reads of what is sealed and of who opened it; nothing here opens anything."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, Subquery

from candour.sealing.masters import masters_here
from candour.sealing.models import Purpose, SealedEvent, SealedIdentity, What

PAGE = 50


@dataclass(frozen=True, slots=True)
class Held:
    """What is sealed of one thing.

    Attributes:
        person: who somebody is and how to reach them.
        words: the words as they were given.
        letter: a message from a member of the public, as it came.
        key_here: whether it could be opened on this machine.
        seen: how often somebody opened it, or gave it away.
    """

    person: bool
    words: bool
    key_here: bool
    seen: int
    letter: bool = False

    @property
    def anything(self) -> bool:
        """Whether there is anything."""
        return self.person or self.words or self.letter


def held_for(context: str) -> Held:
    """Return what the bodies acted for hold sealed under a context. One query."""
    seen = (
        SealedEvent.objects.filter(
            body_id=OuterRef("body_id"),
            context=OuterRef("context"),
            what__in=[What.OPENED, What.GIVEN],
        )
        .order_by()
        .values("context")
        .annotate(times=Count("pk"))
        .values("times")
    )
    found = SealedIdentity.objects.filter(context=context).annotate(seen=Subquery(seen))
    rows = list(found.values_list("purpose", "key__master", "seen"))
    masters = {purpose: master for purpose, master, _seen in rows}
    here = masters_here().keys if masters else {}
    return Held(
        person=Purpose.PERSON in masters,
        words=Purpose.WORDS in masters,
        key_here=all(master in here for master in masters.values()),
        letter=Purpose.LETTER in masters,
        seen=max((times or 0 for *_rest, times in rows), default=0),
    )


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
