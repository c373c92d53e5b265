"""The registers that a body publishes, for anybody: as a page, as a PDF, for spreadsheets."""

import hashlib
from typing import Final
from uuid import UUID

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candour.documents import Letterhead, canonical
from candour.documents.pdf import pdf
from candour.engine.london import local
from candour.publishing.models import Register
from candour.publishing.queries import public_register
from candour.site import clock
from candour.web.limiting import too_often
from candour.web.presenters.public_registers import (
    PublicPage,
    as_content,
    file_rows,
    public_page,
    register_title,
)
from candour.web.spoken import spoken
from candour.web.spreadsheets import csv_file

FRESH: Final = 300  # seconds that others may keep an answer; a line taken down is gone after them
DRAWN_A_MINUTE: Final = 20
TOO_MANY: Final = 429


@require_safe
def register(request: HttpRequest, slug: str, register: str) -> HttpResponse:
    """Show a register of a body, where the body has opened it."""
    page = _page(slug, register)
    context = {
        "page": page,
        "place": reverse("public-register", args=[slug, register]),
        "csv": reverse("public-register-csv", args=[slug, register]),
        "pdf": reverse("public-register-pdf", args=[slug, register]),
        "others": _others(slug, register),
    }
    return _kept(render(request, "public/register.html", context))


@require_safe
def line(request: HttpRequest, slug: str, register: str, number: UUID) -> HttpResponse:
    """Show one line of a register by itself, for as long as it is public."""
    page = _page(slug, register)
    found = next((each for each in page.lines if each.number == str(number)), None)
    if found is None:
        raise Http404
    context = {
        "page": page,
        "line": found,
        "register": reverse("public-register", args=[slug, register]),
    }
    return _kept(render(request, "public/line.html", context))


@require_safe
def register_csv(_request: HttpRequest, slug: str, register: str) -> HttpResponse:
    """Give a register as a file that no spreadsheet takes for formulas."""
    page = _page(slug, register)
    return _kept(csv_file(f"{slug}-{register}.csv", file_rows(Register(register), page)))


@require_safe
def register_pdf(request: HttpRequest, slug: str, register: str) -> HttpResponse:
    """Give a register as a tagged PDF, drawn anew only when it has changed."""
    content = as_content(page := _page(slug, register))
    said = f"{page.body}\n{canonical(content)}".encode()
    key = f"register-pdf:{hashlib.sha256(said).hexdigest()}"
    file: bytes | None = cache.get(key)
    if file is None:
        if too_often(request, "register_drawn", a_minute=DRAWN_A_MINUTE):
            return render(request, "signing/closed.html", {"why": "often"}, status=TOO_MANY)
        head = Letterhead(page.body, language=spoken())
        file = pdf(content, head, made_at=clock.now())
        cache.set(key, file, FRESH)
    answer = HttpResponse(file, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{slug}-{register}.pdf"'
    return _kept(answer)


def _page(slug: str, name: str) -> PublicPage:
    if name not in Register.values:
        raise Http404
    found = public_register(slug, Register(name), local(clock.now()).date())
    if found is None:
        raise Http404
    return public_page(Register(name), found)


def _others(slug: str, name: str) -> list[tuple[str, str]]:
    """Return the other registers that the body has opened: their names and addresses."""
    day = local(clock.now()).date()
    return [
        (register_title(other), reverse("public-register", args=[slug, other.value]))
        for other in Register
        if other.value != name and public_register(slug, other, day) is not None
    ]


def _kept(answer: HttpResponse) -> HttpResponse:
    """Let others keep an answer for a while, for each language."""
    answer["Cache-Control"] = f"public, max-age={FRESH}"
    return answer
