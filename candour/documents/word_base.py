"""Makes the empty Word letter that `word` fills: its styles, its language, and where things stand.

It is made by code at first use, so that no file lies here whose origin nobody can read. Double
braces in it are the only template that Jinja ever sees: what is filled in is never read as one.
"""

from collections.abc import Iterable
from functools import cache
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from candour.documents.words import WORDS

FONT = "Arial"
LOCALES = {"en": "en-GB", "cy": "cy-GB"}
_INK, _QUIET = RGBColor(0x0B, 0x0C, 0x0C), RGBColor(0x45, 0x4A, 0x4D)
_SIZES = {"Heading 1": 17, "Heading 2": 14, "Heading 3": 12, "Heading 4": 12}
_PLACES = (
    ("{{p logo_line }}", ""),
    ("{{ body_name }}", "Sender Name"),
    ("{%p for line in sender %}", ""),
    ("{{ line }}", "Sender"),
    ("{%p endfor %}", ""),
    ("{%p for line in addressee %}", ""),
    ("{{ line }}", "Addressee"),
    ("{%p endfor %}", ""),
    ("{%p for label, value in details %}", ""),
    ("{{ label }}: {{ value }}", "Details"),
    ("{%p endfor %}", ""),
    ("{{ title }}", "Heading 1"),
    ("{{p body }}", ""),
    ("{%p for line in signatures %}", ""),
    ("{{ line }}", "Signature Line"),
    ("{%p endfor %}", ""),
)


@cache
def base(language: str) -> bytes:
    """Return the empty letter in this language, as the bytes of a .docx."""
    document = Document()
    _set_language(document, LOCALES[language])
    _set_styles(document)
    _set_page(document, language)
    _forget_the_origin(document)
    for text, style in _PLACES:
        document.add_paragraph(text, style=style or None)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _set_language(document: WordDocument, locale: str) -> None:
    for lang in document.styles.element.iter(qn("w:lang")):
        for name in ("w:val", "w:eastAsia"):
            lang.set(qn(name), locale)
    for lang in document.settings.element.iter(qn("w:themeFontLang")):
        lang.set(qn("w:val"), locale)
    document.core_properties.language = locale


def _set_styles(document: WordDocument) -> None:
    normal = document.styles["Normal"]
    _set_font(normal, 12)
    normal.paragraph_format.space_after = Pt(8)
    normal.paragraph_format.line_spacing = 1.15
    for name, size in _SIZES.items():
        _set_font(document.styles[name], size)
        document.styles[name].paragraph_format.space_before = Pt(size)
        document.styles[name].paragraph_format.space_after = Pt(6)
        document.styles[name].paragraph_format.keep_with_next = True
    for name, size, gap in (
        ("Sender Name", 11, 0),
        ("Sender", 10, 14),
        ("Addressee", 12, 14),
        ("Details", 12, 14),
        ("Signature Line", 12, 14),
    ):
        style = document.styles.add_style(name, 1)
        style.base_style = normal
        _set_font(style, size)
        style.paragraph_format.space_after = Pt(gap)
        # The gap is after the last of several lines, not between them.
        style.element.get_or_add_pPr().append(OxmlElement("w:contextualSpacing"))
    for name in ("Sender Name", "Sender"):
        document.styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.styles["Sender Name"].font.bold = True
    _set_font(document.styles["Footer"], 9)
    document.styles["Footer"].font.color.rgb = _QUIET


def _set_font(style: object, size: int) -> None:
    """Set a style's font in ink, without the colours and typefaces of Word's own theme."""
    font = style.font  # type: ignore[attr-defined]  # the library types its styles as their base
    font.name = FONT
    font.size = Pt(size)
    font.color.rgb = _INK
    fonts = font.element.rPr.rFonts
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(name), None)
    fonts.set(qn("w:cs"), FONT)


def _set_page(document: WordDocument, language: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(18), Mm(22)
    foot = section.footer.paragraphs[0]
    foot.text = "{{ footer }}"
    numbered = section.footer.add_paragraph(style="Footer")
    numbered.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    before, between, after = _around(WORDS[language].page, ("{page}", "{pages}"))
    numbered.add_run(before)
    _add_field(numbered, "PAGE")
    numbered.add_run(between)
    _add_field(numbered, "NUMPAGES")
    numbered.add_run(after)


def _around(sentence: str, marks: Iterable[str]) -> list[str]:
    parts = []
    for mark in marks:
        part, _, sentence = sentence.partition(mark)
        parts.append(part)
    return [*parts, sentence]


def _add_field(paragraph: WordParagraph, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = OxmlElement("w:r")
    shown = OxmlElement("w:t")
    shown.text = "1"
    run.append(shown)
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001 - the library has no verb for a field


def _forget_the_origin(document: WordDocument) -> None:
    """Take out the picture, dates and remark of the library's own blank document."""
    package = document.part.package
    for name, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[name]
    properties = document.core_properties
    properties.comments = properties.author = properties.last_modified_by = ""
    for dated in ("dcterms:created", "dcterms:modified"):
        for element in properties._element.findall(qn(dated)):  # noqa: SLF001 - no verb for it
            element.getparent().remove(element)
