"""docs/access.md is the table of every address against every sort of person; it is tried out here.

Each cell is a word. An address that the site has and the table has not, or the other way round,
fails; so does one that answers anybody otherwise than the table says.
"""

import re
from typing import Any, Final

import pytest
from django.core.cache import cache
from django.urls import get_resolver

from candour.cases.models import Case
from tests.security.access_tables import assert_as_told, table
from tests.security.everybody import PEOPLE, Site, site_of
from tests.security.test_who_reaches_what import SECRET, case, named
from tests.support.casework import Town

__all__ = ["case"]
pytestmark = pytest.mark.django_db
READING: Final = "The table"
# What shows that a page holds something of a case or of the body that leads it.
OF_A_CASE: Final = (
    *(SECRET, "Cold food", "Registered manager", "Three falls in one week"),
    *("Nobody comes at night", "Bells rang for thirty minutes"),
)
STATUSES: Final = {403: "may not", 404: "not there", 405: "only POST", 410: "closed"}


def word(answer: Any, site: Site) -> str:
    """Return what an address answered, as the table says it."""
    if answer.status_code == 200:
        return _seen(answer, site)
    if answer.status_code in (301, 302):
        return "sign in" if answer["Location"].startswith("/sign-in/") else "leads on"
    return STATUSES.get(answer.status_code, str(answer.status_code))


def _seen(answer: Any, site: Site) -> str:
    if not answer["Content-Type"].startswith("text/html"):
        return "file"
    page: str = answer.content.decode()
    return "case" if any(words in page for words in (*site.refs, *OF_A_CASE)) else "page"


def answers(site: Site) -> dict[str, dict[str, str]]:
    """Return what each address answers each sort of person."""
    found: dict[str, dict[str, str]] = {name: {} for name in site.places}
    for person in PEOPLE:
        for name, place in site.places.items():
            client = site.browser(person, name)
            if name == "outside-link" and person == "link":
                found[name][person] = "closed"
                assert client.get(place).status_code == 410
                continue
            found[name][person] = word(client.get(place), site)
            client.cookies.pop("candour_language", None)
    return found


def patterns() -> dict[str, str]:
    """Return how each address is written: “/cases/REF/plan/”."""
    resolver = get_resolver()
    return {
        name: "/" + re.sub(r"%\((\w+)\)s", lambda part: part[1].upper(), found[0][0][0][0])
        for name, found in (
            (name, resolver.reverse_dict.getlist(name)) for name, _about in named(resolver)
        )
    }


def test_every_address_answers_everybody_as_the_table_says(town: Town, case: Case) -> None:
    cache.clear()
    site, written = site_of(town, case), patterns()
    right = {
        name: (f"`{written[name]}`", *(cells[person] for person in PEOPLE))
        for name, cells in answers(site).items()
    }
    assert_as_told(READING, right)


def test_the_table_names_every_address_of_the_site() -> None:
    names, told = {name for name, _about in named(get_resolver())}, set(table(READING))
    missing, gone = sorted(names - told), sorted(told - names)
    assert (missing, gone) == ([], []), "in docs/access.md: missing, and there no more"


def test_the_table_itself_shows_nobody_else_s_case() -> None:
    """What it says is tried above; this is what it may say at all."""
    for name, cells in table(READING).items():
        told = dict(zip(PEOPLE, cells[1:], strict=True))
        for person in ("nobody", "provider", "told", "other body", "no post"):
            lent = person == "told" and name in OF_WHO_IS_TOLD
            assert told[person] != "case" or name in OPENED_BY_A_SECRET or lent, (name, person)
            assert not (name.startswith("case-") and told[person] in ("page", "file")), name


OPENED_BY_A_SECRET = ("sign-by-link", "sign-by-link-file", "calendar-feed", "outside-link")
# The lists on which the case stands for a body that is told of it, and its page there.
OF_WHO_IS_TOLD = ("my-day", "worklist", "shared-case")
