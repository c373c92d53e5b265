"""Keying paper forms: one page, by keyboard alone, the next form ready as soon as one is saved."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from candour.engine.london import local
from candour.engine.words import Language
from candour.people.actor import Actor
from candour.people.models import Post
from candour.site import clock
from candour.telling.actions import Taken, take
from candour.telling.models import Channel
from candour.telling.telling import keyed_from
from candour.web.forms.controls import Typed, first
from candour.web.forms.entry import Fault, typed_from
from candour.web.forms.tell_keying import LONGEST_BATCH, Keyed, read_keyed
from candour.web.presenters.tell_keying import keying_fields
from candour.web.sending import REFUSED
from candour.web.signed_in import signed_in_only
from candour.web.spoken import said
from candour.web.tell_reading import telling_of
from candour.web.views.tell_settings import post_at


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def tell_keying(request: HttpRequest) -> HttpResponse:
    """Show an empty form to key, or take one in and show the next."""
    post = post_at(request)
    if post is None:
        return render(request, "telling/no_post.html", status=403)
    if request.method != "POST":
        return _page(request, post, {"batch": (request.GET.get("batch", "")[:LONGEST_BATCH],)}, {})
    typed, now = typed_from(request.POST), clock.now()
    keyed = read_keyed(typed, local(now).date())
    if keyed.read.faults:
        faults = {name: said(words) for name, words in keyed.read.faults.items()}
        return _page(request, post, typed, faults)
    return _page(request, post, _kept(typed), {}, _taken(post, typed, keyed))


def _taken(post: Post, typed: Typed, keyed: Keyed) -> Taken:
    """Take a form in; the page that follows is no redirect, so that the code is kept nowhere."""
    language: Language = "cy" if first(typed, "language") == "cy" else "en"
    told = telling_of(_key(typed), keyed.read.answers, language, Channel.PAPER)
    told = keyed_from(told, keyed.batch, keyed.received_on)
    return take(told, actor=Actor.from_post(post), as_of=clock.now())


def _kept(typed: Typed) -> Typed:
    """Return what stays for the next form: the pile, its day and its language."""
    return {name: typed.get(name, ()) for name in ("batch", "received", "language")}


def _page(
    request: HttpRequest,
    post: Post,
    typed: Typed,
    faults: dict[str, str],
    taken: Taken | None = None,
) -> HttpResponse:
    context = {
        "post": post,
        "fields": keying_fields(typed, faults),
        "typed": typed,
        "batch": first(typed, "batch"),
        "received": first(typed, "received"),
        "form_language": first(typed, "language") or "en",
        "consents": typed.get("consent", ()),
        "contact_provider": bool(typed.get("contact_provider")),
        "key": _key(typed) if faults else str(uuid4()),
        "faults": faults,
        "errors": [Fault(words, name) for name, words in faults.items()],
        "taken": taken,
    }
    return render(request, "telling/keying.html", context, status=REFUSED if faults else 200)


def _key(typed: Typed) -> str:
    try:
        return str(UUID(first(typed, "key")))
    except ValueError:
        return str(uuid4())
