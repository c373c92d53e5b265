"""A letter as it was sent: words, recipients, facts, files, seal, and how far delivery has come."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from candour.engine import Standing
from candour.letters.models import FileUse, SentFile, SentLetter
from candour.letters.recipients import Chosen
from candour.mail.models import MailMessage, State
from candour.web.presenters.addresses import entry_place
from candour.web.presenters.asked_outside import AskedOutside, outsiders
from candour.web.presenters.letter_draft import language_name
from candour.web.presenters.letter_facts import FactLine, fact_lines
from candour.web.presenters.letter_ways import letter_title
from candour.web.presenters.letters import Told, delivery_state
from candour.web.presenters.naming import role_title, when_words
from candour.web.presenters.sight import Sight


@dataclass(frozen=True, slots=True)
class CopyLine:
    """One recipient's copy: who, in which language, at which address, and how far it has come."""

    who: str
    copy: bool
    language: str
    where: str
    reason: str
    subject: str
    state: Told
    said: str
    file: str


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file kept with the letter."""

    name: str
    address: str
    hash: str


@dataclass(frozen=True, slots=True)
class SentPage:
    """Everything that the page says."""

    title: str
    when: str
    told_on: str
    by: str
    state: Told
    copies: tuple[CopyLine, ...]
    left_out: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, tuple[FactLine, ...]], ...]
    evidence: tuple[FileLine, ...]
    evidence_words: str
    approved: bool
    own_text: bool
    entry: str
    seal: str
    outside: AskedOutside


def sent_page(
    standing: Standing,
    letter: SentLetter,
    files: Sequence[SentFile],
    messages: Sequence[MailMessage],
    sight: Sight,
) -> SentPage:
    """Return a letter as it was sent."""
    told, ref = json.loads(letter.sealed), sight.ref
    by_hash = {file.sha256: file for file in files}
    role = role_title(standing.procedure, told["role"])
    happened = datetime.fromisoformat(told["happened_at"])
    languages = dict.fromkeys(each["language"] for each in told["letters"])
    return SentPage(
        title=letter_title(standing.procedure, letter.template),
        when=when_words(letter.sent_at),
        told_on=when_words(happened) if happened != letter.sent_at else "",
        by=f"{told['sent_by_name']}, {role}",
        state=delivery_state(letter.delivery, messages),
        copies=tuple(_copy(each, messages, by_hash, letter, ref) for each in told["letters"]),
        left_out=tuple(
            (Chosen.from_json(each).called, each["reason"]) for each in told["left_out"]
        ),
        facts=tuple(
            (language_name(language), fact_lines(standing, told["facts"], language, ref))
            for language in languages
        ),
        evidence=tuple(_file(file, letter, ref) for file in files if file.use == FileUse.EVIDENCE),
        evidence_words=told["evidence"]["words"],
        approved=told["approved_by"] is not None,
        own_text=told["own_text"] is not None,
        entry=entry_place(ref, str(letter.pk)),
        seal=letter.seal,
        outside=outsiders(standing, sight).about(str(letter.pk), waits=not standing.closed),
    )


def _copy(
    told: Mapping[str, Any],
    messages: Sequence[MailMessage],
    files: Mapping[str, SentFile],
    letter: SentLetter,
    ref: str,
) -> CopyLine:
    chosen = Chosen.from_json(dict(told["to"]))
    message = next((one for one in messages if one.key.endswith(f":{chosen.key}")), None)
    file = files.get(told["pdf"])
    return CopyLine(
        who=chosen.called,
        copy=chosen.copy,
        language=language_name(chosen.language),
        where=chosen.email if chosen.way == "mail" else _ways()[chosen.way.value],
        reason=chosen.reason,
        subject=told["subject"],
        state=_state(message) if chosen.way == "mail" else Told("met", _ways()[chosen.way.value]),
        said=message.said if message and message.state != State.SENT else "",
        file=reverse("letter-file", args=[ref, letter.pk, file.pk]) if file else "",
    )


def _ways() -> Mapping[str, str]:
    return {
        "mail": _("By email"),
        "post": _("By post"),
        "phone": _("By phone"),
        "hand": _("By hand"),
    }


def _state(message: MailMessage | None) -> Told:
    if message is None:
        return Told("paused", _("Not in the outbox"))
    return {
        State.WAITING: Told("paused", _("Waits to be sent")),
        State.SENDING: Told("paused", _("Being sent")),
        State.SENT: Told("met", _("Sent")),
        State.FAILED: Told("late", _("Could not be sent")),
        State.BOUNCED: Told("late", _("Returned")),
    }[State(message.state)]


def _file(file: SentFile, letter: SentLetter, ref: str) -> FileLine:
    return FileLine(file.name, reverse("letter-file", args=[ref, letter.pk, file.pk]), file.sha256)
