"""Saying something to the person who told: found under their receipt, and mailed if they asked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from candour.database.row_security import acting_for
from candour.engine.words import Words
from candour.people.actor import Actor
from candour.telling.actions.reaching import Reached, reach
from candour.telling.models import Message, Told

LONGEST: Final = 1_000
REASONS: Final[Mapping[str, str]] = {
    Message.Sort.QUESTION: "Asked them something.",
    Message.Sort.REPLY: "Replied to what they told.",
}


def ask(
    told: Told, sort: Message.Sort, words: str, *, key: UUID, actor: Actor, as_of: datetime
) -> Reached | None:
    """Ask or reply; return how it reaches the person, or None where they have withdrawn.

    Said twice under one key, it is said and mailed once.

    Raises:
        ValueError: there are no words, or too many.
    """
    asked = words.strip()
    if not 0 < len(asked) <= LONGEST:
        raise ValueError(f"Say it in one to {LONGEST:,} characters.")
    with acting_for([actor.body_id]):
        found = Told.objects.select_for_update(of=("self",)).select_related("body")
        standing = found.get(pk=told.pk)
        if standing.withdrawn_at is not None:
            return None
        _message, new = Message.objects.get_or_create(
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
        if not new:
            return Reached.RECEIPT
        said = Words(asked, asked)
        return reach(standing, said, key=f"told/{key}", reason=REASONS[sort], as_of=as_of)
