"""The language of the page, and the words of a procedure in it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import get_language

from candour.engine import Language, Words

# A page asks for its language some thousand times, and Django's own answer costs microseconds.
_of_this_page: ContextVar[Language | None] = ContextVar("language_of_this_page", default=None)


class PageLanguage:
    """Keeps the language that Django chose for a request, for as long as its page is made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        token = _of_this_page.set(_chosen())
        try:
            return self.get_response(request)
        finally:
            _of_this_page.reset(token)


def spoken() -> Language:
    """Return the language that the page is read in."""
    return _of_this_page.get() or _chosen()


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Make what is shown within in a language, whichever the reader's browser asks for."""
    token = _of_this_page.set(language)
    try:
        with translation.override(language):
            yield
    finally:
        _of_this_page.reset(token)


def _chosen() -> Language:
    return "cy" if (get_language() or "en").startswith("cy") else "en"


def said(words: Words | None) -> str:
    """Return a procedure's words in the language of the page, or nothing for none."""
    return words.text(spoken()) if words else ""


def told(text: str) -> str:
    """Return a text of ours in the language of the page; looked up once for each language."""
    return _told(spoken(), text)


@lru_cache(maxsize=8192)
def _told(_language: str, text: str) -> str:
    return translation.gettext(text)
