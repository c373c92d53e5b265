"""Saying something to the person who told: a question or a reply, found under their receipt."""

from datetime import datetime
from uuid import UUID

from candour.database.row_security import acting_for
from candour.people.actor import Actor
from candour.telling.models import Message, Told

LONGEST = 1_000


def ask(
    told: Told, sort: Message.Sort, words: str, *, key: UUID, actor: Actor, as_of: datetime
) -> bool:
    """Ask or reply; False where the person has withdrawn. Said twice under one key, it is once.

    Raises:
        ValueError: there are no words, or too many.
    """
    asked = words.strip()
    if not 0 < len(asked) <= LONGEST:
        raise ValueError(f"Say it in one to {LONGEST:,} characters.")
    with acting_for([actor.body_id]):
        standing = Told.objects.select_for_update().get(pk=told.pk)
        if standing.withdrawn_at is not None:
            return False
        Message.objects.get_or_create(
            id=key,
            defaults={
                "body_id": standing.body_id,
                "told": standing,
                "sort": sort,
                "words": asked,
                "at": as_of,
                "by": actor.user,
            },
        )
    return True
