"""The page of names of authorities that are nobody's yet: matched, made, set aside, asked again."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from candour.bodies.models import Body, BodyFunction, Service
from candour.directory.actions import import_directory
from candour.directory.models import Authority
from candour.people.models import User
from tests.support.care_directory import care_directory, row
from tests.support.casework import Town
from tests.support.who_is_who import make_keeper
from tests.web.pages import read, text_of
from tests.web.test_directory import number_of

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
NOV = datetime(2026, 11, 2, 9, tzinfo=UTC)
PAGE = "/directory/authorities/"


@pytest.fixture
def keeper(town: Town, signed_in: Browser, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The browser of somebody who keeps the directory; Cardiff is spelled in two ways there."""
    monkeypatch.setenv("CANDOUR_NOW", "2026-11-23T09:00")
    make_keeper(town.mari, town.council)
    BodyFunction.objects.create(body=town.council, function="safeguarding")
    rows = [row(1, authority="Cardif"), row(2, authority="Cardif"), row(3, authority="Nowhere")]
    import_directory(care_directory(rows), file_name="file.csv", by=None, as_of=NOV)
    return signed_in(town.mari)


def send(client: Client, called: str, press: str = "", **more: object) -> tuple[int, str]:
    number = Authority.objects.get(name=called).pk
    typed = {"name": f"name-{number}", "other": f"other-{number}"}
    sent = {typed.get(key, key): value for key, value in more.items()}
    answer = client.post(PAGE, {"authority": number, "press": press, **sent}, follow=True)
    return answer.status_code, text_of(answer.content.decode())


def test_a_name_is_matched_by_one_press_and_taken_back(keeper: Client, town: Town) -> None:
    page = read(keeper.get(PAGE))
    assert "Cardif 2 services" in page
    assert "It is Cardiff Council" in page
    assert page.index("Cardif ") < page.index("Nowhere"), "the one with more services first"
    status, said = send(keeper, "Cardif", body=town.council.pk)
    assert status == 200
    assert "“Cardif” is Cardiff Council. 2 services lie with it now." in said
    assert Service.objects.filter(host_authority=town.council).count() == 2
    assert "Settled by people" in said
    status, said = send(keeper, "Cardif", "again")
    assert "Taken back. The name stands in the list again." in said
    assert not Service.objects.filter(host_authority=town.council).exists()


def test_another_body_is_chosen_or_made(keeper: Client, town: Town) -> None:
    other = Body.objects.create(name="Caerdydd Newydd", slug="newydd", nation="wales")
    assert send(keeper, "Cardif", "other", other="")[0] == 422
    status, said = send(keeper, "Cardif", "other", other=other.pk)
    assert "“Cardif” is Caerdydd Newydd." in said
    status, said = send(keeper, "Nowhere", "make", name="Cardiff council")
    assert status == 422
    assert "A body called “Cardiff council” is kept already. Match the name to it." in said
    assert 'value="Cardiff council"' not in said
    status, said = send(keeper, "Nowhere", "make", name="Nowhere District Council")
    assert "“Nowhere” is Nowhere District Council. 1 service lies with it now." in said
    assert Service.objects.get(name="Service 3").host_authority == Body.objects.get(
        name="Nowhere District Council"
    )
    assert "Every name is somebody’s" in said


def test_a_name_is_set_aside(keeper: Client) -> None:
    _status, said = send(keeper, "Nowhere", "aside")
    assert "Set aside. Nobody is asked about this name again." in said
    assert "Nowhere" in said.partition("Settled by people")[2]


def test_what_makes_no_sense_is_refused_and_changes_nothing(keeper: Client) -> None:
    for form in ({}, {"authority": "x"}, {"authority": "9" * 30}, {"authority": "0", "press": "?"}):
        answer = keeper.post(PAGE, form)
        assert answer.status_code == 422, form
        assert "No register gives this name" in text_of(answer.content.decode())
    assert send(keeper, "Nowhere", "make", name="\0")[0] == 422
    for odd in ("page=999999999", "page=x", "page=-1"):
        assert keeper.get(f"{PAGE}?{odd}").status_code == 200
    assert not Authority.objects.filter(settled_at__isnull=False).exists()


def test_a_refusal_is_said_in_welsh(keeper: Client) -> None:
    answer = keeper.post(PAGE, {"authority": "0"}, headers={"accept-language": "cy"})
    assert "Nid oes yr un gofrestr yn rhoi’r enw hwn." in text_of(answer.content.decode())


def test_others_read_the_list_and_decide_nothing(
    keeper: Client, town: Town, signed_in: Browser
) -> None:
    reader = signed_in(town.olwen)
    page = read(reader.get(PAGE))
    assert "Nearest: Cardiff Council" in page
    assert "Make this body" not in page
    assert send(reader, "Cardif", body=town.council.pk)[0] == 404
    assert not Authority.objects.filter(body__isnull=False).exists()


def test_many_names_cost_no_query_more(keeper: Client, town: Town) -> None:
    for number in range(60):
        name = f"Place {number} Council"
        body = Body.objects.create(name=name, slug=f"place-{number}", nation="england")
        BodyFunction.objects.create(body=body, function="safeguarding")
    rows = [row(number, authority=f"Plaice {number}") for number in range(60)]
    import_directory(care_directory(rows), file_name="more.csv", by=None, as_of=NOV)
    with CaptureQueriesContext(connection) as asked:
        page = read(keeper.get(PAGE))
    assert number_of(asked) <= 10
    assert "Page 1 of 4" in page
    assert "It is Place" in page
