"""An incoming message, taken apart: who says to have sent it, to what, saying what, with what.

Everything in it was written by a stranger. Nothing here trusts a header further than to show it,
and nothing is read beyond the limits, whatever a message nests or repeats.
"""

import email
import email.policy
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import getaddresses, parseaddr

from candour.mail.outgoing import MEGABYTE, megabytes
from candour.mail.reading.plain import in_line, tidy, words_of

LARGEST = 35 * MEGABYTE
MOST_PARTS = 200
MOST_ADDRESSES = 200
MOST_REFERENCES = 50
ADDRESSED = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "Resent-To")
AUTOMATIC_PRECEDENCE = {"bulk", "junk", "list", "auto_reply"}
OWN_WORDS = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply-From", "List-Id", "Feedback-Type")


class Unreadable(ValueError):
    """Bytes that are no message, or one beyond all measure."""


@dataclass(frozen=True, slots=True)
class File:
    """A file that came with a message, under the name that it gave itself."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a message says.

    Attributes:
        digest: the same for the same message, by whatever way and however often it comes.
        message_id: its own; `answers` are those that it says to answer.
        sender_name, sender_email: as it claims.
        addresses: every address that it was sent to, with those that servers noted on its way.
        automatic: no person wrote it: an out-of-office notice, a list, a receipt.
        returned: it came from a mail system with an empty return path.
        source: the message itself, for reading reports out of it.
        raw: the message as it came.
    """

    digest: bytes
    message_id: str
    answers: tuple[str, ...]
    sender_name: str
    sender_email: str
    addresses: tuple[str, ...]
    subject: str
    text: str
    files: tuple[File, ...]
    automatic: bool
    returned: bool
    source: EmailMessage
    raw: bytes = field(repr=False)


def read(raw: bytes) -> Incoming:
    """Take a message apart.

    Raises:
        Unreadable: it is no message, or larger or more nested than any that people write.
    """
    if len(raw) > LARGEST:
        raise Unreadable(f"It has {megabytes(len(raw))}; at most {megabytes(LARGEST)} are read.")
    try:
        source = email.message_from_bytes(raw, policy=email.policy.default)
        assert isinstance(source, EmailMessage)  # noqa: S101  # what this policy makes
        return _taken_apart(source, raw)
    except Unreadable:
        raise
    except Exception as fault:  # a stranger's message may break the reader in any way
        raise Unreadable(f"It cannot be read as a message: {type(fault).__name__}.") from fault


def _taken_apart(source: EmailMessage, raw: bytes) -> Incoming:
    parts = list(_leaves(source))
    name, address = parseaddr(header(source, "From"))
    message_id = in_line(header(source, "Message-ID"))
    return Incoming(
        digest=_digest(message_id, raw),
        message_id=message_id,
        answers=_references(source),
        sender_name=in_line(name),
        sender_email=in_line(address),
        addresses=_addresses(source),
        subject=in_line(header(source, "Subject"), 300),
        text=_text(parts),
        files=tuple(_files(parts)),
        automatic=_automatic(source),
        returned=_returned(source, address),
        source=source,
        raw=raw,
    )


def header(source: EmailMessage, name: str) -> str:
    """Return the first header of this name as text; empty where there is none that can be read."""
    try:
        return str(source.get(name) or "")
    except Exception:  # noqa: BLE001  # the library breaks on some headers that strangers write
        return ""


def _digest(message_id: str, raw: bytes) -> bytes:
    """Return what makes a message itself: its id and its body, not what servers put on top."""
    body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")[2]
    return hashlib.sha256(message_id.encode() + b"\n" + body).digest()


def _leaves(source: EmailMessage) -> Iterator[EmailMessage]:
    """Yield the parts that hold something, but not those inside of messages that it carries."""
    waiting, seen = [source], 0
    while waiting:
        part = waiting.pop()
        seen += 1
        if seen > MOST_PARTS:
            raise Unreadable(f"It has more than {MOST_PARTS} parts.")
        inside = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inside, list):
            waiting.extend(p for p in reversed(inside) if isinstance(p, EmailMessage))
        else:
            yield part


def _text(parts: list[EmailMessage]) -> str:
    """Return what it says: its plain text, or the words of its HTML where it has none."""
    spoken = [part for part in parts if part.get_content_disposition() != "attachment"]
    plain = [part for part in spoken if part.get_content_type() == "text/plain"]
    found = tidy("\n\n".join(_decoded(part) for part in plain))
    if found:
        return found
    rich = (part for part in spoken if part.get_content_type() == "text/html")
    return "\n\n".join(words_of(_decoded(part)) for part in rich)


def _decoded(part: EmailMessage) -> str:
    content = _bytes(part)
    charset = part.get_content_charset() or "utf-8"
    try:
        return content.decode(charset, "replace")
    except LookupError:
        return content.decode("utf-8", "replace")


def _bytes(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _files(parts: list[EmailMessage]) -> Iterator[File]:
    """Yield what is attached, and what is neither text nor attached but there all the same."""
    for number, part in enumerate(parts, 1):
        shown = part.get_content_type() in ("text/plain", "text/html")
        if part.get_content_maintype() == "message" or (
            shown and part.get_content_disposition() != "attachment"
        ):
            continue
        ending = "ics" if part.get_content_type() == "text/calendar" else "bin"
        given = in_line(part.get_filename() or "").replace("/", "_").replace("\\", "_")
        yield File(given or f"part-{number}.{ending}", _bytes(part))


def _addresses(source: EmailMessage) -> tuple[str, ...]:
    given = [str(value) for name in ADDRESSED for value in source.get_all(name, [])]
    found = (address for _name, address in getaddresses(given))
    return tuple(dict.fromkeys(filter(None, found)))[:MOST_ADDRESSES]


def _references(source: EmailMessage) -> tuple[str, ...]:
    words = f"{header(source, 'In-Reply-To')} {header(source, 'References')}".split()
    return tuple(dict.fromkeys(word for word in words if word.startswith("<")))[:MOST_REFERENCES]


def _automatic(source: EmailMessage) -> bool:
    """Whether no person wrote it (RFC 3834, and what was used before)."""
    submitted = header(source, "Auto-Submitted").partition(";")[0].strip().lower()
    precedence = header(source, "Precedence").strip().lower()
    return (
        submitted not in ("", "no")
        or precedence in AUTOMATIC_PRECEDENCE
        or any(source.get(name) is not None for name in OWN_WORDS)
        or source.get_content_type() == "multipart/report"
        or header(source, "Return-Path").strip() == "<>"
    )


def _returned(source: EmailMessage, sender: str) -> bool:
    mailbox = sender.partition("@")[0].lower()
    answered = header(source, "Auto-Submitted").strip().lower().startswith("auto-replied")
    if source.get_content_type() == "multipart/report":
        return source.get_param("report-type") == "delivery-status"
    empty = header(source, "Return-Path").strip() == "<>"
    return not answered and (mailbox in ("mailer-daemon", "postmaster") or empty)
