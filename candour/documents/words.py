"""The few words that a document carries by itself, in each language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DocumentWords:
    """Words around a text; braces are filled in."""

    page: str
    untitled: str
    code: str
    check: str
    phone: str
    email: str
    web: str


WORDS = {
    "en": DocumentWords(
        page="Page {page} of {pages}",
        untitled="Letter",
        code="Code: {seal}",
        check="To check that this document is what was issued, go to {address} "
        "and give the code {seal}.",
        phone="Phone: {0}",
        email="Email: {0}",
        web="Website: {0}",
    ),
    "cy": DocumentWords(
        page="Tudalen {page} o {pages}",
        untitled="Llythyr",
        code="Cod: {seal}",
        check="I wirio mai dyma’r ddogfen a gyhoeddwyd, ewch i {address} a rhoi’r cod {seal}.",
        phone="Ffôn: {0}",
        email="E-bost: {0}",
        web="Gwefan: {0}",
    ),
}
