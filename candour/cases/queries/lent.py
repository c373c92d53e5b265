"""The cases that other bodies share with ours, and one of them as partners may be told of it.

A body that is told what partners may be told reaches no row of the case. Which case it is, and who
leads it, is said by a function of the owner's; the case is then read for the body that leads it,
and what comes of it is for the page that shows it to a partner, and for nothing else.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from candour.cases.models import Case
from candour.cases.queries.case_files import case_by_ref, standing
from candour.database.row_security import reading_for
from candour.engine import Standing
from candour.engine.london import local

MOST = 200


@dataclass(frozen=True, slots=True)
class LentCase:
    """A case that another body shares with one of ours.

    Attributes:
        members: we take part in it, and see it as its own body does.
        shared_by: the entry by which it was shared.
        until: the last London day on which we see it, or None.
    """

    case_id: int
    ref: str
    title: str
    procedure: str
    step: str
    service: str | None
    service_cy: str | None
    led_by: int
    led_by_name: str
    led_by_name_cy: str
    members: bool
    shared_by: UUID
    since: datetime
    until: date | None
    closed_at: datetime | None


def lent_to_us(as_of: datetime) -> list[LentCase]:
    """Return the open cases shared with the bodies acted for, the last shared first. One query."""
    return [case for case in _lent(as_of) if case.closed_at is None]


def _lent(as_of: datetime) -> list[LentCase]:
    today = local(as_of).date()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM case_lent(%s)", [MOST])
        found = (LentCase(*row) for row in cursor.fetchall())
        return [case for case in found if case.until is None or today <= case.until]


def lent_case(ref: str, as_of: datetime) -> tuple[LentCase, Case, Standing] | None:
    """Return a case that we are told of as partners, with its standing; None where there is none.

    The standing holds the whole of the case. Show of it what `candour.documents.facts.seen` lets
    partners see, and nothing else.
    """
    wanted = ref.strip().upper()
    found = (case for case in _lent(as_of) if case.ref == wanted and not case.members)
    lent = next(found, None)
    if lent is None:
        return None
    with reading_for([lent.led_by]):
        case = case_by_ref(wanted)
        return None if case is None else (lent, case, standing(case))
