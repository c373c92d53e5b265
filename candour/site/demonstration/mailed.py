"""Lets somebody of the demonstration who told something answer by mail, with a file."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final

from candour.bodies.models import Body
from candour.database.row_security import acting_for
from candour.mail.models import MailMessage
from candour.mail.reading.filing import file_message
from candour.mail.reading.incoming import read
from candour.mail.voices import write_to_voice
from candour.site.demonstration.telling import BODIES, REACHED
from candour.telling.models import Told

SUBJECT: Final = "What came of what you told us"
TEXT: Final = """Hello,

the surgery has opened its list for the week after next as well. Does that help?

Your local Healthwatch
"""
ANSWER: Final = """It does a little. On Tuesday I got through at once, and this is what they sent.

Ashby Fern
01632 960481
"""
FILE: Final = b"%PDF-1.4\n% A letter that nobody wrote.\n"


def make_mailed(bodies: Mapping[str, Body], as_of: datetime) -> int:
    """Write to one who told something at each body, and take in the answer; return how many."""
    return sum(_make(bodies[slug], as_of) for slug in BODIES if slug in bodies)


def _make(body: Body, as_of: datetime) -> int:
    key = f"demonstration/{body.slug}/told"
    with acting_for([body.pk]):
        told = Told.objects.filter(wants_reply=True, withdrawn_at=None).order_by("pk").first()
        if told is None or MailMessage.objects.filter(key=key).exists():
            return 0
        number = write_to_voice(
            told.experience_id,
            body.pk,
            key=key,
            subject=SUBJECT,
            text=TEXT,
            reason="Told what came of it, and asked whether it helps.",
            as_of=as_of - timedelta(days=1),
        )
        if number is None:
            return 0
        sent = MailMessage.objects.get(pk=number)
    file_message(read(_answer(sent)), as_of - timedelta(hours=5))
    return 1


def _answer(sent: MailMessage) -> bytes:
    made = EmailMessage(policy=SMTP)
    made["From"] = f"{REACHED.name} <{REACHED.email}>"
    made["To"] = "case@demonstration.invalid"
    made["Subject"] = f"Re: {SUBJECT}"
    made["Message-ID"] = f"<answer-{sent.pk}@demonstration.invalid>"
    made["In-Reply-To"] = sent.message_id
    made.set_content(ANSWER)
    made.add_attachment(FILE, maintype="application", subtype="pdf", filename="To A Fern.pdf")
    return bytes(made)
