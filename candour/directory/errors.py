"""What can go wrong with the directory, as one family.

DirectoryError
├── FileRefusedError      the file cannot be taken, and nothing of it was
├── MappingError          a mapping says something that makes no sense
├── IntakeOverError       the file was taken or put aside already, or the directory moved on
├── MergeRefusedError     two services cannot be merged, or a merge cannot be undone
├── NameRefusedError      a name of an authority cannot be settled so
└── FeedTroubleError      a regulator's feed did not answer as it says it does
"""

from candour.engine.words import Words


class DirectoryError(Exception):
    """Something to put right first; the message says what and where.

    Attributes:
        words: the message in both languages; in English alone where only a command says it.
    """

    def __init__(self, words: Words | str) -> None:
        super().__init__(str(words))
        self.words = words if isinstance(words, Words) else Words(words)


class FileRefusedError(DirectoryError):
    """The file as a whole cannot be taken; nothing of it was.

    Attributes:
        line: the line where the trouble is, from 1, or None where no one line is to blame.
    """

    def __init__(self, words: Words | str, *, line: int | None = None) -> None:
        super().__init__(words)
        self.line = line


class MappingError(DirectoryError):
    """A mapping file says something that makes no sense; the message names the place in it."""


class IntakeOverError(DirectoryError):
    """The file cannot be taken any more as it was looked at."""


class MergeRefusedError(DirectoryError):
    """Two services cannot be merged, or a merge cannot be undone."""


class NameRefusedError(DirectoryError):
    """A name that registers give cannot be settled so: matched, made, set aside or asked again."""


class FeedTroubleError(DirectoryError):
    """A regulator's feed did not answer as it says it does."""
