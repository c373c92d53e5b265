"""Opening a case: its number, its first entry, and no second live case where the policy has one."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from candour.bodies.models import Body, Service
from candour.bodies.queries import identity_of
from candour.cases import log, standings
from candour.cases.actions.bars import second_case
from candour.cases.actions.drafts import by_actor
from candour.cases.actions.results import Opened, Recorded, faulty, refused
from candour.cases.actions.turn import Turn
from candour.cases.log import EntryIdInUse
from candour.cases.procedures import live_key_of, prefix_of, unread
from candour.cases.projections import Settled
from candour.cases.queries.references import LiveCase, case_of_entry, live_case
from candour.directory.merging import rows_of
from candour.engine import Draft, Procedure, Refusal, Standing, entered
from candour.people.actor import Actor

LONDON = ZoneInfo("Europe/London")
NUMBER = "SELECT case_next_number(%s, %s)"
INSERT = """
    INSERT INTO case_file (ref, body_id, shared_with, service_id, title, procedure, version, step,
                           seq, head_hash, opened_at, settled_at, live_key)
    VALUES (%s, %s, '{}', %s, '', %s, %s, %s, 0, '', %s, %s, %s)
    ON CONFLICT (live_key) DO NOTHING RETURNING id
"""


class _HasLiveCase(Exception):
    """Somebody else opened a case for the service a moment ago."""


@dataclass(frozen=True, slots=True)
class _Opening:
    """What a case is opened from, and what its log will come to."""

    procedure: Procedure
    body: Body
    service_id: int | None
    standing: Standing
    as_of: datetime

    @property
    def live_key(self) -> str | None:
        return live_key_of(self.procedure, self.service_id)


def open_case(
    *,
    actor: Actor,
    procedure: Procedure,
    body: Body,
    service: Service | None,
    draft: Draft,
    as_of: datetime,
) -> Opened | Refusal:
    """Open a case under a procedure, with the entry `case_opened` that the draft becomes.

    Sending the same draft again, by its id, gives the case it opened.

    Args:
        actor: who opens it, for the body that will lead it.
        procedure: the procedure it will run on, in this version from then on.
        body: the body that leads the case.
        service: the service it is about, or None where it is about the body itself.
        draft: the draft of `case_opened`.
        as_of: the present instant.

    Returns:
        `Opened`, or the `Refusal` that says why not. After a refusal there is no case, and no
        number was used up.
    """
    made = by_actor(draft, actor)
    if isinstance(made, Refusal):
        return made
    day = as_of.astimezone(LONDON).date()
    bar = (
        _bar(procedure, body, service, made, actor)
        or _not_its_own(procedure, body, day)
        or _opened_by(made, body)
    )
    if bar is not None:
        return bar
    standing = entered(unread(procedure, ()), made, as_of)
    if isinstance(standing, Refusal):
        return standing
    opening = _Opening(procedure, body, service.pk if service else None, standing, as_of)
    try:
        with transaction.atomic():
            return _open(opening)
    except (EntryIdInUse, _HasLiveCase):
        return _opened_by(made, body) or _second(opening)


def _bar(
    procedure: Procedure, body: Body, service: Service | None, draft: Draft, actor: Actor
) -> Refusal | None:
    if draft.kind != "case_opened":
        return faulty("kind", "A case begins with the entry case_opened.")
    if procedure.is_base:
        return refused(
            f"“{procedure.title.en}” only serves other procedures. Open it under one of those.",
            f"Dim ond gwasanaethu gweithdrefnau eraill y mae “{procedure.title.text('cy')}”. "
            "Agorwch yr achos o dan un ohonynt.",
        )
    if actor.body_id != body.pk:
        return refused(
            f"A case of {body} is opened by somebody who works there.",
            f"Rhywun sy’n gweithio i {body} sy’n agor ei achosion.",
        )
    if procedure.about == "service" and service is None:
        return faulty("service", "Say which service it is about.")
    return None


def _not_its_own(procedure: Procedure, body: Body, day: date) -> Refusal | None:
    """Return why this body opens no cases under another's procedure; see `ForBodies`."""
    whose = procedure.for_bodies
    if whose.anybodys:
        return None
    known = identity_of(body, day)
    if whose.fits(known.functions, known.names):
        return None
    if whose.fits(known.functions, whose.named):
        named = ", ".join(whose.named)
        return refused(
            f"“{procedure.title.en}” is the procedure of {named}, and the directory knows this "
            f"body as {body}. Choose a procedure of its own, or have the directory corrected.",
            f"Gweithdrefn {named} yw “{procedure.title.text('cy')}”, ac fel {body.name_in('cy')} "
            "y mae’r cyfeiriadur yn adnabod y corff hwn. Dewiswch ei weithdrefn ei hun, neu "
            "gofynnwch am gywiro’r cyfeiriadur.",
        )
    return refused(
        f"“{procedure.title.en}” is not for a body with the functions that {body} has in the "
        "directory. Choose another procedure, or have the directory corrected.",
        f"Nid yw “{procedure.title.text('cy')}” ar gyfer corff sydd â’r swyddogaethau sydd gan "
        f"{body.name_in('cy')} yn y cyfeiriadur. Dewiswch weithdrefn arall, neu gofynnwch am "
        "gywiro’r cyfeiriadur.",
    )


def _opened_by(draft: Draft, body: Body) -> Opened | Refusal | None:
    """Return the case that this very draft opened; a refusal where its id is in use elsewhere."""
    case_id = case_of_entry(draft.id)
    if case_id is None:
        return None
    head = log.head_of(case_id)
    standing = standings.standing_at(head)
    entry = standing.recorded[0]
    if entry.id != draft.id or head.body_id != body.pk:
        return faulty("id", "This form was used for something else. Open it again.")
    return Opened(head.case_id, head.ref, Recorded(entry, head.seq, standing, repeated=True))


def _open(opening: _Opening) -> Opened:
    if _live(opening):
        raise _HasLiveCase
    year = opening.as_of.astimezone(LONDON).year
    prefix = prefix_of(opening.procedure)
    with connection.cursor() as cursor:
        cursor.execute(NUMBER, [prefix, year])  # others who open one wait here, so none is missed
        ref = f"{prefix}-{year}-{cursor.fetchone()[0]:04d}"
        cursor.execute(
            INSERT,
            [
                *(ref, opening.body.pk, opening.service_id),
                *(opening.procedure.name, opening.procedure.version, opening.procedure.start),
                *(opening.standing.opened_at, opening.as_of, opening.live_key),
            ],
        )
        row = cursor.fetchone()
    if row is None:
        raise _HasLiveCase
    empty = Settled(unread(opening.procedure, ()), opening.as_of)
    turn = Turn(log.head_of(row[0], lock=True), empty)
    turn.take(opening.standing)
    turn.let_it_act(opening.as_of, opening.as_of)
    turn.keep(opening.as_of)
    entry, *followed = turn.standing.recorded
    return Opened(row[0], ref, Recorded(entry, turn.seq, turn.standing, tuple(followed)))


def _live(opening: _Opening) -> LiveCase | None:
    """Return the open case that leaves no room for another, of any row that is the service's."""
    if opening.service_id is None or opening.live_key is None:
        return None
    keys = (live_key_of(opening.procedure, row) for row in rows_of(opening.service_id))
    return next(filter(None, map(live_case, keys)), None)


def _second(opening: _Opening) -> Refusal:
    live = _live(opening)
    if live is None:
        return faulty("id", "This form was used for something else. Open it again.")
    return second_case(live, opening.procedure)
