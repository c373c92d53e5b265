"""A body with a head and a custodian, another body, and a person who must not be known."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from candour.bodies.models import Body
from candour.database.row_security import acting_for
from candour.people.actor import Actor
from candour.people.models import Post, User
from candour.sealing import masters
from candour.sealing.custody import name_custodian
from candour.sealing.details import PersonDetails, Way

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
WHY = "She asked us to ring her back about the ward."
PERSON = PersonDetails(
    name="Gwenllian Prydderch-Ffowc",
    mail="gwenllian.ffowc@post.example",
    phone="07700 900461",
    address="4 Rhodfa’r Gwcw, Aberystwyth SY23 9ZZ",
    way=Way.PHONE,
    language="cy",
)


@dataclass(frozen=True)
class Place:
    """A health board and who works there; and another body."""

    board: Body
    other: Body
    head: Actor
    custodian: Actor
    officer: Actor
    stranger: Actor


def somebody(body: Body, role: str) -> Actor:
    user = User.objects.create(username=f"{role}-{body.slug}", display_name=f"{role} there")
    return Actor.from_post(Post.objects.create(user=user, body=body, role=role))


def make_place() -> Place:
    board = Body.objects.create(name="Board", nation="wales", slug="board")
    other = Body.objects.create(name="Other", nation="wales", slug="other")
    place = Place(
        board,
        other,
        head=somebody(board, "chief_executive"),
        custodian=somebody(board, "safeguarding_lead"),
        officer=somebody(board, "lead_officer"),
        stranger=somebody(other, "safeguarding_lead"),
    )
    with acting_for([board.pk]):
        name_custodian("safeguarding_lead", actor=place.head, reason="Rings people.", as_of=NOON)
    return place


@pytest.fixture
def place(db: None) -> Iterator[Place]:
    """The board, acted for."""
    made = make_place()
    with acting_for([made.board.pk]):
        yield made


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for the keys of this test alone, empty."""
    folder = tmp_path / "keys"
    folder.mkdir(mode=0o700)
    monkeypatch.setattr(masters, "kept_folder", lambda name: tmp_path / name)
    monkeypatch.delenv(masters.VARIABLE, raising=False)
    return folder
