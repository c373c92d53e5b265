"""Words in the two languages that every public text has."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "cy"]


@dataclass(frozen=True, slots=True)
class Words:
    """A text in English and Welsh. An empty Welsh text falls back to English."""

    en: str
    cy: str = ""

    def text(self, language: Language = "en") -> str:
        """Return the text in `language`, or in English where the Welsh is empty."""
        return self.cy if language == "cy" and self.cy else self.en

    def __str__(self) -> str:
        """Return the English text."""
        return self.en


def same(name: object) -> str:
    """Return a name as it is compared with others: however it was spaced and capitalised."""
    return " ".join(str(name).split()).casefold()
