"""The pages of the form: one thing on each, in order, and which of them somebody comes to."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from candour.telling.drafts import Writing
from candour.telling.questions import ABOUT, CHANGE, DANGER, HOW, WHAT, WHEN, WHERE, YES, Question

START: Final = "danger"
CHECK: Final = "check"
SAFE: Final = "safe"
SENT: Final = "sent"
ABOUT_BEGINS: Final = "about"
SHARING: Final = "sharing"
REPLY: Final = "reply"
CONTACT: Final = "contact"


def _always(_writing: Writing) -> bool:
    return True


def _in_danger(writing: Writing) -> bool:
    return writing.first(DANGER.name) == YES


def _asked_about(writing: Writing) -> bool:
    return writing.first(ABOUT_BEGINS) == YES


def _wants_reply(writing: Writing) -> bool:
    return writing.first(REPLY) == YES


@dataclass(frozen=True, slots=True)
class Page:
    """One page.

    Attributes:
        name: what it is called in its address.
        question: what it asks, where that is one question.
        comes: whether somebody who wrote this comes to it.
    """

    name: str
    question: Question | None = None
    comes: Callable[[Writing], bool] = _always


PAGES: Final[tuple[Page, ...]] = (
    Page(START, DANGER),
    Page(SAFE, None, _in_danger),
    Page("what", WHAT),
    Page("where", WHERE),
    Page("when", WHEN),
    Page("how", HOW),
    Page("change", CHANGE),
    Page(ABOUT_BEGINS),
    *(Page(each.name.replace("_", "-"), each, _asked_about) for each in ABOUT),
    Page(SHARING),
    Page(REPLY),
    Page(CONTACT, None, _wants_reply),
    Page(CHECK),
)
BY_NAME: Final = {page.name: page for page in PAGES}
NEEDED: Final = (START, "what", "where", "how", REPLY)


def after(name: str, writing: Writing) -> str:
    """Return the page that comes after one."""
    place = PAGES.index(BY_NAME[name])
    return next(page.name for page in PAGES[place + 1 :] if page.comes(writing))


def before(name: str, writing: Writing) -> str:
    """Return the page that comes before one; nothing before the first."""
    place = PAGES.index(BY_NAME[name])
    return next((page.name for page in reversed(PAGES[:place]) if page.comes(writing)), "")


def goes_on(writing: Writing) -> str:
    """Return the page at which somebody goes on who stopped: the first not answered yet."""
    return next(
        page.name
        for page in PAGES
        if page.name == CHECK
        or (page.comes(writing) and page.name != SAFE and page.name not in writing.done)
    )


def missing(writing: Writing) -> str:
    """Return the first page that has to be answered before it can be sent, or nothing."""
    needed = (*NEEDED, CONTACT) if _wants_reply(writing) else NEEDED
    return next(
        (page.name for page in PAGES if page.name in needed and page.name not in writing.done), ""
    )
