"""The page on which somebody from outside reads and signs one document, by a one-time link.

They see the document and nothing else of its case. Whoever has no token, or one that opens nothing
any more, learns only that.
"""

from contextlib import AbstractContextManager

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from candour.cases.actions import Recorded, Stale
from candour.database.row_security import acting_for
from candour.documents.codes import code_of
from candour.engine import Refusal
from candour.people.actor import Actor
from candour.signing.actions import Declining, Signing, decline, sign
from candour.signing.fixing import content_of
from candour.signing.models import What
from candour.signing.queries import ByLink, by_link, held
from candour.site import clock
from candour.web import dates
from candour.web.by_link import in_their_language, unseen
from candour.web.forms.controls import Typed, first
from candour.web.forms.entry import Fault, typed_from
from candour.web.sending import REFUSED
from candour.web.signed_papers import pdf_answer, site_of, statement
from candour.web.spoken import said, spoken

GONE = 410


def _within(token: str) -> tuple[AbstractContextManager[None], int] | None:
    found = held(token)
    return None if found is None else (acting_for([found.body_id]), found.link_id)


@require_http_methods(["GET", "HEAD", "POST"])
@unseen("signing/closed.html")
def signing_page(request: HttpRequest, token: str) -> HttpResponse:
    """Show the document to whoever the link is for, and take their signature or their no."""
    found = _within(token)
    if found is None:
        return _closed(request, "unknown")
    within, link_id = found
    with within:
        known = by_link(link_id)
        if known is None:
            return _closed(request, "unknown")
        if why := _why_closed(known):
            return _closed(request, why, known)
        if request.method == "POST":
            return _taken(request, known, typed_from(request.POST))
        wanted = known.turn.signatory.language
        return in_their_language(request, wanted) or _page(request, known)


@require_safe
@unseen("signing/closed.html")
def signing_file(request: HttpRequest, token: str) -> HttpResponse:
    """Give the document as it was fixed, while the link opens it."""
    found = _within(token)
    if found is None:
        return _closed(request, "unknown")
    within, link_id = found
    with within:
        known = by_link(link_id)
        if known is None or _why_closed(known):
            return _closed(request, "unknown")
        return pdf_answer(bytes(known.asked.document.pdf), "document.pdf")


def _why_closed(known: ByLink) -> str:
    """Return why the link does not open the document, or nothing when it does."""
    if known.turn.signed:
        return "signed"
    if known.asked.ended is not None:
        mine = known.asked.ended.signatory_id == known.turn.signatory.pk
        return "declined" if mine and known.asked.ended.what == What.DECLINED else "ended"
    if known.turn.link is None or known.turn.link.pk != known.link.pk:
        return "replaced"
    if known.turn.revoked:
        return "ended"
    return "" if known.turn.opens(clock.now()) else "expired"


def _closed(request: HttpRequest, why: str, known: ByLink | None = None) -> HttpResponse:
    answer = known.turn.answer if known else None
    context = {"why": why, "when": dates.moment(answer.at) if answer else ""}
    done = why in ("signed", "declined")
    return render(request, "signing/closed.html", context, status=200 if done else GONE)


def _taken(request: HttpRequest, known: ByLink, typed: Typed) -> HttpResponse:
    declines = first(typed, "press") == "decline"
    outcome = _decline(known, typed) if declines else _sign(request, known, typed)
    if isinstance(outcome, Refusal):
        return _page(request, known, typed, outcome)
    return redirect(request.path)


def _sign(request: HttpRequest, known: ByLink, typed: Typed) -> Recorded | Refusal | Stale:
    return sign(
        case_id=known.asked.request.case_id,
        actor=Actor.system(known.asked.document.body),
        signing=Signing(
            request_id=known.asked.request.pk,
            signatory_id=known.turn.signatory.pk,
            name=first(typed, "name"),
            agreed=first(typed, "intent") == "yes",
            language=spoken(),
            link=known.link.pk,
        ),
        as_of=clock.now(),
        site=site_of(request),
    )


def _decline(known: ByLink, typed: Typed) -> Recorded | Refusal | Stale:
    return decline(
        case_id=known.asked.request.case_id,
        actor=Actor.system(known.asked.document.body),
        declining=Declining(
            known.asked.request.pk,
            known.turn.signatory.pk,
            first(typed, "reason"),
            known.link.pk,
        ),
        as_of=clock.now(),
    )


def _page(
    request: HttpRequest,
    known: ByLink,
    typed: Typed | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    typed = typed or {}
    found = refusal.reasons if refusal else ()
    errors = [Fault(said(reason.text), reason.field) for reason in found]
    errors += [Fault(problem.message) for problem in refusal.problems] if refusal else []
    document, content = known.asked.document, content_of(known.asked.document)
    context = {
        "content": content,
        "title_of": content.title,
        "language_of": content.language,
        "body": document.body.name_in(spoken()),
        "name_of": known.turn.signatory.name,
        "post_of": known.turn.signatory.post,
        "code": code_of(document.seal),
        "until": dates.moment(known.link.expires_at),
        "before": [turn.signatory.name for turn in known.asked.signed],
        "file": f"{request.path}document.pdf",
        "statement": statement(),
        "typed": {name: first(typed, name) for name in ("name", "intent", "reason")},
        "wrong": {fault.field: fault.words for fault in errors if fault.field},
        "errors": errors,
    }
    return render(request, "signing/page.html", context, status=REFUSED if errors else 200)
