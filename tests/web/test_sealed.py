"""Who spoke: what the pages say of it, who opens it, what is given to whom, and without the key."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client

from candour.cases.actions import Recorded, link_experiences
from candour.cases.models import Case
from candour.cases.queries import standing
from candour.database.row_security import acting_for
from candour.people.models import Post, User
from candour.sealing import consents, masters
from candour.sealing.consents import CONTACT_PROVIDER, Consent
from candour.sealing.custody import custodian_roles, name_custodian
from candour.sealing.details import PersonDetails, Way
from candour.sealing.keeping import keep, of_experience, seal
from candour.sealing.models import Purpose, SealedEvent, What
from candour.site import clock
from tests.support.casework import Town, london, make_town, open_at
from tests.support.told import tell, tell_many

pytestmark = pytest.mark.django_db
AtMost = Callable[[int], AbstractContextManager[object]]
MOST_QUERIES, SAVEPOINT = 10, 5
WHY = "They asked to be rung back about the ward"
NAME, PHONE = "Gwenllian Prydderch", "07700 900461"
PERSON = PersonDetails(name=NAME, mail="g@post.example", phone=PHONE, way=Way.PHONE)
AGREED = Consent(
    CONTACT_PROVIDER, given=True, words="You can give my name.", version=1, at=london("2026-03-01")
)


@dataclass(frozen=True)
class Told:
    """A town, one experience with somebody sealed, the head and a browser for each."""

    town: Town
    number: int
    head: User

    @property
    def page(self) -> str:
        return f"/experiences/{self.number}/sealed/"

    def events(self) -> list[SealedEvent]:
        with acting_for([self.town.council.pk]):
            return list(SealedEvent.objects.order_by("pk"))


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    monkeypatch.setenv("CANDOUR_NOW", "2026-04-01T10:00")
    town = make_town()
    head = User.objects.create(username="head", display_name="Huw Pennaeth")
    Post.objects.create(user=head, body=town.council, role="head_of_service", title="Head")
    (experience,) = tell(town.council, ["The staff were kind"])
    with acting_for([town.council.pk]):
        name_custodian(
            "lead_officer",
            actor=town.actor(head, "head_of_service"),
            reason="Rings people back",
            as_of=clock.now(),
        )
        for purpose, text in (
            (Purpose.PERSON, PERSON.to_bytes()),
            (Purpose.WORDS, b"Siwan was kind to Gwenllian"),
        ):
            keep(
                [
                    seal(
                        town.council.pk,
                        purpose,
                        text,
                        context=of_experience(experience.pk),
                        as_of=clock.now(),
                    )
                ]
            )
    return Told(town, experience.pk, head)


@pytest.fixture
def agreed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consents, "_asked", [lambda _number: [AGREED]])


@pytest.fixture
def without_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "keys").mkdir()
    monkeypatch.setattr(masters, "kept_folder", lambda name: tmp_path / name)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(content: bytes) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content.decode())))


def test_the_page_of_an_experience_says_that_it_is_sealed_and_no_more(told: Told) -> None:
    page = text(browser(told.town.ieuan).get(f"/experiences/{told.number}/").content)
    assert "Who spoke is sealed" in page
    assert "Nobody has opened it." in page
    assert NAME not in page
    (plain,) = tell(told.town.council, ["Nobody left a name"])
    assert "sealed" not in text(browser(told.town.ieuan).get(f"/experiences/{plain.pk}/").content)


def test_a_custodian_opens_it_with_a_reason_this_once(told: Told) -> None:
    client = browser(told.town.mari)
    before = client.get(told.page)
    assert NAME not in text(before.content)
    answer = client.post(told.page, {"reason": WHY, "what": "person"})
    shown = text(answer.content)
    assert NAME in shown
    assert PHONE in shown
    assert "no-store" in answer.headers["Cache-Control"]
    assert NAME not in text(client.get(told.page).content)
    (event,) = told.events()
    assert (event.what, event.by, event.role) == (What.OPENED, told.town.mari, "lead_officer")
    words = text(client.post(told.page, {"reason": WHY, "what": "words"}).content)
    assert "Siwan was kind to Gwenllian" in words
    assert "Opened 2 times." in text(client.get(f"/experiences/{told.number}/").content)


def test_without_a_reason_or_a_choice_it_stays_sealed_and_nothing_typed_is_lost(
    told: Told,
) -> None:
    client = browser(told.town.mari)
    for sent in ({"reason": "", "what": "person"}, {"reason": WHY}, {"reason": WHY, "what": "x"}):
        answer = client.post(told.page, sent)
        assert answer.status_code == 422
        assert NAME not in text(answer.content)
        assert sent["reason"] in text(answer.content)
    assert not told.events()


def test_nobody_else_opens_it(told: Told) -> None:
    for user in (told.town.ieuan, told.head):
        answer = browser(user).post(told.page, {"reason": WHY, "what": "person"})
        assert NAME not in text(answer.content)
        assert "You are no custodian" in text(answer.content)
    for user in (told.town.olwen, told.town.dilys):
        answer = browser(user).post(told.page, {"reason": WHY, "what": "person"})
        assert answer.status_code == 404
    assert not told.events()


@pytest.mark.usefixtures("without_key")
def test_without_the_key_everything_else_works_and_it_says_so(told: Told) -> None:
    for path in Path(masters.keys_folder()).iterdir():
        path.unlink()
    client = browser(told.town.mari)
    case = open_at(told.town, "2026-03-09T09:00")
    for address in ("/experiences/", f"/cases/{case.ref}/", "/", "/experiences/custody/"):
        assert client.get(address).status_code == 200
    page = text(client.get(f"/experiences/{told.number}/").content)
    assert "The staff were kind" in page
    assert "Sealed; the key is not here." in page
    answer = client.post(told.page, {"reason": WHY, "what": "person"})
    assert "is not here" in text(answer.content)
    assert not told.events()


def test_the_head_reads_the_log_and_others_how_often(told: Told) -> None:
    browser(told.town.mari).post(told.page, {"reason": WHY, "what": "person"})
    read = text(browser(told.head).get("/experiences/custody/").content)
    assert told.town.mari.name in read
    assert WHY in read
    others = text(browser(told.town.ieuan).get("/experiences/custody/").content)
    assert "Opened 1" in others
    assert WHY not in others
    elsewhere = text(browser(told.town.olwen).get("/experiences/custody/?body=cardiff").content)
    assert "Opened 0" in elsewhere


def test_the_head_names_and_ends_custodians_and_nobody_else_does(told: Told) -> None:
    named = {"do": "name", "role": "contract_monitoring_officer", "reason": "Stands in for Mari"}
    body = told.town.council.pk
    browser(told.town.mari).post("/experiences/custody/", named)
    with acting_for([body]):
        assert custodian_roles(body) == {"lead_officer"}
    client = browser(told.head)
    for wrong in ({"role": "king"}, {"role": ""}, {"reason": " "}):
        answer = client.post("/experiences/custody/", named | wrong)
        assert answer.status_code == 422
    assert client.post("/experiences/custody/", named).status_code == 302
    with acting_for([body]):
        assert custodian_roles(body) == {"lead_officer", "contract_monitoring_officer"}
    client.post("/experiences/custody/", {"do": "end", "role": "lead_officer", "reason": "Left"})
    with acting_for([body]):
        assert custodian_roles(body) == {"contract_monitoring_officer"}
    page = text(client.get("/experiences/custody/").content)
    assert "Stands in for Mari" in page
    assert "Left" in page


def linked(told: Told, *names: str) -> Case:
    case = open_at(told.town, "2026-03-09T09:00")
    with acting_for([told.town.council.pk]):
        outcome = link_experiences(
            case_id=case.pk,
            actor=told.town.actor(told.town.mari, "lead_officer"),
            experiences=[told.number],
            draft_id=str(uuid4()),
            as_of=clock.now(),
        )
        assert isinstance(outcome, Recorded)
    return case


def test_without_their_consent_nothing_is_given(told: Told) -> None:
    client = browser(told.town.mari)
    answer = client.post(f"{told.page}give/", {"to": "Derwen Care", "reason": WHY})
    assert (answer.status_code, answer.headers["Location"]) == (302, told.page)
    assert "Give their name" not in text(client.get(told.page).content)
    assert not told.events()


@pytest.mark.usefixtures("agreed")
def test_with_their_consent_it_is_given_and_the_case_says_so(told: Told) -> None:
    case, client = linked(told), browser(told.town.mari)
    assert "Give their name" in text(client.get(told.page).content)
    asked = text(client.get(f"{told.page}give/").content)
    assert "You can give my name." in asked
    assert NAME not in asked
    sent = {"to": "Manager, Derwen Care", "reason": WHY, "case": case.ref, "key": str(uuid4())}
    sent["matter"] = "other"
    for wrong in ({"to": " "}, {"case": "CV-1"}, {"reason": "x"}, {"matter": ""}):
        answer = client.post(f"{told.page}give/", sent | wrong)
        assert answer.status_code == 422
        assert NAME not in text(answer.content)
    assert not told.events()
    answer = client.post(f"{told.page}give/", sent)
    assert NAME in text(answer.content)
    assert "no-store" in answer.headers["Cache-Control"]
    (event,) = told.events()
    assert (event.what, event.given_to) == (What.GIVEN, "Manager, Derwen Care")
    with acting_for([told.town.council.pk]):
        (entry,) = standing(Case.objects.get(pk=case.pk)).by_kind["information_shared"]
    assert entry.id == str(event.entry)
    assert entry.data["legal_basis"] == "consent"
    assert NAME not in str(entry.data)
    assert PHONE not in client.get(f"/cases/{case.ref}/sharing/").content.decode()


@pytest.mark.usefixtures("agreed")
def test_somebody_who_is_no_custodian_gives_nothing(told: Told) -> None:
    answer = browser(told.town.ieuan).post(f"{told.page}give/", {"to": "Me", "reason": WHY})
    assert (answer.status_code, answer.headers["Location"]) == (302, told.page)
    assert not told.events()


@pytest.mark.usefixtures("agreed")
def test_no_page_costs_more_than_ten_queries_however_much_there_is(
    told: Told, django_assert_max_num_queries: AtMost
) -> None:
    linked(told)
    tell_many(told.town.council, 300)
    mari, head = browser(told.town.mari), browser(told.head)
    for _ in range(70):
        mari.post(told.page, {"reason": WHY, "what": "person"})
    for client, address in (
        (mari, f"/experiences/{told.number}/"),
        (mari, told.page),
        (mari, f"{told.page}give/"),
        (head, "/experiences/custody/"),
        (mari, "/experiences/custody/"),
    ):
        with django_assert_max_num_queries(MOST_QUERIES + SAVEPOINT):
            assert client.get(address).status_code == 200
    first = head.get("/experiences/custody/").content.decode()
    following = re.search(r'href="(\?body=cardiff&amp;before=\d+)"', first)
    assert following is not None
    second = text(head.get("/experiences/custody/" + unescape(following[1])).content)
    assert second.count(WHY) == 20
