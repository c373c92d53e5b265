"""The letters and forms of a procedure: their list, and each as it reads before there is a case."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import gettext as _

from candour.documents.content import Content
from candour.documents.facts import RecipientFacts
from candour.documents.facts.samples import sample_facts
from candour.documents.markdown import read_markdown
from candour.documents.merge_syntax import uses_of
from candour.documents.merging import addressed, merge, merge_line
from candour.engine import Procedure
from candour.engine.fields import as_values
from candour.engine.patterns import Pattern, Where
from candour.engine.templates import Template
from candour.engine.words import Language
from candour.web.presenters.audiences import audience_words, rule_words
from candour.web.presenters.naming import role_title
from candour.web.presenters.patterns import pattern_words, patterns
from candour.web.presenters.rules import Rule, rules
from candour.web.spoken import said

_RECIPIENT = RecipientFacts(*(f"‹recipient.{name}›" for name in ("name", "role", "body")))


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter in the list: its anchor, title, facts, clauses, and where its text is read."""

    anchor: str
    title: str
    facts: tuple[tuple[str, str], ...]
    clauses: tuple[str, ...]
    address: str


@dataclass(frozen=True, slots=True)
class LetterPage:
    """A letter as it reads, in both languages, with the clauses that it serves."""

    title: str
    where: str
    facts: tuple[tuple[str, str], ...]
    texts: tuple[tuple[Language, str, Content], ...]
    rules: tuple[Rule, ...]


def letter_lines(procedure: Procedure) -> tuple[LetterLine, ...]:
    """Return every letter and form of a procedure that has a text, in the pack’s order."""
    return tuple(
        LetterLine(
            f"template-{template.id}",
            _title(procedure, template),
            tuple(_facts(procedure, template)),
            template.clauses,
            reverse("procedure-letter", args=[procedure.name, template.id]),
        )
        for template in procedure.templates.values()
    )


def letter_page(procedure: Procedure, template: Template) -> LetterPage:
    """Return a letter as it reads, each merge field as its own name in ‹…›."""
    return LetterPage(
        _title(procedure, template),
        procedure.documents[template.document].at,
        tuple(_facts(procedure, template)),
        (
            ("en", "English", _read(template.subject.en, template.text.en, "en")),
            ("cy", "Cymraeg", _read(template.subject.cy, template.text.cy, "cy")),
        ),
        rules(procedure, template.clauses),
    )


@lru_cache(maxsize=256)
def _read(subject: str, text: str, language: Language) -> Content:
    """Return a text with samples in its merge fields."""
    facts = sample_facts(uses_of(subject, text), language)
    title = addressed(merge_line(subject, facts).text, _RECIPIENT, markdown=False)
    markdown = addressed(merge(text, facts).text, _RECIPIENT)
    return read_markdown(markdown, language=language, title=title)


def _title(procedure: Procedure, template: Template) -> str:
    """Return the title of its document; with its own name for a further text of that document."""
    title = said(procedure.documents[template.document].title)
    several = [t for t in procedure.templates.values() if t.document == template.document]
    if len(several) == 1 or template.id == template.document:
        return title
    return f"{title} ({template.id.replace('_', ' ')})"


def _facts(procedure: Procedure, template: Template) -> Iterator[tuple[str, str]]:
    yield _("For"), audience_words(template)
    for name, listed in ((_("Goes to"), template.to), (_("Copied to"), template.copied_to)):
        if listed:
            yield name, ", ".join(rule_words(procedure, rule) for rule in listed)
    if template.about:
        yield _("Speaks of"), patterns(procedure, template.about)
    if template.records is not None:
        given = template.records.data.items()
        where = tuple(Where(name, as_values(value)) for name, value in given)
        yield (
            _("Sending it records"),
            pattern_words(procedure, Pattern(template.records.kind, where)),
        )
    if template.purpose.en:
        yield _("Purpose"), said(template.purpose)
    if template.signed_by:
        yield _("Signed by"), role_title(procedure, template.signed_by)
