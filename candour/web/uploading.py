"""Forms that files come with: how much of one is read, and what of it was received."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from candour.attachments.limits import MOST_AT_ONCE, largest_file, largest_request
from candour.attachments.receiving import ReceivedFile, Receiving
from candour.attachments.refusals import MEGABYTE, TAKEN, why_words
from candour.attachments.sorts import CHOOSABLE
from candour.web.spoken import said

TOO_LONG = 413
_Args = ParamSpec("_Args")
_View = Callable[Concatenate[HttpRequest, _Args], HttpResponse]


@dataclass(frozen=True, slots=True)
class ReceivedFiles:
    """What came in one field of a form.

    Attributes:
        files: the files that are there whole, in order.
        refused: names of files that were too large or too many, each with why in words.
    """

    files: tuple[ReceivedFile, ...]
    refused: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FileField:
    """What a file field of a form needs to say."""

    taken: str
    largest: int
    largest_words: str
    most: int
    choosable: str = CHOOSABLE


def takes_files(view: _View[_Args]) -> _View[_Args]:
    """Let a form of this page bring documents: they go to disk and are hashed as they arrive.

    A form that says it is longer than all its files could be is not read. Stands inside
    `signed_in_only`, or inside what opens a link, so that nobody else’s files are written down.
    """
    # The handler has to be set before the token against forgery is read from the form.
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def receiving(
        request: HttpRequest, /, *args: _Args.args, **kwargs: _Args.kwargs
    ) -> HttpResponse:
        if request.method == "POST":
            length = request.META.get("CONTENT_LENGTH") or ""
            if length.isdecimal() and int(length) > largest_request():
                return _too_long(request)
            request.upload_handlers = [Receiving(request)]
        return protected(request, *args, **kwargs)

    return receiving


def received(request: HttpRequest, name: str) -> ReceivedFiles:
    """Return the files that came under a name, and what was refused on the way."""
    files = tuple(file for file in request.FILES.getlist(name) if isinstance(file, ReceivedFile))
    refused = tuple(
        (file, said(why_words(why, largest_file(), MOST_AT_ONCE)))
        for handler in request.upload_handlers
        if isinstance(handler, Receiving)
        for file, why in handler.refused
    )
    return ReceivedFiles(files, refused)


def file_field() -> FileField:
    """Return what a file field says of what is taken, in the language of the page."""
    size = largest_file()
    return FileField(said(TAKEN), size, f"{size // MEGABYTE} MB", MOST_AT_ONCE)


def _too_long(request: HttpRequest) -> HttpResponse:
    context = {"field": file_field(), "again": request.path}
    return render(request, "errors/413.html", context, status=TOO_LONG)
