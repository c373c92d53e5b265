"""Django's SMTP backend, with the server's own words kept and a word before the last byte.

The moment at which a server takes a message is its answer to the line that ends it. Just before
that line is sent `handing_over` is called, so that it can be known afterwards whether a worker that
died could have handed the message over at all.
"""

import re
import smtplib
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.mail.backends.smtp import EmailBackend

END = b".\r\n"
START_MAIL = 354
_DOT = re.compile(rb"(?m)^\.")


class HandingOver(smtplib.SMTP):
    """A connection that says when it is about to hand a message over, and keeps the answer."""

    def __init__(self, *where: Any, handing_over: Callable[[], None], **options: Any) -> None:  # noqa: ANN401  # smtplib's
        self.handing_over = handing_over
        self.answer = ""
        super().__init__(*where, **options)

    def data(self, msg: bytes) -> tuple[int, bytes]:  # type: ignore[override]  # Django hands bytes over
        """Send a message as `smtplib` does, in two steps: all of it, and the line that ends it.

        Raises:
            SMTPDataError: the server takes no message now.
        """
        self.putcmd("data")
        code, words = self.getreply()
        if code != START_MAIL:
            raise smtplib.SMTPDataError(code, words)
        lines = _DOT.sub(b"..", msg)
        self.send(lines if lines.endswith(b"\r\n") else lines + b"\r\n")
        try:
            self.handing_over()
        except BaseException:
            self.close()  # a polite end would be read as the rest of the message
            raise
        self.send(END)
        code, words = self.getreply()
        self.answer = f"{code} {words.decode('utf-8', 'replace')}"
        return code, words


class HandingOverSecurely(HandingOver, smtplib.SMTP_SSL):
    """The same over TLS from the first byte."""


class SmtpBackend(EmailBackend):
    """Sends by one SMTP server."""

    hands_over = True

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401  # Django's signature
        self.handing_over: Callable[[], None] = options.pop("handing_over", _say_nothing)
        super().__init__(*arguments, **options)

    @property
    def connection_class(self) -> Any:  # noqa: ANN401  # Django's: a class, or what makes one
        """What opens the connection."""
        chosen = HandingOverSecurely if self.use_ssl else HandingOver
        return partial(chosen, handing_over=self.handing_over)

    @property
    def said(self) -> str:
        """What the server answered to the last message."""
        return getattr(self.connection, "answer", "")


def _say_nothing() -> None:
    return None
