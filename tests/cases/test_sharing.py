"""A case that its lead body shares with another."""

from typing import Any

import psycopg
import pytest

from candour.cases.actions import Recorded, record
from candour.cases.models import Case, CaseDuty, CaseEntry, CaseRestriction
from candour.cases.queries import case_by_ref, entries
from tests.cases.conftest import World
from tests.cases.procedures import drafted, later

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shared(world: World, owner_cursor: psycopg.Cursor[Any]) -> World:
    """The council's case, shared with the board, and another one that is not."""
    with world.at_work():
        case = world.open()
        world.open(service=world.other_service)
        world.record(case.case_id, drafted("rating_agreed"))
        world.record(case.case_id, drafted("restriction_imposed"))
        world.record(case.case_id, drafted("meeting_held"))
    owner_cursor.execute(
        "UPDATE case_file SET shared_with = ARRAY[%s]::bigint[] WHERE id = %s",
        [world.board.pk, case.case_id],
    )
    owner_cursor.connection.commit()
    return world


def test_the_other_body_sees_the_whole_of_it_and_no_other(shared: World) -> None:
    with shared.at_work(shared.board):
        (case,) = Case.objects.all()
        assert (case.ref, case_by_ref("tl-2026-0001 ")) == ("TL-2026-0001", case)
        assert len(entries(case)) == CaseEntry.objects.count() == 4
        assert CaseDuty.objects.count() == 3
        assert CaseRestriction.objects.count() == 1


def test_the_other_body_records_in_it_and_both_see_that(shared: World) -> None:
    with shared.at_work(shared.board):
        outcome = record(
            case_id=Case.objects.get().pk,
            actor=shared.outsider,
            draft=drafted("minutes_circulated", later(days=1)),
            expected_seq=4,
            as_of=later(days=1),
        )
    assert isinstance(outcome, Recorded)
    with shared.at_work():
        assert entries(Case.objects.earliest("pk"))[-1] == outcome.entry
        assert CaseDuty.objects.get(duty_id="decisions").state == "met"
        assert set(CaseDuty.objects.values_list("body_id", flat=True)) == {shared.council.pk}
