"""What is said to somebody who asked for a reply reaches them by mail, and nobody sees where."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import Settings

from candour.database.row_security import acting_for
from candour.experiences.models import Experience
from candour.feeding_back.actions import Order, Replied, record_reply, release
from candour.feeding_back.cycles import Cycle
from candour.feeding_back.digests import prepare
from candour.feeding_back.models import Digest
from candour.mail.delivery import deliver
from candour.mail.models import MailMessage
from candour.sealing.errors import KeyNotHere
from candour.site import clock
from candour.telling.actions import withdraw
from candour.telling.models import Told
from tests.support.casework import Town, make_town
from tests.support.smtp import Listening
from tests.telling.conftest import NOW, Filling, opened

NAME, MAIL = "Gwenllian Prydderch", "gwenllian.prydderch@post.example"
MARCH = Cycle(date(2026, 3, 1), date(2026, 3, 31))
APRIL = "2026-04-02T09:00"


@pytest.fixture
def town(db: None, server: Listening, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setenv("CANDOUR_NOW", NOW)
    settings.CANDOUR_MAIL_REPLIES = "case@voice.example"
    settings.SITE_ADDRESS = "https://voice.example"
    return opened(make_town())


def told_by(town: Town, language: str = "en", *, reply: str = "yes", mail: str = MAIL) -> Told:
    """Return what somebody told who asks for a reply, by mail unless no address is given."""
    contact = {"contact_name": NAME, "contact_email": mail, "contact_phone": "01632 960111"}
    instead = {"contact": contact} if reply == "yes" else {}
    where = {"service": str(town.hospital.pk), "place": town.hospital.name}
    Filling(language=language).all(reply={"reply": reply}, where=where, **instead)
    with acting_for([town.healthwatch.pk]):
        return Told.objects.select_related("experience").latest("pk")


def says(town: Town, told: Told, words: str, sort: str = "reply", key: object = None) -> str:
    """Say something to somebody as staff do, and return what the page says then."""
    client = Client()
    client.force_login(town.sam)
    address = f"/experiences/{told.experience_id}/"
    typed = {"sort": sort, "words": words, "key": str(key or uuid4())}
    client.post(f"{address}ask/", typed)
    return client.get(address).content.decode()


def sent(town: Town) -> list[MailMessage]:
    with acting_for([town.healthwatch.pk]):
        return list(MailMessage.objects.exclude(voice=None).order_by("pk"))


def arrived(town: Town, server: Listening) -> list[str]:
    """Deliver what is in the outbox for those who told, and return what arrived."""
    for message in sent(town):
        deliver(message.pk, town.healthwatch.pk, clock.now())
    bodies = (each.message.get_body(("plain",)) for each in server.postbox.taken)
    return [str(body.get_content()) for body in bodies if body is not None]


# -- a question or a reply of staff -------------------------------------------------------------


def test_hd_08_a_reply_is_mailed_to_who_asked_for_one_and_stands_under_the_receipt(
    town: Town, server: Listening
) -> None:
    told = told_by(town)
    page = says(town, told, "The ward has more people at night now.")
    assert "on its way to them by mail" in page
    assert MAIL not in page
    (row,) = sent(town)
    assert (row.voice, row.to_email) == (told.experience_id, "")
    (words,) = arrived(town, server)
    assert "The ward has more people at night now." in words
    assert "https://voice.example/tell/receipt/en/" in words
    assert MAIL in str(server.postbox.taken[0].message["To"])


def test_it_is_in_the_language_in_which_they_told(town: Town, server: Listening) -> None:
    says(town, told_by(town, "cy"), "Mae mwy o staff.")
    (words,) = arrived(town, server)
    assert "Rydych yn cael hwn am i chi ofyn am ateb" in words
    assert "/tell/receipt/cy/" in words


def test_said_twice_under_one_key_it_is_mailed_once(town: Town) -> None:
    told, key = told_by(town), uuid4()
    for _ in range(2):
        says(town, told, "Which ward?", "question", key)
    assert len(sent(town)) == 1


@pytest.mark.parametrize(("reply", "mail"), [("no", MAIL), ("yes", "")])
def test_who_asked_for_no_mail_gets_none(town: Town, reply: str, mail: str) -> None:
    page = says(town, told_by(town, reply=reply, mail=mail), "Thank you.")
    assert "when they come back with their receipt code" in page
    assert sent(town) == []


def test_without_the_key_it_stands_under_the_receipt_and_staff_are_told(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = told_by(town)

    def gone(*_args: object, **_named: object) -> bytes:
        raise KeyNotHere("none")

    monkeypatch.setattr("candour.telling.actions.reaching.write_to_voice", gone)
    page = says(town, told, "Thank you for telling us.")
    assert "is not on this machine" in page
    assert "Thank you for telling us." in page


def test_who_has_taken_it_back_is_not_written_to(town: Town) -> None:
    told = told_by(town)
    withdraw(told, as_of=clock.now())
    assert "have taken it back" in says(town, told, "Which ward?")
    assert sent(town) == []


# -- what an organisation answers to a digest ---------------------------------------------------


def digest_of(town: Town, monkeypatch: pytest.MonkeyPatch) -> Digest:
    """Return the digest of March, drawn from what was told and from what six others said."""
    body, provider = town.healthwatch, town.hospital.provider
    with acting_for([body.pk]):
        Experience.objects.bulk_create(
            Experience(
                body=body,
                source="test",
                source_ref=str(place),
                received_on=MARCH.last,
                service=town.hospital,
                answer="Slow.",
                sentiment=4,
                created_at=clock.now(),
            )
            for place in range(6)
        )
        monkeypatch.setenv("CANDOUR_NOW", APRIL)
        order = Order(provider, MARCH, prepare(body, provider, MARCH).seen, (), "")
    return release(order, actor=town.actor(town.sam, "lead_officer"), as_of=clock.now())


def answered(town: Town, digest: Digest, **more: object) -> None:
    said = {"for_people": True, "theme": "", "changed": "Two more nurses at night."} | more
    replied = Replied(clock.now().date(), words="We are sorry.", **said)  # type: ignore[arg-type]  # by name
    actor = town.actor(town.sam, "lead_officer")
    for key in [uuid4()] * 2:
        record_reply(digest, replied, key=key, actor=actor, as_of=clock.now())


def test_hd_08_an_organisations_answer_with_what_it_changed_reaches_who_asked_for_a_reply(
    town: Town, server: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = told_by(town)
    told_by(town, reply="no")
    digest = digest_of(town, monkeypatch)
    answered(town, digest)
    assert [each.voice for each in sent(town)] == [asked.experience_id]
    (words,) = arrived(town, server)
    for said in (digest.organisation.name, "We are sorry.", "Two more nurses at night."):
        assert said in words


def test_an_answer_for_staff_alone_goes_to_nobody(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    told_by(town)
    answered(town, digest_of(town, monkeypatch), for_people=False)
    assert sent(town) == []


def test_who_has_taken_it_back_hears_no_answer(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    told = told_by(town)
    digest = digest_of(town, monkeypatch)
    withdraw(told, as_of=clock.now())
    answered(town, digest)
    assert sent(town) == []
