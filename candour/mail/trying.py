"""Trying out how mail leaves: one message, at once, past the outbox."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, make_msgid

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from candour.mail.delivery import close
from candour.mail.models import Outcome
from candour.mail.outgoing import is_address
from candour.mail.sent_files import FileBackend
from candour.mail.smtp import SmtpBackend
from candour.mail.verdicts import taken, verdict_on

SUBJECT = "A test from Candour / Prawf gan Candour"
TEXT = "Mail leaves this site.\n\nMae post yn gadael y safle hwn.\n"


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of it: by what mail leaves, whether it was taken, and what was said."""

    by: str
    sent: bool
    said: str


def try_out(address: str, as_of: datetime) -> Tried:
    """Send a short message and return what came of it; nothing is raised."""
    by = leaves_by()
    if not is_address(address):
        return Tried(by, sent=False, said=f"“{address}” is not an email address.")
    message = EmailMessage(
        SUBJECT,
        TEXT,
        from_email=settings.CANDOUR_MAIL_FROM,
        to=[address],
        headers={
            "Date": format_datetime(as_of),
            "Message-ID": make_msgid(domain=settings.CANDOUR_MAIL_DOMAIN),
            "Auto-Submitted": "auto-generated",
        },
    )
    backend = get_connection()
    try:
        backend.open()
        backend.send_messages([message])
        verdict = taken(str(getattr(backend, "said", "")))
    except Exception as trouble:  # noqa: BLE001  # whatever it is, it is what the person asked for
        verdict = verdict_on(trouble)
    finally:
        close(backend)
    return Tried(by, verdict.outcome == Outcome.SENT, verdict.said)


def leaves_by() -> str:
    """Return by what mail leaves, without any password."""
    backend = get_connection()
    if isinstance(backend, FileBackend):
        return f"files in {backend.folder}"
    if isinstance(backend, SmtpBackend):
        how = "TLS" if backend.use_ssl else "STARTTLS" if backend.use_tls else "no encryption"
        return f"{backend.host}, port {backend.port}, with {how}"
    return str(settings.EMAIL_BACKEND)
