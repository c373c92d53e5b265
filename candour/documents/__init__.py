"""Documents: one content, drawn as tagged PDF, as editable Word and as a mail. No Django, no clock.

read_markdown(text, language=, title=) -> Content    the text of a letter; MarkdownFault teaches
escape(value) -> str                                 a value as Markdown that reads as that text
pdf(content, letterhead, made_at=, seal=) -> bytes   PDF/UA-1; the same input gives the same bytes
word(content, letterhead) -> bytes                   an editable .docx
mail_bodies(content, letterhead) -> MailBodies       the text and the HTML of a mail
"""

from candour.documents.content import (
    Block,
    Content,
    Heading,
    Item,
    Items,
    MalformedContent,
    Paragraph,
    Rule,
    Run,
    Runs,
    Table,
    as_json,
    canonical,
    from_json,
    text_of,
)
from candour.documents.escaping import escape
from candour.documents.faults import MarkdownFault, Undrawable
from candour.documents.letterhead import Letterhead, Signature
from candour.documents.mailing import MailBodies, mail_bodies
from candour.documents.markdown import read_markdown
from candour.documents.pdf import pdf
from candour.documents.plain import one_line, plain
from candour.documents.word import word

__all__ = [
    "Block",
    "Content",
    "Heading",
    "Item",
    "Items",
    "Letterhead",
    "MailBodies",
    "MalformedContent",
    "MarkdownFault",
    "Paragraph",
    "Rule",
    "Run",
    "Runs",
    "Signature",
    "Table",
    "Undrawable",
    "as_json",
    "canonical",
    "escape",
    "from_json",
    "mail_bodies",
    "one_line",
    "pdf",
    "plain",
    "read_markdown",
    "text_of",
    "word",
]
