"""Beginning a letter, changing its words, setting it aside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from candour.cases import queries
from candour.cases.access import may_act_on
from candour.cases.actions.results import faulty, refused
from candour.cases.log import Head
from candour.cases.models import Case
from candour.documents import MarkdownFault, read_markdown
from candour.engine import Refusal, Standing
from candour.engine.templates import Template
from candour.letters.actions.barring import barred
from candour.letters.actions.results import Kept, Overtaken
from candour.letters.making import Made, made_texts
from candour.letters.models import LetterDraft
from candour.letters.own_texts import own_text_of
from candour.letters.texts import LANGUAGES, LONGEST_SUBJECT, LONGEST_TEXT, LetterText
from candour.letters.work import Work, taken_up
from candour.people.actor import Actor


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a letter is begun from: a template, the entry that it is about, the duty it serves."""

    template: str
    about: str = ""
    owed: str = ""


def begin_draft(
    *, case: Case, actor: Actor, beginning: Beginning, draft_id: str, as_of: datetime
) -> Kept | Refusal:
    """Begin a letter with the text that its template gives for the case as it stands.

    Beginning it twice, by its id, gives the same draft.
    """
    standing = queries.standing(case)
    template = standing.procedure.templates.get(beginning.template)
    bar = _bar_to_beginning(case, actor, template) or _bar_to_about(standing, template, beginning)
    if bar is not None or template is None:
        return bar or faulty("template", "There is no such template.")
    earlier = LetterDraft.objects.filter(pk=draft_id, case=case).first()
    if earlier is not None:
        return Kept(earlier)
    own = own_text_of(actor.body, standing.procedure, template.id)
    about = standing.entry(beginning.about) if beginning.about else None
    made = made_texts(case, standing, template, actor=actor, about=about, own=own, as_of=as_of)
    if isinstance(made, Refusal):
        return made
    draft = LetterDraft(
        id=draft_id,
        case=case,
        body=actor.body,
        template=template.id,
        procedure=standing.procedure.name,
        version=standing.procedure.version,
        own_text=own.number if own else None,
        about=about.id if about else None,
        owed=beginning.owed,
        **_as_columns(made),
        read_to=len(standing.recorded),
        begun_by=actor.user,
        begun_at=as_of,
        edited_by=actor.user,
        edited_at=as_of,
    )
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except IntegrityError:
        return faulty("key", "This form was used before. Open it again from the case.")
    return Kept(draft)


def _as_columns(made: Made) -> dict[str, Any]:
    texts = {
        language: {"subject": each.subject, "text": each.text}
        for language, each in made.texts.items()
    }
    return {"texts": texts, "facts": made.facts}


def _bar_to_beginning(case: Case, actor: Actor, template: Template | None) -> Refusal | None:
    if actor.user is None or not may_act_on(Head.of(case), actor):
        return refused(
            f"{actor.body} neither leads {case.ref} nor shares it.",
            f"Nid yw {actor.body} yn arwain {case.ref} nac yn ei rannu.",
        )
    if template is None:
        return faulty("template", "The procedure has no such template. Choose one of its list.")
    return None


def _bar_to_about(
    standing: Standing, template: Template | None, beginning: Beginning
) -> Refusal | None:
    """Return why a letter cannot speak of that entry, or that it has to speak of one."""
    if template is None or not template.about:
        return None
    fitting = {entry.id for pattern in template.about for entry in standing.matching(pattern)}
    if beginning.about in fitting:
        return None
    if not fitting:
        kinds = " or ".join(str(pattern) for pattern in template.about)
        return faulty("about", f"This letter speaks of an entry, and the case has none: {kinds}.")
    return faulty("about", "Choose what the letter is about.")


def edit_draft(
    *,
    draft_id: str,
    actor: Actor,
    texts: Mapping[str, LetterText],
    revision: int,
    as_of: datetime,
) -> Kept | Overtaken | Refusal:
    """Keep the words of a draft as somebody has changed them.

    What a second person said yes to has changed with that, so they are asked again.

    Args:
        draft_id: the draft.
        actor: who changes it.
        texts: subject and text by language; both languages.
        revision: the revision that they read.
        as_of: the present instant.

    Raises:
        NoSuchDraft: there is none that the bodies acted for have.
    """
    with transaction.atomic():
        work = taken_up(draft_id, as_of, lock=True)
        outcome = barred(work, actor, revision) or _text_faults(texts)
        if outcome is not None:
            return outcome
        draft = work.draft
        for language, text in texts.items():
            draft.texts[language] = {"subject": text.subject.strip(), "text": text.text}
        return _changed(draft, actor, as_of)


def make_anew(
    *, draft_id: str, actor: Actor, revision: int, as_of: datetime
) -> Kept | Overtaken | Refusal:
    """Put the text that the template now gives for the case in place of what the draft says.

    Raises:
        NoSuchDraft: there is none that the bodies acted for have.
    """
    with transaction.atomic():
        work = taken_up(draft_id, as_of, lock=True)
        outcome = barred(work, actor, revision)
        if outcome is not None:
            return outcome
        made = made_again(work, actor)
        if isinstance(made, Refusal):
            return made
        for name, value in _as_columns(made).items():
            setattr(work.draft, name, value)
        work.draft.read_to = len(work.standing.recorded)
        return _changed(work.draft, actor, as_of)


def made_again(work: Work, actor: Actor) -> Made | Refusal:
    """Return what the template gives for the case of a draft as it stands now."""
    draft = work.draft
    own = own_text_of(draft.body, work.standing.procedure, draft.template)
    return made_texts(
        work.case,
        work.standing,
        work.template,
        actor=actor,
        about=work.standing.entry(str(draft.about)) if draft.about else None,
        own=own,
        as_of=work.as_of,
    )


def set_aside(
    *, draft_id: str, actor: Actor, revision: int, as_of: datetime
) -> Kept | Overtaken | Refusal:
    """Set a draft aside: it is kept, and stands in no list any more.

    Raises:
        NoSuchDraft: there is none that the bodies acted for have.
    """
    with transaction.atomic():
        work = taken_up(draft_id, as_of, lock=True)
        outcome = barred(work, actor, revision)
        if outcome is not None:
            return outcome
        work.draft.set_aside_at = as_of
        return _changed(work.draft, actor, as_of)


def _changed(draft: LetterDraft, actor: Actor, as_of: datetime) -> Kept:
    assert actor.user is not None  # noqa: S101  # `barred` lets nobody else through
    draft.asked_by = draft.approved_by = None
    draft.asked_at = draft.approved_at = None
    draft.edited_by, draft.edited_at = actor.user, as_of
    draft.revision += 1
    draft.save()
    return Kept(draft)


def _text_faults(texts: Mapping[str, LetterText]) -> Refusal | None:
    for language in LANGUAGES:
        text = texts[language]
        if not text.subject.strip() or "\n" in text.subject.strip():
            return faulty(f"subject-{language}", "The letter needs a subject, on one line.")
        if len(text.subject) > LONGEST_SUBJECT:
            return faulty(
                f"subject-{language}", f"The subject has over {LONGEST_SUBJECT} characters."
            )
        if not text.text.strip():
            return faulty(f"text-{language}", "The letter has no words.")
        if len(text.text) > LONGEST_TEXT or "\x00" in text.text:
            return faulty(
                f"text-{language}",
                f"The text is longer than {LONGEST_TEXT:,} characters, or holds one that cannot be "
                "kept.",
            )
        try:
            read_markdown(text.text, language=language, title=text.subject)
        except MarkdownFault as fault:
            return faulty(f"text-{language}", str(fault))
    return None
