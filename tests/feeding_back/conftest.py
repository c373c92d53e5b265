"""A Healthwatch that was told of a hospital, and everything that is done with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest

from candour.bodies.models import Contact
from candour.database.row_security import acting_for
from candour.experiences.models import Experience
from candour.feeding_back.actions import Order, release
from candour.feeding_back.cycles import Cycle
from candour.feeding_back.digests import Prepared, prepare
from candour.feeding_back.models import Digest
from candour.people.actor import Actor
from tests.support.casework import Town, london, make_town

NOW = london("2026-04-02T09:00")
QUARTER = Cycle(date(2026, 1, 1), date(2026, 3, 31))


@dataclass
class Feeding:
    """The town, and short ways to what is done in it."""

    town: Town

    @property
    def actor(self) -> Actor:
        return self.town.actor(self.town.sam, "lead_officer")

    def told(
        self,
        sentiments: Sequence[int | None],
        *,
        on: date = QUARTER.last,
        themes: Sequence[str] = (),
        **more: Any,
    ) -> list[Experience]:
        with acting_for([self.town.healthwatch.pk]):
            first = Experience.objects.count()
            return Experience.objects.bulk_create(
                Experience(
                    body=self.town.healthwatch,
                    source="test",
                    source_ref=str(first + place),
                    received_on=on,
                    service=self.town.hospital,
                    answer=f"Ward 3 was what it was, says person {first + place}.",
                    sentiment=sentiment,
                    themes=list(themes),
                    created_at=NOW,
                    **more,
                )
                for place, sentiment in enumerate(sentiments)
            )

    def prepared(self, cycle: Cycle = QUARTER, **more: Any) -> Prepared:
        with acting_for([self.town.healthwatch.pk]):
            return prepare(self.town.healthwatch, self.town.hospital.provider, cycle, **more)

    def release(
        self,
        cycle: Cycle = QUARTER,
        *,
        desks: Sequence[Contact] = (),
        as_of: datetime = NOW,
        because: str = "",
    ) -> Digest:
        order = Order(self.town.hospital.provider, cycle, self.prepared(cycle).seen, desks, because)
        return release(order, actor=self.actor, as_of=as_of)


@pytest.fixture
def feeding(db: None, monkeypatch: pytest.MonkeyPatch) -> Feeding:
    monkeypatch.setenv("CANDOUR_NOW", NOW.isoformat())
    return Feeding(make_town())
