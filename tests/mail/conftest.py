"""Two bodies that send mail, and one that asks to see it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from candour.bodies.models import Body
from candour.database.row_security import acting_for
from candour.mail.outgoing import Addressee, Outgoing

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Senders:
    """A council that writes, and a health board that has nothing to do with it."""

    council: Body
    board: Body

    def letter(self, key: str = "letter/1", **other: object) -> Outgoing:
        said = {
            "to": Addressee("Siân Powell", "sian.powell@fern-care.example"),
            "subject": "Canlyniad y cyfarfod",
            "text": "Annwyl Siân,\n\nDyma’r canlyniad.\n",
        }
        return Outgoing(key=key, body_id=self.council.pk, **(said | other))  # type: ignore[arg-type]  # named as its fields


def make_senders() -> Senders:
    return Senders(
        Body.objects.create(name="Council", name_cy="Cyngor", nation="wales", slug="council"),
        Body.objects.create(name="Health board", nation="wales", slug="board"),
    )


@pytest.fixture
def senders(db: None) -> Senders:
    return make_senders()


@pytest.fixture
def council(senders: Senders) -> Iterator[Senders]:
    """The senders, with the council at work."""
    with acting_for([senders.council.pk]):
        yield senders
