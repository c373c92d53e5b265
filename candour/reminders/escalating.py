"""Tells the head of a body that nobody has looked at safeguarding signs in time.

The message says that something waits, and where; what somebody told stays out of the mail.
"""

import logging
from datetime import datetime

from django.conf import settings
from django.db import connection

from candour.bodies.models import Body
from candour.database.row_security import acting_for
from candour.documents.notes import Line, Lines, Note, Say, note_bodies
from candour.engine.clock_words import write_moment
from candour.engine.london import local
from candour.engine.words import Language, Words
from candour.experiences.actions.looking import escalate
from candour.experiences.models import ExperienceSign
from candour.mail.outbox import enqueue
from candour.mail.outgoing import Addressee, MailRefused, Outgoing
from candour.people.leavers import HEADS
from candour.people.models import User
from candour.people.queries import holders_of

logger = logging.getLogger(__name__)

SUBJECT = Words(
    "Candour: nobody has looked at safeguarding signs in time",
    "Candour: nid oes neb wedi edrych ar arwyddion diogelu mewn pryd",
)
SAYS = Words(
    "Something that your organisation was told has signs that somebody may not be safe. It was to "
    "be looked at by {when}, and nobody has.",
    "Mae arwyddion mewn rhywbeth a ddywedwyd wrth eich sefydliad efallai nad yw rhywun yn ddiogel. "
    "Roedd angen i rywun edrych arno erbyn {when}, ac nid oes neb wedi gwneud.",
)
LOOK = Words("Look at it now", "Edrychwch arno nawr")


def unseen(as_of: datetime, at_most: int) -> list[tuple[int, int]]:
    """Return (sign, body) of what nobody has looked at in time, longest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sign_id, sign_body FROM safeguarding_unseen(%s, %s)", [as_of, at_most]
        )
        return [(int(sign), int(body)) for sign, body in cursor.fetchall()]


def take_up(sign_id: int, body_id: int, as_of: datetime) -> bool:
    """Take one sign up to the head of its body and tell them; return whether that was done now.

    The sign and the messages are kept in one transaction, so any number of tries tells it once.
    """
    with acting_for([body_id]):
        sign = escalate(sign_id, as_of=as_of)
        if sign is None:
            return False
        for head in _heads(sign.body, as_of):
            try:
                enqueue(_outgoing(sign, head), as_of=as_of)
            except MailRefused as refused:
                logger.warning("Nobody can tell %s by mail: %s", head, refused)
    return True


def _heads(body: Body, as_of: datetime) -> list[User]:
    """Return who holds the highest post of a body that anybody holds."""
    for role in HEADS:
        if held := list(holders_of(role, body, local(as_of).date())):
            return held
    return []


def _outgoing(sign: ExperienceSign, head: User) -> Outgoing:
    language: Language = "cy" if head.language == "cy" else "en"
    when = write_moment(local(sign.look_by), language)
    address = f"{settings.SITE_ADDRESS}/experiences/signs/{sign.pk}/"
    blocks = (
        Say(SAYS.text(language).format(when=when)),
        Lines((Line(LOOK.text(language), address),)),
    )
    subject = SUBJECT.text(language)
    bodies = note_bodies([Note(language, blocks)], title=subject)
    return Outgoing(
        key=f"safeguarding/{sign.pk}/{sign.look_by.isoformat()}/{head.pk}",
        body_id=sign.body_id,
        to=Addressee(head.name, head.email),
        subject=subject,
        text=bodies.text,
        html=bodies.html,
        language=language,
    )
