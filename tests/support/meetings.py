"""A PPM taken live: called, opened, attended, gone on with, finished."""

from collections.abc import Sequence

from candour.cases.models import Case
from candour.cases.queries import standing
from candour.database.row_security import acting_for
from tests.support.casework import Town, add

DAY = "2026-03-30"
INVITED = ("contracts_team", "health_board", "safeguarding", "ciw", "responsible_individual")


def call_ppm(town: Town, case: Case) -> str:
    """Record that the provider was met, and the call; return the call's id."""
    briefed = {"purpose": "provider_briefing", "with_whom": "Registered manager"}
    add(town, case, "contact_made", "2026-03-20T10:00", briefed)
    called = {
        "meeting": "ppm",
        "meets_on": DAY,
        "invited": ["By agency"],
        "agencies_invited": list(INVITED),
        "responsible_individual_invited": True,
    }
    return add(town, case, "meeting_called", "2026-03-20T11:00", called).entry.id


def open_ppm(town: Town, case: Case) -> str:
    """Open the meeting that was called last; return the id of its opening."""
    call = _latest(case, "meeting_called")
    data = {"meeting": "ppm"}
    return add(town, case, "meeting_opened", f"{DAY}T10:00", data, refers_to=(call,)).entry.id


def attend(town: Town, case: Case, when: str, who: Sequence[str], took: Sequence[str] = ()) -> None:
    """Take attendance, at a time of that day."""
    data = {"present": list(who), "people": ["One for each"], "acknowledged": list(took)}
    refers = (_latest(case, "meeting_opened"),)
    add(town, case, "attendance_taken", f"{DAY}T{when}", data, refers_to=refers)


def begin_part(town: Town, case: Case, part: str, when: str) -> None:
    """Go on to another part."""
    refers = (_latest(case, "meeting_opened"),)
    add(town, case, "meeting_part_begun", f"{DAY}T{when}", {"part": part}, refers_to=refers)


def finish(town: Town, case: Case, when: str) -> str:
    """Record that it was held, which finishes it; return the id of that entry."""
    data = {
        "meeting": "ppm",
        "chair_role": "operational_manager",
        "attended": ["Contracts team", "Health board", "CIW"],
        "members_may_decide": True,
        "improvement": "too_early",
    }
    refers = (_latest(case, "meeting_opened"),)
    return add(town, case, "meeting_held", f"{DAY}T{when}", data, refers_to=refers).entry.id


def _latest(case: Case, kind: str) -> str:
    with acting_for([case.body_id]):
        return standing(Case.objects.get(pk=case.pk)).by_kind[kind][-1].id
