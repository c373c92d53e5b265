"""What somebody answers by mail who told something: put beside what they told, clean."""

from collections.abc import Mapping
from typing import Final

from candour.experiences.actions.looking import look_at_more
from candour.mail.reading.hearing import Heard
from candour.telling.models import Message, Told

FILES_ALONE: Final[Mapping[str, str]] = {"en": "[files alone]", "cy": "[ffeiliau yn unig]"}


def hear(heard: Heard) -> bool:
    """Take what came by mail; whether what they told is here and was not taken back.

    Where a question of staff’s has no answer yet, it answers the newest such one.
    """
    told = Told.objects.select_for_update().filter(experience=heard.experience).first()
    if told is None or told.withdrawn_at is not None:
        return False
    asked = Message.objects.filter(told=told, sort=Message.Sort.QUESTION, answers=None)
    question = asked.order_by("-at").first()
    _message, new = Message.objects.get_or_create(
        id=heard.key,
        defaults={
            "body_id": told.body_id,
            "told": told,
            "sort": Message.Sort.ANSWER if question else Message.Sort.ADDED,
            "to": question,
            "words": heard.words or FILES_ALONE.get(told.language, FILES_ALONE["en"]),
            "at": heard.at,
        },
    )
    if new:
        look_at_more(told.experience, heard.words, as_of=heard.at)
    return True
