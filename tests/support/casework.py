"""People of a council and a Healthwatch, a care home, and cases taken some way along."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from candour import policies
from candour.bodies.models import Body, BodyFunction, Service
from candour.cases.actions import Opened, Recorded, open_case, record
from candour.cases.models import Case
from candour.database.row_security import acting_for
from candour.engine import Draft
from candour.people.actor import Actor
from candour.people.models import Post, User

LONDON = ZoneInfo("Europe/London")
OPENING = {
    "title": "Falls at night and too few staff",
    "service": "Plas Derwen",
    "lead_agency": "Cardiff Council",
    "safeguarding_risk": False,
    "nursing": True,
}
CONCERN = {
    "criteria": ["repeated_failure"],
    "results": ["provider_willing_and_able"],
    "seriousness": "significant",
    "what_happened": "Three falls in one week, with one member of staff at night.",
}


def london(written: str) -> datetime:
    """Return an instant written as London clock time."""
    return datetime.fromisoformat(written).replace(tzinfo=LONDON)


@dataclass(frozen=True)
class Town:
    """A council that leads cases, a Healthwatch, and a body that knows nothing of either.

    `mari` is lead officer and operational manager at the council; `ieuan` is its contract
    monitoring officer; `dilys` holds no post anywhere; `olwen` works for the other body.
    """

    council: Body
    healthwatch: Body
    elsewhere: Body
    service: Service
    hospital: Service
    mari: User
    ieuan: User
    sam: User
    olwen: User
    dilys: User

    def actor(self, user: User, role: str) -> Actor:
        """Return somebody acting in one of their posts."""
        post = Post.objects.select_related("body", "user").get(user=user, role=role)
        return Actor.from_post(post)

    def in_derbyshire(self) -> None:
        """Give the Healthwatch the name of one that has a procedure of its own."""
        self.healthwatch.name = "Healthwatch Derbyshire"
        self.healthwatch.save()


def make_town() -> Town:
    """Return the people and organisations, written to the database."""
    council = Body.objects.create(name="Cardiff Council", nation="wales", slug="cardiff")
    healthwatch = Body.objects.create(name="Healthwatch Ely", nation="england", slug="ely")
    BodyFunction.objects.create(body=healthwatch, function="patient_voice")
    elsewhere = Body.objects.create(name="Powys Council", nation="wales", slug="powys")
    provider = Body.objects.create(name="Derwen Care", nation="wales", slug="derwen")
    trust = Body.objects.create(name="Ely Hospitals Trust", nation="england", slug="ely-trust")
    users = {
        name: User.objects.create(username=name, display_name=display)
        for name, display in (
            ("mari", "Mari Ellis"),
            ("ieuan", "Ieuan Rees"),
            ("sam", "Sam Okafor"),
            ("olwen", "Olwen Price"),
            ("dilys", "Dilys Hughes"),
        )
    }
    posts = (
        ("mari", council, "lead_officer"),
        ("mari", council, "operational_manager"),
        ("ieuan", council, "contract_monitoring_officer"),
        ("ieuan", council, "chair"),
        ("sam", healthwatch, "lead_officer"),
        ("olwen", elsewhere, "lead_officer"),
    )
    for name, body, role in posts:
        Post.objects.create(user=users[name], body=body, role=role)
    return Town(
        council=council,
        healthwatch=healthwatch,
        elsewhere=elsewhere,
        service=Service.objects.create(name="Plas Derwen", provider=provider, nursing=True),
        hospital=Service.objects.create(name="Ely General, Ward 3", provider=trust),
        **users,
    )


def open_at(
    town: Town,
    when: str,
    answers: Mapping[str, Any] | None = None,
    *,
    service: Service | None = None,
) -> Case:
    """Return a Cardiff and Vale case, about the care home by default, opened at a time."""
    at = london(when)
    with acting_for([town.council.pk]):
        opened = open_case(
            actor=town.actor(town.mari, "lead_officer"),
            procedure=policies.load("cardiff_vale"),
            body=town.council,
            service=service or town.service,
            draft=draft("case_opened", at, {**OPENING, **(answers or {})}),
            as_of=at,
        )
        assert isinstance(opened, Opened), opened
        return Case.objects.get(pk=opened.case_id)


def draft(kind: str, at: datetime, data: Mapping[str, Any], **more: Any) -> Draft:
    """Return a draft with an id of its own."""
    return Draft(id=str(uuid4()), kind=kind, happened_at=at, author="", role="", data=data, **more)


def add(
    town: Town,
    case: Case,
    kind: str,
    when: str,
    data: Mapping[str, Any],
    *,
    role: str = "operational_manager",
    **more: Any,
) -> Recorded:
    """Record an entry at a time, by Mari."""
    at = london(when)
    with acting_for([case.body_id]):
        answer = record(
            case_id=case.pk,
            actor=town.actor(town.mari, role),
            draft=draft(kind, at, data, **more),
            expected_seq=None,
            as_of=at,
        )
    assert isinstance(answer, Recorded), answer
    return answer


def to_ppm(town: Town, case: Case, day: str = "2026-03-10") -> None:
    """Take a case from intake straight to PPM, with the provider met and everybody invited."""
    add(town, case, "concern_raised", f"{day}T09:30", CONCERN)
    reason = {"decision": "ppm_without_waiting", "reason": "Waiting would add to the risk."}
    add(town, case, "decision_made", f"{day}T10:00", reason)
    move = {"move": "skip_to_ppm", "step": "ppm", "rationale": "Falls go on and cannot wait."}
    add(town, case, "step_entered", f"{day}T10:30", move)
    briefing = {"purpose": "provider_briefing", "with_whom": "Registered manager"}
    add(town, case, "contact_made", f"{day}T11:00", briefing)
    call = {
        "meeting": "ppm",
        "meets_on": "2026-03-30",
        "invited": ["Registered manager", "Responsible individual"],
        "responsible_individual_invited": True,
        "ciw_invited": True,
    }
    add(town, case, "meeting_called", f"{day}T12:00", call)


def hold_ppm(town: Town, case: Case, when: str = "2026-03-30T10:00") -> Recorded:
    """Hold a PPM that sees it as too early to say."""
    meeting = {
        "meeting": "ppm",
        "chair_role": "operational_manager",
        "attended": ["Cardiff Council", "Health board"],
        "members_may_decide": True,
        "improvement": "too_early",
    }
    return add(town, case, "meeting_held", when, meeting)
