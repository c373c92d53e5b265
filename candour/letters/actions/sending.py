"""Sending a letter: entry, letter as sent and outbox in one transaction, or nothing at all."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from candour.cases.actions import Recorded, Stale, record
from candour.cases.actions.results import faulty, refused
from candour.documents import MarkdownFault
from candour.engine import Refusal
from candour.letters.actions.barring import barred
from candour.letters.actions.confirming import bar_to_recipients
from candour.letters.actions.keeping import keep_letter, pdf_name, sealed_text
from candour.letters.actions.results import Overtaken, Sent
from candour.letters.entry import entry_draft, unnamed
from candour.letters.evidence import SHORTEST_WORDS, EvidenceFile
from candour.letters.models import SentLetter
from candour.letters.recipients import Way, message_key, settled
from candour.letters.sealing import seal_of
from candour.letters.setting import Sender, SetLetter, set_letter
from candour.letters.texts import LetterText
from candour.letters.work import Work, taken_up
from candour.mail.outbox import enqueue
from candour.mail.outgoing import Addressee, Attachment, MailRefused, Outgoing
from candour.people.actor import Actor


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a letter reached those whom no mail goes to: when, and what shows it.

    Attributes:
        at: when it was posted, told or handed over; None for now.
        words: what happened, in words.
        files: scans, photographs.
    """

    at: datetime | None = None
    words: str = ""
    files: tuple[EvidenceFile, ...] = ()

    @property
    def shown(self) -> bool:
        """Whether anything shows that it was delivered."""
        return bool(self.files) or len(self.words.strip()) >= SHORTEST_WORDS


@dataclass(frozen=True, slots=True)
class Pressing:
    """What somebody saw when they pressed the button: the draft, and where the log ended."""

    draft_id: str
    revision: int
    expected_seq: int | None
    data: dict[str, Any] = field(default_factory=dict)


def send(
    *, actor: Actor, pressing: Pressing, delivery: Delivery | None = None, as_of: datetime
) -> Sent | Refusal | Stale | Overtaken:
    """Send a letter to those who were confirmed, one message each.

    Those whom it reaches by post, by phone or by hand need `delivery` to say how. Pressed twice, it
    is sent once.

    Returns:
        `Sent`; or why not: a `Refusal`; `Stale` with what others recorded in the case meanwhile;
        `Overtaken` by somebody who changed the draft. Nothing is written then.

    Raises:
        NoSuchDraft: there is none that the bodies acted for have.
    """
    return _issue(actor, pressing, delivery or Delivery(), as_of, on_paper=False)


def record_on_paper(
    *, actor: Actor, pressing: Pressing, delivery: Delivery, as_of: datetime
) -> Sent | Refusal | Stale | Overtaken:
    """Record that a letter was posted, told by phone or handed over: no mail leaves.

    As `send`; when it happened and what shows it are needed.
    """
    return _issue(actor, pressing, delivery, as_of, on_paper=True)


def _issue(
    actor: Actor, pressing: Pressing, delivery: Delivery, as_of: datetime, *, on_paper: bool
) -> Sent | Refusal | Stale | Overtaken:
    with transaction.atomic():
        work = taken_up(pressing.draft_id, as_of, lock=True)
        if work.is_sent and actor.body_id == work.draft.body_id:
            return Sent(SentLetter.objects.get(pk=work.draft.pk))
        work.draft.data = {**work.draft.data, **pressing.data}
        bar = (
            barred(work, actor, pressing.revision)
            or _bar_to_leaving(work, on_paper=on_paper)
            or _bar_to_delivery(work, delivery, on_paper=on_paper)
            or bar_to_recipients(work, work.chosen)
        )
        if bar is not None:
            return bar
        return _left(work, actor, pressing, delivery, on_paper=on_paper)


def _bar_to_leaving(work: Work, *, on_paper: bool) -> Refusal | None:
    """Return why the letter cannot leave yet, or None."""
    if work.template.records is None:
        return faulty("letter", "This paper is opened, filled in and printed: it is not sent.")
    if work.draft.confirmed_by_id is None or not work.getting:
        return refused(
            "Nobody has confirmed who gets this letter. Decide on its recipients first.",
            "Nid oes neb wedi cadarnhau pwy sy’n cael y llythyr hwn. Penderfynwch ar y derbynwyr "
            "yn gyntaf.",
        )
    overtaken = _bar_to_recipients_of_then(work)
    if overtaken is not None:
        return overtaken
    if work.needs_second:
        return refused(
            "Somebody outside the rule gets this letter, so a second person has to say yes first.",
            "Mae rhywun y tu allan i’r rheol yn cael y llythyr hwn, felly rhaid i ail berson "
            "gytuno yn gyntaf.",
        )
    if on_paper or any(each.way is Way.MAIL for each in work.getting):
        return None
    return faulty("letter", "Nobody gets this by mail: record it as told on paper or by phone.")


def _bar_to_recipients_of_then(work: Work) -> Refusal | None:
    """Return why those who were confirmed are not those whom the rule leads to now, or None."""
    decided = {each.key for each in work.chosen}
    if any(line.key not in decided for line in work.proposed):
        return refused(
            "The rule now names somebody on whom nobody has decided. Look at the recipients again.",
            "Mae’r rheol bellach yn enwi rhywun na phenderfynwyd arno. Edrychwch ar y derbynwyr "
            "eto.",
        )
    if any(settled([each], work.proposed) != (each,) for each in work.getting):
        return refused(
            "Somebody here is not reached as they were when the recipients were confirmed: the "
            "directory or the case has changed. Look at the recipients again.",
            "Ni chyrhaeddir rhywun yma fel yr oedd pan gadarnhawyd y derbynwyr: mae’r cyfeirlyfr "
            "neu’r achos wedi newid. Edrychwch ar y derbynwyr eto.",
        )
    return None


def _bar_to_delivery(work: Work, delivery: Delivery, *, on_paper: bool) -> Refusal | None:
    by_hand = on_paper or any(each.way is not Way.MAIL for each in work.getting)
    if not by_hand:
        return None
    if on_paper and any(each.way is Way.MAIL for each in work.getting):
        return faulty(
            "letter",
            "Somebody here gets it by mail. Choose post, phone or hand for each of them first.",
        )
    if on_paper and delivery.at is None:
        return faulty("entry-when", "Say on which day it was delivered.")
    if delivery.at is not None and delivery.at > work.as_of:
        return faulty("entry-when", "That lies ahead. Say when it was delivered.")
    if not delivery.shown:
        return faulty("evidence", "Say in words how it was delivered, or add a file that shows it.")
    return None


def _left(
    work: Work, actor: Actor, pressing: Pressing, delivery: Delivery, *, on_paper: bool
) -> Sent | Refusal | Stale:
    try:
        letters = _set(work)
    except MarkdownFault as fault:
        return faulty("letter", str(fault))
    at = delivery.at if on_paper and delivery.at else work.as_of
    channel = Way.MAIL if not on_paper else work.getting[0].way
    sealed = sealed_text(work, actor, letters, delivery, channel=channel, at=at)
    seal = seal_of(sealed)
    draft = entry_draft(work, letters, seal=seal, delivery=channel, at=at)
    try:
        with transaction.atomic():
            outcome = record(
                case_id=work.case.pk,
                actor=actor,
                draft=draft,
                expected_seq=pressing.expected_seq,
                as_of=work.as_of,
            )
            if not isinstance(outcome, Recorded):
                return outcome
            if outcome.repeated:  # the log has it from elsewhere, and would not say what leaves
                return faulty("letter", "This letter’s number was used before. Begin it anew.")
            letter = keep_letter(work, actor, sealed, letters, delivery)
            messages = [enqueue(each, as_of=work.as_of) for each in _messages(work, letters)]
    except MailRefused as fault:
        return faulty("letter", str(fault))
    return Sent(letter, outcome, len(messages))


def _set(work: Work) -> tuple[SetLetter, ...]:
    """Return the letter set for each recipient."""
    sender = Sender(work.draft.body, work.house, work.case.ref, work.as_of)
    letter_id = str(work.draft.pk)
    return tuple(
        set_letter(letter_id, LetterText(**work.draft.texts[each.language]), each, sender)
        for each in work.getting
    )


def _messages(work: Work, letters: Sequence[SetLetter]) -> list[Outgoing]:
    mailed = [letter for letter in letters if letter.chosen.way is Way.MAIL]
    copies = tuple(
        Addressee(each.chosen.name or each.chosen.body, each.chosen.email)
        for each in mailed
        if each.chosen.copy
    )
    return [_message(work, letter, copies) for letter in mailed]


def _message(work: Work, letter: SetLetter, copies: Sequence[Addressee]) -> Outgoing:
    each = letter.chosen
    bodies = letter.mail
    return Outgoing(
        key=message_key(work.draft.pk, each),
        body_id=work.draft.body_id,
        to=Addressee(each.name or each.body, each.email),
        also_to=tuple(copy for copy in copies if copy.email != each.email),
        subject=letter.subject,
        text=bodies.text,
        html=bodies.html,
        case_id=work.case.pk,
        entry_id=UUID(str(work.draft.pk)),
        attachments=(Attachment(pdf_name(work, letter), "application/pdf", letter.pdf),),
        language=each.language,
        reply_ref=work.case.pk,
        in_log=unnamed(each),
    )
