"""Forms that no browser sends: what they hold is dropped or refused, and no page falls over."""

from uuid import uuid4

import pytest
from django.test import Client

from candour.bodies.models import Body
from candour.database.row_security import acting_for
from candour.people.models import Post, User
from candour.sealing.custody import name_custodian
from candour.sealing.keeping import keep, of_experience, seal
from candour.sealing.models import CustodyChange, Purpose, SealedEvent
from candour.site import clock
from candour.telling.actions import ask
from candour.telling.models import Message, Told
from candour.telling.puzzles import Puzzle
from tests.support.casework import Town, make_town
from tests.support.who_is_who import make_keeper
from tests.telling.conftest import Filling, opened
from tests.telling.test_receipts import code_on, comes_back

pytestmark = pytest.mark.django_db
NUL = "Which w\0ard was it, please?"
WHOLE = {"danger": "no", "what": "It was slow.", "place": "Ward 3", "felt": "4", "reply": "no"}


@pytest.fixture
def town(monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-30T09:00")
    return opened(make_town())


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def the_told(body: Body) -> Told:
    with acting_for([body.pk]):
        return Told.objects.get()


def words_since(body: Body) -> list[str]:
    with acting_for([body.pk]):
        return list(Message.objects.order_by("at", "pk").values_list("words", flat=True))


def test_what_the_public_sends_may_hold_a_null(town: Town) -> None:
    filling = Filling()
    assert filling.client.get(filling.at("places"), {"q": "Wa\0rd"}).status_code == 200
    filling.all(what={"what": NUL})
    code = code_on(filling.get("sent"))
    assert comes_back(code, do="add", words=NUL, key=str(uuid4())).status_code == 200
    told, key = the_told(town.healthwatch), uuid4()
    actor = town.actor(town.sam, "lead_officer")
    ask(told, Message.Sort.QUESTION, "Why?", key=key, actor=actor, as_of=clock.now())
    sent = {"do": "answer", "question": str(key), "words": NUL, "key": str(uuid4())}
    assert comes_back(code, **sent).status_code == 200
    assert words_since(town.healthwatch).count(NUL.replace("\0", "")) == 2


def test_what_staff_ask_may_hold_a_null(town: Town) -> None:
    Filling().all()
    number = the_told(town.healthwatch).experience_id
    answer = browser(town.sam).post(f"/experiences/{number}/ask/", {"words": NUL})
    assert answer.status_code == 302
    assert words_since(town.healthwatch) == [NUL.replace("\0", "")]


def test_a_reason_to_open_what_is_sealed_may_hold_a_null(town: Town) -> None:
    Filling().all()
    head, body = User.objects.create(username="head"), town.healthwatch
    Post.objects.create(user=head, body=body, role="chief_executive", title="Head")
    told = the_told(body)
    context = of_experience(told.experience_id)
    with acting_for([body.pk]):
        keep([seal(body.pk, Purpose.WORDS, b"words", context=context, as_of=clock.now())])
        actor = town.actor(head, "chief_executive")
        name_custodian("lead_officer", actor=actor, reason="Rings back", as_of=clock.now())
    opening = browser(town.sam).post(f"/experiences/{told.experience_id}/sealed/", {"reason": NUL})
    ending = browser(head).post(
        f"/experiences/custody/?body={body.slug}",
        {"do": "end", "role": "lead_officer", "reason": NUL},
    )
    assert (opening.status_code, ending.status_code) == (200, 302)
    with acting_for([body.pk]):
        assert SealedEvent.objects.get().reason == NUL.replace("\0", "")
        assert CustodyChange.objects.order_by("-pk")[0].reason == NUL.replace("\0", "")


def test_the_name_of_a_code_may_hold_a_null(town: Town) -> None:
    answer = browser(town.sam).post("/experiences/codes/", {"do": "add", "title": "Fo\0od"})
    assert answer.status_code in (302, 422)


def test_a_number_of_any_length_is_a_bodys_or_nobodys(town: Town) -> None:
    make_keeper(town.mari, town.council)
    sent = {"press": "other", "authority": "9" * 5_000, "body": "9" * 5_000}
    assert browser(town.mari).post("/directory/authorities/", sent).status_code == 422


def test_the_work_of_one_form_is_not_the_opening_of_another(town: Town) -> None:
    filling = Filling()
    sent = {**WHOLE, "key": str(uuid4()), "opened": Puzzle.new(clock.now()).written}
    assert filling.send("whole", **sent).status_code == 200
    assert the_told(town.healthwatch).doubt == "quick"


def test_one_key_sent_to_two_bodies_is_two_forms_with_a_receipt_each(town: Town) -> None:
    opened(town, body=town.council)
    sent = {**WHOLE, "key": str(uuid4())}
    pages = [Filling(slug=slug).send("whole", **sent) for slug in ("ely", "cardiff", "ely")]
    codes = [code_on(page) for page in pages]
    assert codes[0] == codes[2] != codes[1]
    assert the_told(town.healthwatch).body_id != the_told(town.council).body_id
    key = str(uuid4())
    for code in codes:
        assert comes_back(code, do="add", words="More", key=key).status_code == 200
    assert words_since(town.healthwatch) == words_since(town.council) == ["More"]
