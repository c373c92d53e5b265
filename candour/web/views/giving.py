"""Giving a provider the name of whoever told us something, where they agreed to it."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from candour.cases.actions.drafts import named_id
from candour.cases.models import Case
from candour.engine import Draft
from candour.engine.fields import Field
from candour.people.actor import Actor
from candour.releasing.giving import (
    FIXED,
    SAID,
    SHARED,
    Giving,
    InCase,
    NoConsent,
    NotRecorded,
    give,
)
from candour.sealing.consents import CONTACT_PROVIDER, agreed_to
from candour.sealing.errors import SealingTrouble
from candour.site import clock
from candour.web.forms import reading
from candour.web.forms.controls import Choice, control
from candour.web.forms.entry import typed_from
from candour.web.in_hand import InHand, case_in_hand
from candour.web.presenters.experiences import about
from candour.web.presenters.sealed import consent_lines, person_rows
from candour.web.sending import REFUSED
from candour.web.signed_in import signed_in_only
from candour.web.spoken import said
from candour.web.views.sealed import LONGEST_REASON, Asked, Typed, asked_for, trouble_in, typed_in

LONGEST_NAME = 200


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def give_away(request: HttpRequest, number: int) -> HttpResponse:
    """Give a provider the name of whoever told something, where they agreed, and record it."""
    asked, consent = asked_for(request, number), agreed_to(number, CONTACT_PROVIDER)
    if asked.custodian is None or not asked.held.person or consent is None:
        return redirect("experience-sealed", number)
    cases = list(Case.objects.filter(experience_links__experience=number).order_by("-pk"))
    typed = typed_in(request, "to", "reason", "case", "key")
    case = _chosen(cases, typed)
    hand = case_in_hand(request, case.ref) if case else None
    more = _more(hand) if hand else ()
    given = _give(request, asked, typed, hand, cases) if request.method == "POST" else None
    answers = typed_from(request.POST)
    organisation = asked.experience.organisation or asked.experience.service_name
    context = {
        "experience": asked.experience,
        "about": about(asked.experience),
        "consents": list(consent_lines([consent])),
        "cases": [Choice(each.ref, f"{each.ref} {each.title}") for each in cases],
        "case": case.ref if case else "",
        "controls": [control(f, answers, typed.faults.get(f.name, ""), more) for f in more],
        "given": given,
        "typed": typed.values,
        "to": typed.values["to"] if request.method == "POST" else organisation,
        "faults": typed.faults,
        "errors": typed.errors,
        "longest": LONGEST_REASON,
        "key": typed.values["key"] or None,
    }
    status = REFUSED if typed.faults else 200
    return render(request, "experiences/give.html", context, status=status)


def _chosen(cases: Sequence[Case], typed: Typed) -> Case | None:
    """Return the case that records it: the one chosen, or the only one."""
    wanted = typed.values["case"] or (cases[0].ref if len(cases) == 1 else "")
    return next((each for each in cases if each.ref == wanted), None)


def _more(hand: InHand) -> tuple[Field, ...]:
    """Return the fields that the case’s procedure needs beside those filled here."""
    kind = hand.procedure.kind(SHARED)
    return tuple(f for f in kind.fields if f.required and not f.by_system and f.name not in SAID)


def _give(
    request: HttpRequest, asked: Asked, typed: Typed, hand: InHand | None, cases: Sequence[Case]
) -> list[dict[str, str]] | None:
    """Return who it is, for the page to show this once; None, with a fault, where it is refused."""
    to = " ".join(typed.values["to"].split())[:LONGEST_NAME]
    if not to:
        typed.faults["to"] = _("Say who gets it")
    if cases and hand is None:
        typed.faults["case"] = _("Choose the case that records it")
    read = reading.read(_more(hand), typed_from(request.POST)) if hand else None
    if read is not None:
        typed.faults.update(read.faults)
    if typed.faults or asked.custodian is None:
        return None
    giving = Giving(asked.experience.pk, to, typed.values["reason"])
    try:
        in_case = _in_case(hand, typed.values["key"], read.data) if hand and read else None
        custodian = Actor.from_post(asked.custodian)
        person = give(giving, custodian=custodian, in_case=in_case, as_of=clock.now())
    except (SealingTrouble, NoConsent) as trouble:
        typed.faults.update(trouble_in(trouble, "reason"))
        return None
    except NotRecorded as trouble:
        typed.faults["case"] = _not_recorded(trouble)
        return None
    return person_rows(person)


def _in_case(hand: InHand, key: str, more: Mapping[str, object]) -> InCase:
    """Return who records it in a case: the person, in the post in which the procedure takes it.

    Raises:
        NotRecorded: they hold no post in that case.
    """
    if not hand.posts:
        raise NotRecorded(None)
    entry = named_id("sealed", str(hand.case.pk), key)
    data = {**more, **FIXED, "what": "?", "to": ["?"], "purpose": "?"}
    draft = Draft(id=entry, kind=SHARED, happened_at=hand.now, author="", role="", data=data)
    return InCase(hand.case.pk, Actor.from_post(hand.post_for(draft)), entry, more)


def _not_recorded(trouble: NotRecorded) -> str:
    if trouble.refusal is None:
        return _("You hold no post in that case in which you could record it. Nothing was given.")
    words = " ".join(said(reason.text) for reason in trouble.refusal.reasons)
    words = words or " ".join(problem.message for problem in trouble.refusal.problems)
    return _("The case does not take it, so nothing was given. %(why)s") % {"why": words}
