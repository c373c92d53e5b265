"""Two bodies that send mail, and one that asks to see it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from candour.bodies.models import Body
from candour.database.row_security import acting_for
from candour.mail.configuration import backend_settings
from candour.mail.outgoing import Addressee, Outgoing
from tests.support.smtp import Listening, listening

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


def send_by(settings: Settings, address: str) -> None:
    """Let this test's mail leave as `CANDOUR_MAIL` would say."""
    for name, value in backend_settings(address, Path("unused")).items():
        setattr(settings, name, value)


@pytest.fixture
def server(settings: Settings) -> Iterator[Listening]:
    """An SMTP server on loopback by which this test's mail leaves."""
    with listening() as found:
        send_by(settings, found.address())
        yield found


@pytest.fixture
def senders(db: None) -> Senders:
    return make_senders()


@pytest.fixture
def council(senders: Senders) -> Iterator[Senders]:
    """The senders, with the council at work."""
    with acting_for([senders.council.pk]):
        yield senders
