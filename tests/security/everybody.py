"""Each sort of person of docs/access.md with a browser, and every address for them to try."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django.test import Client
from django.urls import reverse

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
from tests.security.test_who_reaches_what import OF_HEALTHWATCH, addresses
from tests.support.casework import Town
from tests.support.outside import Outside
from tests.support.partners import agency, shared_with
from tests.support.signatures import OUTSIDER, Derbyshire, in_derbyshire, put_to_be_signed
from tests.support.visits import authorise, planned

PEOPLE: Final = (
    "nobody",
    "link",
    "provider",
    "told",
    "partner",
    "officer",
    "chair",
    "other body",
    "no post",
)
PUBLIC = ("public-register", "public-register-csv", "public-register-pdf")
PARTNER, TOLD = "vale", "gwent"  # the body that takes part in both cases, and the one that is told


@dataclass
class Site:
    """Every address once, and a browser for each sort of person.

    Attributes:
        places: the addresses by their names.
        refs: the case of the council that they are about, and that of the Healthwatch.
        people: who signs in as whom where an address is about the one, and about the other.
    """

    places: Mapping[str, str]
    refs: tuple[str, str]
    people: tuple[Mapping[str, User], Mapping[str, User]]
    _browsers: dict[tuple[int, str], Client] = field(default_factory=dict)

    def browser(self, person: str, name: str) -> Client:
        """Return the browser of a person for the address of this name."""
        theirs = person in self.people[0] and name in OF_HEALTHWATCH
        key = int(theirs), person
        if key not in self._browsers:
            # A page that fails is told as what it is, 500, beside all others that are wrong.
            self._browsers[key] = Client(raise_request_exception=False)
            if person == "link":
                answer = self._browsers[key].post(self.places["outside-link"], {"press": "open"})
                assert answer.status_code == 302
            elif person != "nobody":
                self._browsers[key].force_login(self.people[theirs][person])
        return self._browsers[key]


def site_of(town: Town, case: Case) -> Site:
    """Return the site with a case of the council and one of the Healthwatch, both shared."""
    made = in_derbyshire(town)
    authorise(made)
    places = {**addresses(town, case), **open_to_all(town, case), **of_healthwatch(made)}
    shared_with(case, town.mari, TOLD, "partners")
    for slug, seen_as in ((PARTNER, "members"), (TOLD, "partners")):
        shared_with(made.case, town.sam, slug, seen_as)
    partners = {
        "told": somebody_at(agency(TOLD), "lead_officer"),
        "partner": somebody_at(agency(PARTNER), "lead_officer"),
    }
    others = {**partners, "other body": town.olwen, "no post": town.dilys}
    council = {
        "provider": somebody_at(town.service.provider, "registered_manager"),
        "officer": town.mari,
        "chair": town.ieuan,
    }
    healthwatch = {
        "provider": somebody_at(town.hospital.provider, "registered_manager"),
        "officer": town.sam,
        "chair": made.wendy,
    }
    people = ({**others, **council}, {**others, **healthwatch})
    return Site(places, (case.ref, made.case.ref), people)


def somebody_at(body: Body, role: str) -> User:
    """Return somebody new with a post at a body."""
    user = User.objects.create(username=f"{role}-{body.slug}", display_name=f"{role} there")
    Post.objects.create(user=user, body=body, role=role)
    return user


def of_healthwatch(made: Derbyshire) -> dict[str, str]:
    """Return the addresses of visits and of a record of concern, in a case that has both."""
    ref, visit = made.case.ref, planned(made)
    return {
        "case-visits": reverse("case-visits", args=[ref]),
        "visit-plan": reverse("visit-plan", args=[ref]),
        "case-visit": reverse("case-visit", args=[ref, visit]),
        "visit-notes": reverse("visit-notes", args=[ref, visit]),
        "visit-step": reverse("visit-step", args=[ref, visit, "write-up"]),
        "case-record": reverse("case-record", args=[ref]),
    }


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
        "public-line": reverse("public-line", args=[*register, asked]),
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
        for name in ("tell-start", "tell-whole", "tell-throw-away", "tell-places", "tell-paper")
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


def token(message: MailMessage, after: str) -> str:
    """Return the secret of a link in a mail, as the mail reads once it leaves."""
    with acting_for([message.body_id]):
        text = with_link(message, message.text)
    return text.split(after, 1)[1].split("/", 1)[0]
