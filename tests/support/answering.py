"""A Healthwatch’s case with something put to several bodies, for tests of responses."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from candour import policies
from candour.cases.actions import Opened, Recorded, open_case, record
from candour.cases.models import Case
from candour.database.row_security import acting_for
from candour.engine import Draft
from tests.support.casework import Town, draft, london

OPENING = {
    "title": "Discharges without medicines",
    "service": "Ely General, Ward 3",
    "scope": "several_people",
    "scope_reason": "Eleven people told us the same.",
    "safeguarding_considered": "none_needed",
}
CONCERN = {
    "about": ["safety"],
    "organisations": ["Ely Hospitals Trust"],
    "seriousness": "significant",
    "what_happened": "People leave hospital without the medicines they need.",
}
ASKED = {
    "tier": "organisation",
    "what_is_asked": "Say what will change, and by when.",
    "response_basis": "statutory",
    "recipient_kind": "nhs_trust",
    "received_on": "2025-12-08",
}


def open_with(town: Town, when: str = "2025-12-01T09:00") -> Case:
    """Return a case that stands with the organisation, led by the Healthwatch."""
    at = london(when)
    with acting_for([town.healthwatch.pk]):
        opened = open_case(
            actor=town.actor(town.sam, "lead_officer"),
            procedure=policies.load("healthwatch_england"),
            body=town.healthwatch,
            service=town.hospital,
            draft=draft("case_opened", at, OPENING),
            as_of=at,
        )
        assert isinstance(opened, Opened), opened
        case = Case.objects.get(pk=opened.case_id)
    say(town, case, "concern_raised", when, CONCERN)
    say(
        town,
        case,
        "step_entered",
        when,
        {"move": "raise_with_organisation", "step": "organisation"},
    )
    return case


def say(
    town: Town, case: Case, kind: str, when: str, data: Mapping[str, Any], *refers_to: str
) -> str:
    """Record an entry by Sam, and return its id."""
    at, key = london(when), str(uuid4())
    entry = Draft(
        id=key, kind=kind, happened_at=at, author="", role="", data=data, refers_to=refers_to
    )
    with acting_for([town.healthwatch.pk]):
        outcome = record(
            case_id=case.pk,
            actor=town.actor(town.sam, "lead_officer"),
            draft=entry,
            expected_seq=None,
            as_of=at,
        )
    assert isinstance(outcome, Recorded), outcome
    return key


def put(
    town: Town, case: Case, to: str, *refers_to: str, when: str = "2025-12-08T10:00", **more: object
) -> str:
    """Put the same thing to a body, and return the id of the entry."""
    return say(town, case, "recommendation_issued", when, {"to": to, **ASKED, **more}, *refers_to)
