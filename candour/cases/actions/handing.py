"""Who may let a case go on elsewhere, and making its rows say who leads it and who sees it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from candour.bodies.models import Body
from candour.bodies.queries import bodies_that_may_lead
from candour.cases import standings
from candour.cases.actions.results import faulty, refused
from candour.cases.log import Head
from candour.engine import Draft, Refusal
from candour.engine.london import local
from candour.engine.vocabulary import CHANGED
from candour.people.actor import Actor


def bar_to_change(head: Head, actor: Actor, draft: Draft) -> Refusal | None:
    """Return why this body may not let the case go on so, or why the other may not lead it."""
    if draft.kind != CHANGED:
        return None
    if actor.body_id != head.body_id:
        return refused(
            f"Only the body that leads {head.ref} decides under which procedure it goes on.",
            f"Dim ond y corff sy’n arwain {head.ref} sy’n penderfynu ar ei weithdrefn.",
        )
    return _bar_to_body(draft.data, draft.happened_at)


def _bar_to_body(data: Mapping[str, Any], at: datetime) -> Refusal | None:
    number, name = data.get("to_body_number"), data.get("to_body")
    if number is None and not name:
        return None
    body = Body.objects.filter(pk=number).first() if isinstance(number, int) else None
    if body is None or body.name != name:
        return faulty("to_body", "There is no such body. Choose one of those that there are.")
    day = local(at).date()
    if body.to_date is not None and body.to_date < day:
        return faulty("to_body", f"{body} came to an end on {body.to_date.isoformat()}.")
    if body.from_date is not None and day < body.from_date:
        return faulty("to_body", f"{body} begins its work on {body.from_date.isoformat()}.")
    if not bodies_that_may_lead(day).filter(pk=body.pk).exists():
        return faulty(
            "to_body",
            f"{body} holds no function for which cases are led. Choose a body that does, or enter "
            "its function in the directory first.",
        )
    return None


def hand_over(case_id: int) -> None:
    """Make the row of a case say what the last change of procedure in its log says."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT case_hand_over(%s)", [case_id])
    standings.forget(case_id)


def let_see(case_id: int) -> None:
    """Make the rows of a case say which bodies its log lets see it, once time has acted on it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT case_let_see(%s)", [case_id])
    standings.forget(case_id)
