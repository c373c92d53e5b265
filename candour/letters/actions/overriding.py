"""A body words a pack's template in its own way, or goes back to the pack's."""

from datetime import datetime

from django.db import IntegrityError, transaction

from candour.cases.actions.results import faulty, refused
from candour.engine import Procedure, Refusal
from candour.engine.fields import Problem
from candour.engine.templates import Template
from candour.letters.models import TemplateOverride
from candour.letters.own_texts import hash_of
from candour.letters.texts import LONGEST_SUBJECT, LONGEST_TEXT
from candour.letters.wording import OwnText, text_faults, worded
from candour.people.actor import Actor

SHORTEST_REASON = 5


def save_own_text(
    *,
    actor: Actor,
    procedure: Procedure,
    template: Template,
    own: OwnText,
    number: int,
    as_of: datetime,
) -> TemplateOverride | Refusal:
    """Keep a body's own text for a template as a new version, once it passes the pack's own lint.

    Args:
        actor: who saves it, for the body acted for.
        procedure: the procedure that the template is of.
        template: the pack's template.
        own: the text.
        number: the version that they read; 0 where there was none.
        as_of: the present instant.
    """
    faults = [*_plain_faults(own), *text_faults(procedure, worded(template, own))]
    if faults:
        return Refusal(problems=tuple(faults))
    row = TemplateOverride(
        subject_en=own.subject.en.strip(),
        subject_cy=own.subject.cy.strip(),
        text_en=own.text.en,
        text_cy=own.text.cy,
        reason=own.reason.strip(),
    )
    return _added(row, actor, procedure, template, number, as_of)


def withdraw_own_text(
    *,
    actor: Actor,
    procedure: Procedure,
    template: Template,
    reason: str,
    number: int,
    as_of: datetime,
) -> TemplateOverride | Refusal:
    """Go back to the pack's text from now on; what was written before stays as it was."""
    if len(reason.strip()) < SHORTEST_REASON:
        return faulty("reason", "Say why the procedure’s own text is used again.")
    row = TemplateOverride(withdrawn=True, reason=reason.strip())
    return _added(row, actor, procedure, template, number, as_of)


def _plain_faults(own: OwnText) -> list[Problem]:
    found = []
    for language in ("en", "cy"):
        # Not `text(language)`, which would fall back to English where the Welsh is missing.
        subject, text = getattr(own.subject, language), getattr(own.text, language)
        if not subject.strip() or "\n" in subject.strip():
            found.append(Problem(f"subject-{language}", "The subject is needed, on one line."))
        if not text.strip():
            found.append(Problem(f"text-{language}", "The text is needed in both languages."))
        if len(subject) > LONGEST_SUBJECT or len(text) > LONGEST_TEXT or "\x00" in text:
            found.append(Problem(f"text-{language}", "This is too long, or cannot be kept."))
    if len(own.reason.strip()) < SHORTEST_REASON:
        found.append(Problem("reason", "Say why the body words this in its own way."))
    return found


def _added(
    row: TemplateOverride,
    actor: Actor,
    procedure: Procedure,
    template: Template,
    number: int,
    as_of: datetime,
) -> TemplateOverride | Refusal:
    assert actor.user is not None  # noqa: S101  # the system words nothing
    row.body, row.saved_by, row.saved_at = actor.body, actor.user, as_of
    row.procedure, row.template, row.number = procedure.name, template.id, number + 1
    row.pack_version, row.pack_hash = procedure.version, hash_of(template)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return refused(
            "A colleague saved another version meanwhile. Look at theirs, then save yours again.",
            "Cadwodd cydweithiwr fersiwn arall yn y cyfamser. Edrychwch arni, yna cadwch eto.",
        )
    return row
