"""Opens what was made, as its reader would: the text, the tags and the language of a document."""

import re
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import docx
import pikepdf
import pypdf
from docx.oxml.ns import qn

_PAGE_NUMBER = re.compile(r"(?:Page|Tudalen) \d+ (?:of|o) \d+")


def pdf_text(document: bytes) -> str:
    """The text of all pages, without their numbers."""
    pages = pypdf.PdfReader(BytesIO(document)).pages
    return "\n".join(_PAGE_NUMBER.sub("", page.extract_text()) for page in pages)


def squeezed(text: str) -> str:
    """Text without spaces and without what nobody sees: lines wrap where the paper ends."""
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text)
        if not letter.isspace() and unicodedata.category(letter) not in ("Cf", "Mn", "Me")
    )


def tags(document: bytes) -> list[str]:
    """The structure tags of a PDF in reading order, such as ["Document", "H1", "P"]."""
    with pikepdf.open(BytesIO(document)) as opened:
        return list(_tags(opened.Root.StructTreeRoot.K))


def _tags(element: Any) -> Iterator[str]:
    if isinstance(element, pikepdf.Array):
        for part in element:
            yield from _tags(part)
    elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
        yield str(element.S).removeprefix("/")
        if "/K" in element:
            yield from _tags(element.K)


def headings(document: bytes) -> list[str]:
    """The heading tags of a PDF in reading order."""
    return [tag for tag in tags(document) if re.fullmatch(r"H\d", tag)]


def word_text(document: bytes) -> str:
    """All text of a Word file: body, tables, headers and footers; a break is a line feed."""
    opened = docx.Document(BytesIO(document))
    roots = [opened.element.body]
    for section in opened.sections:
        roots += [section.header._element, section.footer._element]
    parts = []
    for root in roots:
        for element in root.iter(qn("w:p"), qn("w:t"), qn("w:br"), qn("w:tab")):
            said = {qn("w:t"): element.text or "", qn("w:tab"): "\t"}
            parts.append(said.get(element.tag, "\n"))
    return "".join(parts)


class ReadHtml(HTMLParser):
    """The tags, attributes and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.said: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    def handle_comment(self, data: str) -> None:
        self.tags.append(f"!--{data}")

    @property
    def text(self) -> str:
        return "".join(self.said)
