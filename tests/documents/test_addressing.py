"""A value of the case that looks like a merge field stays the text that it is."""

from candour.documents import read_markdown, text_of
from candour.documents.content import Paragraph
from candour.documents.facts import RecipientFacts
from candour.documents.facts.values import Facts, text_fact
from candour.documents.merging import addressed, merge

TITLE = "{{ recipient.name }} {{{ recipient.name }}}"


def test_only_the_template_names_its_recipient() -> None:
    facts = Facts("en", (text_fact("case.title", TITLE),))
    merged = merge("{{ recipient.name }}: {{ case.title }}", facts)
    text = addressed(merged.text, RecipientFacts("Ann"))
    (block,) = read_markdown(text, language="en", title="").blocks
    assert isinstance(block, Paragraph)
    assert text_of(block.runs) == f"Ann: {TITLE}"
