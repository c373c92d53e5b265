"""Addresses of the pages of letters."""

from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from candour.web.presenters.addresses import OWED, of_case

ABOUT = "about"


def writing_page(ref: str, template: str, *, about: str = "", owed: str = "") -> str:
    """Return the address where a letter is begun, for an entry and a duty where they are known."""
    query = urlencode({name: value for name, value in ((ABOUT, about), (OWED, owed)) if value})
    page = of_case("letter-begin", ref, template)
    return f"{page}?{query}" if query else page


def draft_place(ref: str, draft: UUID, page: str = "letter-draft") -> str:
    """Return the address of a page of a draft."""
    return reverse(page, args=[ref, draft])


def sent_place(ref: str, letter: UUID) -> str:
    """Return the address of a letter as it was sent."""
    return reverse("letter-sent", args=[ref, letter])
