"""How much is taken: set for the whole site in its settings."""

from typing import Final

from django.conf import settings

MOST_AT_ONCE: Final = 10  # files in one form
FORM: Final = 1024 * 1024  # bytes that the rest of a form may have


def largest_file() -> int:
    """Return the most bytes that one file may have."""
    size: int = settings.CANDOUR_LARGEST_FILE
    return size


def largest_request(files: int = MOST_AT_ONCE) -> int:
    """Return the most bytes of a form with so many files, each of the largest size."""
    return files * largest_file() + FORM
