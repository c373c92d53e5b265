"""The counts of all web processes of this machine: one small file that they look at as memory.

No service and no query: a count costs microseconds, while the database may be what is attacked. A
second machine that serves the same site counts for itself.
"""

import fcntl
import logging
import mmap
import os
import threading
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Final

from candour.database.home import kept_folder
from candour.telling.counts import SIZE, Counts

NAME: Final = "senders"
_log = logging.getLogger(__name__)


class FileLock:
    """Keeps away other processes and other threads. A process that dies lets go of it."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._threads = threading.Lock()  # the lock on a file holds for a whole process

    def __enter__(self) -> None:
        """Wait until nobody else is within, and enter."""
        self._threads.acquire()
        fcntl.lockf(self._descriptor, fcntl.LOCK_EX)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave."""
        fcntl.lockf(self._descriptor, fcntl.LOCK_UN)
        self._threads.release()


@cache
def shared_counts() -> Counts:
    """Return the counts that the processes share; those of this one alone where no file can be."""
    path = kept_folder("counts") / NAME
    try:
        return counts_in(path)
    except OSError as error:
        _log.warning(
            "Limits for strangers are counted by each web process for itself, since %s cannot be "
            "used (%s). Make room on the disk, or let this account write there, and start again.",
            path,
            error,
        )
        return Counts()


def counts_in(path: Path) -> Counts:
    """Return the counts in a file, which is made when missing, for its owner alone.

    Raises:
        OSError: it cannot be made or opened, or the disk has no room for it.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        # All of it is taken now: a disk that is full later could not be told to who writes memory.
        os.posix_fallocate(descriptor, 0, SIZE)
        memory = memoryview(mmap.mmap(descriptor, SIZE))
    except BaseException:
        os.close(descriptor)
        raise
    return Counts(memory, FileLock(descriptor))
