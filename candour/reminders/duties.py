"""What is owed that one person should hear of: read by index, and no further than news can lie."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Max

from candour.cases.procedures import ProcedureUnavailable, procedure_named
from candour.engine.procedure import Procedure
from candour.engine.words import Words
from candour.people.leavers import Holding
from candour.people.models import Post
from candour.reminders.models import ReminderTold
from candour.reminders.saying import Because, Owed, Stage, Time

SOMETHING = Words("Something that is due", "Rhywbeth sy’n ddyledus")
# The roles of the person's own posts in the order of their index; and, of bodies whose cases they
# lead, whatever else is open, in the order of that one.
OWED = """
    SELECT d.case_id, d.key, d.duty_id, d.due_on, d.due_at, d.late_from, d.body_id, d.owner_role,
           c.ref, c.procedure, c.version
    FROM (
        SELECT f.* FROM unnest(%(bodies)s::bigint[], %(roles)s::text[]) AS w (body_id, role)
        CROSS JOIN LATERAL (
            SELECT * FROM case_duty
            WHERE body_id = w.body_id AND owner_role = w.role AND state = 'open'
              AND sorts_at <= %(until)s
        ) AS f
        UNION ALL
        SELECT f.* FROM unnest(%(led)s::bigint[]) AS l (body_id)
        CROSS JOIN LATERAL (
            SELECT * FROM case_duty
            WHERE body_id = l.body_id AND state = 'open' AND sorts_at <= %(until)s
              AND NOT EXISTS (
                  SELECT 1 FROM unnest(%(bodies)s::bigint[], %(roles)s::text[]) AS w (b, r)
                  WHERE w.b = l.body_id AND w.r = case_duty.owner_role
              )
        ) AS f
    ) AS d JOIN case_file c ON c.id = d.case_id
    WHERE d.late_from IS NOT NULL AND d.due_on IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Told:
    """What a message says of one time of a duty, beside what `Owed` knows.

    Attributes:
        ref: the number of its case.
        duty: which duty of its procedure.
        title: what the procedure calls it; what this time of it is about might name people.
        owner: the title of the role that owes it.
    """

    owed: Owed
    ref: str
    duty: str
    title: Words
    owner: Words


def concerning(
    person: int, posts: Sequence[Post], held: Holding, until: datetime
) -> dict[Time, Told]:
    """Return what is owed that turns late by `until` and that this person should hear of.

    One query. Needs a transaction that acts for the bodies of the posts.
    """
    own = sorted({(post.body_id, post.role) for post in posts})
    led = sorted({body for body, _role in own if person in held.heirs(body)})
    values: dict[str, Any] = {
        "bodies": [body for body, _ in own],
        "roles": [role for _, role in own],
        "led": led,
        "until": until,
    }
    with connection.cursor() as cursor:
        cursor.execute(OWED, values)
        rows = cursor.fetchall()
    return {told.owed.time: told for told in _told(rows, set(own), held)}


def _told(
    rows: Sequence[tuple[Any, ...]], own: set[tuple[int, str]], held: Holding
) -> Iterator[Told]:
    procedures: dict[tuple[str, str], Procedure | None] = {}
    for case, key, duty, due_on, due_at, late_from, body, role, ref, name, version in rows:
        pinned = (str(name), str(version))
        if pinned not in procedures:
            procedures[pinned] = _procedure(*pinned)
        procedure = procedures[pinned]
        because = _because((body, role), own, held, procedure)
        owed = Owed(case, key, due_on, due_at, late_from, because)
        known = procedure.duties.get(str(duty)) if procedure else None
        owner = procedure.roles.get(str(role)) if procedure else None
        yield Told(
            owed,
            str(ref),
            str(duty),
            known.title if known else SOMETHING,
            owner.title if owner else Words(str(role).replace("_", " ")),
        )


def _because(
    role: tuple[int, str], own: set[tuple[int, str]], held: Holding, procedure: Procedure | None
) -> Because:
    if role in own:
        return Because.OWN
    known = procedure.roles.get(role[1]) if procedure else None
    outside = known is not None and known.outside
    return Because.LED if outside or held.is_held(*role) else Because.LEFT


def _procedure(name: str, version: str) -> Procedure | None:
    try:
        return procedure_named(name, version)
    except ProcedureUnavailable:
        return None


def told_before(person: int, times: Mapping[Time, Told]) -> dict[Time, Stage]:
    """Return the furthest stage of these times that a person was told. One query."""
    cases = {case for case, _key, _late in times}
    rows = (
        ReminderTold.objects.filter(person_id=person, case_id__in=cases)
        .values_list("case_id", "key", "late_from")
        .annotate(furthest=Max("stage"))
    )
    return {(case, key, late): Stage(stage) for case, key, late, stage in rows}
