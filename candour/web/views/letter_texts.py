"""How a body words the letters of its procedures, and how it sends them."""

from dataclasses import fields

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from candour import policies
from candour.documents.logos import LARGEST
from candour.engine import Procedure, Refusal, Words
from candour.engine.templates import Template
from candour.letters.actions import House, save_house, save_own_text, withdraw_own_text
from candour.letters.house import house_of
from candour.letters.own_texts import newest_of, own_texts_of
from candour.letters.texts import LANGUAGES
from candour.letters.wording import OwnText
from candour.people.actor import Actor
from candour.people.models import Post
from candour.site import clock
from candour.web.forms.entry import Fault
from candour.web.in_hand import posts_of
from candour.web.letter_sending import refusal_lines
from candour.web.presenters.house_faults import house_fault
from candour.web.presenters.letter_texts import own_text_page, texts_page
from candour.web.presenters.refusals import reason_lines
from candour.web.presenters.shipped import procedure_of
from candour.web.signed_in import signed_in_only
from candour.web.spoken import said

REFUSED = 422
BODY = "body"
NOT_WORDS = ("second_person", "logo", "without_logo")


def _post(request: HttpRequest) -> Post:
    """Return the post in which a person words letters: at the body asked for, else their first.

    Raises:
        Http404: they hold none.
    """
    held = posts_of(request)
    asked = request.GET.get(BODY, "")
    chosen = [post for post in held if str(post.body_id) == asked] or held
    if not chosen:
        raise Http404
    return chosen[0]


@require_safe
@signed_in_only
def own_texts(request: HttpRequest) -> HttpResponse:
    """Show every letter of the procedures, and which of them the body words itself."""
    post = _post(request)
    held = [known for known in _shipped() if known.templates and not known.is_base]
    own = own_texts_of(post.body, [known.name for known in held])
    context = {"body": post.body, "page": texts_page(held, own), "house": house_of(post.body)}
    return render(request, "letters/texts.html", context)


def _shipped() -> list[Procedure]:
    found = (procedure_of(name) for name in policies.available())
    return [known for known in found if known is not None]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def own_text(request: HttpRequest, name: str, template: str) -> HttpResponse:
    """Show a body's own text for a letter beside the pack's, or save it, or go back."""
    procedure = procedure_of(name) if name in policies.available() else None
    known = procedure.templates.get(template) if procedure else None
    if procedure is None or known is None:
        raise Http404
    post = _post(request)
    newest = newest_of(post.body, name, template)
    faults: list[Fault] = []
    typed = None
    if request.method == "POST":
        typed = _typed_text(request)
        outcome = _save_text(request, post, procedure, known, typed)
        if not isinstance(outcome, Refusal):
            messages.success(request, _("Saved. Letters begun from now on use it."))
            return redirect(request.get_full_path())
        faults = _faults(procedure, outcome)
    context = {
        "body": post.body,
        "page": own_text_page(procedure, known, newest, typed),
        "faults": faults,
        "errors_of": {fault.field: fault.words for fault in faults},
    }
    return render(request, "letters/text.html", context, status=REFUSED if faults else 200)


def _faults(procedure: Procedure, refusal: Refusal) -> list[Fault]:
    reasons = reason_lines(procedure, refusal)
    return [*refusal_lines(refusal), *(Fault(reason.words) for reason in reasons)]


def _typed_text(request: HttpRequest) -> OwnText:
    subject = {each: request.POST.get(f"subject-{each}", "") for each in LANGUAGES}
    text = {each: request.POST.get(f"text-{each}", "").replace("\r\n", "\n") for each in LANGUAGES}
    return OwnText(Words(**subject), Words(**text), request.POST.get("reason", ""))


def _save_text(
    request: HttpRequest, post: Post, procedure: Procedure, known: Template, typed: OwnText
) -> object:
    actor = Actor.from_post(post)
    number, as_of = _number(request), clock.now()
    if request.POST.get("then") == "withdraw":
        return withdraw_own_text(
            actor=actor,
            procedure=procedure,
            template=known,
            reason=typed.reason,
            number=number,
            as_of=as_of,
        )
    return save_own_text(
        actor=actor,
        procedure=procedure,
        template=known,
        own=typed,
        number=number,
        as_of=as_of,
    )


def _number(request: HttpRequest) -> int:
    typed = request.POST.get("number", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def house(request: HttpRequest) -> HttpResponse:
    """Show how a body sends its letters, or save it."""
    post = _post(request)
    held = house_of(post.body)
    shown: object = held
    faults: list[Fault] = []
    if request.method == "POST":
        typed = _typed_house(request)
        outcome = save_house(
            actor=Actor.from_post(post),
            house=typed,
            number=_number(request),
            as_of=clock.now(),
        )
        if not isinstance(outcome, Refusal):
            messages.success(request, _("Saved. Letters that leave from now on use it."))
            return redirect(request.get_full_path())
        shown = typed
        faults = [
            *(house_fault(problem) for problem in outcome.problems),
            *(Fault(said(reason.text)) for reason in outcome.reasons),
        ]
    context = {
        "body": post.body,
        "house": shown,
        "number": held.number,
        "held": held,
        "faults": faults,
        "errors_of": {fault.field: fault.words for fault in faults},
    }
    return render(request, "letters/house.html", context, status=REFUSED if faults else 200)


def _typed_house(request: HttpRequest) -> House:
    texts = {
        field.name: request.POST.get(field.name, "").replace("\r\n", "\n").strip()
        for field in fields(House)
        if field.name not in NOT_WORDS
    }
    logo = request.FILES.get("logo")
    return House(
        **texts,
        second_person=request.POST.get("second_person") == "yes",
        logo=logo.read(LARGEST + 1) if logo else None,
        without_logo=request.POST.get("without_logo") == "yes",
    )
