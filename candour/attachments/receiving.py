"""Receiving: files go to disk as they arrive, hashed on the way, and no further than is taken.

`Receiving` is for the pages where documents are filed. `Bounded` holds for every other address of
the site: nothing there needs more than `MOST_ELSEWHERE`, and what says that it is longer is not
read at all.
"""

import hashlib
from collections.abc import Mapping
from typing import IO, Any, Final, cast

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import (
    FileUploadHandler,
    SkipFile,
    StopFutureHandlers,
    TemporaryFileUploadHandler,
)

from candour.attachments.limits import MOST_AT_ONCE, largest_file
from candour.attachments.refusals import MEGABYTE, Why

MOST_ELSEWHERE: Final = 110 * MEGABYTE  # ten files that show how a letter was delivered


class ReceivedFile(TemporaryUploadedFile):
    """A file on disk as it arrived, with its hash.

    Attributes:
        sha256: its SHA-256 in hexadecimal, set once it is whole.
    """

    sha256: str = ""

    @property
    def content(self) -> IO[bytes]:
        """Its bytes, which can be read anywhere."""
        return cast("IO[bytes]", self.file)


class Receiving(TemporaryFileUploadHandler):
    """Writes each file to disk and takes its hash; of one that is too large nothing stays.

    Attributes:
        refused: the names of files that were not taken, and why, in order.
    """

    chunk_size = MEGABYTE

    def __init__(self, request: Any = None) -> None:  # noqa: ANN401  # Django’s signature
        super().__init__(request)
        self.refused: list[tuple[str, Why]] = []
        self._taken = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # Django’s signature
        """Begin a new file, unless there are enough."""
        FileUploadHandler.new_file(self, *args, **kwargs)
        if self._taken >= MOST_AT_ONCE:
            self.refused.append((str(self.file_name), Why.TOO_MANY))
            raise SkipFile
        self._taken += 1
        self._hash = hashlib.sha256()
        self._length = 0
        self._received = self.file = ReceivedFile(
            str(self.file_name), str(self.content_type), 0, self.charset, self.content_type_extra
        )
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take a piece; once there is too much of it, the rest of this file is passed over."""
        self._length += len(raw_data)
        if self._length > largest_file():
            self.file.close()
            self.refused.append((str(self.file_name), Why.TOO_LARGE))
            raise SkipFile
        self._hash.update(raw_data)
        super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> Any:  # noqa: ANN401  # Django’s signature
        """Return the file with its hash."""
        self._received.sha256 = self._hash.hexdigest()
        done = super().file_complete(file_size)
        del self.file  # what is whole is not thrown away with a later one that is not taken
        return done


class Bounded(FileUploadHandler):
    """Refuses a form that says it is longer than any page outside the documents needs."""

    def handle_raw_input(
        self,
        input_data: Any,  # noqa: ANN401, ARG002  # Django’s signature
        META: Mapping[str, Any],  # noqa: ARG002, N803  # the same
        content_length: int,
        boundary: str,  # noqa: ARG002  # the same
        encoding: str | None = None,  # noqa: ARG002  # the same
    ) -> None:
        """Read nothing of a form that is too long.

        Raises:
            RequestDataTooBig: it is.
        """
        if content_length > MOST_ELSEWHERE:
            raise RequestDataTooBig(f"The form has {content_length:,} bytes.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002  # Django’s
        """Leave each piece to the next handler."""
        return raw_data

    def file_complete(self, file_size: int) -> None:  # Django’s signature
        """Leave the file to the next handler."""
