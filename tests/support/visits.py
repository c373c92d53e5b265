"""People who may enter and view for a Healthwatch, or may not; and a visit taken some way along."""

from datetime import date
from typing import Any

from candour.engine.visits import Visit, visits
from candour.publishing.models import Representative
from candour.site import clock
from tests.support.signatures import Derbyshire, tell

ON, PLANNED_FOR = "2026-03-31", "2026-03-31T19:00+01:00"
WHO_MAY = ("Hazel Wingfield", "Marek Longstone")
PLAN: dict[str, Any] = {
    "premises": "Ely General, Ward 3",
    "planned_for": PLANNED_FOR,
    "visitors": list(WHO_MAY),
    "purpose": "To see an evening.",
    "areas": ["Bells", "Supper"],
    "announced": True,
    "told_before": ["The ward"],
    "under_18_social_care": False,
}


def authorise(made: Derbyshire) -> None:
    """Put people on the list: two who may go on 31 March, and one for each reason why not."""
    spring = date(2026, 1, 5)
    usual = {"from_date": spring, "trained_on": spring, "dbs_considered": True}
    listed: tuple[tuple[str, dict[str, Any]], ...] = (
        (WHO_MAY[0], {"from_date": date(2024, 1, 1), "to_date": date(2025, 1, 1)}),
        (WHO_MAY[0], {}),
        (WHO_MAY[1], {"dbs_considered_on": spring}),
        ("Ended Earlier", {"to_date": date(2026, 3, 30)}),
        ("Begins Later", {"from_date": date(2026, 4, 1)}),
        ("Never Trained", {"trained_on": None}),
        ("Trained Later", {"trained_on": date(2026, 4, 1)}),
        ("Nothing Considered", {"dbs_considered": None}),
    )
    with made.at_work():
        for name, more in listed:
            Representative.objects.create(
                body=made.town.healthwatch,
                name=name,
                changed_at=clock.now(),
                changed_by=made.town.sam,
                **{**usual, **more},
            )


def decide(made: Derbyshire, when: str = "2026-03-30T10:00") -> str:
    """Record the decision to enter and view, and return its number."""
    data = {
        "decision": "enter_and_view",
        "consulted_roles": ["chair"],
        "reason": "To see an evening.",
        "premises": "Ely General, Ward 3",
        "planned_on": ON,
    }
    return tell(made, "decision_made", when, data, role="chief_executive").entry.id


def planned(made: Derbyshire) -> str:
    """Record a plan for the evening of 31 March, and return its number."""
    decided = decide(made)
    entry = tell(made, "visit_planned", "2026-03-30T10:30", PLAN, refers_to=(decided,)).entry
    return entry.id


def noted(made: Derbyshire, plan: str, when: str, **more: Any) -> str:
    """Note something down on the visit."""
    data = {
        "area": "Bells",
        "known_by": "seen",
        "impression": "worrying",
        "observed": "A bell rang for half an hour.",
        "nobody_named": True,
        **more,
    }
    return tell(made, "observation_made", when, data, refers_to=(plan,)).entry.id


def visit_of(made: Derbyshire) -> Visit:
    """Return the one visit of the case as it stands."""
    (visit,) = visits(made.standing())
    return visit
