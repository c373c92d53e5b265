"""From answers that were read to what is told, and what looks like a machine about it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from candour.engine.words import Language
from candour.telling.models import Channel
from candour.telling.questions import ABOUT, CHANGE, DANGER, HOW, REPLY, WHAT, WHEN, WHERE, YES
from candour.telling.telling import Reaching, Telling
from candour.web.forms.controls import first
from candour.web.forms.tell import SERVICE, consents_in

SOON: Final = 3.0  # seconds in which nobody reads and answers the form
MOST_LINKS: Final = 2
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


def telling_of(
    key: str, answers: Mapping[str, tuple[str, ...]], language: Language, channel: Channel
) -> Telling:
    """Return what somebody tells, from answers that `candour.web.forms.tell` has read."""
    service, danger = first(answers, SERVICE), first(answers, DANGER.name)
    wants_reply = first(answers, REPLY.name) == YES
    reaching = Reaching(
        name=first(answers, "contact_name"),
        email=first(answers, "contact_email"),
        phone=first(answers, "contact_phone"),
        post=first(answers, "contact_post"),
    )
    return Telling(
        key=key,
        language=language,
        channel=channel,
        what=first(answers, WHAT.name),
        danger=danger == YES if danger else None,
        service=int(service) if service.isdecimal() else None,
        place=first(answers, WHERE.name),
        when=first(answers, WHEN.name),
        felt=first(answers, HOW.name),
        change=first(answers, CHANGE.name),
        about={each.name: said for each in ABOUT if (said := first(answers, each.name))},
        consents=consents_in(answers),
        wants_reply=wants_reply,
        reaching=reaching if wants_reply else Reaching(),
    )


@dataclass(frozen=True, slots=True)
class Doubt:
    """What looks like a machine: in words for staff, and whether a little work is asked first."""

    words: str = ""
    bars: bool = False


def doubt_of(told: Telling, began: str, as_of: datetime) -> Doubt:
    """Return what looks like a machine about something told, if anything does.

    Being quick alone keeps nobody out: somebody may have written it before, and only pasted it.
    """
    took = (as_of - datetime.fromisoformat(began)).total_seconds()
    links = len(_LINK.findall(told.words))
    found = []
    if took < SOON:
        found.append("quick")
    if links > MOST_LINKS:
        found.append("links")
    return Doubt(" ".join(found), bars="links" in found)
