"""What the process in `tests.cases.appending` does, once Django is ready."""

from collections.abc import Iterator
from datetime import timedelta

from candour import policies
from candour.bodies.models import Body
from candour.cases.actions import Recorded, record
from candour.cases.models import CaseEntry
from candour.cases.rebuilding import rebuild
from candour.cases.verification import verify
from candour.database.row_security import acting_for
from candour.people.actor import Actor
from candour.people.models import User
from candour.site.schema import bring_up_to_date
from tests.cases.conftest import make_world
from tests.cases.procedures import drafted, later, load

policies.load = load  # type: ignore[assignment]  # the tests' own procedure


def prepare() -> Iterator[str]:
    bring_up_to_date()
    world = make_world()
    with world.at_work():
        case = world.open()
    yield f"{case.case_id} {world.council.pk} {world.officer.user_id}"


def append(case_id: str, body_id: str, user_id: str) -> Iterator[str]:
    body, user = Body.objects.get(pk=body_id), User.objects.get(pk=user_id)
    actor = Actor(user=user, role="head", body=body)
    now = later()
    while True:
        now += timedelta(minutes=1)
        with acting_for([body.pk]):
            done = record(
                case_id=int(case_id),
                actor=actor,
                draft=drafted("meeting_held" if now.minute % 5 == 0 else "visit_made", now),
                expected_seq=None,
                as_of=now,
            )
        assert isinstance(done, Recorded), done
        yield done.entry.id  # committed: from here on it must never be lost


def check() -> Iterator[str]:
    with acting_for(Body.objects.values_list("pk", flat=True)):
        ids = CaseEntry.objects.order_by("case_id", "seq").values_list("pk", flat=True)
        yield from map(str, ids)
    report = verify()
    wrong = [*report.faults, *(each for done in rebuild() for each in done.differences)]
    yield "; ".join(map(str, wrong)) or "sound"
