"""Letting another body into a case: whom, as what, until when; and what it reaches then."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from candour.bodies.models import Body, BodyFunction
from candour.cases.actions import (
    Recorded,
    Sharing,
    end_share,
    may_be_shared_with,
    record,
    share_case,
    wake,
)
from candour.cases.models import Case, CaseDuty, CaseEntry, CasePartner
from candour.cases.queries import case_by_ref, standing
from candour.cases.queries.asked_of_us import asked_of_us
from candour.cases.queries.lent import lent_case, lent_to_us
from candour.cases.rebuilding import rebuild
from candour.database.row_security import acting_for
from candour.engine import Refusal
from candour.people.actor import Actor
from candour.people.models import Post
from tests.cases.conftest import World
from tests.cases.procedures import drafted, later

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def case(world: World) -> Iterator[int]:
    """A case of the council, which it acts for."""
    with world.at_work():
        opened = world.open()
        world.record(opened.case_id, drafted("rating_agreed"))
        yield opened.case_id


def share(
    world: World,
    case: int,
    *,
    body: Body | None = None,
    by: Actor | None = None,
    as_of: datetime | None = None,
    **more: object,
) -> object:
    said = {
        "id": str(uuid4()),
        "body": (body or world.board).pk,
        "seen_as": "members",
        "purpose": "It commissions nursing there.",
        "legal_basis": "statutory_duty",
        **more,
    }
    return share_case(
        case_id=case,
        actor=by or world.officer,
        sharing=Sharing(**said),  # type: ignore[arg-type]  # given as a form gives them
        expected_seq=None,
        as_of=as_of or later(1),
    )


def shared(world: World, case: int, **more: object) -> str:
    outcome = share(world, case, **more)  # type: ignore[arg-type]  # as above
    assert isinstance(outcome, Recorded), outcome
    return outcome.entry.id


def end(world: World, case: int, entry: str, *, key: str = "", days: float = 2) -> object:
    return end_share(
        case_id=case,
        actor=world.officer,
        share=entry,
        reason="Nobody of theirs lives there any more.",
        draft_id=key or str(uuid4()),
        as_of=later(days),
    )


def test_a_body_that_takes_part_sees_the_case_until_it_is_ended(world: World, case: int) -> None:
    entry = shared(world, case)
    with world.at_work(world.board):
        assert CaseEntry.objects.count() == 3
        (lent,) = lent_to_us(later(1))
        assert (lent.case_id, lent.members, lent.led_by_name) == (case, True, "Council")
    assert isinstance(end(world, case, entry), Recorded)
    with world.at_work(world.board):
        assert not Case.objects.exists()
        assert not CaseEntry.objects.exists()
        assert lent_to_us(later(2)) == []


def test_a_body_that_is_told_reaches_no_row_of_the_case(world: World, case: int) -> None:
    shared(world, case, seen_as="partners")
    with world.at_work(world.board):
        assert not Case.objects.exists()
        assert not CaseEntry.objects.exists()
        assert not CaseDuty.objects.exists()
        assert case_by_ref("TL-2026-0001") is None
        (lent,) = lent_to_us(later(1))
        assert (lent.ref, lent.members) == ("TL-2026-0001", False)
        found = lent_case("tl-2026-0001 ", later(1))
        assert found is not None
        assert found[1].pk == case
        assert not Case.objects.exists()  # nothing stays open behind it
        (item,) = asked_of_us([Post(body=world.board, role="officer")], later(1))
        assert (item.ref, item.members, item.title) == ("TL-2026-0001", False, None)
    with world.at_work(world.service.provider):
        assert lent_to_us(later(1)) == []
        assert lent_case("TL-2026-0001", later(1)) is None


def test_who_takes_part_is_not_shown_the_page_of_those_who_are_told(
    world: World, case: int
) -> None:
    shared(world, case)
    with world.at_work(world.board):
        assert lent_case("TL-2026-0001", later(1)) is None


def test_a_case_is_lent_while_its_last_day_lasts_whether_or_not_the_worker_runs(
    world: World, case: int
) -> None:
    shared(world, case, seen_as="partners", until=later(3).date())
    with world.at_work(world.board):
        assert lent_case("TL-2026-0001", later(3)) is not None
        assert lent_case("TL-2026-0001", later(4)) is None
        assert lent_to_us(later(4)) == []


def test_once_the_last_day_is_over_the_case_is_woken_and_the_body_sees_it_no_more(
    world: World, case: int
) -> None:
    shared(world, case, until=later(3).date())
    over = Case.objects.get(pk=case).next_change
    assert over is not None
    assert over <= later(4)
    wake(case, over)
    assert Case.objects.get(pk=case).shared_with == []
    assert not CasePartner.objects.exists()
    with world.at_work(world.board):
        assert not Case.objects.exists()
    # It can be let in again, and its former sharing does not come back with it.
    shared(world, case, seen_as="partners", as_of=later(6))
    assert Case.objects.get(pk=case).shared_with == []


def test_sent_twice_it_is_shared_and_ended_once(world: World, case: int) -> None:
    key, ending = str(uuid4()), str(uuid4())
    first, again = share(world, case, id=key), share(world, case, id=key)
    assert isinstance(first, Recorded)
    assert isinstance(again, Recorded)
    assert (first.repeated, again.repeated) == (False, True)
    one, two = (end(world, case, key, key=ending) for _ in range(2))
    assert isinstance(one, Recorded)
    assert isinstance(two, Recorded)
    assert two.repeated
    assert "ended already" in str(end(world, case, key))


def test_a_body_that_is_told_may_not_act_and_one_that_takes_part_lets_nobody_in(
    world: World, case: int
) -> None:
    shared(world, case)
    other = Body.objects.create(name="Police", nation="wales", slug="police")
    BodyFunction.objects.create(body=other, function="safeguarding")
    with world.at_work(world.board):
        assert "Only the body that leads" in str(share(world, case, body=other, by=world.outsider))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"body": "provider"}, "no agency that takes part"),
        ({"body": "nobody"}, "Choose the body"),
        ({"body": "council"}, "sees TL-2026-0001 already"),
        ({"body": "gone"}, "came to an end"),
        ({"body": "both"}, "also provides services"),
        ({"until": date(2026, 3, 1)}, "This day is over"),
        ({"seen_as": "everything"}, "What it sees"),
        ({"legal_basis": ""}, "Legal basis"),
        ({"purpose": ""}, "Purpose"),
    ],
)
def test_what_may_not_be_is_refused_and_nothing_is_kept(
    world: World, case: int, change: dict[str, object], words: str
) -> None:
    gone = Body.objects.create(
        name="Old board", nation="wales", slug="old", to_date=later(-9).date()
    )
    both = Body.objects.create(name="Trust", nation="wales", slug="trust")
    for body, function in ((gone, "commissioner"), (both, "commissioner"), (both, "provider")):
        BodyFunction.objects.create(body=body, function=function)
    bodies = {
        "provider": world.service.provider,
        "nobody": Body(pk=0),
        "council": world.council,
        "gone": gone,
        "both": both,
    }
    if "body" in change:
        change = {**change, "body": bodies[str(change["body"])]}
    outcome = share(world, case, **change)  # type: ignore[arg-type]  # as a form gives them
    assert isinstance(outcome, Refusal)
    assert words in str(outcome)
    assert not CasePartner.objects.exists()
    assert Case.objects.get(pk=case).seq == 2


def test_those_that_see_it_already_and_those_that_provide_are_not_offered(
    world: World, case: int
) -> None:
    def offered() -> list[str]:
        file = Case.objects.select_related("service").get(pk=case)
        return [body.name for body in may_be_shared_with(file, standing(file), later(2))]

    assert offered() == ["Health board"]
    shared(world, case, seen_as="partners")
    assert offered() == []


def test_it_is_not_recorded_like_any_other_entry(world: World, case: int) -> None:
    data: dict[str, Any] = {"with_body": "Health board", "with_body_number": world.board.pk}
    for kind in ("case_shared", "case_share_ended"):
        outcome = record(
            case_id=case,
            actor=world.officer,
            draft=drafted(kind, later(1), **data),
            expected_seq=None,
            as_of=later(1),
        )
        assert "on the page of its sharings" in str(outcome)
    assert not CasePartner.objects.exists()


def test_the_rows_are_the_log_s_alone_and_are_drawn_again_from_it(world: World, case: int) -> None:
    shared(world, case)
    for change in (
        "DELETE FROM case_partner",
        "UPDATE case_partner SET members = false",
        "INSERT INTO case_partner (case_id, body_id, partner_id, members, shared_by, since)"
        " SELECT case_id, body_id, body_id, true, shared_by, since FROM case_partner",
    ):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(change)
    assert [done.differences for done in rebuild("TL-2026-0001")] == [()]


def test_rows_that_went_wrong_are_put_right(
    world: World, owner_cursor: psycopg.Cursor[Any]
) -> None:
    with world.at_work():
        opened = world.open()
        shared(world, opened.case_id)
    owner_cursor.execute("UPDATE case_file SET shared_with = '{}'")
    owner_cursor.connection.commit()
    ((difference,),) = (done.differences for done in rebuild(opened.ref))
    assert difference.what == "partners"
    with world.at_work(world.board):
        assert Case.objects.get().shared_with == [world.board.pk]


def test_a_case_is_lent_to_nobody_who_leads_it(world: World, case: int) -> None:
    shared(world, case, seen_as="partners")
    with acting_for([world.council.pk, world.board.pk]):
        assert lent_to_us(later(1)) == []  # we lead it ourselves
