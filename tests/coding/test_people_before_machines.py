"""A machine keeps off what people coded, and off themes that are no longer offered."""

from datetime import timedelta

import pytest

from candour.coding import actions, learning, queries, work
from candour.coding.actions import CodingRefusedError
from candour.coding.models import Code, Coding, Learning
from candour.coding.work import look_at_new
from candour.experiences.models import Experience, Tally
from candour.people.actor import Actor
from tests.coding.test_coding import a_code, ann, coded, learned, ours, taught, themes_of, told
from tests.experiences.files import AS_OF

__all__ = ["ann", "ours"]
pytestmark = pytest.mark.django_db
COLD = "the food was cold"


def food_applies_alone(ann: Actor) -> Code:
    taught(ann.body, ann)
    food = Code.objects.get(theme="Food")
    actions.let_apply(food, 80, actor=ann, as_of=AS_OF)
    learned(ann)
    return food


def looked_at(ann: Actor) -> None:
    while look_at_new(ann.body, AS_OF):
        pass


def test_a_retired_theme_is_no_longer_applied(ann: Actor) -> None:
    food = food_applies_alone(ann)
    actions.retire_code(food, as_of=AS_OF)
    later = told(ann.body, COLD)
    looked_at(ann)
    assert themes_of(later) == set()
    assert "Food" not in queries.applied_alone(ann.body)
    actions.offer_again(food)
    assert "Food" not in queries.applied_alone(ann.body), "leave is not given back by itself"


def test_a_theme_whose_place_another_took_is_no_longer_applied(ann: Actor) -> None:
    food = food_applies_alone(ann)
    actions.make_become(food, a_code(ann, "Meals"), actor=ann, as_of=AS_OF)
    later = told(ann.body, COLD)
    looked_at(ann)
    assert "Food" not in themes_of(later)


def test_no_leave_is_given_for_a_retired_theme(ann: Actor) -> None:
    food = a_code(ann, "Food")
    actions.retire_code(food, as_of=AS_OF)
    with pytest.raises(CodingRefusedError, match="Offer it again first"):
        actions.let_apply(food, 90, actor=ann, as_of=AS_OF)


def test_a_machine_learns_nothing_from_a_machine_by_way_of_a_changed_list(ann: Actor) -> None:
    food = food_applies_alone(ann)
    told(ann.body, COLD)
    looked_at(ann)
    before = len(queries.examples_of(ann.body))
    actions.make_become(food, a_code(ann, "Meals"), actor=ann, as_of=AS_OF)
    assert len(queries.examples_of(ann.body)) == before


def test_what_somebody_coded_while_a_machine_was_made_stays(
    ann: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    taught(ann.body, ann)
    food = Code.objects.get(theme="Food")
    actions.let_apply(food, 80, actor=ann, as_of=AS_OF)
    with_theme, without = told(ann.body, COLD), told(ann.body, COLD)
    waits = told(ann.body, COLD)
    from_words = learning.suggest

    def meanwhile(*given: object) -> object:
        if not Coding.objects.filter(by__isnull=False).exists():
            coded(with_theme, ann, "Parking")
            coded(without, ann)
        return from_words(*given)  # type: ignore[arg-type]  # handed through as they came

    monkeypatch.setattr(work, "suggest", meanwhile)
    learned(ann)
    assert themes_of(with_theme) == {"Parking"}
    assert themes_of(without) == set()
    assert themes_of(waits) == {"Food"}
    assert Tally.objects.get(theme="Food", sentiment=0).experiences == 1


def test_a_machine_codes_many_in_a_few_statements(
    ann: Actor, django_assert_max_num_queries: object
) -> None:
    food_applies_alone(ann)
    looked_at(ann)
    before = queries.themes_in_use(ann.body)["Food"]
    came = (
        Experience(body=ann.body, source="f", source_ref=str(n), answer=COLD, created_at=AS_OF)
        for n in range(40)
    )
    Experience.objects.bulk_create(came)
    with django_assert_max_num_queries(40):  # type: ignore[operator]  # a fixture without a type
        looked_at(ann)
    assert queries.themes_in_use(ann.body)["Food"] == before + 40


def test_who_asks_while_a_machine_is_made_gets_another(
    ann: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    taught(ann.body, ann)
    actions.ask_to_learn(actor=ann, as_of=AS_OF)
    from_words = learning.suggest

    def meanwhile(*given: object) -> object:
        actions.ask_to_learn(actor=ann, as_of=AS_OF + timedelta(seconds=9))
        return from_words(*given)  # type: ignore[arg-type]  # handed through as they came

    told(ann.body, COLD)
    with monkeypatch.context() as within:
        within.setattr(work, "suggest", meanwhile)
        assert work.learn_for(ann.body, AS_OF) is not None
    assert Learning.objects.get().ended_at is None
    assert work.learn_for(ann.body, AS_OF) is not None
    assert Learning.objects.get().ended_at is not None
