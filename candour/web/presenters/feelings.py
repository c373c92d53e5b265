"""How an experience felt: a word, a shape and a colour, never the colour alone."""

from collections.abc import Mapping
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup

from candour.web.spoken import spoken

NOBODY_SAID = 0
_WORDS: Mapping[int, Promise | str] = {
    1: _("Very positive"),
    2: _("Positive"),
    3: _("Neutral or mixed"),
    4: _("Negative"),
    5: _("Very negative"),
    NOBODY_SAID: _("Nobody said how it felt"),
}
_COLOURS = {1: "met", 2: "met", 3: "later", 4: "late", 5: "late", NOBODY_SAID: "cancelled"}
_SHAPES = {
    1: "M8 0l8 8h-4L8 4 4 8H0zM8 7l8 8h-4l-4-4-4 4H0z",
    2: "M8 4l8 8h-4L8 8l-4 4H0z",
    3: "M0 6.5h16v3H0z",
    4: "M8 12L0 4h4l4 4 4-4h4z",
    5: "M8 9L0 1h4l4 4 4-4h4zM8 16L0 8h4l4 4 4-4h4z",
    NOBODY_SAID: "M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1zm0 2a5 5 0 1 0 0 10A5 5 0 0 0 8 3z",
}
_TAG = Markup(
    '<span class="app-status app-status--{}"><svg class="app-status__icon" viewBox="0 0 16 16"'
    ' width="16" height="16" aria-hidden="true" focusable="false"><path d="{}"'
    ' fill-rule="evenodd"/></svg>{}</span>'
)


def felt_words(sentiment: int | None) -> str:
    """Return how an experience felt, from 1 (very positive) to 5 (very negative), in words."""
    return str(_WORDS[sentiment or NOBODY_SAID])


def felt_tag(sentiment: int | None) -> Markup:
    """Return how an experience felt as a word with its shape."""
    return _tag(sentiment or NOBODY_SAID, spoken())


@lru_cache(maxsize=32)
def _tag(sentiment: int, _language: str | None) -> Markup:
    return _TAG.format(_COLOURS[sentiment], _SHAPES[sentiment], felt_words(sentiment))
