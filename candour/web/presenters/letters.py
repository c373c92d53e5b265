"""The letters of a case: what is due to be told, what is being written, what was sent."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from candour.engine import Procedure, Standing
from candour.letters.duties import templates_for
from candour.letters.models import LetterDraft, SentLetter
from candour.letters.recipients import Chosen
from candour.mail.models import MailMessage, State
from candour.web.presenters.actions import Action
from candour.web.presenters.addresses import of_case
from candour.web.presenters.audiences import audience_words
from candour.web.presenters.dues import due_words, relative, soonness
from candour.web.presenters.letter_links import draft_place, sent_place, writing_page
from candour.web.presenters.letter_ways import letter_title, letter_ways
from candour.web.presenters.naming import role_title, when_words
from candour.web.presenters.sight import Sight
from candour.web.spoken import said


@dataclass(frozen=True, slots=True)
class Told:
    """How something stands: the kind of its mark, and its words."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class OwedLine:
    """Something that somebody is due to be told, and the letters that do it."""

    what: str
    soon: str
    when: str
    relative: str
    who: str
    ways: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A letter being written."""

    title: str
    address: str
    state: Told
    by: str


@dataclass(frozen=True, slots=True)
class SentLine:
    """A letter that left: to whom, how, and how far its delivery has come."""

    title: str
    address: str
    when: str
    to: str
    state: Told


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A letter that can be written, or a paper that can be opened."""

    title: str
    audience: str
    address: str


@dataclass(frozen=True, slots=True)
class LettersPage:
    """Everything that the page says, in the words to say it in."""

    owed: tuple[OwedLine, ...]
    drafts: tuple[DraftLine, ...]
    sent: tuple[SentLine, ...]
    letters: tuple[TemplateLine, ...]
    papers: tuple[TemplateLine, ...]


def letters_page(
    standing: Standing,
    sight: Sight,
    drafts: Iterable[LetterDraft],
    sent: Sequence[SentLetter],
    messages: Iterable[MailMessage],
) -> LettersPage:
    """Return the letters of a case; `messages` are those in the outbox for what was sent."""
    procedure = standing.procedure
    states = _states(messages)
    return LettersPage(
        owed=tuple(_owed(standing, sight)),
        drafts=tuple(_draft(procedure, each, sight.ref) for each in drafts),
        sent=tuple(
            _sent(procedure, each, states.get(str(each.pk), ()), sight.ref) for each in sent
        ),
        letters=tuple(_templates(procedure, sight, sent=True)) if sight.may_act else (),
        papers=tuple(_templates(procedure, sight, sent=False)) if sight.may_act else (),
    )


def _owed(standing: Standing, sight: Sight) -> Iterator[OwedLine]:
    for at in standing.at(sight.moment).duties:
        owed = at.owed
        if templates_for(standing.procedure, owed):
            yield OwedLine(
                what=said(owed.title),
                soon=soonness(owed.due, sight.moment),
                when=due_words(owed.due),
                relative=relative(owed.due, sight.moment),
                who=role_title(standing.procedure, owed.duty.owner),
                ways=letter_ways(standing, owed, sight),
            )


def _templates(procedure: Procedure, sight: Sight, *, sent: bool) -> Iterator[TemplateLine]:
    for template in procedure.templates.values():
        if (template.records is not None) == sent:
            yield TemplateLine(
                letter_title(procedure, template.id),
                audience_words(template),
                writing_page(sight.ref, template.id),
            )


def _draft(procedure: Procedure, draft: LetterDraft, ref: str) -> DraftLine:
    return DraftLine(
        title=letter_title(procedure, draft.template),
        address=draft_place(ref, draft.pk),
        state=draft_state(draft),
        by=_("%(who)s, %(when)s")
        % {"who": draft.edited_by.name, "when": when_words(draft.edited_at)},
    )


def draft_state(draft: LetterDraft) -> Told:
    """Return how far a draft has come."""
    if draft.asked_by_id is not None and draft.approved_by_id is None:
        return Told("attention", _("Waits for a second person"))
    if draft.declined_why:
        return Told("blocked", _("A second person said no"))
    if draft.confirmed_by_id is not None:
        return Told("open", _("Recipients confirmed"))
    return Told("open", _("Being written"))


def _states(messages: Iterable[MailMessage]) -> dict[str, list[MailMessage]]:
    found: dict[str, list[MailMessage]] = {}
    for message in messages:
        found.setdefault(str(message.entry_id), []).append(message)
    return found


def _sent(
    procedure: Procedure, letter: SentLetter, messages: Sequence[MailMessage], ref: str
) -> SentLine:
    told = json.loads(letter.sealed)
    return SentLine(
        title=letter_title(procedure, letter.template),
        address=sent_place(ref, letter.pk),
        when=when_words(letter.sent_at),
        to=", ".join(dict.fromkeys(_called(each["to"]) for each in told["letters"])),
        state=delivery_state(letter.delivery, messages),
    )


def _called(to: Mapping[str, Any]) -> str:
    return Chosen.from_json(dict(to)).called


def delivery_state(delivery: str, messages: Sequence[MailMessage]) -> Told:
    """Return how far the delivery of a letter has come."""
    if delivery != "mail":
        by = {
            "post": _("By post, with evidence"),
            "phone": _("By phone, with evidence"),
            "hand": _("By hand, with evidence"),
        }
        return Told("met", by.get(delivery, delivery))
    states = [message.state for message in messages]
    failed = sum(state in (State.FAILED, State.BOUNCED) for state in states)
    if failed:
        words = ngettext("%(n)s message failed", "%(n)s messages failed", failed) % {"n": failed}
        return Told("late", words)
    waiting = sum(state in (State.WAITING, State.SENDING) for state in states)
    if waiting:
        words = ngettext("%(n)s message waits", "%(n)s messages wait", waiting) % {"n": waiting}
        return Told("paused", words)
    return Told("met", _("Sent by email"))


def room_page(ref: str) -> str:
    """Return the address of the letters of a case."""
    return of_case("case-letters", ref)
