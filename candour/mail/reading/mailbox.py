"""The mailbox: what has come in is taken from it by IMAP, filed, and put into a folder of its own.

A message leaves the inbox only once it is filed and committed. Killed in between, it is found again
and known by then. What cannot be read is put aside in the mailbox, never deleted.
"""

import logging
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from imaplib import IMAP4

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted

from candour.mail.configuration import MailboxSettings
from candour.mail.reading.filing import Filed, file_message
from candour.mail.reading.incoming import LARGEST, Unreadable, read
from candour.sealing.errors import KeyNotHere

log = logging.getLogger(__name__)

AT_MOST = 100  # messages of one visit; the rest are there for the next
TIMEOUT = 30.0
FILED, UNREADABLE, NOBODYS = "Candour filed", "Candour unreadable", "Candour nobody"
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


@dataclass(frozen=True, slots=True)
class Visit:
    """What one visit to the mailbox came to."""

    filed: int = 0
    aside: int = 0


def visit(settings: MailboxSettings, as_of: datetime) -> Visit:
    """File what lies in the mailbox and move it out of the way.

    Raises:
        OSError: the server cannot be reached.
        imap_tools.errors.ImapToolsError: it does not let this site in, or breaks off.
    """
    filed = aside = 0
    with _opened(settings) as mailbox:
        for uid in mailbox.uids()[:AT_MOST]:
            folder = _file(mailbox, uid, as_of)
            if folder is None:
                continue
            _move(mailbox, uid, folder)
            filed += folder == FILED
            aside += folder != FILED
    return Visit(filed, aside)


@contextmanager
def _opened(settings: MailboxSettings) -> Iterator[BaseMailBox]:
    context = ssl.create_default_context()
    mailbox: BaseMailBox
    if settings.tls == "on":
        mailbox = MailBox(settings.host, settings.port, timeout=TIMEOUT, ssl_context=context)
    elif settings.tls == "starttls":
        mailbox = MailBoxStartTls(settings.host, settings.port, TIMEOUT, ssl_context=context)
    else:
        mailbox = MailBoxUnencrypted(settings.host, settings.port, timeout=TIMEOUT)
    try:
        mailbox.login(settings.user, settings.password, settings.folder)
        yield mailbox
    finally:
        with suppress(IMAP4.error, OSError):
            mailbox.client.logout()  # lets go of the connection too, whoever ended it


def _file(mailbox: BaseMailBox, uid: str, as_of: datetime) -> str | None:
    """File one message; return the folder that it goes to, or None where it stays in the inbox."""
    try:
        outcome = file_message(read(_fetched(mailbox, uid)), as_of)
    except Unreadable as fault:
        log.warning("Message %s in the mailbox is put aside. %s", uid, fault)
        return UNREADABLE
    except KeyNotHere as missing:
        log.error("Message %s stays in the mailbox: %s", uid, missing)  # noqa: TRY400  # it says all
        return None
    return NOBODYS if outcome is Filed.NOBODYS else FILED


def _fetched(mailbox: BaseMailBox, uid: str) -> bytes:
    """Return a message without marking it as read; its size is asked first."""
    _answer, sizes = mailbox.client.uid("FETCH", uid, "(RFC822.SIZE)")
    found = _SIZE.search(b" ".join(_flat(sizes)))
    if found and int(found[1]) > LARGEST:
        raise Unreadable(f"It has {int(found[1]):,} bytes; at most {LARGEST:,} are read.")
    _answer, parts = mailbox.client.uid("FETCH", uid, "(BODY.PEEK[])")
    return max(_flat(parts), key=len, default=b"")


def _flat(answer: list[object]) -> list[bytes]:
    found: list[bytes] = []
    for item in answer:
        found += [b for b in (item if isinstance(item, tuple) else (item,)) if isinstance(b, bytes)]
    return found


def _move(mailbox: BaseMailBox, uid: str, folder: str) -> None:
    if not mailbox.folder.exists(folder):
        mailbox.folder.create(folder)
    mailbox.move(uid, folder)
