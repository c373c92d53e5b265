"""Coding by people and by a machine that a body lets act: what holds, and what is kept."""

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, transaction

from candour.bodies.models import Body
from candour.coding import actions, queries, work
from candour.coding.actions import CodingRefusedError
from candour.coding.learning import Suggestion, suggest
from candour.coding.models import Code, Coding, LearnedModel, Learning, NewExperiences, Suggested
from candour.coding.work import learn_for, look_at_new
from candour.database.row_security import acting_for
from candour.experiences.models import Experience, Tally
from candour.people.actor import Actor
from candour.people.models import User
from tests.coding.made_up import examples
from tests.experiences.files import AS_OF, a_body

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours() -> Iterator[Body]:
    body = a_body("ours")
    with acting_for([body.pk]):
        yield body


@pytest.fixture
def ann(ours: Body) -> Actor:
    return Actor(User.objects.create_user("ann"), "officer", ours)


def told(body: Body, answer: str = "The food was cold", **rest: object) -> Experience:
    number = str(Experience.objects.count() + 1)
    about: dict[str, object] = {"source": "form", "source_ref": number, "question": "How was it?"}
    made: Experience = Experience.objects.create(
        body=body, answer=answer, created_at=AS_OF, **(about | rest)
    )
    return made


def a_code(ann: Actor, title: str, **rest: str) -> Code:
    given = {"title_cy": "", "family": "", "covers": ""} | rest
    return actions.add_code(title=title, actor=ann, as_of=AS_OF, **given)


def coded(experience: Experience, ann: Actor, *themes: str, sentiment: int | None = None) -> Coding:
    return actions.code_experience(
        experience.pk, themes=themes, sentiment=sentiment, actor=ann, as_of=AS_OF
    )


def themes_of(experience: Experience) -> set[str]:
    experience.refresh_from_db()
    return set(experience.themes)


def taught(body: Body, ann: Actor) -> None:
    """Experiences coded by hand, from which a machine can learn."""
    for each in examples(150):
        told(body, each.words, themes=sorted(each.themes), sentiment=each.sentiment)
    actions.take_in_used(actor=ann, as_of=AS_OF)


def learned(ann: Actor) -> LearnedModel:
    actions.ask_to_learn(actor=ann, as_of=AS_OF)
    model = learn_for(ann.body, AS_OF)
    assert model is not None
    return model


# -- by people -------------------------------------------------------------------------------------


def test_an_experience_carries_what_it_was_coded_with_and_every_coding_is_kept(ann: Actor) -> None:
    a_code(ann, "Food"), a_code(ann, "Staff")
    one = told(ann.body)
    coded(one, ann, "Food", sentiment=4)
    coded(one, ann, "Staff", "Food", sentiment=5)
    one.refresh_from_db()
    assert (one.themes, one.sentiment) == (["Staff", "Food"], 5)
    assert [each.themes for each in queries.codings_of(one)] == [["Staff", "Food"], ["Food"]]
    assert Tally.objects.get(theme="Food").experiences == 1
    assert list(queries.to_code(ann.body)) == []


def test_a_theme_outside_the_list_is_refused_unless_it_came_with_the_experience(ann: Actor) -> None:
    a_code(ann, "Food")
    one = told(ann.body, themes=["As imported"])
    coded(one, ann, "Food", "As imported")
    with pytest.raises(CodingRefusedError, match="“Parking” is not in the code list"):
        coded(one, ann, "Parking")
    with pytest.raises(CodingRefusedError, match="from 1 to 5"):
        coded(one, ann, "Food", sentiment=6)
    assert themes_of(one) == {"Food", "As imported"}


def test_somebody_elses_experience_cannot_be_coded(ann: Actor) -> None:
    other = a_body("theirs")
    with acting_for([other.pk]):
        theirs = told(other)
    with pytest.raises(Experience.DoesNotExist):
        coded(theirs, ann)


def test_codings_are_never_changed(ann: Actor) -> None:
    coding = coded(told(ann.body), ann)
    with pytest.raises(DatabaseError), transaction.atomic():
        Coding.objects.filter(pk=coding.pk).update(sentiment=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        coding.delete()


# -- the list --------------------------------------------------------------------------------------


def test_the_list_is_taken_from_what_is_in_use(ann: Actor) -> None:
    told(ann.body, themes=["Food"]), told(ann.body, themes=["Food", "Staff"])
    assert [(c.theme, c.experiences, c.code) for c in queries.codes_in_use(ann.body)] == [
        ("Food", 2, None),
        ("Staff", 1, None),
    ]
    assert actions.take_in_used(actor=ann, as_of=AS_OF) == 2
    assert actions.take_in_used(actor=ann, as_of=AS_OF) == 0
    assert all(c.code is not None for c in queries.codes_in_use(ann.body))


@pytest.mark.parametrize("title", ["", "  ", "x" * 121, "Food"])
def test_a_name_that_cannot_be_is_refused(ann: Actor, title: str) -> None:
    a_code(ann, "Food")
    with pytest.raises(CodingRefusedError) as refused:
        a_code(ann, title)
    assert refused.value.field == "title"


def test_another_title_changes_nothing_that_experiences_carry(ann: Actor) -> None:
    code = a_code(ann, "Food")
    coded(one := told(ann.body), ann, "Food")
    actions.change_code(code, title="Food and drink", title_cy="Bwyd", family="Comfort", covers="")
    assert themes_of(one) == {"Food"}
    assert code.title_in("cy") == "Bwyd"
    coded(one, ann, "Food")


def test_a_code_becomes_another_everywhere_and_for_what_comes_in_later(ann: Actor) -> None:
    meals, food = a_code(ann, "Meals"), a_code(ann, "Food")
    both, one, none = (told(ann.body, themes=t) for t in (["Meals", "Food"], ["Meals"], []))
    assert actions.make_become(meals, food, actor=ann, as_of=AS_OF) == 2
    assert (themes_of(both), themes_of(one), themes_of(none)) == ({"Food"}, {"Food"}, set())
    assert queries.codings_of(one)[0].by == ann.user
    later = told(ann.body, themes=["Meals"])
    assert look_at_new(ann.body, AS_OF)
    assert themes_of(later) == {"Food"}
    assert queries.codings_of(later)[0].by is None
    assert not look_at_new(ann.body, AS_OF), "nothing is left"


def test_what_became_another_becomes_what_that_becomes(ann: Actor) -> None:
    lunch, meals, food = a_code(ann, "Lunch"), a_code(ann, "Meals"), a_code(ann, "Food")
    actions.make_become(lunch, meals, actor=ann, as_of=AS_OF)
    actions.make_become(meals, food, actor=ann, as_of=AS_OF)
    later = told(ann.body, themes=["Lunch"])
    look_at_new(ann.body, AS_OF)
    assert themes_of(later) == {"Food"}


def test_no_code_becomes_itself_or_one_that_is_retired(ann: Actor) -> None:
    food, old = a_code(ann, "Food"), a_code(ann, "Old")
    actions.retire_code(old, as_of=AS_OF)
    old.refresh_from_db()
    for into in (food, old):
        with pytest.raises(CodingRefusedError, match="Choose another"):
            actions.make_become(food, into, actor=ann, as_of=AS_OF)
    actions.offer_again(old)
    assert old in queries.code_list(ann.body)


def test_two_people_at_one_list_do_not_lead_themes_astray(ann: Actor) -> None:
    """Both opened the page of a theme before either chose what takes its place."""
    meals, food, drink = a_code(ann, "Meals"), a_code(ann, "Food"), a_code(ann, "Drink")
    one = told(ann.body, themes=["Meals"])
    actions.make_become(meals, food, actor=ann, as_of=AS_OF)
    with pytest.raises(CodingRefusedError, match="taken its place already"):
        actions.make_become(meals, drink, actor=ann, as_of=AS_OF)
    with pytest.raises(CodingRefusedError, match="Choose another theme"):
        actions.make_become(food, meals, actor=ann, as_of=AS_OF)
    assert themes_of(one) == {"Food"}
    assert [code.theme for code in queries.code_list(ann.body)] == ["Drink", "Food"]


# -- by a machine ----------------------------------------------------------------------------------


def test_a_machine_suggests_and_applies_nothing(ann: Actor) -> None:
    waits = told(ann.body, "My lunch was cold, and I am angry, never again")
    taught(ann.body, ann)
    model = learned(ann)
    assert waits in queries.to_code(ann.body)
    later = told(ann.body, "nowhere to park the car")
    look_at_new(ann.body, AS_OF)
    found = queries.suggested_for([waits, later])
    assert [each["theme"] for each in found[waits.pk].themes] == ["Food"]
    assert found[waits.pk].sentiment == 5
    assert [each["theme"] for each in found[later.pk].themes] == ["Parking"]
    assert themes_of(waits) == themes_of(later) == set()
    assert queries.newest_model(ann.body) == model


def test_nothing_is_kept_of_words_that_went_while_a_machine_read_them(
    ann: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    stays = told(ann.body, "My lunch was cold, and I am angry, never again")
    goes = told(ann.body, "My lunch was cold, and I am angry, never again")
    taught(ann.body, ann)

    def taken_back_meanwhile(*given: object) -> list[tuple[Suggestion, ...]]:
        Experience.objects.filter(pk=goes.pk).update(out_since=AS_OF, out_because="withdrawn")
        Experience.objects.filter(pk=goes.pk).update(answer="")
        return suggest(*given)  # type: ignore[arg-type]  # what it was called with

    monkeypatch.setattr(work, "suggest", taken_back_meanwhile)
    learned(ann)
    assert set(queries.suggested_for([stays, goes])) == {stays.pk}


def test_a_machine_applies_alone_what_the_body_lets_it_and_nothing_else(ann: Actor) -> None:
    taught(ann.body, ann)
    food = Code.objects.get(theme="Food")
    actions.let_apply(food, 80, actor=ann, as_of=AS_OF)
    model = learned(ann)
    later = told(ann.body, "the food was cold and parking cost too much")
    coded(by_hand := told(ann.body, "the food was cold"), ann)
    look_at_new(ann.body, AS_OF)
    look_at_new(ann.body, AS_OF)
    assert themes_of(later) == {"Food"}
    assert themes_of(by_hand) == set(), "what a person coded stays"
    (coding,) = queries.codings_of(later)
    assert (coding.by, coding.model) == (None, model)
    assert coding.because["Food"] >= 80
    assert later in queries.to_code(ann.body) or themes_of(later)
    actions.stop_applying(food, as_of=AS_OF)
    after = told(ann.body, "the food was cold")
    look_at_new(ann.body, AS_OF)
    look_at_new(ann.body, AS_OF)
    assert themes_of(after) == set()


def test_a_machine_does_not_learn_from_a_machine(ann: Actor) -> None:
    taught(ann.body, ann)
    before = len(queries.examples_of(ann.body))
    actions.let_apply(Code.objects.get(theme="Food"), 80, actor=ann, as_of=AS_OF)
    learned(ann)
    alone = told(ann.body, "the food was cold")
    look_at_new(ann.body, AS_OF)
    assert themes_of(alone) == {"Food"}
    assert len(queries.examples_of(ann.body)) == before
    coded(alone, ann, "Food")
    assert len(queries.examples_of(ann.body)) == before + 1


def test_too_little_coding_says_what_is_missing_and_leaves_no_machine(ann: Actor) -> None:
    told(ann.body, themes=["Food"])
    actions.ask_to_learn(actor=ann, as_of=AS_OF)
    assert learn_for(ann.body, AS_OF) is None
    assert "too few to learn from" in Learning.objects.get(body=ann.body).fault
    assert queries.newest_model(ann.body) is None


def test_learning_twice_for_one_question_makes_one_machine(ann: Actor) -> None:
    taught(ann.body, ann)
    learned(ann)
    assert learn_for(ann.body, AS_OF) is None
    assert LearnedModel.objects.count() == 1


@pytest.mark.parametrize("percent", [49, 101])
def test_leave_is_given_for_50_to_100_of_100(ann: Actor, percent: int) -> None:
    with pytest.raises(CodingRefusedError, match="from 50 to 100"):
        actions.let_apply(a_code(ann, "Food"), percent, actor=ann, as_of=AS_OF)
    with pytest.raises(CodingRefusedError, match="person has to answer"):
        actions.let_apply(a_code(ann, "Staff"), 90, actor=Actor.system(ann.body), as_of=AS_OF)


def test_a_large_import_is_looked_at_in_pieces(ann: Actor) -> None:
    food, meals = a_code(ann, "Food"), a_code(ann, "Meals")
    actions.make_become(meals, food, actor=ann, as_of=AS_OF)
    Experience.objects.bulk_create(
        Experience(
            body=ann.body,
            source="f",
            source_ref=str(n),
            answer="x",
            themes=["Meals"],
            created_at=AS_OF,
        )
        for n in range(5)
    )
    while look_at_new(ann.body, AS_OF, at_most=2):
        pass
    assert queries.themes_in_use(ann.body) == {"Food": 5}
    assert not NewExperiences.objects.exists()


def test_nothing_is_noted_for_a_body_that_codes_nothing(ours: Body) -> None:
    told(ours)
    assert not NewExperiences.objects.exists()
    assert not Suggested.objects.exists()
