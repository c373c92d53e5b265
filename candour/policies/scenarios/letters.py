"""Makes a letter at a point of a scenario and compares it with what is expected of it.

What stands outside the log of a case is not in a scenario: the merge fields of the directory, of
the sender and of the recipient read as their own names in square brackets.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from candour.documents.content import (
    Block,
    Content,
    Heading,
    Item,
    Items,
    Paragraph,
    Table,
    text_of,
)
from candour.documents.facts import (
    Asked,
    BodyFacts,
    ClosedToAudience,
    Directory,
    RecipientFacts,
    SenderFacts,
    ServiceFacts,
    facts_for,
    sight_for,
)
from candour.documents.faults import MarkdownFault
from candour.documents.markdown import read_markdown
from candour.documents.merging import MergeFaults, addressed, merge, merge_line
from candour.engine import Draft, Standing
from candour.engine.procedure import Duty
from candour.engine.templates import ROLE, RecipientRule, Template
from candour.engine.words import Language
from candour.policies.building.parts import ids
from candour.policies.scenarios.reading import Letter

RECIPIENT: Final = RecipientFacts("[recipient.name]", "[recipient.role]", "[recipient.body]")


def letter_mismatches(standing: Standing, letter: Letter, moment: datetime) -> Iterator[str]:
    """Yield, for each part that does not hold, what was expected of a letter and what was found."""
    name, wanted = letter.says["template"], letter.says
    template = standing.procedure.templates.get(name)
    if template is None:
        yield f"letters: there is no template {name} to make the letter from."
        return
    for part in ("to", "copied_to"):
        yield from _recipients(part, wanted.get(part), getattr(template, part))
    yield from _meets(standing, template, ids(wanted.get("meets")))
    try:
        text = letter_text(standing, template, letter, moment)
    except (ClosedToAudience, MarkdownFault, MergeFaults) as error:
        if not _within(wanted.get("refused", ""), str(error)) or "refused" not in wanted:
            yield f"letters: {name} cannot be made: {error}"
        return
    yield from _words(name, wanted, text)


def letter_text(standing: Standing, template: Template, letter: Letter, moment: datetime) -> str:
    """Return the subject and the text of a letter as it reads, in one line.

    Raises:
        ClosedToAudience, MarkdownFault, MergeFaults: see `letter_content`.
    """
    content = letter_content(standing, template, letter, moment)
    said = (words for block in content.blocks for words in _said(block))
    return _one_line(" ".join([content.title, *said]))


def letter_content(
    standing: Standing, template: Template, letter: Letter, moment: datetime
) -> Content:
    """Return a letter of a scenario as a document, its subject as the title.

    Raises:
        ClosedToAudience: there is no entry for it to speak of, or its audience may not see it.
        MarkdownFault: the text is not one that a document can hold.
        MergeFaults: its merge fields cannot be read.
    """
    language: Language = letter.says.get("language", "en")
    about = letter.says.get("about") or _latest(standing, template, moment)
    asked = Asked(template, language, moment, about)
    facts = facts_for(standing, asked, _directory(standing))
    subject = addressed(
        merge_line(template.subject.text(language), facts).text, RECIPIENT, markdown=False
    )
    markdown = addressed(merge(template.text.text(language), facts).text, RECIPIENT)
    return read_markdown(markdown, language=language, title=subject)


def _latest(standing: Standing, template: Template, moment: datetime) -> str:
    """Return the last entry that a template may be about, of those that its audience sees."""
    sight = sight_for(standing, template, moment)
    fitting = [
        entry
        for entry in standing.chronicle
        if any(pattern.matches(entry) for pattern in template.about)
    ]
    seen = [entry for entry in fitting if sight.sees(entry)]
    if template.about and not fitting:
        kinds = " or ".join(str(pattern) for pattern in template.about)
        msg = f"there is no entry that it could speak of ({kinds})."
        raise ClosedToAudience(msg)
    return (seen or fitting)[-1].id if fitting else ""


def _directory(standing: Standing) -> Directory:
    opened = standing.by_kind.get("case_opened", ())
    data = opened[0].data if opened else {}
    service = ServiceFacts("", "[service.address]", "[service.postcode]", "[service.kind]")
    return Directory(
        case_ref="[case.ref]",
        case_title=str(data.get("title", "")),
        service=replace(service, name=str(data.get("service", ""))),
        provider_name="[provider.name]",
        body=BodyFacts("[body.name]", "[body.address]", "[body.phone]", "[body.email]"),
        sender=SenderFacts("[sender.name]", "[sender.post]"),
    )


def _recipients(part: str, wanted: Any, rules: tuple[RecipientRule, ...]) -> Iterator[str]:  # noqa: ANN401
    """Yield those who should get it by rule and would not; `wanted` is as packs write it."""
    listed = wanted if isinstance(wanted, list) else [] if wanted is None else [wanted]
    got = [str(rule) for rule in rules]
    names = [one if isinstance(one, str) else f"{ROLE} {one['role']}" for one in listed]
    missing = [name for name in names if name not in got]
    if missing:
        shown = ", ".join(got) or "nobody"
        yield f"letters: expected {part} {', '.join(missing)}, found {shown}."


def _meets(standing: Standing, template: Template, duties: tuple[str, ...]) -> Iterator[str]:
    """Yield the duties that are not owed, or that what sending the letter records does not meet."""
    for name in duties:
        duty = standing.procedure.duties.get(name)
        if duty is None or not standing.open_keys(name):
            yield f"letters: {template.id} should meet {name}, which is not owed."
        elif not any(pattern.matches(_sent(template, duty)) for pattern in duty.met_by):
            yield f"letters: sending {template.id} should meet {name}, but it does not."


def _sent(template: Template, duty: Duty) -> Draft:
    """Return what sending a letter records, as far as its template says; nothing for a paper."""
    kind, data = (template.records.kind, template.records.data) if template.records else ("", {})
    return Draft("letter", kind, datetime.max.replace(tzinfo=UTC), "", duty.owner, data)


def _words(name: str, wanted: Any, text: str) -> Iterator[str]:  # noqa: ANN401 - as it is written
    if "refused" in wanted:
        yield f"letters: {name} was made, but should be refused with “{wanted['refused']}”."
    for words in ids(wanted.get("says")):
        if not _within(words, text):
            yield f"letters: expected {name} to say “{words}”, found “{text}”."
    for words in ids(wanted.get("never_says")):
        if _within(words, text):
            yield f"letters: expected {name} never to say “{words}”, but it does."


def _within(words: str, text: str) -> bool:
    return _one_line(words).casefold() in _one_line(text).casefold()


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _said(block: Block) -> Iterator[str]:
    match block:
        case Heading() | Paragraph():
            yield text_of(block.runs)
        case Items():
            for item in block.items:
                yield from _item(item)
        case Table():
            for row in (block.head, *block.rows):
                yield from (text_of(cell) for cell in row)


def _item(item: Item) -> Iterator[str]:
    yield text_of(item.runs)
    for below in item.below:
        yield from _said(below)
