"""The words of a procedure in the language of the page."""

from django.utils.translation import get_language

from candour.engine import Language, Words


def spoken() -> Language:
    """Return the language that the page is read in."""
    return "cy" if (get_language() or "en").startswith("cy") else "en"


def said(words: Words | None) -> str:
    """Return a procedure's words in the language of the page, or nothing for none."""
    return words.text(spoken()) if words else ""
