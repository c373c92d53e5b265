"""The whole form on one page, for the pages of a body's own sites to hold in a frame.

No cookie is kept there, so nothing goes from page to page.
"""

from datetime import UTC, datetime
from typing import Final
from uuid import UUID, uuid4, uuid5

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from candour.people.actor import Actor
from candour.site import clock
from candour.telling.actions import take
from candour.telling.drafts import Writing
from candour.telling.models import Channel
from candour.telling.puzzles import opened_at, stamp
from candour.telling.questions import ABOUT, CHANGE, DANGER, HOW, REPLY, WHAT, WHEN, WHERE
from candour.web.forms.controls import Typed, first
from candour.web.forms.entry import Fault, typed_from
from candour.web.forms.tell import SERVICE, Read, read_whole
from candour.web.presenters.tell import agreeing, asked, reaching, to_the_provider
from candour.web.tell_frame import REFUSED, SITES, Telling, framed_by, sites_written, telling
from candour.web.tell_gate import ask, has_worked
from candour.web.tell_numbers import numbers
from candour.web.tell_places import place_numbered
from candour.web.tell_reading import doubt_of, telling_of

KEY: Final = "key"
OPENED: Final = "opened"
_QUESTIONS: Final = (DANGER, WHAT, WHERE, WHEN, HOW, CHANGE, REPLY)


@require_http_methods(["GET", "HEAD", "POST"])
@telling
def whole(telling: Telling) -> HttpResponse:
    """Show the form on one page, or take it in; only the body's own sites may frame it."""
    if telling.request.method != "POST":
        return framed_by(_shown(telling, {}, Read()), telling.look.sites)
    typed = typed_from(telling.request.POST)
    read = read_whole(typed)
    answer = _shown(telling, typed, read) if read.faults else _taken(telling, typed, read)
    return framed_by(answer, telling.look.sites)


def _taken(telling: Telling, typed: Typed, read: Read) -> HttpResponse:
    now = clock.now()
    service = first(read.answers, SERVICE)
    if service and place_numbered(service, telling.language) is None:
        read.answers[SERVICE] = ()
    key = uuid5(UUID(_key(typed)), telling.body.slug)  # sent to two bodies, it is two forms
    told = telling_of(str(key), read.answers, telling.language, Channel.EMBEDDED)
    doubt = doubt_of(told, _opened(typed, now).isoformat(), now)
    if doubt.bars and not has_worked(telling.request):
        return ask(telling.request, now)
    taken = take(told.doubted(doubt.words), actor=Actor.system(telling.body), as_of=now)
    return telling.show("tell/whole_sent.html", code=taken.code)


def _shown(telling: Telling, typed: Typed, read: Read) -> HttpResponse:
    writing = Writing(key="", began="", answers=read.answers)
    language, now = telling.language, clock.now()
    faults = {name: words.text(language) for name, words in read.faults.items()}
    context = {
        "questions": {each.name: asked(each, writing, language) for each in _QUESTIONS},
        "about": [asked(each, writing, language) for each in ABOUT],
        "consents": agreeing(language),
        "reaching": reaching(writing, language),
        "to_the_provider": to_the_provider(language),
        "writing": writing,
        "numbers": numbers(telling.body, language, now),
        "faults": faults,
        "errors": [Fault(words, name) for name, words in faults.items()],
        "wrong": bool(faults),
        "key": _key(typed),
        "opened": first(typed, OPENED) or stamp(now),
        SITES: sites_written(telling.look.sites),
    }
    return telling.show("tell/whole.html", status=REFUSED if faults else 200, **context)


def _key(typed: Typed) -> str:
    """Return the form's own key; a new one where what came is none."""
    try:
        return str(UUID(first(typed, KEY)))
    except ValueError:
        return str(uuid4())


def _opened(typed: Typed, now: datetime) -> datetime:
    seconds = opened_at(first(typed, OPENED))
    return now if seconds is None else datetime.fromtimestamp(seconds, UTC)
