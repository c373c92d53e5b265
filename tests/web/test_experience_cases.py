"""From what people told us to a case: a concern in somebody's own words, or an open case."""

from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from candour.cases.models import CaseEntry, CaseExperience
from candour.database.row_security import acting_for
from candour.people.models import Post
from candour.web.forms.concern import EXISTING, LONGEST
from tests.support.casework import Town, make_town, open_at
from tests.support.told import tell

pytestmark = pytest.mark.django_db
RAISE, ADD = "/experiences/raise/", "/experiences/add-to-case/"


@pytest.fixture
def town(monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setenv("CANDOUR_NOW", "2026-04-02T15:00+01:00")
    return make_town()


@pytest.fixture
def client(town: Town) -> Client:
    client = Client()
    client.force_login(town.mari)
    return client


def _post_of(town: Town, role: str = "lead_officer") -> int:
    return Post.objects.get(user=town.mari, role=role).pk


def _linked(town: Town) -> list[tuple[int, int]]:
    with acting_for([town.council.pk]):
        return sorted(CaseExperience.objects.values_list("case_id", "experience_id"))


def _page(answer: object) -> str:
    assert isinstance(answer, HttpResponse)
    return answer.content.decode()


# -- raising a concern -------------------------------------------------------------------------


def test_the_selected_are_shown_together(client: Client, town: Town) -> None:
    told = tell(town.council, ["cold food", "cold tea"], themes=["Food", "Food"])
    told += tell(town.council, ["no staff"], themes=["Staffing", "Food"], identifiable=True)
    page = _page(client.get(RAISE, {"experience": [each.pk for each in told]}, follow=True))
    assert "3 experiences together" in page
    assert "Food (3)" in page
    assert "Staffing (1)" not in page
    assert "Plas Derwen, Derwen Care (3)" in page
    assert "1 of them may name or describe a person" in page


def test_with_nothing_selected_the_page_says_how(client: Client, town: Town) -> None:
    assert "Nothing is selected" in _page(client.get(RAISE))
    assert "Nothing is selected" in _page(client.get(ADD))


def test_what_is_missing_is_told_and_what_was_typed_stays(client: Client, town: Town) -> None:
    one, two = tell(town.council, ["cold food", "cold tea"])
    chosen = f"{RAISE}?chosen={one.pk}.{two.pk}"
    answer = client.post(chosen, {"experience": [one.pk], "way": "cardiff_vale"})
    page = _page(answer)
    assert answer.status_code == 422
    assert "Say in your own words what the concern is" in page
    assert f'value="{one.pk}" data-app-selects checked' in page
    assert f'value="{two.pk}" data-app-selects>' in page
    page = _page(client.post(chosen, {"concern": "<Cold> meals", "way": "elsewhere"}))
    assert "&lt;Cold&gt; meals" in page
    assert "Keep at least one experience" in page
    assert "Choose what should happen with it" in page
    long = {"concern": "x" * (LONGEST + 1), "experience": [one.pk], "way": "cardiff_vale"}
    assert f"Use {LONGEST} letters or fewer" in _page(client.post(chosen, long))


def test_a_concern_goes_on_to_the_opening_questions_with_everything_kept(
    client: Client, town: Town
) -> None:
    one, two, three = tell(town.council, ["cold food", "cold tea", "warm"])
    sent = {"experience": [one.pk, two.pk], "concern": "Meals are cold", "way": "cardiff_vale"}
    answer = client.post(f"{RAISE}?chosen={one.pk}.{two.pk}.{three.pk}", sent)
    assert answer.status_code == 302
    where = urlsplit(answer["Location"])
    query = parse_qs(where.query)
    assert where.path == "/cases/open/"
    assert query["procedure"] == ["cardiff_vale"]
    assert query["summary"] == ["Meals are cold"]
    assert sorted(query["experience"]) == sorted([str(one.pk), str(two.pk)])
    assert query["q"] == ["Plas Derwen"]
    found = _page(client.get(answer["Location"]))
    assert f"service={town.service.pk}" in found
    questions = _page(client.get(f"{answer['Location']}&service={town.service.pk}"))
    assert "Meals are cold</textarea>" in questions
    assert "It rests on 2 experiences" in questions


def test_a_service_in_the_directory_need_not_be_chosen_again(client: Client, town: Town) -> None:
    [told] = tell(town.council, ["cold"], service=town.service)
    sent = {"experience": [told.pk], "concern": "Cold", "way": "cardiff_vale"}
    answer = client.post(f"{RAISE}?chosen={told.pk}", sent)
    assert f"service={town.service.pk}" in answer["Location"]


def test_only_procedures_of_the_own_posts_are_offered(client: Client, town: Town) -> None:
    [told] = tell(town.council, ["cold"])
    page = _page(client.get(f"{RAISE}?chosen={told.pk}"))
    assert 'value="cardiff_vale"' in page
    assert 'value="healthwatch_england"' not in page


# -- adding to a case that is open -------------------------------------------------------------


def test_experiences_are_added_to_an_open_case_once(client: Client, town: Town) -> None:
    case = open_at(town, "2026-03-09T09:00")
    one, two = tell(town.council, ["cold food", "cold tea"])
    raised = {"experience": [one.pk, two.pk], "concern": "Cold meals", "way": EXISTING}
    answer = client.post(f"{RAISE}?chosen={one.pk}.{two.pk}", raised)
    page = _page(client.get(answer["Location"]))
    assert "Cold meals</textarea>" in page
    assert case.ref in page
    where = f"{ADD}?chosen={one.pk}.{two.pk}"
    sent = {"case": case.ref, "why": "Cold meals", "post": _post_of(town), "key": str(uuid4())}
    first = client.post(where, sent)
    assert first["Location"].startswith(f"/cases/{case.ref}/#entry-")
    assert _linked(town) == sorted([(case.pk, one.pk), (case.pk, two.pk)])
    again = client.post(where, sent)
    assert again["Location"] == f"/cases/{case.ref}/#experiences"
    with acting_for([town.council.pk]):
        entries = CaseEntry.objects.filter(case=case, kind="experience_linked")
        assert [(entry.author_id, entry.role) for entry in entries] == [
            (town.mari.pk, "lead_officer")
        ]
        assert "Cold meals" in entries[0].payload
    assert "cold food" in _page(client.get(f"/cases/{case.ref}/"))


def test_only_what_is_not_there_yet_is_added(client: Client, town: Town) -> None:
    case = open_at(town, "2026-03-09T09:00")
    one, two = tell(town.council, ["cold food", "cold tea"])
    for chosen in (f"{one.pk}", f"{one.pk}.{two.pk}"):
        sent = {"case": case.ref, "why": "Cold", "post": _post_of(town), "key": str(uuid4())}
        assert client.post(f"{ADD}?chosen={chosen}", sent).status_code == 302
    with acting_for([town.council.pk]):
        last = CaseEntry.objects.filter(case=case, kind="experience_linked").latest("seq")
    assert f'"experiences":["{two.pk}"]' in last.payload.replace(" ", "")


def test_what_is_missing_for_adding_is_told(client: Client, town: Town) -> None:
    case = open_at(town, "2026-03-09T09:00")
    [told] = tell(town.council, ["cold"])
    where = f"{ADD}?chosen={told.pk}"
    page = _page(client.post(where, {"why": "", "key": str(uuid4())}))
    for words in ("Choose the case", "Say why they belong", "Choose the post you are acting in"):
        assert words in page
    sent = {"case": case.ref, "why": "Cold", "post": _post_of(town), "key": "not a key"}
    answer = client.post(where, sent)
    assert answer.status_code == 422
    assert "no usable number" in _page(answer)
    assert _linked(town) == []


def test_cases_are_found_by_number_name_or_service(client: Client, town: Town) -> None:
    case = open_at(town, "2026-03-09T09:00")
    [told] = tell(town.council, ["cold"])
    for words in (case.ref, "falls", "derwen"):
        found = _page(client.get(ADD, {"chosen": str(told.pk), "q": words, "why": "Cold & wet"}))
        assert f'value="{case.ref}"' in found
        assert "Cold &amp; wet</textarea>" in found
    assert "No open case matches" in _page(client.get(ADD, {"chosen": str(told.pk), "q": "zebra"}))


# -- other bodies ------------------------------------------------------------------------------


def test_numbers_of_another_bodys_experiences_reach_nothing(client: Client, town: Town) -> None:
    case = open_at(town, "2026-03-09T09:00")
    [theirs] = tell(town.elsewhere, ["their secret words"])
    [ours] = tell(town.council, ["ours"])
    both = f"chosen={ours.pk}.{theirs.pk}"
    shown = _page(client.get(f"{RAISE}?{both}"))
    assert "1 experience selected" in shown
    assert "their secret words" not in shown
    sent = {"experience": [ours.pk, theirs.pk], "concern": "Cold", "way": "cardiff_vale"}
    onwards = client.post(f"{RAISE}?{both}", sent)["Location"]
    assert parse_qs(urlsplit(onwards).query)["experience"] == [str(ours.pk)]
    added = {"case": case.ref, "why": "Cold", "post": _post_of(town), "key": str(uuid4())}
    assert client.post(f"{ADD}?{both}", added).status_code == 302
    assert _linked(town) == [(case.pk, ours.pk)]
    only = client.post(f"{ADD}?chosen={theirs.pk}", {**added, "key": str(uuid4())})
    assert "Nothing is selected" in _page(only)


def test_another_bodys_case_takes_nothing(client: Client, town: Town) -> None:
    case = open_at(town, "2026-03-09T09:00")
    client.force_login(town.olwen)
    [theirs] = tell(town.elsewhere, ["theirs"])
    page = _page(client.get(f"{ADD}?chosen={theirs.pk}"))
    assert case.ref not in page
    sent = {"case": case.ref, "why": "Cold", "key": str(uuid4())}
    assert client.post(f"{ADD}?chosen={theirs.pk}", sent).status_code == 404
    assert _linked(town) == []


def test_a_post_that_is_not_the_persons_own_is_refused(client: Client, town: Town) -> None:
    case = open_at(town, "2026-03-09T09:00")
    [told] = tell(town.council, ["cold"])
    foreign = Post.objects.get(user=town.ieuan, role="chair").pk
    sent = {"case": case.ref, "why": "Cold", "post": foreign, "key": str(uuid4())}
    answer = client.post(f"{ADD}?chosen={told.pk}", sent)
    assert answer.status_code == 422
    assert _linked(town) == []
