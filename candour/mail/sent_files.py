"""Mail as files: what a demonstration, or a site without a mail server, sends."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class FileBackend(BaseEmailBackend):
    """Writes each message to a file named by its Message-ID, which any mail program opens.

    The same message written twice is the same file; one is there whole or not at all.
    """

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  # Django's signature
        super().__init__(**options)
        self.folder = Path(str(settings.EMAIL_FILE_PATH))  # type: ignore[misc]  # known to Django's own backend

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the messages and return how many."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for message in email_messages:
            made = message.message()
            self._write(str(made["Message-ID"]).strip("<>"), made.as_bytes())
        return len(email_messages)

    def _write(self, name: str, content: bytes) -> None:
        descriptor, draft = tempfile.mkstemp(dir=self.folder, prefix=".", suffix=".part")
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(self.folder / f"{_safe(name)}.eml")


def _safe(name: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "@._-" else "_" for letter in name)
