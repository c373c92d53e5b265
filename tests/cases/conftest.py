"""Two bodies that know nothing of each other's cases, their people, and a service."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

import pytest

from candour import policies
from candour.bodies.models import Body, BodyFunction, Service
from candour.cases import standings
from candour.cases.actions import Opened, Recorded, open_case, record
from candour.database.row_security import acting_for
from candour.engine import Draft
from candour.people.actor import Actor
from candour.people.models import Post, User
from tests.cases.procedures import NOON, PROCEDURE, drafted, load


@pytest.fixture(autouse=True)
def known_procedures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policies, "load", load)
    standings.forget_all()


@dataclass(frozen=True)
class World:
    """A council and a health board, an officer of each, and two care homes."""

    council: Body
    board: Body
    service: Service
    other_service: Service
    officer: Actor
    head: Actor
    outsider: Actor

    def at_work(self, *bodies: Body) -> AbstractContextManager[None]:
        return acting_for([body.pk for body in bodies or (self.council,)])

    def open(
        self,
        when: datetime = NOON,
        *,
        draft: Draft | None = None,
        service: Service | None = None,
    ) -> Opened:
        outcome = open_case(
            actor=self.officer,
            procedure=PROCEDURE,
            body=self.council,
            service=service or self.service,
            draft=draft or drafted("case_opened", when),
            as_of=when,
        )
        assert isinstance(outcome, Opened), outcome
        return outcome

    def record(self, case_id: int, draft: Draft, *, as_of: datetime | None = None) -> Recorded:
        outcome = record(
            case_id=case_id,
            actor=self.head,
            draft=draft,
            expected_seq=None,
            as_of=as_of or draft.happened_at,
        )
        assert isinstance(outcome, Recorded), outcome
        return outcome


def make_world() -> World:
    council = Body.objects.create(name="Council", nation="wales", slug="council")
    board = Body.objects.create(name="Health board", nation="wales", slug="board")
    provider = Body.objects.create(name="Fern Care", nation="wales", slug="fern-care")
    for body, function in (
        (council, "commissioner"),
        (board, "commissioner"),
        (provider, "provider"),
    ):
        BodyFunction.objects.create(body=body, function=function)
    user = User.objects.create(username="officer")
    stranger = User.objects.create(username="stranger")
    officer = Post(user=user, body=council, role="officer")
    return World(
        council=council,
        board=board,
        service=Service.objects.create(name="Fern House", provider=provider),
        other_service=Service.objects.create(name="Bracken House", provider=provider),
        officer=Actor.from_post(officer),
        head=Actor(user=user, role="head", body=council),
        outsider=Actor(user=stranger, role="officer", body=board),
    )


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def at_work(world: World) -> Iterator[World]:
    with world.at_work():
        yield world
