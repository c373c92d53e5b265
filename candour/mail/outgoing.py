"""A message as somebody hands it to the outbox, and what makes it one that cannot be sent.

Nothing here is stored or sent. Whoever writes a letter makes an `Outgoing` of it; `fault_in` says
in plain words what stands in its way, before anything is kept.

    MailRefused
    ├── MalformedMail   a header would break, an address is none, a name or subject runs on
    └── TooMuchAttached  more bytes, or more files, than a message may carry
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

MEGABYTE = 1_000_000
MOST_BYTES = 10 * MEGABYTE  # as base64 they are 13.7 MB, and many servers stop at 20
MOST_FILES = 20
LONGEST_SUBJECT = 300
LONGEST_NAME = 200
LONGEST_KEY = 300
METHODS = ("REQUEST", "CANCEL", "REPLY", "PUBLISH")
LANGUAGES = ("en", "cy")

_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")
_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+-]*")
_address = EmailValidator()


class MailRefused(ValueError):
    """A message that cannot be sent as it is; the words say what to change."""


class MalformedMail(MailRefused):
    """A header, an address or a part of it is not what mail can carry."""


class TooMuchAttached(MailRefused):
    """Its attachments are more than a message may carry."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """A person or desk, and the address that reaches them."""

    name: str
    email: str

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>" if self.name else self.email


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a message."""

    name: str
    type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class CalendarPart:
    """An iTIP object that calendars act on: ``method`` is REQUEST, CANCEL, REPLY or PUBLISH."""

    method: str
    content: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to one recipient.

    Attributes:
        key: its identity, given by whoever writes it: the same key at the same body is the same
            message, however often it is handed over.
        body_id: the body that sends it.
        to: who gets it. There is one recipient; `also_to` is only shown.
        subject, text, html: in `language`; ``html`` may be empty.
        case_id, entry_id: the case it belongs to and the entry that it carries out.
        also_to: others who get a message of their own, named in Cc.
        calendar: an iTIP part, or None.
        reply_ref: the case into which an answer is filed, or None.
        not_before: it is not sent before this instant.
        in_log: what the log of the case calls whoever gets it, where it must not name them.
        sealed: it goes to a member of the public: whom it goes to and what it says are kept sealed
            until it leaves, and its key tells neither.
        voice: the experience whose teller it goes to, by its number; an answer is filed there.
    """

    key: str
    body_id: int
    to: Addressee
    subject: str
    text: str = field(repr=False)
    html: str = field(default="", repr=False)
    case_id: int | None = None
    entry_id: UUID | None = None
    also_to: tuple[Addressee, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    calendar: CalendarPart | None = None
    language: str = "en"
    reply_ref: int | None = None
    not_before: datetime | None = None
    in_log: str = ""
    sealed: bool = False
    voice: int | None = None


def check(message: Outgoing) -> None:
    """Let a message pass that mail can carry.

    Raises:
        MalformedMail: something in it would break a header, or is no address.
        TooMuchAttached: its attachments are too many or too large.
    """
    for fault in _faults(message):
        raise fault


def _faults(message: Outgoing) -> Iterator[MailRefused]:
    if not message.key or len(message.key) > LONGEST_KEY:
        yield MalformedMail(f"A message needs a key of 1 to {LONGEST_KEY} characters.")
    yield from _in_line("The subject", message.subject, LONGEST_SUBJECT)
    if not message.subject.strip():
        yield MalformedMail("The message has no subject. Say in a line what it is about.")
    for addressee in (message.to, *message.also_to):
        yield from _in_addressee(addressee)
    if message.language not in LANGUAGES:
        yield MalformedMail(f"“{message.language}” is not a language that mail is sent in: en, cy.")
    if message.calendar is not None and message.calendar.method not in METHODS:
        yield MalformedMail(f"“{message.calendar.method}” is not one of {', '.join(METHODS)}.")
    if any("\x00" in text for text in (message.text, message.html)):
        yield MalformedMail("The text holds a character that cannot be sent. Type it again.")
    yield from _in_attachments(message.attachments)
    if message.sealed:
        yield from _in_sealed(message)


def _in_sealed(message: Outgoing) -> Iterator[MailRefused]:
    if message.attachments or message.calendar or message.also_to:
        yield MalformedMail(
            "A sealed message carries words to one person, and no files, dates or copies. Send "
            "those in a message of their own."
        )
    if message.case_id is not None and not message.in_log:
        yield MalformedMail("A sealed message about a case says what the log calls its recipient.")


def _in_line(what: str, line: str, longest: int) -> Iterator[MalformedMail]:
    if _CONTROL.search(line):
        yield MalformedMail(f"{what} runs over more than one line. Write it on a single line.")
    if len(line) > longest:
        yield MalformedMail(
            f"{what} has {len(line)} characters; at most {longest} can be sent. Shorten it."
        )


def _in_addressee(addressee: Addressee) -> Iterator[MalformedMail]:
    yield from _in_line("The name of a recipient", addressee.name, LONGEST_NAME)
    yield from _in_line("The address of a recipient", addressee.email, LONGEST_NAME)
    if not is_address(addressee.email):
        yield MalformedMail(
            f"“{addressee.email}” is not an email address. It should look like name@example.org; "
            "letters with accents are allowed after the @ only."
        )


def is_address(email: str) -> bool:
    """Whether a message can be sent to this address."""
    local, _, _domain = email.rpartition("@")
    try:
        _address(email)
    except ValidationError:
        return False
    return local.isascii()


def _in_attachments(attachments: tuple[Attachment, ...]) -> Iterator[MailRefused]:
    for attachment in attachments:
        yield from _in_line("The name of an attachment", attachment.name, LONGEST_NAME)
        if not attachment.name.strip() or not _TYPE.fullmatch(attachment.type):
            yield MalformedMail("An attachment needs a name and a type such as application/pdf.")
    if len(attachments) > MOST_FILES:
        yield TooMuchAttached(
            f"The message has {len(attachments)} attachments; at most {MOST_FILES} can be sent."
        )
    total = sum(len(attachment.content) for attachment in attachments)
    if total > MOST_BYTES:
        largest = max(attachments, key=lambda attachment: len(attachment.content))
        yield TooMuchAttached(
            f"The attachments come to {megabytes(total)}; a message can carry "
            f"{megabytes(MOST_BYTES)}. The largest is “{largest.name}” with "
            f"{megabytes(len(largest.content))}. Leave it out, make it smaller, or send it by "
            "itself."
        )


def megabytes(size: int) -> str:
    """Return a size in words, such as “12.4 MB”, rounded up: too much never looks like enough."""
    tenths = -(-size * 10 // MEGABYTE)
    return f"{tenths // 10}.{tenths % 10} MB"
