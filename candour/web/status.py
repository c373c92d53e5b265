"""How something stands: a word, an icon of its own shape and a colour, never the colour alone.

Lists show one for every row, so the finished HTML of each is kept.
"""

from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup

from candour.web.spoken import spoken

_WORDS: dict[str, Promise | str] = {
    "late": _("Late"),
    "today": _("Due today"),
    "week": _("This week"),
    "later": _("Later"),
    "met": _("Met"),
    "cancelled": _("Not needed"),
    "paused": _("Paused"),
    "open": _("Open"),
    "blocked": _("Blocked"),
    "attention": _("Needs attention"),
}

_SHAPES = {
    "late": "M8 .8 15.8 15H.2zM7 6v4.5h2V6zm0 5.7v1.8h2v-1.8z",
    "today": "M8 0a8 8 0 1 1 0 16A8 8 0 0 1 8 0zM7 3v6h5V7H9V3z",
    "week": "M4 0h2v2h4V0h2v2h3v14H1V2h3zM3 6v8h10V6z",
    "later": "M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1zm0 2a5 5 0 1 0 0 10A5 5 0 0 0 8 3z",
    "met": "m13.6 2.2 1.8 1.6-9 10.2L.8 9.2l1.5-1.8 4 3.3z",
    "cancelled": "M1 7h14v2H1z",
    "paused": "M3 2h4v12H3zm6 0h4v12H9z",
    "open": "M8 1.2 14.8 8 8 14.8l-1.6-1.6L10.5 9H1V7h9.5L6.4 2.8z",
    "blocked": "M8 0a8 8 0 1 1 0 16A8 8 0 0 1 8 0zM3 7v2h10V7z",
    "attention": "M8 0l8 8-8 8-8-8zM7 4v5h2V4zm0 6v2h2v-2z",
}

_ICON = Markup(
    '<svg class="app-status__icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"'
    ' focusable="false"><path d="{}" fill-rule="evenodd"/></svg>'
)
_TAG = Markup('<span class="app-status app-status--{}">{}{}</span>')


class UnknownStatus(ValueError):
    """A template asked for a status that has no word, shape and colour."""

    def __init__(self, kind: object) -> None:
        super().__init__(f"There is no status {kind!r}. Use one of: {', '.join(_WORDS)}.")


def status_words(kind: str) -> str:
    """Return the word of a status in the reader's language.

    Raises:
        UnknownStatus: `kind` is none of late, today, week, later, met, cancelled, paused, open,
            blocked and attention.
    """
    if kind not in _WORDS:
        raise UnknownStatus(kind)
    return str(_WORDS[kind])


@lru_cache(maxsize=64)
def status_icon(kind: str) -> Markup:
    """Return the icon of a status, hidden from screen readers: a word must stand beside it.

    Raises:
        UnknownStatus: as for `status_words`.
    """
    if kind not in _SHAPES:
        raise UnknownStatus(kind)
    return _ICON.format(_SHAPES[kind])


def status_tag(kind: str, words: str | None = None) -> Markup:
    """Return a status with its word, or with other words of the same meaning.

    Raises:
        UnknownStatus: as for `status_words`.
    """
    return _tag(kind, words, spoken())


@lru_cache(maxsize=512)
def _tag(kind: str, words: str | None, _language: str | None) -> Markup:
    return _TAG.format(kind, status_icon(kind), words or status_words(kind))
