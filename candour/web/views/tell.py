"""The public form, one thing on each page: from “is anyone in danger now?” to the receipt."""

from collections.abc import Mapping
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language_from_request
from django.views.decorators.http import require_http_methods, require_safe

from candour.engine.words import Language, Words
from candour.people.actor import Actor
from candour.site import clock
from candour.telling.actions import take
from candour.telling.drafts import LASTS, Writing, keep, new_secret
from candour.telling.models import Channel
from candour.telling.pages import (
    BY_NAME,
    CHECK,
    CONTACT,
    REPLY,
    SAFE,
    SENT,
    SHARING,
    START,
    Page,
    after,
    before,
    goes_on,
    missing,
)
from candour.telling.queries import open_form
from candour.telling.questions import REPLY as REPLY_QUESTION
from candour.telling.questions import WHERE
from candour.telling.receipt_codes import code_of
from candour.web.forms.controls import Typed, first
from candour.web.forms.entry import Fault, typed_from
from candour.web.forms.tell import OWN_WORDS, SERVICE, Read, read_page
from candour.web.presenters.tell import (
    agreeing,
    asked,
    checked,
    page_title,
    reaching,
    to_the_provider,
)
from candour.web.tell_frame import COOKIE, REFUSED, Telling, telling
from candour.web.tell_gate import ask, has_worked
from candour.web.tell_numbers import numbers
from candour.web.tell_places import place_numbered, places
from candour.web.tell_reading import doubt_of, telling_of

SO_FAR: Final = "so_far"  # sent by the script of a page that somebody is still writing
NOTHING_KEPT: Final = "nothing-kept"
NOT_FOUND: Final = Words(
    "Choose the place, or “Use my own words”", "Dewiswch y lle, neu “Defnyddio fy ngeiriau i”"
)


@require_safe
def tell(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to a body's form in the language that the reader's browser asks for."""
    if open_form(slug, as_of=clock.now()) is None:
        raise Http404
    language: Language = "cy" if get_language_from_request(request).startswith("cy") else "en"
    return redirect("tell-start", slug, language)


@require_http_methods(["GET", "HEAD", "POST"])
@telling
def start(telling: Telling) -> HttpResponse:
    """Show the first page, or take its answer."""
    return _page(telling, BY_NAME[START])


@require_http_methods(["GET", "HEAD", "POST"])
@telling
def page(telling: Telling, page: str) -> HttpResponse:
    """Show a page of the form, or take its answer."""
    if page == SENT:
        return _sent(telling)
    if page == START or page not in BY_NAME:
        raise Http404
    return _page(telling, BY_NAME[page])


def _page(telling: Telling, page: Page) -> HttpResponse:
    now = clock.now()
    secret, writing = telling.secret, telling.writing
    if writing is not None and writing.sent and page.name != START:
        return redirect(telling.address(SENT))
    posted = telling.request.method == "POST"
    if writing is None or writing.sent:
        if SO_FAR in telling.request.POST:
            return HttpResponse(status=204)
        if page.name != START and not (posted and page.name != CHECK):
            return redirect(f"{telling.address()}?{NOTHING_KEPT}")
        writing, secret = Writing.begun(now), new_secret()
    if posted:
        return _posted(telling, page, writing, secret)
    return _shown(telling, page, writing)


def _posted(telling: Telling, page: Page, writing: Writing, secret: str) -> HttpResponse:
    if SO_FAR in telling.request.POST:
        return _kept_so_far(telling, page, writing, secret)
    if page.name == CHECK:
        return _send(telling, writing, secret)
    return _answered(telling, page, writing, secret)


def _kept_so_far(telling: Telling, page: Page, writing: Writing, secret: str) -> HttpResponse:
    """Keep what stands on a page that somebody is still writing, or leaves."""
    read = read_page(page.name, page.question, typed_from(telling.request.POST))
    written = writing.so_far(page.name, read.answers, fit=not read.faults)
    keep(secret, written, body_id=telling.body.pk, as_of=clock.now())
    return HttpResponse(status=204)


def _answered(telling: Telling, page: Page, writing: Writing, secret: str) -> HttpResponse:
    typed = typed_from(telling.request.POST)
    read = read_page(page.name, page.question, typed)
    if read.faults:
        return _shown(telling, page, writing.answering(page.name, read.answers), read)
    if page.question is WHERE and (choosing := _choosing(telling, page, writing, typed, read)):
        return choosing
    written = writing.answering(page.name, read.answers)
    keep(secret, written, body_id=telling.body.pk, as_of=clock.now())
    checking = telling.request.GET.get("to") == CHECK or page.name == SAFE
    go_back = checking and not missing(written)
    onwards = CHECK if go_back else after(page.name, written)
    if page.name == "reply" and CONTACT not in written.done and after("reply", written) == CONTACT:
        onwards = CONTACT
    if page.name == START and after(START, written) == SAFE:
        onwards = SAFE
    answer = redirect(telling.address(onwards))
    return _remembering(answer, telling, secret)


def _choosing(
    telling: Telling, page: Page, writing: Writing, typed: Typed, read: Read
) -> HttpResponse | None:
    """Return the page that asks which place is meant, unless somebody has said so."""
    words, chosen = first(read.answers, WHERE.name), first(read.answers, SERVICE)
    place = place_numbered(chosen, telling.language)
    if place is not None:
        read.answers[WHERE.name] = (words if first(typed, "seen") else place.name,)
        return None
    if chosen == OWN_WORDS:
        read.answers[SERVICE] = ()
        return None
    found = places(words, telling.language, clock.now())
    if not found:
        return None
    if first(typed, "seen") == words:
        read.faults[SERVICE] = NOT_FOUND
    return _shown(telling, page, writing.answering(page.name, read.answers), read, found=found)


def _shown(
    telling: Telling, page: Page, writing: Writing, read: Read | None = None, **more: object
) -> HttpResponse:
    faults: Mapping[str, str] = {
        name: words.text(telling.language) for name, words in (read.faults if read else {}).items()
    }
    back = before(page.name, writing)
    to_check = telling.request.GET.get("to") == CHECK
    context = {
        "page": page.name,
        "title": page_title(page, telling),
        "question": asked(page.question, writing, telling.language) if page.question else None,
        "writing": writing,
        "faults": faults,
        "errors": [Fault(words, name) for name, words in faults.items()],
        "back": ""
        if not back
        else telling.address(CHECK if to_check else "" if back == START else back),
        "wrong": bool(faults),
        "kept": bool(writing.done and telling.secret),
        **more,
    }
    context |= _more(telling, page, writing)
    if page.name == CHECK:
        if gap := missing(writing):
            return redirect(telling.address("" if gap == START else gap))
        context["rows"] = checked(writing, telling)
    return telling.show(_template(page), status=REFUSED if faults else 200, **context)


def _more(telling: Telling, page: Page, writing: Writing) -> dict[str, object]:
    """Return what some pages show beside a question."""
    language, more = telling.language, dict[str, object]()
    if page.name == SHARING:
        more["consents"] = agreeing(language)
    if page.name == REPLY:
        more["question"] = asked(REPLY_QUESTION, writing, language)
    if page.name == CONTACT:
        more["reaching"] = reaching(writing, language)
        more["to_the_provider"] = to_the_provider(language)
    if page.name in (START, SAFE):
        more["numbers"] = numbers(telling.body, language, clock.now())
    if page.name == START and telling.request.method != "POST":
        going_on = writing.done and telling.request.GET.get("to") != CHECK
        more["goes_on"] = telling.address(goes_on(writing)) if going_on else ""
        more["nothing_kept"] = NOTHING_KEPT in telling.request.GET and not writing.done
    return more


def _template(page: Page) -> str:
    own = {SAFE, "about", "sharing", "reply", "contact", CHECK, "where"}
    return f"tell/{page.name}.html" if page.name in own else "tell/question.html"


def _send(telling: Telling, writing: Writing, secret: str) -> HttpResponse:
    """Take in what was written; a receipt comes back, the same one however often it is sent."""
    if gap := missing(writing):
        return redirect(telling.address("" if gap == START else gap))
    now = clock.now()
    told = telling_of(writing.key, writing.answers, telling.language, Channel.PAGES)
    doubt = doubt_of(told, writing.began, now)
    if doubt.bars and not has_worked(telling.request):
        return ask(telling.request, now)
    take(told.doubted(doubt.words), actor=Actor.system(telling.body), as_of=now)
    sent = Writing(writing.key, writing.began, {"thanks": ("yes",)}, (), sent=True)
    keep(secret, sent, body_id=telling.body.pk, as_of=now)
    return _remembering(redirect(telling.address(SENT)), telling, secret, closing=True)


def _sent(telling: Telling) -> HttpResponse:
    """Show the receipt, for as long as the browser's draft lives."""
    writing = telling.writing
    if writing is None or not writing.sent:
        return redirect(telling.address())
    return telling.show("tell/sent.html", code=code_of(writing.key))


def _remembering(
    answer: HttpResponse, telling: Telling, secret: str, *, closing: bool = False
) -> HttpResponse:
    """Return an answer that gives the browser the secret of its draft, for this form alone.

    It outlives the browser's closing for as long as the draft is kept; once all is sent, what is
    left is the receipt, which nobody else should find there: `closing` ends it with the browser.
    """
    answer.set_cookie(
        COOKIE,
        secret,
        max_age=None if closing else LASTS,
        path=reverse("tell", args=[telling.body.slug]),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return answer
