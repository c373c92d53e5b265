"""The demonstration's registers: ratings, changes, a pair to decide about and a file to look at."""

import pytest

from candour.bodies.models import Service
from candour.directory.duplicates import pairs
from candour.directory.models import Change, Intake, State, What
from candour.site.clock import now
from candour.site.demo import load_demo

pytestmark = pytest.mark.django_db


def test_the_directory_has_something_to_show_and_is_made_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CANDOUR_NOW", "2026-11-23T09:00")
    for _again in range(2):
        load_demo(as_of=now(), with_experiences=False)
    home = Service.objects.get(name="Curlew Court")
    present = dict(home.ratings.filter(current=True).values_list("question", "rating"))
    assert present["care_and_support"] == "requires_significant_improvement"
    assert home.ratings.filter(current=False, question="care_and_support").count() == 1
    fields = set(Change.objects.filter(what=What.CHANGED).values_list("field", flat=True))
    assert {"phone", "address", "latest_check"} <= fields
    assert [(pair.one.name, pair.other.name) for pair in pairs()] == [
        ("Heron House", "Heron House Care Home")
    ]
    assert Intake.objects.filter(state=State.TAKEN).count() == 4
    waiting = Intake.objects.get(state=State.READ)
    assert waiting.report["differences"]["ended"] == 1
    assert Service.objects.filter(name="Heron House").count() == 1, "its own row, not another"
