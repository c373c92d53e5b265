"""Letters of a case after a PPM: contacts of the provider, a draft, recipients confirmed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from candour.bodies.models import Contact
from candour.cases import queries
from candour.cases.models import Case
from candour.database.row_security import acting_for
from candour.letters.actions import (
    Beginning,
    Kept,
    Pressing,
    Sent,
    begin_draft,
    confirm_recipients,
    send,
)
from candour.letters.models import LetterDraft
from candour.letters.recipients import Chosen, Proposed, Way
from candour.letters.work import Work, taken_up
from candour.people.actor import Actor
from tests.support.casework import Town, hold_ppm, london, open_at, to_ppm

AFTER = london("2026-03-31T11:00")
RI_EMAIL = "ri@derwen.example"


def provider_contacts(town: Town) -> None:
    """Give the provider a responsible individual and a manager with addresses."""
    provider = town.service.provider
    Contact.objects.create(
        body=provider, role="responsible_individual", name="Gwenllian Huws", email=RI_EMAIL
    )
    Contact.objects.create(
        body=provider, role="registered_manager", name="Aled Jones", email="aled@derwen.example"
    )


def after_ppm(town: Town, day: str = "2026-03-09T09:00") -> Case:
    """Return a case whose PPM was held on 30 March 2026, so that the provider is due a letter."""
    provider_contacts(town)
    case = open_at(town, day)
    to_ppm(town, case)
    hold_ppm(town, case)
    return fresh(case)


def fresh(case: Case) -> Case:
    """Return a case as it is now."""
    with acting_for([case.body_id]):
        return Case.objects.select_related("body", "service__provider").get(pk=case.pk)


def officer(town: Town) -> Actor:
    """Return the lead officer."""
    return town.actor(town.mari, "lead_officer")


def colleague(town: Town) -> Actor:
    """Return a colleague at the same body."""
    return town.actor(town.ieuan, "chair")


def begun(
    town: Town,
    case: Case,
    template: str = "letter_status",
    *,
    as_of: datetime = AFTER,
    about: str | None = None,
) -> LetterDraft:
    """Return a letter begun by the lead officer, about the last meeting unless said otherwise."""
    with acting_for([case.body_id]):
        standing = queries.standing(case.pk)
        held = standing.by_kind["meeting_held"][-1].id if about is None else about
        outcome = begin_draft(
            case=fresh(case),
            actor=officer(town),
            beginning=Beginning(template, held),
            draft_id=str(uuid4()),
            as_of=as_of,
        )
    assert isinstance(outcome, Kept), outcome
    return outcome.draft


def work_on(draft: LetterDraft, as_of: datetime = AFTER) -> Work:
    """Return a draft in hand."""
    with acting_for([draft.body_id]):
        work = taken_up(draft.pk, as_of)
        read_now = (work.proposed, work.house)  # while the body is acted for
        assert read_now
        return work


def choose(line: Proposed, **more: object) -> Chosen:
    """Return a proposed recipient as somebody ticks it."""
    chosen = Chosen(
        key=line.key,
        rule=line.rule,
        copy=line.copy,
        name=line.name,
        role=line.role,
        body=line.body,
        email=line.email,
        language=line.language,
        way=Way.MAIL if line.email else Way.POST,
    )
    return replace(chosen, **more)  # type: ignore[arg-type]  # whatever a test changes


def outsider(email: str, **more: object) -> Chosen:
    """Return somebody whom no rule names."""
    told = Chosen(
        key="outside:x1",
        rule="",
        copy=False,
        name="Sali Mali",
        role="",
        body="",
        email=email,
        language="en",
        way=Way.MAIL,
        reason="She chairs the inquiry that asked for it.",
    )
    return replace(told, **more)  # type: ignore[arg-type]  # whatever a test changes


def all_of(work: Work, **more: object) -> list[Chosen]:
    """Return everybody whom the rule names, ticked."""
    return [choose(line, **more) for line in work.proposed]


def confirmed(
    town: Town, draft: LetterDraft, chosen: Sequence[Chosen], as_of: datetime = AFTER
) -> LetterDraft:
    """Return a draft with these recipients confirmed by the lead officer."""
    with acting_for([draft.body_id]):
        outcome = confirm_recipients(
            draft_id=str(draft.pk),
            actor=officer(town),
            chosen=chosen,
            revision=draft.revision,
            as_of=as_of,
        )
    assert isinstance(outcome, Kept), outcome
    return outcome.draft


def pressing(draft: LetterDraft, expected_seq: int | None = None) -> Pressing:
    """Return what somebody saw who presses the button now."""
    return Pressing(str(draft.pk), draft.revision, expected_seq)


def sent(town: Town, case: Case, as_of: datetime = AFTER) -> Sent:
    """Return a status letter sent to everybody whom the rule names."""
    draft = begun(town, case, as_of=as_of)
    ready = confirmed(town, draft, all_of(work_on(draft, as_of)), as_of)
    with acting_for([case.body_id]):
        outcome = send(actor=officer(town), pressing=pressing(ready), as_of=as_of)
    assert isinstance(outcome, Sent), outcome
    return outcome
