"""Two people of a body at the same moment: the second sees what the first did, and is told."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillWaiting

import pytest
from django.db import connections, transaction

from candour.coding.actions import CodingRefusedError, add_code, take_in_used
from candour.database.row_security import acting_for
from candour.database.taking_turns import take_turns
from candour.experiences.models import BodyMapping
from candour.experiences.own_mappings import keep_mapping
from candour.people.actor import Actor
from candour.sealing.custody import TooManyCustodians, custodian_roles, name_custodian
from tests.sealing.conftest import NOON, Place, make_place

MAPPING = "title: {title}\nsource: s\ncolumns:\n  answer: comment\n"


@pytest.fixture
def place(transactional_db: None) -> Place:
    return make_place()


def meanwhile(
    actor: Actor, first: Callable[[], object], second: Callable[[], object]
) -> Future[object]:
    """Do the second while the transaction of the first is open still; return what came of it."""

    def other() -> object:
        try:
            with acting_for([actor.body_id]):
                return second()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool, acting_for([actor.body_id]):
        first()
        result = pool.submit(other)
        with pytest.raises(StillWaiting):
            result.result(timeout=1)
    return result


def test_a_theme_is_put_into_the_list_once(place: Place) -> None:
    def add() -> object:
        return add_code(
            title="Waiting", title_cy="", family="", covers="", actor=place.head, as_of=NOON
        )

    result = meanwhile(place.head, add, add)
    with pytest.raises(CodingRefusedError, match="is in the list"):
        result.result()
    taken = meanwhile(
        place.head, add_other(place), lambda: take_in_used(actor=place.head, as_of=NOON)
    )
    assert taken.result() == 0


def add_other(place: Place) -> Callable[[], object]:
    return lambda: add_code(
        title="Food", title_cy="", family="", covers="", actor=place.head, as_of=NOON
    )


def test_two_mappings_of_one_name_are_two_versions(place: Place) -> None:
    def keep(title: str) -> Callable[[], object]:
        text = MAPPING.format(title=title)
        return lambda: keep_mapping("ours", text, actor=place.officer, as_of=NOON)

    meanwhile(place.officer, keep("One"), keep("Other")).result()
    with acting_for([place.board.pk]):
        kept = BodyMapping.objects.order_by("version").values_list("version", "text")
        assert list(kept) == [(1, MAPPING.format(title="One")), (2, MAPPING.format(title="Other"))]


def test_two_heads_together_name_no_more_custodians_than_there_may_be(place: Place) -> None:
    def name(role: str) -> Callable[[], object]:
        return lambda: name_custodian(role, actor=place.head, reason="Rings people.", as_of=NOON)

    with acting_for([place.board.pk]):
        name("officer")()
    with pytest.raises(TooManyCustodians):
        meanwhile(place.head, name("lead_officer"), name("chair")).result()
    with acting_for([place.board.pk]):
        assert custodian_roles(place.board.pk) == {"safeguarding_lead", "officer", "lead_officer"}


def test_a_turn_needs_a_transaction_to_last(transactional_db: None) -> None:
    with pytest.raises(transaction.TransactionManagementError, match="transaction to wait in"):
        take_turns("anything", 1)
