"""Makes the letters of a demonstration through the same verbs as everybody else."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from candour.bodies.models import Body
from candour.cases.models import Case, CaseEntry
from candour.database.row_security import acting_for
from candour.letters.actions import (
    Beginning,
    Delivery,
    Kept,
    Pressing,
    Sent,
    ask_second,
    begin_draft,
    confirm_recipients,
    record_on_paper,
    send,
)
from candour.letters.models import LetterDraft
from candour.letters.recipients import OUTSIDE, Chosen, Way
from candour.letters.work import Work, taken_up
from candour.people.actor import Actor
from candour.people.models import Post
from candour.site.demonstration import FOLDER
from candour.site.demonstration.cases import entry_id
from candour.site.demonstration.files import read


class LetterCannotBeMade(Exception):
    """What a letter of the demonstration says was refused; the file has to be put right."""

    def __init__(self, told: Mapping[str, Any], outcome: object) -> None:
        super().__init__(f"letters.yaml, “{told['id']}”: {outcome}")


def make_letters(bodies: Mapping[str, Body], as_of: datetime) -> int:
    """Make the letters that are missing, and return how many that was.

    Raises:
        LetterCannotBeMade: one was refused.
    """
    made = 0
    for told in read(FOLDER / "letters.yaml"):
        with acting_for(body.pk for body in bodies.values()):
            opening = CaseEntry.objects.filter(pk=entry_id(told["case"], "open"))
            case = Case.objects.filter(pk__in=opening.values("case")).first()
            letter_id = entry_id(told["case"], told["id"])
            there = LetterDraft.objects.filter(pk=letter_id).exists()
        if case is not None and not there:
            with acting_for([case.body_id]):
                _make(told, letter_id, case.pk, as_of)
            made += 1
    return made


def _make(told: Mapping[str, Any], letter_id: str, case_id: int, as_of: datetime) -> None:
    case = Case.objects.select_related("body", "service__provider").get(pk=case_id)
    actor = _actor(case, told["by"])
    begun = begin_draft(
        case=case,
        actor=actor,
        beginning=Beginning(told["template"], entry_id(told["case"], told["about"])),
        draft_id=letter_id,
        as_of=as_of,
    )
    draft = _kept(told, begun)
    work = taken_up(letter_id, as_of)
    confirmed = confirm_recipients(
        draft_id=letter_id,
        actor=actor,
        chosen=[*_by_rule(told, work), *_beside(told)],
        revision=draft.revision,
        as_of=as_of,
    )
    _leave(told, actor, _kept(told, confirmed), as_of)


def _leave(told: Mapping[str, Any], actor: Actor, draft: LetterDraft, as_of: datetime) -> None:
    """Send a letter, record it as posted, or ask a second person."""
    letter_id, revision = str(draft.pk), draft.revision
    pressing = Pressing(letter_id, revision, None)
    if "beside" in told:
        why = told["beside"]["reason"]
        asked = ask_second(draft_id=letter_id, actor=actor, why=why, revision=revision, as_of=as_of)
        _kept(told, asked)
        return
    if "shown" in told:
        delivery = Delivery(as_of, told["shown"])
        outcome = record_on_paper(actor=actor, pressing=pressing, delivery=delivery, as_of=as_of)
    else:
        outcome = send(actor=actor, pressing=pressing, as_of=as_of)
    if not isinstance(outcome, Sent):
        raise LetterCannotBeMade(told, outcome)


def _kept(told: Mapping[str, Any], outcome: object) -> LetterDraft:
    if not isinstance(outcome, Kept):
        raise LetterCannotBeMade(told, outcome)
    return outcome.draft


def _by_rule(told: Mapping[str, Any], work: Work) -> Iterator[Chosen]:
    for line in work.proposed:
        yield Chosen(
            key=line.key,
            rule=line.rule,
            copy=line.copy,
            name=line.name,
            role=line.role,
            body=line.body,
            email=line.email,
            language=told.get("language", "en"),
            way=Way(told.get("way", "mail")),
        )


def _beside(told: Mapping[str, Any]) -> Iterator[Chosen]:
    if "beside" in told:
        yield Chosen(
            key="outside:x1",
            rule=OUTSIDE,
            copy=False,
            language=told.get("language", "en"),
            way=Way.MAIL,
            **told["beside"],
        )


def _actor(case: Case, role: str) -> Actor:
    post = Post.objects.filter(body=case.body, role=role).select_related("user", "body")
    return Actor.from_post(post.order_by("pk")[0])
