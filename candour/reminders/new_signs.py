"""Tells those who look at safeguarding signs, by mail and at once, that something came in.

The message says that it did, when, and where to look; what somebody told, and of whom, stays out
of it. However many come in together, by a file for one, it is one message to each person.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import connection

from candour.bodies.models import Body
from candour.database.row_security import acting_for
from candour.documents.notes import Line, Lines, Note, Say, note_bodies
from candour.engine.clock_words import write_moment
from candour.engine.london import local
from candour.engine.words import Language, Words
from candour.experiences.watching import watch_of
from candour.mail.outbox import enqueue
from candour.mail.outgoing import Addressee, MailRefused, Outgoing, is_address
from candour.people.leavers import HEADS, LEAD
from candour.people.models import User
from candour.people.queries import holders_of

logger = logging.getLogger(__name__)

SAFEGUARDING: Final = "safeguarding_lead"
ONE: Final = Words(
    "Candour: a sign that somebody may not be safe came in",
    "Candour: daeth arwydd i mewn efallai nad yw rhywun yn ddiogel",
)
SEVERAL: Final = Words(
    "Candour: {n} signs that somebody may not be safe came in",
    "Candour: daeth {n} o arwyddion i mewn efallai nad yw rhywun yn ddiogel",
)
ONE_SAYS: Final = Words(
    "Something that your organisation was told has signs that somebody may not be safe. It came in "
    "at {when}.",
    "Mae arwyddion mewn rhywbeth a ddywedwyd wrth eich sefydliad efallai nad yw rhywun yn ddiogel. "
    "Daeth i mewn: {when}.",
)
SEVERAL_SAY: Final = Words(
    "{n} of the things that your organisation was told have signs that somebody may not be safe. "
    "The last came in at {when}.",
    "Mae arwyddion mewn {n} o’r pethau a ddywedwyd wrth eich sefydliad efallai nad yw rhywun yn "
    "ddiogel. Daeth yr olaf i mewn: {when}.",
)
LOOK: Final = Words("Look at it now", "Edrychwch arno nawr")
LOOK_AT_ALL: Final = Words("Look at them now", "Edrychwch arnynt nawr")

# One statement says which are told now: of two workers at once, only one tells of a sign.
CLAIM: Final = """
UPDATE experience_sign s SET told_at = %s FROM experience e
WHERE e.id = s.experience_id AND e.out_since IS NULL AND s.body_id = %s AND s.told_at IS NULL
AND s.state = 'waiting' AND s.escalated_at IS NULL
RETURNING s.id, s.raised_at
"""


@dataclass(frozen=True, slots=True)
class CameIn:
    """Signs of one body that are told together: their numbers in order, and when the last came."""

    body: Body
    signs: tuple[int, ...]
    last: datetime


def untold() -> list[int]:
    """Return the bodies at which signs came in that nobody was told of. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sign_body FROM safeguarding_untold()")
        return [int(body) for (body,) in cursor.fetchall()]


def tell_of_new(body_id: int, as_of: datetime) -> int:
    """Tell those who look what came in at a body, and return how many signs that was.

    That they were told and the messages are kept in one transaction, so any number of tries tells
    each sign once.
    """
    with acting_for([body_id]):
        with connection.cursor() as cursor:
            cursor.execute(CLAIM, [as_of, body_id])
            rows = sorted(cursor.fetchall())
        if rows:
            last = max(raised for _sign, raised in rows)
            _tell(
                CameIn(Body.objects.get(pk=body_id), tuple(sign for sign, _ in rows), last), as_of
            )
    return len(rows)


def _tell(came: CameIn, as_of: datetime) -> None:
    told = False
    for person in _who_look(came.body, as_of):
        try:
            enqueue(_outgoing(came, person), as_of=as_of)
            told = True
        except MailRefused as refused:
            logger.warning("Nobody can tell %s by mail: %s", person, refused)
    if not told:
        logger.warning("Nobody at body %s can be told by mail of a sign", came.body.pk)


def _who_look(body: Body, as_of: datetime) -> list[User]:
    """Return who stands first for a body's signs and can be written to.

    Those who hold the post that its head named; else whoever leads on safeguarding; else whoever
    leads cases; else its head.
    """
    day = local(as_of).date()
    for role in _roles(body):
        held = [person for person in holders_of(role, body, day) if is_address(person.email)]
        if held:
            return held
    return []


def _roles(body: Body) -> Iterator[str]:
    if named := watch_of(body).role:
        yield named
    yield from (SAFEGUARDING, LEAD, *HEADS)


def _outgoing(came: CameIn, person: User) -> Outgoing:
    language: Language = "cy" if person.language == "cy" else "en"
    one, number = len(came.signs) == 1, len(came.signs)
    said = {"n": number, "when": write_moment(local(came.last), language)}
    address = f"{settings.SITE_ADDRESS}/experiences/signs/"
    if one:
        address += f"{came.signs[0]}/"
    blocks = (
        Say((ONE_SAYS if one else SEVERAL_SAY).text(language).format(**said)),
        Lines((Line((LOOK if one else LOOK_AT_ALL).text(language), address),)),
    )
    subject = (ONE if one else SEVERAL).text(language).format(**said)
    bodies = note_bodies([Note(language, blocks)], title=subject)
    return Outgoing(
        key=f"safeguarding/new/{came.signs[0]}-{came.signs[-1]}/{came.last.isoformat()}/{person.pk}",
        body_id=came.body.pk,
        to=Addressee(person.name, person.email),
        subject=subject,
        text=bodies.text,
        html=bodies.html,
        language=language,
    )
