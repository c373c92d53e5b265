"""docs/access.md is the table of every address against every sort of person; it is tried out here.

Each cell is a word of `ANSWERS`. An address that the site has and the table has not, or the other
way round, fails; so does one that answers anybody otherwise than the table says.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver, reverse

from candour.bodies.models import Body
from candour.calendars.feeds import make_feed
from candour.cases.models import Case
from candour.database.row_security import acting_for
from candour.mail.models import MailMessage
from candour.mail.one_time import with_link
from candour.people.actor import Actor
from candour.people.models import Post, User
from candour.site import clock
from candour.telling.actions import set_form
from candour.telling.forms import FormLook
from tests.security.test_who_reaches_what import SECRET, addresses, case, named
from tests.support.casework import Town
from tests.support.outside import Outside
from tests.support.signatures import OUTSIDER, put_to_be_signed

__all__ = ["case"]
pytestmark = pytest.mark.django_db(transaction=True)
DOC = Path(__file__).resolve().parents[2] / "docs" / "access.md"
ROW = re.compile(r"^\| `(?P<name>[a-z0-9_-]+)` \|(?P<cells>.+)\|$")
PEOPLE: Final = (
    "nobody",
    "link",
    "provider",
    "partner",
    "officer",
    "chair",
    "other body",
    "no post",
)
# What shows that a page holds something of the case or of the body that leads it.
OF_THE_CASE: Final = (SECRET, "Cold food", "Registered manager", "Three falls in one week")


@dataclass(frozen=True)
class Site:
    """Every address once, and a browser for each sort of person."""

    places: Mapping[str, str]
    browsers: Mapping[str, Callable[[], Client]]
    ref: str


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def somebody_at(body: Body, role: str) -> User:
    user = User.objects.create(username=f"{role}-{body.slug}", display_name=f"{role} there")
    Post.objects.create(user=user, body=body, role=role)
    return user


def token(message: MailMessage, after: str) -> str:
    with acting_for([message.body_id]):
        text = with_link(message, message.text)
    return text.split(after, 1)[1].split("/", 1)[0]


def open_to_all(town: Town, case: Case) -> dict[str, str]:
    """Return the addresses that a secret opens, each with a secret that opens it, and the rest."""
    made = Outside(case, town.council, town.mari, "lead_officer")
    asked = made.entry("concern_raised")
    number = made.invited(asked, as_of=clock.now())
    put_to_be_signed(town, case, OUTSIDER)
    with acting_for([town.council.pk], person=town.mari.pk):
        to_sign = MailMessage.objects.filter(key__startswith="signing/link/").last()
        feed = make_feed(town.mari, "mine", clock.now())
    assert to_sign is not None
    signs, comes = token(to_sign, "/sign/"), token(made.mails()[-1], "/outside/")
    register = [town.council.slug, "decisions"]
    with acting_for([town.council.pk]):
        set_form(FormLook(is_open=True), actor=Actor.system(town.council), as_of=clock.now())
    return {
        "healthz": "/healthz",
        "account_login": "/sign-in/",
        "account_logout": "/sign-out/",
        "choose-language": "/language/cy/",
        "calendar-feed": reverse("calendar-feed", args=[feed]),
        "sign-by-link": f"/sign/{signs}/",
        "sign-by-link-file": f"/sign/{signs}/document.pdf",
        "verify-document": "/verify/",
        "mail-hook": reverse("mail-hook"),
        "notes-worker": reverse("notes-worker"),
        **{name: reverse(name, args=register) for name in PUBLIC},
        "directory-find": reverse("directory-find"),
        "directory-find-json": reverse("directory-find-json"),
        **tell_addresses(town.council.slug),
        "outside-link": f"/outside/{comes}/",
        "outside": f"/outside/case/{number}/",
        "outside-leave": f"/outside/case/{number}/leave/",
        "outside-answer": f"/outside/case/{number}/dispute/{asked}/",
        "outside-letter": f"/outside/case/{number}/letter/{asked}/1/",
    }


def tell_addresses(slug: str) -> dict[str, str]:
    """Return the addresses of a body's public form, and of receipts."""
    form = {
        name: reverse(name, args=[slug, "en"])
        for name in ("tell-start", "tell-whole", "tell-places")
    }
    receipts = {name: reverse(name, args=["en"]) for name in ("tell-receipt", "tell-receipt-file")}
    return {
        **form,
        **receipts,
        "tell": reverse("tell", args=[slug]),
        "tell-colours": reverse("tell-colours", args=[slug]),
        "tell-page": reverse("tell-page", args=[slug, "en", "what"]),
        "tell-receipt-start": reverse("tell-receipt-start"),
    }


PUBLIC = ("public-register", "public-register-csv", "public-register-pdf")


def site_of(town: Town, case: Case, owner: psycopg.Cursor[Any]) -> Site:
    places = {**addresses(town, case), **open_to_all(town, case)}
    partner = Body.objects.create(name="Vale Council", nation="wales", slug="vale")
    share = "UPDATE case_file SET shared_with = ARRAY[%s]::bigint[] WHERE id = %s"
    owner.execute(share, [partner.pk, case.pk])
    owner.connection.commit()
    people = {
        "provider": somebody_at(town.service.provider, "registered_manager"),
        "partner": somebody_at(partner, "lead_officer"),
        "officer": town.mari,
        "chair": town.ieuan,
        "other body": town.olwen,
        "no post": town.dilys,
    }
    browsers: dict[str, Callable[[], Client]] = {
        name: partial(browser_of, user) for name, user in people.items()
    }
    return Site(places, {"nobody": Client, "link": lambda: come_in(places), **browsers}, case.ref)


def come_in(places: Mapping[str, str]) -> Client:
    """Return the browser of somebody who has opened their link."""
    client = Client()
    answer = client.post(places["outside-link"], {"press": "open"})
    assert answer.status_code == 302
    return client


# -- what an address answers, in a word -----------------------------------------------------------


STATUSES: Final = {
    403: "may not",
    404: "not there",
    405: "only POST",
    410: "closed",
}


def word(answer: Any, ref: str) -> str:
    """Return what an address answered, as the table says it."""
    if answer.status_code == 200:
        return _seen(answer, ref)
    if answer.status_code in (301, 302):
        return "sign in" if answer["Location"].startswith("/sign-in/") else "leads on"
    return STATUSES.get(answer.status_code, str(answer.status_code))


def _seen(answer: Any, ref: str) -> str:
    if not answer["Content-Type"].startswith("text/html"):
        return "file"
    page: str = answer.content.decode()
    return "case" if any(words in page for words in (ref, *OF_THE_CASE)) else "page"


def answers(site: Site) -> dict[str, dict[str, str]]:
    """Return what each address answers each sort of person."""
    found: dict[str, dict[str, str]] = {name: {} for name in site.places}
    for person in PEOPLE:
        client = site.browsers[person]()
        for name, place in site.places.items():
            if name == "outside-link" and person == "link":
                found[name][person] = "closed"
                assert client.get(place).status_code == 410
                continue
            found[name][person] = word(client.get(place), site.ref)
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


def table() -> dict[str, tuple[str, ...]]:
    """Return the rows of the document: how each address is written, and what each person gets."""
    rows = filter(None, map(ROW.match, DOC.read_text().splitlines()))
    return {row["name"]: tuple(c.strip() for c in row["cells"].split("|")) for row in rows}


def row_of(name: str, cells: tuple[str, ...]) -> str:
    """Return a row as the document has it."""
    return f"| `{name}` | {' | '.join(cells)} |"


def test_every_address_answers_everybody_as_the_table_says(
    town: Town, case: Case, owner_cursor: psycopg.Cursor[Any]
) -> None:
    cache.clear()
    site = site_of(town, case, owner_cursor)
    written, found = patterns(), answers(site)
    right = {
        name: (f"`{written[name]}`", *(cells[person] for person in PEOPLE))
        for name, cells in found.items()
    }
    told = table()
    wrong = [row_of(name, cells) for name, cells in right.items() if told.get(name) != cells]
    gone = [name for name in told if name not in right]
    says = "docs/access.md says otherwise. Is that meant? Then these are the right rows:"
    assert not wrong, "\n".join([says, *sorted(wrong)])
    assert not gone, f"docs/access.md has addresses that the site has not: {gone}"


def test_the_table_names_every_address_of_the_site() -> None:
    names = {name for name, _about in named(get_resolver())}
    missing, gone = sorted(names - set(table())), sorted(set(table()) - names)
    assert (missing, gone) == ([], []), "in docs/access.md: missing, and there no more"


def test_the_table_itself_shows_nobody_else_s_case() -> None:
    """What it says is tried above; this is what it may say at all."""
    for name, cells in table().items():
        told = dict(zip(PEOPLE, cells[1:], strict=True))
        for person in ("nobody", "provider", "other body", "no post"):
            assert told[person] != "case" or name in OPENED_BY_A_SECRET, (name, person)
            assert not (name.startswith("case-") and told[person] in ("page", "file")), name


OPENED_BY_A_SECRET = ("sign-by-link", "sign-by-link-file", "calendar-feed", "outside-link")
