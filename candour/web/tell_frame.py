"""What the public's pages have in common: whose form it is, in which language, framed by whom."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from candour.bodies.models import Body
from candour.engine.words import Language
from candour.site import clock
from candour.telling.drafts import Writing, hash_of, read_draft
from candour.telling.forms import FormLook
from candour.telling.queries import open_form
from candour.web.spoken import speaking

_Args = ParamSpec("_Args")
LANGUAGES: Final[tuple[Language, Language]] = ("en", "cy")
REFUSED: Final = 422
FRAMES: Final = frozenset({"iframe", "frame", "embed", "object"})
SITES: Final = "sites"
COOKIE: Final = "candour_telling"  # holds the secret of a draft
# A script asks where an answer leads on, so that it need not fetch the next page only to see that.
ASKED_ONWARDS, ONWARDS = "Candour-Asks", "Candour-Onwards"
_signer: Final = Signer(salt="candour.telling.sites")


@dataclass(frozen=True, slots=True)
class Telling:
    """A request for a page of a body's form, with the draft that its browser has, sealed."""

    request: HttpRequest
    body: Body
    look: FormLook
    language: Language
    sealed: bytes = b""

    @property
    def secret(self) -> str:
        """The secret of the draft that the browser has; nothing where it has none."""
        return self.request.COOKIES.get(COOKIE, "")

    @property
    def writing(self) -> Writing | None:
        """What the browser's draft holds; None where there is none any more."""
        return read_draft(self.secret, self.sealed, body_id=self.body.pk)

    @property
    def name(self) -> str:
        """The name of the body in the language of the page."""
        return self.body.name_in(self.language)

    def address(self, page: str = "") -> str:
        """Return the address of a page of the form; of its first without a name."""
        if not page:
            return reverse("tell-start", args=[self.body.slug, self.language])
        return reverse("tell-page", args=[self.body.slug, self.language, page])

    def show(self, template: str, status: int = 200, **context: Any) -> HttpResponse:  # noqa: ANN401  # whatever the page shows
        """Return a page."""
        other: Language = "en" if self.language == "cy" else "cy"
        start = reverse("tell-start", args=[self.body.slug, self.language])
        path, receipt = self.request.path, reverse("tell-receipt", args=[self.language])
        elsewhere = reverse("tell-start", args=[self.body.slug, other])
        common = {
            "body": self.body,
            "body_name": self.name,
            "look": self.look,
            "lang": self.language,
            "form_title": self.look.part("title", self.language),
            "start": start,
            "other": path.replace(start, elsewhere, 1) if path.startswith(start) else elsewhere,
            "other_lang": other,
            "receipt_at": self.request.get_host() + receipt,
            "colours": reverse("tell-colours", args=[self.body.slug]),
            "framed": self.request.headers.get("Sec-Fetch-Dest", "") in FRAMES,
        }
        return render(self.request, template, {**common, **context}, status=status)


_View = Callable[Concatenate[Telling, _Args], HttpResponse]


def telling(view: _View[_Args]) -> Callable[..., HttpResponse]:
    """Make a view of a page of a body's form: open to all, and of no use to another site.

    No token against forgery is needed: nothing here acts for somebody signed in, and forms that the
    pages of other sites send are turned away by what browsers say of where they come from
    (`candour.web.tell_gate`).
    """

    @csrf_exempt
    @wraps(view)
    def shown(
        request: HttpRequest,
        slug: str,
        language: Language,
        *args: _Args.args,
        **kwargs: _Args.kwargs,
    ) -> HttpResponse:
        secret = hash_of(request.COOKIES.get(COOKIE, ""))
        found = open_form(slug, secret_hash=secret, as_of=clock.now())
        if found is None:
            raise Http404
        with speaking(language):
            page = Telling(request, found.body, found.look, language, found.sealed)
            answer = view(page, *args, **kwargs)
        return kept_out(_onwards(request, answer), language)

    return shown


def _onwards(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Return where an answer leads on, to a script that asks for no more than that."""
    if not isinstance(answer, HttpResponseRedirect) or ASKED_ONWARDS not in request.headers:
        return answer
    said = HttpResponse(status=204, headers={ONWARDS: answer.url})
    said.cookies = answer.cookies
    return said


def kept_out(answer: HttpResponse, language: Language) -> HttpResponse:
    """Return an answer that search engines, caches and other sites keep nothing of."""
    answer["Content-Language"] = language
    answer.headers.setdefault("Cache-Control", "private, no-store")
    answer["X-Robots-Tag"] = "noindex, noarchive"
    answer["Referrer-Policy"] = "same-origin"
    return answer


def framed_by(answer: HttpResponse, sites: tuple[str, ...]) -> HttpResponse:
    """Return an answer that the pages of these sites, and of no others, may hold in a frame."""
    if sites:
        answer.frame_ancestors = sites  # type: ignore[attr-defined]  # our own mark
        answer.xframe_options_exempt = True
    return answer


def sites_written(sites: tuple[str, ...]) -> str:
    """Return the sites that may frame a form, signed: the form carries them, and brings them back.

    So an answer that is given without asking the database may still be shown in the frame.
    """
    return _signer.sign(" ".join(sites)) if sites else ""


def sites_carried(request: HttpRequest) -> tuple[str, ...]:
    """Return the sites that a form carried, where they are what was signed."""
    try:
        return tuple(_signer.unsign(request.POST.get(SITES, "")).split())
    except BadSignature:
        return ()
