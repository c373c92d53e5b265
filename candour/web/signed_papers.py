"""What pages of signatures have in common: the site's address, the statement, a file's answer."""

from django.http import HttpRequest, HttpResponse

from candour.signing.statements import INTENT
from candour.web.spoken import said


def site_of(request: HttpRequest) -> str:
    """Return the address of this site without a slash at its end."""
    return request.build_absolute_uri("/").rstrip("/")


def statement() -> str:
    """Return what somebody says by signing, in the language of the page."""
    return said(INTENT)


def pdf_answer(file: bytes, name: str) -> HttpResponse:
    """Return the answer that shows a PDF in the browser, kept by nobody on the way."""
    answer = HttpResponse(file, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
