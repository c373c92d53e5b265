"""Makes a content into a Word file that people can edit, with real headings, lists and tables.

docxtpl fills the letterhead in a sandbox and escapes what it fills in; the text comes as finished
WordprocessingML. No value holds a brace when the template engine sees it.
"""

from collections.abc import Iterator
from io import BytesIO
from xml.sax.saxutils import escape

from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from docx.image.image import Image
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Emu, Mm
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from candour.documents.content import Content
from candour.documents.faults import UNREADABLE_LOGO, Undrawable
from candour.documents.letterhead import Letterhead
from candour.documents.word_base import LOCALES, base
from candour.documents.word_blocks import FIRST_OWN_NUMBERING, BlockWriter, without_braces

_NO_PICTURE = (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
    ZeroDivisionError,
)
_LOGO_HEIGHT, _LOGO_WIDTH = Mm(22), Mm(80)
_ORDERED = {1: "7", 2: "3", 3: "2"}  # level of a list to the numbering of Word's own style for it


def word(content: Content, letterhead: Letterhead) -> bytes:
    """Return the document as the bytes of a .docx, its language and title set.

    Raises:
        Undrawable: the logo is no picture.
    """
    template = DocxTemplate(BytesIO(base(content.language)))
    template.init_docx()
    writer = BlockWriter()
    filled = {
        "body_name": _held(letterhead.body_name),
        "sender": [_held(line) for line in letterhead.address_lines + letterhead.contact_lines],
        "addressee": [_held(line) for line in letterhead.addressee],
        "details": [(_held(label), _held(value)) for label, value in letterhead.details],
        "title": _held(content.title),
        "body": Markup(writer.written(content.blocks)),  # noqa: S704 - escaped as it was written
        "signatures": [_held(line) for line in _signatures(letterhead)],
        "footer": _held(letterhead.footer),
        "logo_line": _logo(template, letterhead),
    }
    template.render(filled, jinja_env=_sandbox())
    _add_numberings(template, writer)
    properties = template.docx.core_properties
    properties.title = content.title[:255]
    properties.author = letterhead.body_name[:255]
    properties.language = LOCALES[content.language]
    written = BytesIO()
    template.save(written)
    return written.getvalue()


def _sandbox() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def _held(value: str) -> Markup:
    """Return a value escaped, without any brace: the library reads `{_{` as a brace of its own."""
    return Markup(without_braces(escape(value)))  # noqa: S704 - escaped right here


def _logo(template: DocxTemplate, head: Letterhead) -> Markup:
    """Return the paragraph of the logo, at most as high and as wide as the PDF has it."""
    if head.logo is None:
        return Markup()
    try:
        picture = Image.from_blob(head.logo)
        height = min(_LOGO_HEIGHT, _LOGO_WIDTH * picture.px_height // picture.px_width)
        inline = template.docx.part.new_pic_inline(BytesIO(head.logo), height=Emu(height))
    except _NO_PICTURE as wrong:
        raise Undrawable(UNREADABLE_LOGO) from wrong
    inline.docPr.set("descr", head.logo_alt or head.body_name)
    drawing = without_braces(inline.xml)
    return Markup(  # noqa: S704 - XML of the library, its values escaped by it
        f"<w:p><w:r><w:drawing>{drawing}</w:drawing></w:r></w:p>"
    )


def _add_numberings(template: DocxTemplate, writer: BlockWriter) -> None:
    """Give each ordered list a numbering of its own, so that the second begins anew."""
    numberings = template.docx.part.numbering_part.element
    for number, (level, start) in enumerate(writer.numbered, FIRST_OWN_NUMBERING):
        own = _element("w:num", "w:numId", str(number))
        own.append(_element("w:abstractNumId", "w:val", _ORDERED[level]))
        override = _element("w:lvlOverride", "w:ilvl", "0")
        override.append(_element("w:startOverride", "w:val", str(start)))
        own.append(override)
        numberings.append(own)


def _element(tag: str, attribute: str, value: str) -> BaseOxmlElement:
    element = OxmlElement(tag)
    element.set(qn(attribute), value)
    return element


def _signatures(head: Letterhead) -> Iterator[str]:
    for signature in head.signatures:
        if not signature.note:
            yield from ("", "", "")
        lines = (signature.name, signature.post, head.body_name, signature.note)
        yield from (line for line in lines if line)
