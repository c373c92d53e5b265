"""A body whose form is open, and a browser that fills it in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client

from candour.bodies.models import Body
from candour.database.row_security import acting_for
from candour.people.actor import Actor
from candour.site import clock
from candour.telling.actions import set_form
from candour.telling.forms import FormLook
from candour.telling.models import Told
from tests.support.casework import Town, make_town

NOW = "2026-03-30T09:00"


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANDOUR_NOW", NOW)


@pytest.fixture
def town(db: None, now: None) -> Town:
    return opened(make_town())


def opened(town: Town, body: Body | None = None, **look: Any) -> Town:
    """Return the town with the form of a body open: of its Healthwatch, unless another is named."""
    actor = Actor.system(body or town.healthwatch)
    set_form(FormLook(is_open=True, **look), actor=actor, as_of=clock.now())
    return town


@dataclass
class Filling:
    """Somebody who fills the form in, page by page."""

    slug: str = "ely"
    language: str = "en"
    client: Client = field(default_factory=Client)

    def at(self, page: str = "") -> str:
        return f"/tell/{self.slug}/{self.language}/" + (f"{page}/" if page else "")

    def get(self, page: str = "") -> Any:
        return self.client.get(self.at(page))

    def send(self, page: str = "", **typed: Any) -> Any:
        return self.client.post(self.at(page), typed)

    def all(self, **instead: Any) -> str:
        """Fill in every page and return where sending it leads."""
        self.all_but_send(**instead)
        leads: str = self.send("check")["Location"]
        return leads

    def all_but_send(self, **instead: Any) -> None:
        """Fill in every page."""
        typed = {
            "": {"danger": "no"},
            "what": {"what": "The ward was kind but very slow."},
            "where": {"place": "A place nobody knows"},
            "when": {"when": "last spring"},
            "how": {"felt": "4"},
            "change": {"change": "More people at night."},
            "about": {"about": "no"},
            "sharing": {"consent": ["provider"]},
            "reply": {"reply": "no"},
            **instead,
        }
        for page, given in typed.items():
            answer = self.send(page, **given)
            assert answer.status_code == 302, (page, answer.status_code, answer.content[:300])


@pytest.fixture
def filling(town: Town) -> Filling:
    return Filling()


@pytest.fixture
def told_rows() -> Callable[[Body], list[Told]]:
    def rows(body: Body) -> list[Told]:
        with acting_for([body.pk]):
            found = Told.objects.select_related("experience").prefetch_related("consents", "about")
            return list(found.order_by("pk"))

    return rows
