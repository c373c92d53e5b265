"""Opening a register, publishing lines of a case, taking them down: as somebody there decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from candour.cases.actions import Recorded, record
from candour.cases.actions.drafts import named_id
from candour.engine import Draft, Standing
from candour.engine.decisions import NOTICE, public_decisions
from candour.engine.london import local
from candour.people.actor import Actor
from candour.publishing.lines import Line
from candour.publishing.models import PublishedLine, Register, RegisterSwitch
from candour.publishing.queries import shown_lines

PUBLIC = "The public"


class NoticeNotRecorded(Exception):
    """A procedure refused the notice that a decision is published; nothing was published."""


class NobodyPublishes(Exception):
    """The system itself publishes nothing: a person does, and is kept with what they published."""


@dataclass(frozen=True, slots=True)
class Published:
    """What came of publishing: how many lines are public now, and which were not and why."""

    lines: int
    barred: tuple[Line, ...]


def switch(register: Register, *, to: bool, actor: Actor, as_of: datetime) -> None:
    """Open a register of the actor's body to the public, or close it."""
    RegisterSwitch.objects.create(
        body=actor.body, register=register, open=to, at=as_of, by_id=_person(actor)
    )


def publish(
    lines: Sequence[Line], *, case_id: int, actor: Actor, standing: Standing, as_of: datetime
) -> Published:
    """Publish these lines of a case as they read now; lines that are public so already stay.

    A decision whose publishing the procedure waits for is recorded as published, by the notice that
    meets that duty. What a bar keeps back is not published.
    """
    before = shown_lines(case_id)
    wanted = [line for line in lines if line.bar is None]
    new = [line for line in wanted if not reads_the_same(line, before.get(line.subject))]
    for line in new:
        values = line.values
        if line.register is Register.DECISIONS and not values["published"]:
            _record_notice(line, case_id, actor, standing, as_of)
            values = {**values, "published": local(as_of).date().isoformat()}
        _add(line, values, case_id, actor, as_of)
    return Published(len(new), tuple(line for line in lines if line.bar is not None))


def reads_the_same(line: Line, before: PublishedLine | None) -> bool:
    """Say whether what is public of a line is what it says now."""
    if before is None:
        return False
    # A decision that no duty waits to have published bears the day that it was put here.
    kept = {"published": before.values.get("published")} if not line.values["published"] else {}
    return bool(before.values == {**line.values, **kept})


def _add(
    line: Line, values: dict[str, object], case_id: int, actor: Actor, as_of: datetime
) -> None:
    PublishedLine.objects.create(
        body=actor.body,
        register=line.register,
        case_id=case_id,
        subject=line.subject,
        shown=True,
        values=values,
        sorts_on=line.sorts_on,
        at=as_of,
        by_id=_person(actor),
    )


def _record_notice(
    line: Line, case_id: int, actor: Actor, standing: Standing, as_of: datetime
) -> None:
    """Record that a decision was published, where a duty waits for that."""
    publishing = {duty for duty, _ in public_decisions(standing.procedure)}
    waits = any(
        owed.trigger == line.subject and owed.duty.id in publishing for owed in standing.owed()
    )
    if not waits:
        return
    outcome = record(
        case_id=case_id,
        actor=actor,
        draft=Draft(
            id=named_id(line.subject, NOTICE),
            kind="notice_sent",
            happened_at=as_of,
            author="",
            role="",
            data={"notice": NOTICE, "to": [PUBLIC]},
            refers_to=(line.subject,),
        ),
        expected_seq=None,
        as_of=as_of,
    )
    if not isinstance(outcome, Recorded):
        raise NoticeNotRecorded(str(outcome))


def take_down(subject: str, *, case_id: int, actor: Actor, reason: str, as_of: datetime) -> bool:
    """Take a line out of its register, with a reason; False when it was not in it."""
    before = shown_lines(case_id).get(subject)
    if before is None:
        return False
    PublishedLine.objects.create(
        body_id=before.body_id,
        register=before.register,
        case_id=case_id,
        subject=subject,
        shown=False,
        values=before.values,
        sorts_on=before.sorts_on,
        at=as_of,
        by_id=_person(actor),
        reason=reason,
    )
    return True


def _person(actor: Actor) -> int:
    if actor.user_id is None:
        raise NobodyPublishes
    return actor.user_id
