"""What can be wrong with a file or with a mapping.

IntakeError
├── FileRefusedError      the file cannot be taken, and nothing of it was
└── MappingError          the mapping says something that makes no sense
"""


class IntakeError(Exception):
    """Something to put right before the file can be taken; the message says what and where."""


class FileRefusedError(IntakeError):
    """The file as a whole cannot be taken; nothing of it was.

    Attributes:
        line: the line where the trouble is, from 1, or None where no one line is to blame.
        byte: how many bytes into the file it is, from 0, or None.
    """

    def __init__(self, message: str, *, line: int | None = None, byte: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.byte = byte


class MappingError(IntakeError):
    """A mapping file says something that makes no sense; the message names the place in it."""
