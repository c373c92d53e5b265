"""A small procedure that uses every part of the engine once, and short ways to write entries."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from candour.engine import Draft, Entry, Procedure, Standing, Words, fold
from candour.engine.calendars import Calendar, Holiday
from candour.engine.clocks import LONDON, Clock
from candour.engine.conditions import (
    AnyOf,
    AtStep,
    DutiesMet,
    Elapsed,
    Latest,
    Not,
    OnePerMember,
    Proposed,
    Recorded,
    RestrictionInForce,
)
from candour.engine.fields import Field, FieldType, Option
from candour.engine.parts import Role, Step
from candour.engine.patterns import Pattern, Where
from candour.engine.procedure import Auto, Duty, Extension, Gate, Move

EASTER_2026 = {
    date(2026, 4, 3): Holiday("Good Friday", "Gwener y Groglith", "published"),
    date(2026, 4, 6): Holiday("Easter Monday", "Llun y Pasg", "published"),
}
WALES = Calendar("wales", date(2025, 1, 1), date(2029, 12, 31), EASTER_2026)


def clock(words: str) -> Clock:
    return Clock.parse(words)


def where(**values: object) -> tuple[Where, ...]:
    return tuple(Where(name, (value,)) for name, value in values.items())


def pattern(kind: str, **values: object) -> Pattern:
    return Pattern(kind, where(**values))


MEETING = pattern("meeting_held", meeting="panel")


def duty(  # the rest of a Duty, by keyword
    id_: str,
    starts: Pattern,
    words: str,
    *met_by: Pattern,
    **more: Any,
) -> Duty:
    return Duty(
        id=id_,
        title=Words(id_.replace("_", " ").capitalize(), f"{id_} (cy)"),
        starts=(starts,),
        clock=clock(words),
        calendar=WALES,
        met_by=met_by,
        owner=more.pop("owner", "officer"),
        clauses=("T-1",),
        **more,
    )


DUTIES = (
    duty(
        "decisions",
        MEETING,
        "1 working day after",
        pattern("minutes_circulated", part="decisions"),
        extension=Extension(endorsed_by=("head",)),
    ),
    duty(
        "letter",
        MEETING,
        "5 working days after",
        pattern("notice_sent", notice="letter"),
        pattern("notice_sent", notice="copy"),
        met_when="all",
    ),
    duty("reconvene", MEETING, "6 weeks after", MEETING, opens="first"),
    duty(
        "referral",
        pattern("concern_raised", seriousness="serious_risk_of_harm"),
        "24 hours after",
        pattern("referral_made"),
        outlives=True,
    ),
    duty(
        "visit",
        pattern("concern_raised", seriousness="serious_risk_of_harm"),
        "same day",
        pattern("visit_made"),
        opens="restart",
    ),
    duty(
        "progress",
        pattern("plan_agreed", plan="cap"),
        "every month",
        pattern("action_progressed"),
        stops=(pattern("plan_signed_off", plan="cap"),),
    ),
    duty(
        "answer",
        pattern("recommendation_issued"),
        "20 working days beginning with",
        pattern("response_received"),
        due_field="respond_by",
        start_field="received_on",
    ),
    duty(
        "action",
        pattern("action_added"),
        "1 month after",
        pattern("action_completed"),
        due_field="due_on",
    ),
)

NOT_IMPROVED = Not(part=Latest(pattern=MEETING, has=where(improvement="sufficient")))

AUTOS = (
    Auto(
        id="no_improvement",
        title=Words("No improvement: to the board"),
        when=(
            AtStep(steps=("panel",)),
            NOT_IMPROVED,
            AnyOf(
                parts=(
                    Recorded(pattern=MEETING, at_least=4, since=pattern("step_entered")),
                    Elapsed(clock=clock("6 months after"), calendar=WALES, pattern=MEETING),
                )
            ),
        ),
        kind="step_entered",
        data={"move": "to_board", "step": "board"},
        mode="do",
    ),
    Auto(
        id="consider_board",
        title=Words("The provider cannot comply: consider the board"),
        when=(Recorded(pattern=pattern("action_progressed", cannot_comply=True)),),
        kind="decision_made",
        data={"decision": "board"},
    ),
)

MOVES = (
    Move("to_panel", Words("To the panel", "I’r panel"), ("intake",), "panel", clauses=("T-2",)),
    Move(
        "to_board",
        Words("To the board", "I’r bwrdd"),
        ("intake", "panel"),
        "board",
        needs=(
            OnePerMember(
                pattern=Pattern("risk_rated"),
                by_field="agency",
                members=MEETING,
                members_field="attended",
                says=Words("Every agency rates first.", "Pob asiantaeth i sgorio."),
            ),
        ),
        decided_by=("head", "chair"),
        override=True,
        override_by=("head",),
        rationale=True,
        clauses=("T-3",),
    ),
    Move(
        "end",
        Words("End", "Gorffen"),
        ("intake", "panel", "board"),
        "ended",
        needs=(DutiesMet(duties=("letter",)), Not(part=RestrictionInForce())),
    ),
    Move("back", Words("Back to the panel"), ("ended",), "panel"),
)

GATES = (
    Gate(
        "rated_first",
        Words("A suspension rests on a rating"),
        Pattern("restriction_imposed"),
        needs=(Recorded(pattern=pattern("rating_agreed")),),
        clauses=("T-4",),
    ),
    Gate(
        "chair_grade",
        Words("The head chairs"),
        MEETING,
        needs=(Proposed(has=where(chair_role="head"), says=Words("The head must chair.")),),
        override=True,
        clauses=("T-5",),
    ),
)


def _options(*ids: str) -> tuple[Option, ...]:
    return tuple(Option(id_, Words(id_.capitalize())) for id_ in ids)


def small() -> Procedure:
    """A procedure with steps intake → panel → board → ended."""
    return Procedure(
        name="small",
        version="1",
        title=Words("A small procedure"),
        nation="wales",
        calendar=WALES,
        start="intake",
        steps={
            step.id: step
            for step in (
                Step("intake", Words("Intake", "Derbyn")),
                Step("panel", Words("Panel", "Panel")),
                Step("board", Words("Board", "Bwrdd")),
                Step("ended", Words("Ended", "Wedi dod i ben"), final=True),
            )
        },
        moves={move.id: move for move in MOVES},
        duties={each.id: each for each in DUTIES},
        gates=GATES,
        autos=AUTOS,
        roles={r: Role(r, Words(r.capitalize())) for r in ("officer", "chair", "head")},
        clauses={},
        sources=(),
        options={
            "meetings": _options("panel", "board"),
            "notices": _options("letter", "copy"),
            "impact": _options("low", "high"),
            "engagement": _options("able", "unable"),
            "rating_outcomes": _options("stay", "up"),
            "restrictions": _options("whole", "part"),
            "decisions": _options("board", "none"),
            "tiers": _options("provider"),
            "referrals": _options("adult"),
            "outcomes": _options("improved"),
        },
        extra_fields={
            "case_opened": (
                Field("at_risk", FieldType.YES_NO, Words("Is anyone at risk?"), required=True),
                Field("title", FieldType.LINE, Words("Short title"), required=True),
            )
        },
        hides=("staff_deployed",),
    )


PROCEDURE = small()

DATA: Mapping[str, Mapping[str, Any]] = {
    "case_opened": {"title": "Fern House", "service": "Fern House", "at_risk": False},
    "concern_raised": {"seriousness": "low", "what_happened": "Missed medicines."},
    "meeting_held": {"meeting": "panel", "chair_role": "head", "attended": ["Council", "Health"]},
    "minutes_circulated": {"part": "decisions", "to": ["Council"]},
    "notice_sent": {"notice": "letter", "to": ["Provider"]},
    "referral_made": {"referral": "adult", "to": "Safeguarding"},
    "visit_made": {"visitors": ["An officer"], "findings": "As reported."},
    "plan_agreed": {"plan": "cap", "signed_by": ["A", "B"], "monitored_by": "Visits."},
    "plan_signed_off": {"plan": "cap", "result": "completed", "evidence": "Seen."},
    "action_progressed": {"plan": "cap", "progress": "Some."},
    "action_added": {"action": "x", "outcome": "y", "owner": "z", "due_on": "2026-05-01"},
    "action_completed": {"evidence": "Seen.", "risk_review": "Lower."},
    "recommendation_issued": {"to": "Provider", "tier": "provider", "what_is_asked": "Answer."},
    "response_received": {"from_whom": "Provider", "response": "We will."},
    "risk_rated": {"agency": "Council", "impact": "low", "engagement": "able", "rationale": "r"},
    "rating_agreed": {
        "impact": "low",
        "engagement": "able",
        "outcome": "stay",
        "rationale": "Agreed by all.",
    },
    "restriction_imposed": {
        "restriction": "whole",
        "scope": "All new placements",
        "rationale": "Rated high.",
        "decided_by_role": "head",
        "what_lifts_it": "The plan done.",
    },
    "restriction_reviewed": {"outcome": "stays", "reason": "Not yet."},
    "restriction_lifted": {"decided_by_role": "head", "reason": "Done."},
    "timescale_extended": {"duty": "decisions", "new_date": "2026-04-10", "reason": "Illness."},
    "clock_paused": {"reason": "Enquiry under way."},
    "clock_resumed": {},
    "correction_made": {"why": "Wrong date."},
    "delivery_failed": {"to": ["Provider"], "why": "refused"},
    "sent_again": {"to": ["Provider"], "delivery": "post"},
    "message_received": {"sender": "Provider", "sort": "reply"},
    "suggestion_answered": {"auto": "consider_board", "taken": False, "reason": "Not needed."},
    "decision_made": {"decision": "board", "reason": "It cannot comply."},
    "case_closed": {
        "move": "end",
        "step": "ended",
        "outcome": "improved",
        "rationale": "All is done.",
    },
    "case_reopened": {"move": "back", "step": "panel", "rationale": "Not kept up."},
}


def at(words: str) -> datetime:
    """London time: a date alone is the start of its day."""
    return datetime.fromisoformat(words).replace(tzinfo=LONDON)


def entry(kind: str, on: str, id_: str = "", *refers_to: str, **data: object) -> Entry:
    """An entry recorded when it happened, with enough data for its kind."""
    return Entry(
        id=id_ or f"{kind}@{on}",
        kind=kind,
        happened_at=at(on),
        recorded_at=at(on),
        author="a",
        role="officer",
        data={**DATA.get(kind, {}), **data},
        refers_to=refers_to,
    )


def draft(kind: str, on: str, *refers_to: str, role: str = "officer", **data: object) -> Draft:
    """A draft with enough data for its kind; `override` is the draft's rationale."""
    override = str(data.pop("override", ""))
    return Draft(
        id=f"draft-{kind}-{on}",
        kind=kind,
        happened_at=at(on),
        author="a",
        role=role,
        data={**DATA.get(kind, {}), **data},
        refers_to=refers_to,
        override=override,
    )


def moved(move: str, step: str, on: str, **data: object) -> Entry:
    return entry("step_entered", on, f"{move}@{on}", move=move, step=step, **data)


OPENED = entry("case_opened", "2026-03-02T09:00", "open")


def standing(*entries: Entry) -> Standing:
    return fold(PROCEDURE, (OPENED, *entries))


def due(found: Standing, duty_id: str) -> list[date | None]:
    return [found.duties[key].due.on for key in found.open_keys(duty_id)]
