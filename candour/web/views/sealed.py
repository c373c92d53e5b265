"""Who told us something: that it is sealed, and opening it with a reason."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from candour.experiences.models import Experience
from candour.mail.voices import letters_of
from candour.people.actor import Actor
from candour.people.models import Post
from candour.releasing.giving import NoConsent
from candour.sealing.consents import CONTACT_PROVIDER, agreed_to, consents_of
from candour.sealing.custody import custodian_roles
from candour.sealing.details import PersonDetails
from candour.sealing.errors import (
    KeyNotHere,
    NoReason,
    NotCustodian,
    NothingSealed,
    SealingTrouble,
)
from candour.sealing.keeping import of_experience
from candour.sealing.models import Purpose
from candour.sealing.opening import open_sealed
from candour.sealing.queries import Held, held_for
from candour.site import clock
from candour.web.forms.entry import Fault
from candour.web.in_hand import posts_of
from candour.web.presenters.experiences import about
from candour.web.presenters.sealed import consent_lines, letter_lines, person_rows, sealed_choices
from candour.web.sending import REFUSED
from candour.web.signed_in import signed_in_only

log = logging.getLogger(__name__)

LONGEST_REASON = 1_000


@dataclass(frozen=True, slots=True)
class Asked:
    """An experience with something sealed, and how the person who asks stands to it."""

    experience: Experience
    held: Held
    custodian: Post | None


@dataclass(slots=True)
class Typed:
    """What was typed, and what is wrong with it, by the names of the fields."""

    values: Mapping[str, str]
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def errors(self) -> list[Fault]:
        """The faults as a summary lists them."""
        return [Fault(words, name) for name, words in self.faults.items()]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def sealed(request: HttpRequest, number: int) -> HttpResponse:
    """Say what is sealed of an experience; open it for a custodian who says why, this once."""
    asked = asked_for(request, number)
    typed = typed_in(request, "reason", "what")
    if request.method != "POST" or asked.custodian is None:
        return _sealed_page(request, asked, typed)
    choices = sealed_choices(asked.held)
    wanted = typed.values["what"] or (choices[0].value if len(choices) == 1 else "")
    if wanted not in [choice.value for choice in choices]:
        typed.faults["what"] = _("Choose what to open")
        return _sealed_page(request, asked, typed)
    opened = _open(asked, Purpose(wanted), typed)
    return _sealed_page(request, asked, typed, opened)


def _open(asked: Asked, purpose: Purpose, typed: Typed) -> dict[str, object] | None:
    """Return what was sealed, for a page to show; None, with a fault, where it does not open."""
    assert asked.custodian is not None  # noqa: S101  # its caller saw to that
    try:
        found = open_sealed(
            asked.experience.body_id,
            purpose,
            of_experience(asked.experience.pk),
            actor=Actor.from_post(asked.custodian),
            reason=typed.values["reason"],
            as_of=clock.now(),
        )
    except SealingTrouble as trouble:
        typed.faults.update(trouble_in(trouble, "reason"))
        return None
    if purpose is Purpose.WORDS:
        return {"words": found.decode(errors="replace"), "language": asked.experience.language}
    return {"rows": person_rows(PersonDetails.from_bytes(found))}


def _sealed_page(
    request: HttpRequest, asked: Asked, typed: Typed, opened: dict[str, object] | None = None
) -> HttpResponse:
    number = asked.experience.pk
    consents = consents_of(number)
    context = {
        "experience": asked.experience,
        "about": about(asked.experience),
        "held": asked.held,
        "custodian": asked.custodian,
        "choices": sealed_choices(asked.held),
        "letters": letter_lines(letters_of(number)),
        "consents": list(consent_lines(consents)),
        "may_give": asked.held.person and agreed_to(number, CONTACT_PROVIDER) is not None,
        "opened": opened,
        "typed": typed.values,
        "faults": typed.faults,
        "errors": typed.errors,
        "longest": LONGEST_REASON,
    }
    status = REFUSED if typed.faults else 200
    return render(request, "experiences/sealed.html", context, status=status)


def asked_for(request: HttpRequest, number: int) -> Asked:
    """Return the experience that is asked for.

    Raises:
        Http404: the person’s bodies hold none of that number.
    """
    experience = Experience.objects.filter(pk=number).first()
    if experience is None:
        raise Http404
    posts = [post for post in posts_of(request) if post.body_id == experience.body_id]
    roles = custodian_roles(experience.body_id)
    custodian = next((post for post in posts if post.role in roles), None)
    return Asked(experience, held_for(of_experience(number)), custodian)


def typed_in(request: HttpRequest, *names: str) -> Typed:
    """Return what was typed into these fields."""
    sent = request.POST if request.method == "POST" else {}
    return Typed(
        {name: str(sent.get(name, "")).replace("\0", "").strip()[:LONGEST_REASON] for name in names}
    )


def trouble_in(trouble: Exception, field: str) -> dict[str, str]:
    """Return what stands in the way in words for staff, under the field that it is about."""
    match trouble:
        case NoReason():
            words = _("Say why, so that somebody who reads the log in a year understands it")
            return {field: words}
        case KeyNotHere():
            return {"": _("Sealed; the key is not here.")}
        case NothingSealed():
            return {"": _("Nothing is sealed here any more.")}
        case NoConsent():
            return {"": _("They took back that the provider gets their name. Nothing was given.")}
        case NotCustodian():
            return {"": _("You are no custodian any more.")}
        case _:
            log.error("Something sealed does not open: %s", trouble)
            words = _("What is stored here is not what was sealed. Tell whoever runs this site.")
            return {"": words}
