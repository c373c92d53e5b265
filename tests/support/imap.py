"""A real IMAP server on loopback, and putting messages into its mailbox."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from imap_tools import MailBox, MailBoxUnencrypted

from candour.mail.configuration import MailboxSettings
from tests.support.processes import kill, until
from tests.support.smtp import free_port

USER, PASSWORD = "case", "a:b/c@d"
SERVER = (sys.executable, "-c", "from pymap.main import main; main()")
BACKEND = ("dict", "--demo-user", USER, "--demo-password", PASSWORD)


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A mailbox on a server that runs."""

    settings: MailboxSettings

    def put(self, *messages: bytes) -> None:
        """Let messages lie in the inbox, as if they had been delivered there."""
        with self._opened() as mailbox:
            for message in messages:
                mailbox.append(message.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"), "INBOX")

    def lies_in(self, folder: str) -> int:
        """Return how many messages a folder holds; 0 where it is not there."""
        with self._opened() as mailbox:
            if not mailbox.folder.exists(folder):
                return 0
            mailbox.folder.set(folder)
            return len(mailbox.uids())

    @contextmanager
    def _opened(self) -> Iterator[MailBox | MailBoxUnencrypted]:
        s = self.settings
        with MailBoxUnencrypted(s.host, s.port).login(s.user, s.password, "INBOX") as mailbox:
            yield mailbox


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    """Run a server with one empty mailbox, in a process of its own."""
    port = free_port()
    log = Path(tempfile.mkstemp(suffix=".imap.log")[1])
    with log.open("ab") as file:
        server = subprocess.Popen(
            [*SERVER, "--host", "127.0.0.1", "--port", str(port), "--no-tls", *BACKEND],
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            env=os.environ | {"PYTHONWARNINGS": "ignore"},
        )
    found = Mailbox(MailboxSettings("127.0.0.1", port, "off", USER, PASSWORD))

    def answers() -> bool:
        assert server.poll() is None, log.read_text(encoding="utf-8")
        try:
            return found.lies_in("INBOX") == 0
        except OSError:
            return False

    try:
        until(answers, 30)
        yield found
    finally:
        kill(server)
        log.unlink()
