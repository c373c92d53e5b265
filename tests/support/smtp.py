"""A real SMTP server on loopback that can be told to behave badly."""

import asyncio
import email
import socket
import ssl
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

TAKEN = "250 2.0.0 Taken"
OPENSSL = (
    *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
    *("-nodes", "-days", "2", "-subj", "/CN=localhost"),
    *("-addext", "subjectAltName=DNS:localhost"),
)


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message as the server took it."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes
    secured: bool

    @property
    def message(self) -> EmailMessage:
        """It as a mail program reads it."""
        return email.message_from_bytes(self.content, policy=policy.default)

    @property
    def id(self) -> str:
        """Its Message-ID."""
        return str(self.message["Message-ID"])


@dataclass
class Postbox:
    """What a server takes, and how it answers.

    `to_recipient` and `to_data` are answers to give instead, each once and in order; “close” drops
    the connection at that point. `before_answer` is waited for before a message that was taken is
    acknowledged; `at_recipient` before a recipient is.
    """

    to_recipient: list[str] = field(default_factory=list)
    to_data: list[str] = field(default_factory=list)
    always: str = ""
    before_answer: threading.Event | None = None
    at_recipient: threading.Event | None = None
    taken: list[Arrived] = field(default_factory=list)
    asked: int = 0

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Answer to the naming of a recipient."""
        self.asked += 1
        await _patiently(self.at_recipient)
        answer = self.always or (self.to_recipient.pop(0) if self.to_recipient else "")
        if answer == "close":
            _drop(server)
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Take a message, or answer otherwise."""
        answer = self.to_data.pop(0) if self.to_data else TAKEN
        if answer == TAKEN:
            assert isinstance(envelope.content, bytes)
            self.taken.append(
                Arrived(
                    str(envelope.mail_from),
                    tuple(envelope.rcpt_tos),
                    envelope.content,
                    _secured(server),
                )
            )
            await _patiently(self.before_answer)
        if answer == "close":
            _drop(server)
        return answer

    @property
    def by_id(self) -> Counter[str]:
        """How often each Message-ID came; a receiving system keeps the first of each."""
        return Counter(arrived.id for arrived in list(self.taken))


class _Server(SMTP):
    """Drops the connection within a message when the postbox says “close within”."""

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802  # aiosmtpd's name
        postbox = self.event_handler
        if postbox.to_data and postbox.to_data[0] == "close within":
            postbox.to_data.pop(0)
            await self.push("354 Go on")
            _drop(self)
            return
        await super().smtp_DATA(arg)


class _Controller(Controller):
    def factory(self) -> SMTP:
        return _Server(self.handler, **self.SMTP_kwargs)


@dataclass(frozen=True, slots=True)
class Listening:
    """A server that runs, and where."""

    postbox: Postbox
    port: int

    def address(self, tls: str = "off", scheme: str = "smtp", host: str = "localhost") -> str:
        """What `CANDOUR_MAIL` says to send by it."""
        how = f"?tls={tls}" if tls else ""
        return f"{scheme}://{host}:{self.port}{how}"


@contextmanager
def listening(
    postbox: Postbox | None = None, *, port: int = 0, tls: str = "", folder: Path | None = None
) -> Iterator[Listening]:
    """Run a server in a thread of its own; `tls` is “starttls” or “on”, with `folder`'s papers."""
    postbox = postbox or Postbox()
    options: dict[str, Any] = {}
    context = server_context(folder) if folder else None
    if tls == "starttls":
        options = {"tls_context": context, "require_starttls": True}
    controller = _Controller(
        postbox,
        hostname="127.0.0.1",
        port=port or free_port(),
        ssl_context=context if tls == "on" else None,
        **options,
    )
    controller.start()
    try:
        yield Listening(postbox, controller.port)
    finally:
        controller.stop()


def papers(folder: Path) -> Path:
    """Make a key and a certificate for localhost in a folder; return the certificate."""
    certificate = folder / "certificate.pem"
    subprocess.run(
        [*OPENSSL, "-keyout", str(folder / "key.pem"), "-out", str(certificate)],
        check=True,
        capture_output=True,
    )
    return certificate


def server_context(folder: Path) -> ssl.SSLContext:
    """Return what a server needs to speak TLS with the papers in a folder."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    return context


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


async def _patiently(event: threading.Event | None) -> None:
    if event is not None:  # set by the test, in another thread
        await asyncio.get_running_loop().run_in_executor(None, event.wait, 60)


def _secured(server: SMTP) -> bool:
    return server.transport is not None and bool(server.transport.get_extra_info("ssl_object"))


def _drop(server: SMTP) -> None:
    assert isinstance(server.transport, asyncio.Transport)
    server.transport.abort()
