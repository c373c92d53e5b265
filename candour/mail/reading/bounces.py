"""Bounces: what a mail system reports of a message of ours (RFC 3464)."""

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage

from candour.mail.reading.incoming import Incoming, header
from candour.mail.reading.plain import in_line

LONGEST = 500
MOST_REPORTS = 100
_MESSAGE_ID = re.compile(r"^message-id:\s*(<[^<>\s]{1,250}>)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a message for one recipient.

    Attributes:
        failed: it will not arrive; otherwise it was only late, or passed on.
        recipient: the address, in small letters; empty where the report does not say.
        said: what the mail system says of it.
    """

    failed: bool
    recipient: str
    said: str


def reports_in(incoming: Incoming) -> tuple[Report, ...]:
    """Return what a returned message reports; by its own words where it holds no proper report."""
    if not incoming.returned:
        return ()
    found = [
        _report(fields)
        for part in incoming.source.walk()
        if part.get_content_type() == "message/delivery-status"
        for fields in _groups(part)
    ][:MOST_REPORTS]
    said = in_line(incoming.text, LONGEST)
    return tuple(found) or (Report(failed=True, recipient="", said=said),)


def reported_ids(incoming: Incoming) -> tuple[str, ...]:
    """Return the Message-IDs of the messages that came back with it."""
    found: list[str] = []
    for part in incoming.source.walk():
        if part.get_content_type() == "message/rfc822":
            inside = part.get_payload()
            if isinstance(inside, list):
                found += [header(m, "Message-ID") for m in inside if isinstance(m, EmailMessage)]
        elif part.get_content_type() == "text/rfc822-headers":
            content = part.get_payload(decode=True)
            text = content.decode("utf-8", "replace") if isinstance(content, bytes) else ""
            found += _MESSAGE_ID.findall(text)
    return tuple(dict.fromkeys(filter(None, (each.strip() for each in found))))


def _groups(part: EmailMessage) -> Iterator[EmailMessage]:
    """Yield the groups of fields of a report that speak of a recipient."""
    inside = part.get_payload()
    for group in inside if isinstance(inside, list) else [_parsed(str(inside))]:
        if isinstance(group, EmailMessage) and header(group, "Action"):
            yield group


def _parsed(text: str) -> EmailMessage:
    made = email.message_from_string(text, policy=email.policy.default)
    assert isinstance(made, EmailMessage)  # noqa: S101  # what this policy makes
    return made


def _report(fields: EmailMessage) -> Report:
    recipient = header(fields, "Final-Recipient") or header(fields, "Original-Recipient")
    status, words = header(fields, "Status"), header(fields, "Diagnostic-Code")
    return Report(
        failed=header(fields, "Action").strip().lower() == "failed",
        recipient=recipient.rpartition(";")[2].strip().lower(),
        said=in_line(f"{status} {words}", LONGEST),
    )
