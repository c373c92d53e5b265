"""The words of a letter in one language, and how long they may be."""

from dataclasses import dataclass

LANGUAGES = ("en", "cy")
LONGEST_SUBJECT = 200
LONGEST_TEXT = 50_000


@dataclass(frozen=True, slots=True)
class LetterText:
    """Subject and text of a letter in one language, in Markdown.

    A text is one for everybody who gets the letter: where it names its recipient it keeps the merge
    field, which is filled in for each when the letter is set.
    """

    subject: str
    text: str
