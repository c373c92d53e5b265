"""Every letter, notice and form of every procedure leaves for real, and is opened by its reader.

Each letter that a scenario makes becomes a document that is read back: text, language, tags and
headings. What is sent goes out by the outbox to a real SMTP server, which has it word for word.
Whatever the scenario says that a letter never says is in no part of what arrived.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pypdf
import pytest
from pytest_django import Settings

from candour import policies
from candour.bodies.models import Body
from candour.database.row_security import acting_for
from candour.documents import Content, Letterhead, mail_bodies, pdf, word
from candour.documents.facts.samples import sample_facts
from candour.documents.faults import MarkdownFault
from candour.documents.markdown import read_markdown
from candour.documents.merge_syntax import uses_of
from candour.documents.merging import merge
from candour.engine import Language
from candour.engine.templates import Template
from candour.mail.configuration import backend_settings
from candour.mail.delivery import deliver
from candour.mail.models import MailMessage, State
from candour.mail.outbox import enqueue
from candour.mail.outgoing import Addressee, Attachment, Outgoing
from candour.policies.building.parts import ids
from candour.policies.packs import SHIPPED
from candour.policies.scenarios import read_scenario
from candour.policies.scenarios.letters import letter_content
from candour.policies.scenarios.playing import Play, in_order
from candour.policies.scenarios.reading import Happening, Letter, Scenario
from tests.support.casework import london
from tests.support.reading_back import ReadHtml, headings, pdf_text, squeezed, tags, word_text
from tests.support.smtp import Arrived, listening

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MARKS = re.compile(r"(?m)^\s*(?:•|\d{1,2}\.)\s")  # of a list: drawn, and no words of its own
NOON = london("2026-11-02T12:00")
HEAD = Letterhead(body_name="Candour Town Council", address_lines=("1 High Street",))
WRITTEN = [
    path
    for path in sorted(SHIPPED.glob("*/scenarios/*.yaml"))
    if "\nletters:" in path.read_text("utf-8")
]


@dataclass(frozen=True)
class Written:
    """A letter of a scenario: as it was made, and what the scenario expects of its words."""

    template: Template
    content: Content
    says: tuple[str, ...]
    never: tuple[str, ...]

    @property
    def language(self) -> str:
        return self.content.language


@cache
def scenario_at(path: Path) -> Scenario:
    return read_scenario(path)


def written(path: Path) -> Iterator[Written]:
    """Yield every letter that a scenario makes and that is not refused."""
    scenario = scenario_at(path)
    play = Play(scenario.procedure)
    for item in in_order(scenario):
        if isinstance(item, Happening):
            play.take(item)
        elif isinstance(item, Letter) and "refused" not in item.says:
            template = scenario.procedure.templates[item.says["template"]]
            assert play.now is not None
            content = letter_content(play.standing, template, item, play.now)
            never = ids(item.says.get("never_says"))
            yield Written(template, content, ids(item.says.get("says")), never)


def holds(letter: Written, text: str, where: str, *, tables: bool = True) -> None:
    """Check that a text has what the letter says, and not a word of what it never says.

    Where `tables` are written out cell by cell, the heading of each comes between the words.
    """
    read = squeezed(text).casefold()
    for words in letter.says:
        for part in [words] if tables else words.split():
            found = squeezed(part).casefold() in read
            assert found, f"{where} of {letter.template.id}: no “{part}”"
    for words in letter.never:
        assert squeezed(words).casefold() not in read, f"{where} says “{words}”"


def opened(letter: Written, document: bytes) -> None:
    """Read a PDF back as its reader's program does: language, title, tags, headings, words."""
    with pikepdf.open(BytesIO(document)) as file:
        assert str(file.Root.Lang).startswith(letter.language)
        assert bool(file.Root.MarkInfo.Marked)
    assert pypdf.PdfReader(BytesIO(document)).metadata.title == letter.content.title  # type: ignore[union-attr]  # it has some
    assert {"P", "H1"} & set(tags(document))
    levels = [int(tag[1]) for tag in headings(document)]
    assert all(after <= before + 1 for before, after in pairwise([0, *levels]))
    text = pdf_text(document)
    holds(letter, f"{letter.content.title}\n{text}\n{MARKS.sub('', text)}", "the PDF")


def opened_in_word(letter: Written) -> None:
    document = word(letter.content, HEAD)
    assert docx.Document(BytesIO(document)).core_properties.language.startswith(letter.language)
    holds(letter, f"{letter.content.title}\n{word_text(document)}", "the Word file")


def as_sent(letter: Written, number: int, body: Body, document: bytes) -> Outgoing:
    bodies = mail_bodies(letter.content, HEAD)
    return Outgoing(
        key=f"{letter.template.id}/{number}",
        body_id=body.pk,
        to=Addressee("Gwenllian Huws", "gwenllian@derwen.example"),
        subject=letter.content.title,
        text=bodies.text,
        html=bodies.html,
        attachments=(Attachment("letter.pdf", "application/pdf", document),),
        language=letter.language,
    )


def received(letter: Written, arrived: Arrived, document: bytes) -> None:
    """Check every part of what the server took."""
    message = arrived.message
    subject = str(message["Subject"]).strip()  # a fold before the first word is no part of it
    assert (subject, message["Content-Language"]) == (letter.content.title, letter.language)
    text: Any = message.get_body(("plain",))
    page: Any = message.get_body(("html",))
    holds(letter, f"{subject}\n{text.get_content()}", "the mail's text", tables=False)
    read = ReadHtml(page.get_content())
    assert ("html", "lang", letter.language) in read.attributes
    holds(letter, f"{subject}\n{read.text}", "the mail's page")
    (attached,) = message.iter_attachments()
    assert attached.get_content() == document


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: f"{path.parents[1].name}/{path.stem}")
def test_the_letters_of_a_scenario_arrive_and_are_read(path: Path, settings: Settings) -> None:
    body = Body.objects.create(name="Candour Town Council", nation="wales", slug="town")
    sent: list[tuple[Written, bytes]] = []
    with listening() as server, acting_for([body.pk]):
        for name, value in backend_settings(server.address(), Path("unused")).items():
            setattr(settings, name, value)
        for number, letter in enumerate(written(path)):
            document = pdf(letter.content, HEAD, made_at=NOON)
            opened(letter, document)
            if letter.template.records is None:
                opened_in_word(letter)
                continue
            message = enqueue(as_sent(letter, number, body, document), as_of=NOON)
            deliver(message, body.pk, NOON)
            assert MailMessage.objects.get(pk=message).state == State.SENT
            sent.append((letter, document))
        assert len(server.postbox.taken) == len(sent)
        for (letter, document), arrived in zip(sent, server.postbox.taken, strict=True):
            received(letter, arrived, document)


def _by_clause() -> dict[str, set[str]]:
    """Return for each clause the letters that carry it in a scenario which cites it."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in WRITTEN:
        scenario = scenario_at(path)
        for letter in scenario.letters:
            template = scenario.procedure.templates[letter.says["template"]]
            document = scenario.procedure.documents[template.document]
            for clause in {*template.clauses, *document.clauses} & set(scenario.clauses):
                found[clause].add(template.id)
    return found


def test_every_clause_that_tells_or_asks_for_a_form_has_its_letter() -> None:
    by_letter = _by_clause()
    clauses = {
        clause.id
        for name in policies.available()
        for clause in policies.load(name).clauses.values()
        if clause.kind in ("tell", "form")
    }
    assert len(clauses) > 40
    assert sorted(clauses - set(by_letter)) == []


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_template_can_be_read_before_there_is_a_case(language: Language) -> None:
    """A text that no document can hold would be found only on the day it is needed."""
    for name in policies.available():
        for template in policies.load(name).templates.values():
            text = template.text.text(language)
            try:
                made = merge(text, sample_facts(uses_of(text), language))
                read_markdown(made.text, language=language, title=template.id)
            except MarkdownFault as fault:
                pytest.fail(f"{name}/{template.id}: {fault}")
