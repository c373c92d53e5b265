"""The rooms a signed-in person can walk into, in the order of the navigation."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Room:
    """One entry of the navigation: the name of its page, its words and its address."""

    name: str
    words: Promise | str
    address: str


_ROOMS = (
    ("my-day", _("My day")),
    ("worklist", _("Worklist")),
    ("cases", _("Cases")),
    ("search", _("Search")),
    ("plans", _("Plans")),
    ("responses", _("Responses")),
    ("experiences", _("Experiences")),
    ("directory", _("Directory")),
    ("restrictions", _("Restrictions")),
    ("mail", _("Mail")),
    ("publishing", _("Publishing")),
    ("procedures", _("Procedures")),
)


def rooms() -> list[Room]:
    """Return the rooms that this site has pages for.

    A site may be built without a room (a public form needs no worklist); its entry then disappears
    and nothing links to a page that is not there.
    """
    found = []
    for name, words in _ROOMS:
        try:
            found.append(Room(name, words, reverse(name)))
        except NoReverseMatch:
            continue
    return found
