"""A file sent to be compared: its hash is taken as it arrives, and nothing of it is kept."""

import hashlib
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

if TYPE_CHECKING:
    _Uploaded = UploadedFile[Any]
else:
    _Uploaded = UploadedFile


class HashedFile(_Uploaded):
    """What is left of a file: its hash and how large it was."""

    def __init__(self, name: str, size: int, digest: str) -> None:
        super().__init__(None, name, size=size)
        self.digest = digest

    def close(self) -> None:
        """Close nothing: there is no file."""


class HashesOnly(FileUploadHandler):
    """Takes the hash of each file as it comes in; no byte goes to disk or stays in memory."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # Django's signature
        """Begin a new file."""
        super().new_file(*args, **kwargs)
        self._hash = hashlib.sha256()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002  # Django's
        """Take a piece of it into the hash, and pass nothing on."""
        self._hash.update(raw_data)

    def file_complete(self, file_size: int) -> HashedFile:
        """Return what is left of it."""
        return HashedFile(str(self.file_name or ""), file_size, self._hash.hexdigest())
