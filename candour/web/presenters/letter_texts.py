"""How a body words letters: which it words itself, and how its text differs from the pack's."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from candour.documents.facts import merge_fields
from candour.engine import Procedure
from candour.engine.templates import Template
from candour.letters.models import TemplateOverride
from candour.letters.own_texts import Stretch, difference, hash_of
from candour.letters.texts import LANGUAGES
from candour.letters.wording import OwnText
from candour.web import dates
from candour.web.presenters.audiences import audience_words
from candour.web.presenters.letter_draft import language_name
from candour.web.presenters.letter_ways import letter_title
from candour.web.spoken import said


@dataclass(frozen=True, slots=True)
class TextLine:
    """A letter of a procedure, and whether the body words it itself."""

    title: str
    address: str
    own: bool
    outdated: bool


@dataclass(frozen=True, slots=True)
class TextGroup:
    """The letters of one procedure."""

    title: str
    anchor: str
    lines: tuple[TextLine, ...]
    own: int


def texts_page(
    procedures: Iterable[Procedure], own: Mapping[tuple[str, str], TemplateOverride]
) -> tuple[TextGroup, ...]:
    """Return the letters of every procedure."""
    return tuple(_group(known, own) for known in procedures)


def _group(procedure: Procedure, own: Mapping[tuple[str, str], TemplateOverride]) -> TextGroup:
    lines = []
    for template in procedure.templates.values():
        held = own.get((procedure.name, template.id))
        lines.append(
            TextLine(
                letter_title(procedure, template.id),
                reverse("letter-text", args=[procedure.name, template.id]),
                held is not None,
                held is not None and held.pack_hash != hash_of(template),
            )
        )
    mine = sum(line.own for line in lines)
    return TextGroup(said(procedure.title), procedure.name, tuple(lines), mine)


@dataclass(frozen=True, slots=True)
class TextSide:
    """One language: what stands in the form, and how it differs from the pack's."""

    language: str
    name: str
    subject: str
    text: str
    subject_changes: tuple[Stretch, ...]
    changes: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class OwnTextPage:
    """Everything that the page of one letter's wording says."""

    title: str
    procedure: str
    audience: str
    sides: tuple[TextSide, ...]
    number: int
    saved: str
    reason: str
    own: bool
    outdated: bool
    differs: bool
    fields: tuple[str, ...]


def own_text_page(
    procedure: Procedure,
    template: Template,
    newest: TemplateOverride | None,
    typed: OwnText | None,
) -> OwnTextPage:
    """Return a letter's wording: as typed, else the body's own, else the pack's."""
    held = newest if newest is not None and not newest.withdrawn else None
    sides = tuple(_side(template, held, typed, language) for language in LANGUAGES)
    saved = ""
    if newest is not None:
        saved = _("Version %(n)s, saved by %(who)s on %(day)s") % {
            "n": newest.number,
            "who": newest.saved_by.name,
            "day": dates.day(newest.saved_at),
        }
    return OwnTextPage(
        title=letter_title(procedure, template.id),
        procedure=said(procedure.title),
        audience=audience_words(template),
        sides=sides,
        number=newest.number if newest else 0,
        saved=saved,
        reason=typed.reason if typed else (newest.reason if newest else ""),
        own=held is not None,
        outdated=held is not None and held.pack_hash != hash_of(template),
        differs=any(
            part.change != "same"
            for side in sides
            for part in (*side.subject_changes, *side.changes)
        ),
        fields=tuple(sorted(_offered(procedure, template))),
    )


def _side(
    template: Template, held: TemplateOverride | None, typed: OwnText | None, language: str
) -> TextSide:
    pack = (getattr(template.subject, language), getattr(template.text, language))
    if typed is not None:
        shown = (getattr(typed.subject, language), getattr(typed.text, language))
    elif held is not None:
        shown = (getattr(held, f"subject_{language}"), getattr(held, f"text_{language}"))
    else:
        shown = pack
    return TextSide(
        language=language,
        name=language_name(language),
        subject=shown[0],
        text=shown[1],
        subject_changes=difference(pack[0], shown[0]),
        changes=difference(pack[1], shown[1]),
    )


def _offered(procedure: Procedure, template: Template) -> list[str]:
    """Return the merge fields that this letter may use, without those of every kind of entry."""
    fields = merge_fields(procedure, template)
    return [
        path
        for path in fields.known
        if not fields.why_not(path) and not path.startswith(("latest.", "each.", "due."))
        if "[]" not in path
    ]
