"""Whether a document is what was signed or sent here: by its code, or by the file itself."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from candour.documents.codes import MISTYPED, TOO_LONG, TOO_SHORT, CodeFault, read_code
from candour.signing.sealed import Asked, Sealed, find_sealed
from candour.web import dates
from candour.web.forms.entry import Fault
from candour.web.hashed_uploads import HashedFile, HashesOnly
from candour.web.limiting import too_often
from candour.web.spoken import said

LARGEST = 20_000_000  # bytes of a file; what is signed or sent here is far smaller
AROUND = 100_000  # bytes of the form around it
LOOKED_UP = "document_looked_up"
REFUSED, TOO_LARGE, TOO_MANY = 422, 413, 429


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of a document: known or not, and what may be known of it."""

    known: bool
    by_file: bool
    sort: str = ""
    body: str = ""
    became: str = ""
    look: str = ""
    on: str = ""
    signatures: tuple[tuple[str, str, str], ...] = ()


# The handler has to be set before the token against forgery is read from the form.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Take a code or a file, and say whether it is a document of this site; anybody may ask."""
    if request.method == "POST" and int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST + AROUND:
        words = _("The file is larger than 20 MB, which no document made here is.")
        return _page(request, Fault(words, "file"), status=TOO_LARGE)
    request.upload_handlers = [HashesOnly(request)]
    return _checked(request)


@csrf_protect
def _checked(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request)
    if too_often(request, LOOKED_UP, a_minute=20):
        words = _("Too many documents were looked up from here. Wait a minute, then go on.")
        return _page(request, Fault(words), status=TOO_MANY)
    file = request.FILES.get("file")
    if isinstance(file, HashedFile) and file.size:
        return _page(request, verdict=_verdict(find_sealed(Asked(file=file.digest)), by_file=True))
    typed = request.POST.get("code", "")
    if not typed.strip():
        return _page(request, Fault(_("Type the code, or choose the file"), "code"))
    try:
        carried = read_code(typed[:200])
    except CodeFault as fault:
        return _page(request, Fault(_fault_words(fault), "code"), typed=typed)
    found = find_sealed(Asked(code=carried))
    return _page(request, verdict=_verdict(found, by_file=False), typed=typed)


def _fault_words(fault: CodeFault) -> str:
    return {
        TOO_SHORT: _("The code is too short: it has 20 letters and digits, in four groups"),
        TOO_LONG: _("The code is too long: it has 20 letters and digits, in four groups"),
        MISTYPED: _("There is a slip in the code: compare it with the foot of the page again"),
    }.get(fault.reason, _("The code holds a sign that no code has: only letters and digits"))


def _verdict(found: Sealed | None, *, by_file: bool) -> Verdict:
    if found is None:
        return Verdict(known=False, by_file=by_file)
    look, words = {
        "sent": ("met", _("Sent")),
        "signed": ("met", _("Signed by all")),
        "waiting": ("open", _("Not yet signed by all")),
        "ended": ("cancelled", _("Not signed: the request for signatures ended")),
    }[found.became]
    return Verdict(
        known=True,
        by_file=by_file,
        sort=said(found.sort),
        body=said(found.body),
        became=words,
        look=look,
        on=dates.moment(found.on),
        signatures=tuple((s.name, s.post, dates.moment(s.at)) for s in found.signatures),
    )


def _page(
    request: HttpRequest,
    fault: Fault | None = None,
    *,
    verdict: Verdict | None = None,
    typed: str = "",
    status: int = REFUSED,
) -> HttpResponse:
    context = {
        "errors": [fault] if fault else [],
        "wrong": {fault.field: fault.words} if fault else {},
        "verdict": verdict,
        "typed": typed[:60],
    }
    answer = render(request, "verify/page.html", context, status=status if fault else 200)
    answer["Cache-Control"] = "no-store"
    return answer
