"""Reads how a site sends mail and reads it back: ``CANDOUR_MAIL`` and its companions.

Settings are read before Django is there, so this is plain text in, plain values out.
"""

from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

FILE_BACKEND = "candour.mail.sent_files.FileBackend"
SMTP_BACKEND = "candour.mail.smtp.SmtpBackend"
SMTP_PORTS = {"smtp": 587, "smtps": 465}
IMAP_PORTS = {"imap": 143, "imaps": 993}
IMAP_TLS = {"imap": ("starttls", "off"), "imaps": ("on",)}
TIMEOUT = 30  # seconds for any one word of the server
DEFAULT_NAME = "Candour"
LONGEST_MAILBOX = 20  # what stands before the @ may have 64 characters, ref and signature included


class MailSettingError(ValueError):
    """A setting about mail cannot be read; the words say what it should look like."""


def backend_settings(chosen: str, home: Path) -> dict[str, Any]:
    """Return Django's settings for how mail leaves.

    Args:
        chosen: ``smtp://user:password@host:587?tls=starttls`` (``tls=off`` for a server on this
            machine), ``smtps://…``, ``file:`` or ``file:/a/folder``, or the dotted path of a mail
            backend such as ``anymail.backends.mailgun.EmailBackend``. Empty means ``file:``.
        home: the site's own folder; ``file:`` writes to ``mail`` in it.

    Raises:
        MailSettingError: it is none of these.
    """
    chosen = chosen.strip() or "file:"
    scheme = chosen.partition(":")[0].lower()
    if scheme == "file":
        folder = chosen.partition(":")[2].strip()
        where = Path(folder).expanduser() if folder else home / "mail"
        return {"EMAIL_BACKEND": FILE_BACKEND, "EMAIL_FILE_PATH": str(where)}
    if scheme in SMTP_PORTS:
        return _smtp(chosen)
    if ":" not in chosen and "." in chosen and "/" not in chosen:
        return {"EMAIL_BACKEND": chosen}
    raise MailSettingError(
        f"CANDOUR_MAIL is “{_without_password(chosen)}”. It should be "
        "smtp://user:password@host:587?tls=starttls, smtps://user:password@host, file: for files "
        "in the site's own folder, or the dotted path of a Django mail backend."
    )


def _smtp(chosen: str) -> dict[str, Any]:
    parts = _split("CANDOUR_MAIL", chosen)
    secure = parts.scheme == "smtps"
    tls = parse_qs(parts.query).get("tls", ["" if secure else "starttls"])[0]
    if tls not in ({"", "on"} if secure else {"starttls", "off"}):
        raise MailSettingError(
            f"CANDOUR_MAIL says tls={tls}. With smtp:// it is tls=starttls, or tls=off for a "
            "server on this machine; smtps:// is secure from its first byte and takes none."
        )
    return {
        "EMAIL_BACKEND": SMTP_BACKEND,
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or SMTP_PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": tls == "starttls",
        "EMAIL_USE_SSL": secure,
        "EMAIL_TIMEOUT": TIMEOUT,
    }


def sender(chosen: str, host: str) -> tuple[str, str]:
    """Return the name and address that mail comes from; by default ``candour@`` the site's host.

    Raises:
        MailSettingError: ``CANDOUR_MAIL_FROM`` holds no address.
    """
    if not chosen.strip():
        return DEFAULT_NAME, f"candour@{host}"
    name, address = parseaddr(chosen)
    local, _, domain = address.rpartition("@")
    if not local or not domain or not address.isascii():
        raise MailSettingError(
            f"CANDOUR_MAIL_FROM is “{chosen}”. It should be an address such as "
            "casework@example.org, or Casework team <casework@example.org>."
        )
    return name or DEFAULT_NAME, address


def replies(chosen: str, sent_from: str, read_back: str) -> str:
    """Return the mailbox that answers come to; empty where this site reads nothing back.

    Args:
        chosen: ``CANDOUR_MAIL_REPLIES``; by default ``case@`` the domain that mail is sent from.
        sent_from: the address that mail is sent from.
        read_back: how mail is read back; empty where it is not.

    Raises:
        MailSettingError: it is no address, or one that leaves no room for a signature.
    """
    if not read_back.strip():
        return ""
    address = chosen.strip() or f"case@{sent_from.rpartition('@')[2]}"
    mailbox, _, domain = address.rpartition("@")
    if not mailbox or not domain or "+" in mailbox or len(mailbox) > LONGEST_MAILBOX:
        raise MailSettingError(
            f"CANDOUR_MAIL_REPLIES is “{chosen}”. It should be the address of the mailbox that is "
            f"read, such as case@example.org, with no + and at most {LONGEST_MAILBOX} characters "
            "before the @."
        )
    return address


@dataclass(frozen=True, slots=True)
class MailboxSettings:
    """Where mail is read back: ``tls`` is “on”, “starttls” or “off”."""

    host: str
    port: int
    tls: str
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"


def mailbox(chosen: str) -> MailboxSettings | None:
    """Return the mailbox that ``CANDOUR_MAIL_IN`` names; None where none is read.

    Args:
        chosen: ``imaps://user:password@host:993/INBOX``, or ``imap://…?tls=starttls`` (``tls=off``
            for a server on this machine).

    Raises:
        MailSettingError: it is neither.
    """
    if not chosen.strip():
        return None
    parts = _split("CANDOUR_MAIL_IN", chosen.strip())
    tls = parse_qs(parts.query).get("tls", ["on" if parts.scheme == "imaps" else "starttls"])[0]
    if parts.scheme not in IMAP_PORTS or tls not in IMAP_TLS[parts.scheme] or not parts.username:
        raise MailSettingError(
            f"CANDOUR_MAIL_IN is “{_without_password(chosen)}”. It should be "
            "imaps://user:password@mail.example.org, or imap:// with ?tls=starttls."
        )
    return MailboxSettings(
        host=str(parts.hostname),
        port=parts.port or IMAP_PORTS[parts.scheme],
        tls=tls,
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
    )


def _split(name: str, chosen: str) -> SplitResult:
    try:
        parts = urlsplit(chosen)
        if parts.hostname and parts.port != 0:
            return parts
    except ValueError:  # no port is like that, or no name
        pass
    raise MailSettingError(
        f"{name} is “{_without_password(chosen)}”, which names no server. Write it like "
        "smtp://user:password@mail.example.org:587; a /, @ or : in a password is written "
        "%2F, %40 or %3A."
    )


def _without_password(chosen: str) -> str:
    """Return a setting as it may be shown: what stands before the @ can be a password."""
    head, at, tail = chosen.rpartition("@")
    return f"{head.partition('://')[0]}://…@{tail}" if at else chosen
