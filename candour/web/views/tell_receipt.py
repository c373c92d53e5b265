"""Coming back with a receipt code: see what was done, answer, add something, take it back.

The code stands in no address and no cookie: each form carries it, so that nothing of it is left in
the history of a browser.
"""

from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language_from_request
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from candour.database.row_security import acting_for
from candour.engine.words import Language, Words
from candour.site import clock
from candour.telling.actions import add, answer, withdraw
from candour.telling.actions.receipts import NotTaken
from candour.telling.models import Told
from candour.telling.queries import held_by
from candour.telling.receipt_codes import NoReceipt, read_code
from candour.web.forms.entry import Fault
from candour.web.limiting import too_often
from candour.web.presenters.tell_receipt import receipt_page, receipt_text
from candour.web.spoken import speaking
from candour.web.tell_frame import REFUSED, kept_out

A_MINUTE: Final = 20
TOO_MANY: Final = 429
UNREAD: Final = Words(
    "That is not a receipt code. It has sixteen letters and numbers, in four groups. Look again at "
    "each one.",
    "Nid cod derbynneb yw hwnna. Mae ganddo un ar bymtheg o lythrennau a rhifau, mewn pedwar grŵp. "
    "Edrychwch eto ar bob un.",
)
UNKNOWN: Final = Words(
    "We know no receipt with this code. Look again at each letter and number.",
    "Nid ydym yn gwybod am dderbynneb â’r cod hwn. Edrychwch eto ar bob llythyren a rhif.",
)
OFTEN: Final = Words(
    "Too many codes were tried. Wait a minute, then try again.",
    "Rhoddwyd cynnig ar ormod o godau. Arhoswch funud, yna rhowch gynnig arall arni.",
)
WHY_NOT: Final = {
    "empty": Words("Write something first", "Ysgrifennwch rywbeth yn gyntaf"),
    "long": Words("Use 5,000 letters or fewer", "Defnyddiwch 5,000 o lythrennau neu lai"),
    "enough": Words(
        "That is as much as we can take in one day. Come back tomorrow.",
        "Dyna gymaint ag y gallwn ei dderbyn mewn diwrnod. Dewch yn ôl yfory.",
    ),
    "question": Words("This question is no longer asked", "Ni ofynnir y cwestiwn hwn mwyach"),
    "withdrawn": Words("You took this back", "Rydych wedi tynnu hyn yn ôl"),
}


@require_safe
def receipt_start(request: HttpRequest) -> HttpResponse:
    """Lead to the page in the language that the reader's browser asks for."""
    language = "cy" if get_language_from_request(request).startswith("cy") else "en"
    return redirect("tell-receipt", language)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest, language: Language) -> HttpResponse:
    """Ask for a code, or show what it leads to and do what was asked there."""
    with speaking(language):
        if request.method != "POST":
            return _asking(request, language)
        return _opened(request, language, clock.now())


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def receipt_file(request: HttpRequest, language: Language) -> HttpResponse:
    """Give a receipt as a text file; nothing is looked up for it."""
    if request.method != "POST":
        return redirect("tell-receipt", language)
    with speaking(language):
        try:
            code = read_code(request.POST.get("code", ""))
        except NoReceipt:
            return _asking(request, language, UNREAD)
        text = receipt_text(code, _place(request, language))
    file = HttpResponse(text, content_type="text/plain; charset=utf-8")
    file["Content-Disposition"] = 'attachment; filename="receipt.txt"'
    return kept_out(file, language)


def _opened(request: HttpRequest, language: Language, now: datetime) -> HttpResponse:
    try:
        code = read_code(request.POST.get("code", ""))
    except NoReceipt:
        return _asking(request, language, UNREAD)
    if too_often(request, "receipt", a_minute=A_MINUTE):
        return _asking(request, language, OFTEN, status=TOO_MANY)
    held = held_by(code)
    if held is None:
        return _asking(request, language, UNKNOWN)
    with acting_for([held.body_id]):
        told = Told.objects.select_related("experience", "body").get(pk=held.told_id)
        fault, field = _done(request, told, now)
        told.refresh_from_db(fields=["withdrawn_at"])
        page = receipt_page(told, language, now)
    context = {
        "code": code,
        "told": page,
        "key": uuid4(),
        "done": "" if fault else request.POST.get("do", ""),
        "typed": request.POST.get("words", "") if fault else "",
        "wrong_field": field,
        "fault": fault.text(language) if fault else "",
        "errors": [Fault(fault.text(language), field)] if fault else [],
    }
    return _show(request, language, "tell/receipt_open.html", REFUSED if fault else 200, **context)


def _done(request: HttpRequest, told: Told, now: datetime) -> tuple[Words | None, str]:
    """Do what was asked, and return what is wrong about it, with the field, if anything is."""
    do, words = request.POST.get("do", ""), request.POST.get("words", "").replace("\0", "")
    key, question = _number(request, "key"), _number(request, "question")
    if do == "withdraw" and request.POST.get("sure") == "yes":
        withdraw(told, as_of=now)
    elif do == "withdraw":
        return Words("Tick the box if you are sure", "Ticiwch y blwch os ydych yn siŵr"), "sure"
    try:
        if do == "add":
            add(told, words, key=key, as_of=now)
        elif do == "answer":
            answer(told, question, words, key=key, as_of=now)
    except NotTaken as why:
        field = f"words-{question}" if do == "answer" else "words"
        return WHY_NOT[str(why)], field
    return None, ""


def _number(request: HttpRequest, name: str) -> UUID:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        return uuid4()


def _asking(
    request: HttpRequest, language: Language, fault: Words | None = None, status: int = REFUSED
) -> HttpResponse:
    words = fault.text(language) if fault else ""
    context = {
        "typed": request.POST.get("code", "")[:40],
        "fault": words,
        "errors": [Fault(words, "code")] if fault else [],
    }
    return _show(request, language, "tell/receipt.html", status if fault else 200, **context)


def _show(
    request: HttpRequest, language: Language, template: str, status: int, **context: object
) -> HttpResponse:
    other: Language = "en" if language == "cy" else "cy"
    common = {
        "lang": language,
        "other_lang": other,
        "body_name": "Candour",
        "start": request.path,
        "other": request.path.replace(f"/{language}/", f"/{other}/"),
        "wrong": bool(context.get("errors")),
    }
    return kept_out(render(request, template, {**common, **context}, status=status), language)


def _place(request: HttpRequest, language: Language) -> str:
    return request.build_absolute_uri(f"/tell/receipt/{language}/")
