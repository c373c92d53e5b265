"""What the answers look like. Words come in both languages; days as 2026-04-01; instants in UTC."""

from datetime import date, datetime
from typing import Literal

from ninja import Schema
from pydantic import Field

from candour.engine import Words
from candour.engine.placing import PlacingAnswer


class Said(Schema):
    """Words in English and Welsh; the Welsh is the English where there is none."""

    en: str
    cy: str

    @classmethod
    def of(cls, words: Words) -> "Said":
        """Return the words in both languages."""
        return cls(en=words.text("en"), cy=words.text("cy"))

    @classmethod
    def both(cls, en: str, cy: str) -> "Said":
        """Return words whose Welsh may be missing."""
        return cls(en=en, cy=cy or en)


class ServiceShape(Schema):
    """A service of the directory."""

    id: int
    name: Said
    provider: Said


class ServicesShape(Schema):
    """Services found by their name; at most fifty."""

    services: list[ServiceShape]


class CaseShape(Schema):
    """A case that the token’s body leads or shares."""

    ref: str
    title: str
    led_by: str = Field(description="The short name of the body that leads it.")
    service: int | None = Field(description="The number of the service that it is about.")
    procedure: str
    version: str
    step: str
    opened_at: datetime
    closed_at: datetime | None


class CasesShape(Schema):
    """A page of cases, the last opened first."""

    cases: list[CaseShape]
    next: str = Field(description="Send it as “after” for the next page; empty on the last.")


class DutyShape(Schema):
    """Something that is owed in a case."""

    case: str
    duty: str
    title: Said
    owner: str = Field(description="The role that owes it.")
    due_on: date | None = Field(description="None while its clock is paused.")
    due_at: datetime | None = Field(description="The instant, where hours count.")
    late_from: datetime | None
    group: Literal["late", "today", "this_week", "later", "paused"]


class DutiesShape(Schema):
    """A page of what is due, soonest first."""

    duties: list[DutyShape]
    next: str


class RestrictionShape(Schema):
    """A restriction as it stood: what it keeps out. A side that is empty is not limited."""

    case: str
    led_by: Said
    kind: str
    title: Said
    scope: str
    care_types: list[str]
    complexities: list[str]
    units: list[str]
    funders: list[str]
    since: datetime
    reviewed_at: datetime | None
    stood_from: datetime
    stood_until: datetime | None


class OneCaseShape(CaseShape):
    """A case with what is due in it and what stands in force."""

    step_title: Said
    due: list[DutyShape]
    restrictions: list[RestrictionShape]


class RestrictedShape(Schema):
    """A service, or a case about none, with the restrictions that stood there."""

    service: int | None
    name: Said
    restrictions: list[RestrictionShape]


class RestrictedPageShape(Schema):
    """A page of services with restrictions, by name."""

    on: date
    services: list[RestrictedShape]
    next: str


class ReasonShape(Schema):
    """What one restriction says to a placement."""

    answer: PlacingAnswer
    hangs_on: list[str] = Field(description="What was left open and would decide it.")
    restriction: RestrictionShape


class PlacingShape(Schema):
    """Whether somebody may be placed. “yes” means that nothing on record stands against it."""

    service: int
    on: date
    answer: PlacingAnswer
    reasons: list[ReasonShape]
    told_as_of: datetime = Field(
        description="The answer goes by what was on record then, in the cases that the body leads "
        "or shares; for a day yet to come it may change."
    )


class RecommendationShape(Schema):
    """What was put to whom in a case, on what basis, and how it was answered."""

    case: str
    put_by: str = Field(description="The entry by which it was put.")
    to: str
    basis: str = Field(description="statutory, contractual, voluntary, or empty.")
    asked: str
    received_on: date
    acknowledge_by: date | None
    acknowledged_on: date | None
    due_on: date | None
    why_then: Said
    late: bool
    state: str
    answered_on: date | None
    answered_late: bool
    intends: Said
    said: str
    published: bool = Field(description="Whether it stands in the register open to the public.")


class RecommendationsShape(Schema):
    """A page of recommendations, soonest due first."""

    recommendations: list[RecommendationShape]
    next: str


class ProcedureShape(Schema):
    """A procedure that this site has."""

    name: str
    title: Said
    version: str
    nation: str
    valid_from: date | None
    valid_to: date | None


class ProceduresShape(Schema):
    """The procedures of this site."""

    procedures: list[ProcedureShape]


class StepShape(Schema):
    """A step of a procedure."""

    id: str
    title: Said


class ClockShape(Schema):
    """A duty of a procedure, with the words of its clock."""

    id: str
    title: Said
    due: Said
    owner: str
    clauses: list[str]


class OneProcedureShape(ProcedureShape):
    """A procedure with its steps and duties."""

    steps: list[StepShape]
    duties: list[ClockShape]


class ProblemShape(Schema):
    """What is wrong with a request and what to do, as RFC 9457 has it."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[dict[str, str]] | None = None
