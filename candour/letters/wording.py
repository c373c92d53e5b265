"""A template in a body's own words, and whether those pass the lint that the pack's pass."""

from dataclasses import dataclass, replace

from candour.engine import Words
from candour.engine.templates import Template
from candour.letters.models import TemplateOverride


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
