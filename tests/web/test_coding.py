"""The pages of coding: what waits, the code list, what was learned; to whom, and at what cost."""

import re
from html import unescape

import pytest
from django.test import Client

from candour.coding import actions, queries
from candour.coding.models import AppliesAlone, Code, Coding, Learning
from candour.coding.tasks import learn
from candour.coding.work import learn_for
from candour.database.row_security import acting_for
from candour.experiences.models import Experience
from candour.people.actor import Actor
from tests.coding.made_up import examples
from tests.experiences.files import AS_OF
from tests.support.casework import Town, make_town
from tests.support.told import tell
from tests.web.test_experiences import MOST_QUERIES, SAVEPOINT, AtMost

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return make_town()


@pytest.fixture
def client(town: Town) -> Client:
    client = Client()
    client.force_login(town.mari)
    return client


@pytest.fixture
def ours(town: Town) -> Actor:
    return Actor(town.mari, "officer", town.council)


def put(ours: Actor, *titles: str) -> list[Code]:
    with acting_for([ours.body_id]):
        given = {"title_cy": "", "family": "Comfort", "covers": ""}
        return [actions.add_code(title=t, actor=ours, as_of=AS_OF, **given) for t in titles]


def words(answer: object) -> str:
    page: str = answer.content.decode()  # type: ignore[attr-defined]  # a response
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def told(ours: Actor, *answers: str, themes: tuple[str, ...] = ()) -> list[int]:
    made = tell(ours.body, answers, themes=list(themes), sentiment=None)
    return [each.pk for each in made]


def held(ours: Actor, number: int) -> Experience:
    with acting_for([ours.body_id]):
        return Experience.objects.get(pk=number)


def test_the_next_that_waits_is_coded_and_leads_to_the_one_after(
    client: Client, ours: Actor
) -> None:
    put(ours, "Food", "Staff")
    first, second = told(ours, "The soup was cold", "The nurse was kind")
    page = client.get("/experiences/coding/")
    assert "2 experiences wait to be coded" in words(page)
    newest = max(first, second)
    form = {"themes": ["Food"], "sentiment": "4", "then": "next"}
    answer = client.post(f"/experiences/{newest}/coding/", form)
    assert answer["Location"] == "/experiences/coding/"
    assert (held(ours, newest).themes, held(ours, newest).sentiment) == (["Food"], 4)
    assert "1 experience waits to be coded" in words(client.get("/experiences/coding/"))
    client.post(f"/experiences/{min(first, second)}/coding/", {"sentiment": "none"})
    assert "Nothing waits to be coded" in words(client.get("/experiences/coding/"))


def test_what_was_coded_before_stands_below_and_is_ticked(client: Client, ours: Actor) -> None:
    put(ours, "Food")
    (number,) = told(ours, "The soup was cold")
    client.post(f"/experiences/{number}/coding/", {"themes": ["Food"], "sentiment": "4"})
    page = client.get(f"/experiences/{number}/coding/")
    assert re.search(r'value="Food" checked', page.content.decode())
    assert re.search(r'value="4" checked', page.content.decode())
    assert re.search(r"Mari \w+: Food", words(page))


def test_a_theme_that_is_not_in_the_list_is_refused_and_nothing_is_lost(
    client: Client, ours: Actor
) -> None:
    put(ours, "Food")
    (number,) = told(ours, "The soup was cold")
    answer = client.post(f"/experiences/{number}/coding/", {"themes": ["Food", "Made up"]})
    assert answer.status_code == 422
    assert "“Made up” is not in the code list" in words(answer)
    assert re.search(r'value="Food" checked', answer.content.decode())
    assert held(ours, number).themes == []


def test_two_people_at_one_page_do_not_undo_each_other_unseen(
    client: Client, ours: Actor, town: Town
) -> None:
    put(ours, "Food", "Staff")
    (number,) = told(ours, "The soup was cold")
    where = f"/experiences/{number}/coding/"
    opened = {"seen": re.findall(r'name="seen" value="(\d+)"', client.get(where).content.decode())}
    assert client.post(where, {"themes": ["Food"], "sentiment": "4", **opened}).status_code == 302
    late = client.post(where, {"themes": ["Staff"], "sentiment": "2", "then": "next", **opened})
    assert late.status_code == 422
    assert "It was coded since you opened this page" in words(late)
    assert re.search(r"Mari \w+: Food", words(late))
    assert re.search(r'value="Staff" checked', late.content.decode())
    assert held(ours, number).themes == ["Food"]
    opened = {"seen": re.findall(r'name="seen" value="(\d+)"', late.content.decode())}
    client.post(where, {"themes": ["Staff"], "sentiment": "2", **opened})
    assert held(ours, number).themes == ["Staff"]


def test_a_stranger_codes_nothing(ours: Actor, town: Town) -> None:
    (code,) = put(ours, "Food")
    (number,) = told(ours, "The soup was cold")
    stranger = Client()
    stranger.force_login(town.olwen)
    assert stranger.post(f"/experiences/{number}/coding/", {"themes": "Food"}).status_code == 404
    assert stranger.post(f"/experiences/codes/{code.pk}/", {"do": "retire"}).status_code == 404
    assert held(ours, number).themes == []
    with acting_for([ours.body_id]):
        assert Code.objects.get().retired_at is None


def test_the_list_is_kept_on_its_pages(client: Client, ours: Actor) -> None:
    (number,) = told(ours, "The soup was cold", themes=("Meals",))
    assert "Meals (1)" in words(client.get("/experiences/codes/"))
    client.post("/experiences/codes/", {"do": "take-in"})
    client.post("/experiences/codes/", {"do": "add", "title": "Food", "title_cy": "Bwyd"})
    with acting_for([ours.body_id]):
        meals, food = Code.objects.get(theme="Meals"), Code.objects.get(theme="Food")
    place = f"/experiences/codes/{meals.pk}/"
    client.post(place, {"do": "change", "title": "All meals", "family": "Comfort"})
    assert "All meals" in words(client.get("/experiences/codes/"))
    again = client.post(place, {"do": "become", "became": str(food.pk)}, follow=True)
    assert "1 experience carries “Food” instead" in words(again)
    assert held(ours, number).themes == ["Food"]
    assert "“Food” has taken its place" in words(client.get(place))
    client.post(place, {"do": "offer"})
    client.post(place, {"do": "retire"})
    assert "No longer offered since" in words(client.get(place))


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"do": "change", "title": " "}, "A theme needs a name"),
        ({"do": "become", "became": ""}, "Choose the theme that takes its place"),
        ({"do": "become", "became": "999999999"}, "Choose the theme that takes its place"),
        ({"do": "let", "percent": "ninety"}, "whole number from 50 to 100"),
        ({"do": "something"}, "press one of the buttons"),
    ],
)
def test_what_cannot_be_done_is_refused_with_why(
    client: Client, ours: Actor, form: dict[str, str], says: str
) -> None:
    code, _other = put(ours, "Food", "Staff")
    answer = client.post(f"/experiences/codes/{code.pk}/", form)
    assert answer.status_code == 422
    assert says in words(answer)


def test_a_name_twice_is_refused_with_what_was_typed(client: Client, ours: Actor) -> None:
    put(ours, "Food")
    answer = client.post("/experiences/codes/", {"title": "Food", "covers": "What is eaten"})
    assert answer.status_code == 422
    assert "“Food” is in the list" in words(answer)
    assert "What is eaten" in words(answer)


def test_leave_to_act_alone_is_given_and_taken_by_name(client: Client, ours: Actor) -> None:
    (code,) = put(ours, "Food")
    place = f"/experiences/codes/{code.pk}/"
    page = client.post(place, {"do": "let", "percent": "95"}, follow=True)
    assert re.search(r"by Mari \w+: applied by itself where at least 95 of 100", words(page))
    client.post(place, {"do": "stop"})
    assert "No: people decide each time" in words(client.get(place))
    with acting_for([ours.body_id]):
        assert AppliesAlone.objects.get().ended_at is not None


def test_what_was_learned_is_told_with_its_scores_and_suggests_with_reasons(
    client: Client, ours: Actor
) -> None:
    with acting_for([ours.body_id]):
        for each in examples(150):
            tell(ours.body, [each.words], themes=sorted(each.themes), sentiment=each.sentiment)
        actions.take_in_used(actor=ours, as_of=AS_OF)
    (number,) = told(ours, "My lunch was cold")
    assert "Nothing was learned yet" in words(client.get("/experiences/coding/machine/"))
    asked = client.post("/experiences/coding/machine/", follow=True)
    assert "A machine is being made" in words(asked)
    assert 'http-equiv="refresh"' in asked.content.decode()
    with acting_for([ours.body_id]):
        learn_for(ours.body, AS_OF)
    card = client.get("/experiences/coding/machine/")
    assert "On average, themes reach an F1 of" in words(card)
    assert all(theme in words(card) for theme in ("Food", "Parking", "Staff"))
    page = words(client.get(f"/experiences/{number}/coding/"))
    assert re.search(r"Food \d+ of 100 as sure as this were right; because of “", page)
    assert held(ours, number).themes == []


def test_a_learning_that_breaks_says_so_and_can_be_asked_for_again(
    client: Client, ours: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    page = "/experiences/coding/machine/"
    client.post(page)
    assert "A machine is being made" in words(client.get(page))
    monkeypatch.setattr("candour.coding.tasks.close_old_connections", lambda: None)
    monkeypatch.setattr("candour.coding.work.learn_for", broken)
    with pytest.raises(ZeroDivisionError):
        learn(ours.body_id)
    said = words(client.get(page))
    assert "Something went wrong inside Candour" in said
    assert "too little coding" not in said
    assert "A machine is being made. This page" not in said


def test_too_little_coding_says_so(client: Client, ours: Actor) -> None:
    told(ours, "The soup was cold", themes=("Food",))
    client.post("/experiences/coding/machine/")
    with acting_for([ours.body_id]):
        learn_for(ours.body, AS_OF)
        assert Learning.objects.get().ended_at is not None
    assert "too little coding to learn from" in words(client.get("/experiences/coding/machine/"))


@pytest.mark.parametrize("place", ["", "codes", "machine", "one", "code"])
def test_no_page_costs_more_queries_with_more_rows(
    client: Client, ours: Actor, django_assert_max_num_queries: AtMost, place: str
) -> None:
    codes = put(ours, *(f"Theme {n}" for n in range(40)))
    told(ours, *(f"Said {n}" for n in range(30)), themes=("Theme 1",))
    (number,) = told(ours, "Waits")
    for _n in range(5):
        client.post(f"/experiences/{number}/coding/", {"themes": "Theme 2"})
    told(ours, "Waits too")
    address = {
        "": "/experiences/coding/",
        "codes": "/experiences/codes/",
        "machine": "/experiences/coding/machine/",
        "one": f"/experiences/{number}/coding/",
        "code": f"/experiences/codes/{codes[0].pk}/",
    }[place]
    with django_assert_max_num_queries(MOST_QUERIES + SAVEPOINT):
        assert client.get(address).status_code == 200
    with acting_for([ours.body_id]):
        assert Coding.objects.count() == 5
        assert queries.to_code(ours.body).count() == 1
