"""A template in a body's own words, and whether those pass the lint that the pack's pass."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from candour.documents.facts import merge_fields
from candour.documents.merge_checking import check_text, differing
from candour.engine import Procedure, Words
from candour.engine.fields import Problem
from candour.engine.templates import Template
from candour.letters.models import TemplateOverride
from candour.letters.texts import LANGUAGES


@dataclass(frozen=True, slots=True)
class OwnText:
    """A body's own subject and text, in both languages, and why it has them."""

    subject: Words
    text: Words
    reason: str


def worded(template: Template, own: OwnText | TemplateOverride | None) -> Template:
    """Return a template with a body's own words in place of the pack's."""
    if own is None:
        return template
    if isinstance(own, OwnText):
        return replace(template, subject=own.subject, text=own.text)
    return replace(
        template,
        subject=Words(own.subject_en, own.subject_cy),
        text=Words(own.text_en, own.text_cy),
    )


def text_faults(procedure: Procedure, template: Template) -> Iterator[Problem]:
    """Yield what is wrong with the words of a template, under the names of its fields.

    It is what a pack's own texts have to pass: merge fields that there are, that this audience may
    see, and that both languages use alike.
    """
    fields = merge_fields(procedure, template)
    for language in LANGUAGES:
        for name, words in (("subject", template.subject), ("text", template.text)):
            written = _in(words, language)
            for fault in check_text(written, fields):
                yield Problem(f"{name}-{language}", str(fault))
    english, welsh = (_all(template, language) for language in LANGUAGES)
    only_english, only_welsh = differing(english, welsh)
    for language, missing in (("cy", only_english), ("en", only_welsh)):
        if missing:
            other = "English" if language == "cy" else "Welsh"
            listed = ", ".join(missing)
            yield Problem(
                f"text-{language}", f"The {other} text uses what this one does not: {listed}."
            )


def _in(words: Words, language: str) -> str:
    """Return the words of a language, and never those of the other in their place."""
    return words.cy if language == "cy" else words.en


def _all(template: Template, language: str) -> str:
    return f"{_in(template.subject, language)}\n{_in(template.text, language)}"
