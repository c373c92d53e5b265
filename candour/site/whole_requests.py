"""Whole requests: what somebody sends is read to its end before the site is asked for an answer.

The web server gives each process several threads, and lets one at a time ask the site: threads
that share an interpreter only wait for each other (docs/performance.md). Reading what arrives is
waiting of another sort. It happens outside that turn, so that slow senders, with their pictures on
a bad line, hold up nobody.
"""

import threading
import time
from collections.abc import Callable, Iterable
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO, Any, Final

IN_MEMORY: Final = 1024 * 1024
PIECE: Final = 64 * 1024
GRACE: Final = 60.0  # seconds that anybody may take
LEAST: Final = 1_000  # bytes a second that come after that, on the whole

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Site = Callable[[Environ, StartResponse], Iterable[bytes]]


class TooSlow(Exception):
    """Somebody sends so slowly that it would never end."""


class WholeRequests:
    """A WSGI application around the site: reads first, then asks it, one request at a time."""

    def __init__(
        self, site: Site, *, most: int, elapsed: Callable[[], float] = time.monotonic
    ) -> None:
        """Take the site.

        Args:
            site: the application to ask.
            most: bytes; of a request that says it is longer nothing is read here, since the site
                refuses it unread.
            elapsed: a clock that only measures spans.
        """
        self._site = site
        self._most = most
        self._elapsed = elapsed
        self._turn = threading.Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Return the site’s answer to a request, once all of it is here."""
        length = _length(environ)
        if not 0 < length <= self._most:
            with self._turn:
                return self._site(environ, start_response)
        with _room_for(length) as body:
            try:
                self._read(environ["wsgi.input"], length, body)
            except TooSlow:
                start_response("408 Request Timeout", [("Content-Length", "0")])
                return []
            environ["wsgi.input"] = body
            with self._turn:
                return self._site(environ, start_response)

    def _read(self, arriving: IO[bytes], length: int, body: IO[bytes]) -> None:
        """Copy so many bytes, or as many as there are before the sender goes away."""
        began = self._elapsed()
        here = 0
        while here < length:
            piece = arriving.read(min(PIECE, length - here))
            if not piece:
                break
            body.write(piece)
            here += len(piece)
            over = self._elapsed() - began - GRACE
            if over > 0 and here < over * LEAST:
                raise TooSlow
        body.seek(0)


def _length(environ: Environ) -> int:
    said = environ.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isascii() and said.isdigit() else 0


def _room_for(length: int) -> IO[bytes]:
    return BytesIO() if length <= IN_MEMORY else TemporaryFile()
