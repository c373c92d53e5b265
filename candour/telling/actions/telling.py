"""Taking in what somebody told: everything of it in one transaction, and once."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from candour.bodies.models import Service
from candour.database.row_security import acting_for
from candour.deidentifying import clean
from candour.engine.london import local
from candour.experiences.actions import Account
from candour.experiences.actions import tell as tell_experience
from candour.people.actor import Actor
from candour.sealing.details import PersonDetails
from candour.sealing.errors import KeyNotHere
from candour.sealing.keeping import keep, of_experience, seal
from candour.sealing.models import Purpose
from candour.telling.consents import ALL, TO_THE_PROVIDER
from candour.telling.models import AboutPerson, Channel, ConsentGiven, Told
from candour.telling.questions import HOW
from candour.telling.receipt_codes import code_of, hashes_of, key_hash
from candour.telling.telling import SOURCES, Telling
from candour.telling.whens import day_named

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of it: the receipt code, and whether it was there already."""

    code: str
    experience: int
    again: bool


def take(telling: Telling, *, actor: Actor, as_of: datetime) -> Taken:
    """Take in what somebody told: the experience, consents, contact details and the receipt.

    Sent twice under one key, it is taken once and has one receipt.

    Args:
        telling: what they told.
        actor: the system, for the body told; or who keyed the paper.
        as_of: the present instant.
    """
    code = code_of(telling.key)
    with acting_for([actor.body_id]):
        try:
            with transaction.atomic():
                return Taken(code, _store(telling, code, actor, as_of).experience_id, again=False)
        except IntegrityError:
            before = Told.objects.filter(
                body_id=actor.body_id, key_hash=key_hash(telling.key)
            ).first()
            if before is None:
                raise
            return Taken(code, before.experience_id, again=True)


def _store(telling: Telling, code: str, actor: Actor, as_of: datetime) -> Told:
    experience = tell_experience(_account(telling, as_of), actor=actor, as_of=as_of)
    told = Told.objects.create(
        body=actor.body,
        experience=experience,
        key_hash=key_hash(telling.key),
        receipt_hash=hashes_of(code)[0],
        told_at=as_of,
        channel=telling.channel,
        language=telling.language,
        danger=telling.danger,
        when_words=clean(telling.when, language=telling.language).text,
        wants_reply=telling.wants_reply,
        batch=telling.batch,
        keyed_by=actor.user if telling.channel == Channel.PAPER else None,
        doubt=telling.doubt,
    )
    _seal_identity(telling, told, as_of)
    ConsentGiven.objects.bulk_create(_consents(telling, told, as_of))
    AboutPerson.objects.bulk_create(
        AboutPerson(body_id=told.body_id, told=told, question=question, answer=answer)
        for question, answer in telling.about.items()
    )
    return told


def _account(telling: Telling, as_of: datetime) -> Account:
    option = HOW.option(telling.felt)
    known = telling.service is not None
    return Account(
        source=SOURCES[telling.channel],
        words=telling.words,
        service=Service.objects.select_related("provider").get(pk=telling.service)
        if known
        else None,
        place=telling.place,
        happened_on=day_named(telling.when, local(as_of).date()),
        received_on=telling.received_on,
        rating=option.words.en if option else "",
        felt=int(telling.felt) if telling.felt.isdecimal() else None,
        language=telling.language,
        known=tuple(part for part in (telling.reaching.name,) if part),
        in_danger=telling.danger is True,
    )


def _seal_identity(telling: Telling, told: Told, as_of: datetime) -> None:
    """Keep how to reach somebody sealed, apart from the words; nothing where they want no reply.

    Without a key what they told is taken all the same, and their receipt says what is missing.
    """
    reaching = telling.reaching
    if not (telling.wants_reply and reaching.any):
        return
    details = PersonDetails(
        name=reaching.name,
        mail=reaching.email,
        phone=reaching.phone,
        address=reaching.post,
        way=reaching.way,
        language=telling.language,
    )
    context = of_experience(told.experience_id)
    plain = details.to_bytes()
    try:
        keep([seal(told.body_id, Purpose.PERSON, plain, context=context, as_of=as_of)])
    except KeyNotHere as missing:
        log.error("How to reach somebody could not be kept: %s", missing)  # noqa: TRY400  # it says all


def _consents(telling: Telling, told: Told, as_of: datetime) -> Iterator[ConsentGiven]:
    for consent in ALL:
        if consent is TO_THE_PROVIDER and not telling.reaching.any:
            continue  # it was not asked
        yield ConsentGiven(
            body_id=told.body_id,
            told=told,
            kind=consent.kind,
            given=consent.kind in telling.consents,
            version=consent.version,
            language=telling.language,
            words=consent.words.text(telling.language),
            at=as_of,
        )
