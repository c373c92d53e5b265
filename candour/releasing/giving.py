"""Giving what is sealed to a provider: by a custodian, with the person's own consent, and recorded.

Where a case rests on what they told, the case says that it was shared and with whom; what was
shared stands in no log.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from candour.cases.actions import Recorded, Stale, record
from candour.engine import Draft, Refusal
from candour.people.actor import Actor
from candour.sealing.consents import CONTACT_PROVIDER, Consent, agreed_to
from candour.sealing.details import PersonDetails
from candour.sealing.keeping import of_experience, unsealed
from candour.sealing.models import Purpose, What
from candour.sealing.opening import Place, check, log

SHARED: Final = "information_shared"
FIXED: Final[Mapping[str, Any]] = {
    "recipients": ["provider"],
    "legal_basis": "consent",
    "person_informed": True,
}
SAID: Final = ("what", "to", "purpose", *FIXED)  # the fields of the entry that are filled here


class NoConsent(Exception):
    """The person did not agree that a provider gets their name, or took it back."""


class NotRecorded(Exception):
    """The case did not take the entry, so nothing was given; `refusal` says why, where it does."""

    def __init__(self, refusal: Refusal | None) -> None:
        super().__init__(str(refusal or "The case has moved on."))
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class InCase:
    """The case that says so: its id, who records it there, and the id of the entry.

    Attributes:
        more: what its procedure asks beside what is the same everywhere, by the fields’ names.
    """

    case_id: int
    actor: Actor
    entry: str
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Giving:
    """What is to be given: who told this experience, to whom, and what for."""

    experience: int
    to: str
    purpose: str


def give(
    giving: Giving, *, custodian: Actor, in_case: InCase | None, as_of: datetime
) -> PersonDetails:
    """Return who told an experience, to be given to a provider, and record that it is.

    Args:
        giving: who is given to whom.
        custodian: who gives it, in the post named as custodian.
        in_case: the case that says so; None where no case rests on the experience.
        as_of: the present instant.

    Raises:
        NotCustodian: the actor is none.
        NoReason: the purpose says nothing.
        NoConsent: the person did not agree to it.
        NothingSealed: they left no details.
        KeyNotHere: the key is not on this machine.
        NotRecorded: the case does not take the entry.
    """
    body_id, context = custodian.body_id, of_experience(giving.experience)
    check(body_id, custodian, giving.purpose)
    consent = agreed_to(giving.experience, CONTACT_PROVIDER)
    if consent is None:
        raise NoConsent(
            "They did not agree that the provider gets their name, so it is not given. Ask them "
            "first: a question can be left for them under their receipt."
        )
    found = PersonDetails.from_bytes(unsealed(body_id, Purpose.PERSON, context))
    if in_case is not None:
        _record(giving, consent, in_case, as_of)
    log(
        What.GIVEN,
        Place(body_id, Purpose.PERSON, context),
        actor=custodian,
        reason=giving.purpose,
        as_of=as_of,
        given_to=giving.to,
        entry=UUID(in_case.entry) if in_case else None,
    )
    return found


def _record(giving: Giving, consent: Consent, in_case: InCase, as_of: datetime) -> None:
    what = (
        f"The name of whoever told experience {giving.experience}, and how to reach them. They "
        f"agreed on {consent.at:%d %B %Y} (wording {consent.version})."
    )
    draft = Draft(
        id=in_case.entry,
        kind=SHARED,
        happened_at=as_of,
        author="",
        role=in_case.actor.role,
        data={**in_case.more, **FIXED, "what": what, "to": [giving.to], "purpose": giving.purpose},
    )
    outcome = record(
        case_id=in_case.case_id, actor=in_case.actor, draft=draft, expected_seq=None, as_of=as_of
    )
    if not isinstance(outcome, Recorded):
        raise NotRecorded(None if isinstance(outcome, Stale) else outcome)
