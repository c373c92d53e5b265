"""What somebody does who comes back with their receipt: answer a question, add something."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

from candour.database.row_security import acting_for
from candour.deidentifying import clean
from candour.experiences.actions.looking import look_at_more
from candour.telling.models import Message, Told

LONGEST: Final = 5_000
MOST_A_DAY: Final = 20
_DAY: Final = timedelta(days=1)


class NotTaken(ValueError):
    """What was said cannot be taken: it is empty, too long, too much for a day, or too late."""


def answer(told: Told, question: UUID, words: str, *, key: UUID, as_of: datetime) -> None:
    """Take the answer to a question that staff asked.

    Raises:
        NotTaken: there is no such question, or the words cannot be taken.
    """
    with acting_for([told.body_id]):
        asked = Message.objects.filter(told=told, pk=question, sort=Message.Sort.QUESTION).first()
        if asked is None:
            raise NotTaken("question")
        _say(told, Message.Sort.ANSWER, words, to=asked, key=key, as_of=as_of)


def add(told: Told, words: str, *, key: UUID, as_of: datetime) -> None:
    """Take something that the person adds.

    Raises:
        NotTaken: the words cannot be taken.
    """
    with acting_for([told.body_id]):
        _say(told, Message.Sort.ADDED, words, to=None, key=key, as_of=as_of)


def _say(
    told: Told, sort: Message.Sort, words: str, *, to: Message | None, key: UUID, as_of: datetime
) -> None:
    said = words.strip()
    if not said:
        raise NotTaken("empty")
    if len(said) > LONGEST:
        raise NotTaken("long")
    standing = Told.objects.select_for_update().get(pk=told.pk)
    if standing.withdrawn_at is not None:
        raise NotTaken("withdrawn")
    own_key = uuid5(key, str(standing.pk))  # what a form says is the key of nobody else's words
    if Message.objects.filter(pk=own_key).exists():
        return  # sent twice
    own = Message.objects.filter(told=standing, by__isnull=True, at__gt=as_of - _DAY)
    if own.count() >= MOST_A_DAY:
        raise NotTaken("enough")
    words_kept = clean(said, language=standing.language).text
    Message.objects.create(
        id=own_key,
        body_id=standing.body_id,
        told=standing,
        sort=sort,
        to=to,
        words=words_kept,
        at=as_of,
    )
    look_at_more(standing.experience, words_kept, as_of=as_of)
