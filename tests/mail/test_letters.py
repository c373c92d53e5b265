"""What somebody answers by mail who told something: sealed as it came, clean where it is read."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from pytest_django import Settings

from candour.database.row_security import acting_for
from candour.experiences.models import ExperienceSign
from candour.mail.actions import file_by_hand
from candour.mail.delivery import deliver
from candour.mail.models import MailMessage, MailReceived, MailReceivedPart, Place, Sort, State
from candour.mail.reading import mailbox as reading
from candour.mail.reading.filing import Filed, file_message
from candour.mail.reading.incoming import read
from candour.mail.reading.letters import MOST_A_DAY
from candour.mail.reading.quoting import own_words
from candour.mail.voices import write_to_voice
from candour.sealing import masters
from candour.sealing.custody import name_custodian
from candour.sealing.errors import KeyNotHere
from candour.sealing.keeping import of_letter, sealed_for
from candour.sealing.models import Purpose, SealedEvent, What
from candour.site import clock
from candour.telling.actions import ask, withdraw
from candour.telling.models import Message, Told
from tests.mail.incoming import PDF, reply
from tests.sealing.conftest import WHY, somebody
from tests.support.casework import CONCERN, Town, add, make_town, open_at
from tests.support.imap import mailbox
from tests.support.smtp import Arrived, Listening
from tests.telling.conftest import NOW, Filling, opened

AtMost = Callable[[int], AbstractContextManager[object]]
MOST_QUERIES, SAVEPOINT = 10, 5
NAME, MAIL = "Gwenllian Prydderch", "gwenllian.prydderch@post.example"
KEY = "6f0d2c2e-5a7a-4a56-9d7a-0d6a0a3f3a99"


@dataclass
class Voice:
    """Somebody who told a body something, and was written to by mail."""

    town: Town
    told: Told
    letter: Arrived
    number: int

    @property
    def body(self) -> int:
        return self.town.healthwatch.pk

    def answers(self, text: str = "Ward 3, I think.\n", **more: Any) -> Filed:
        return file_message(read(self.answer(text, **more)), clock.now())

    def answer(
        self, text: str = "Ward 3, I think.\n", *, files: bool = False, **headers: str
    ) -> bytes:
        said = {"From": f"{NAME} <{MAIL}>", "In-Reply-To": self.letter.id}
        said |= {name.title().replace("_", "-"): value for name, value in headers.items()}
        said |= {"Message-ID": said.pop("Message-Id", "<1@post.example>")}
        made = reply(str(self.letter.message["Reply-To"]), text, **said)
        if files:
            for content, name in ((PDF, "prydderch.pdf"), (b"MZ\x90\x00", "x.pdf")):
                made.add_attachment(content, maintype="application", subtype="pdf", filename=name)
        return bytes(made)

    @property
    def said(self) -> list[str]:
        with acting_for([self.body]):
            return list(Message.objects.order_by("at", "pk").values_list("words", flat=True))

    @property
    def came(self) -> list[MailReceived]:
        with acting_for([self.body]):
            return list(MailReceived.objects.order_by("pk"))

    def of_staff(self) -> Client:
        client = Client()
        client.force_login(self.town.sam)
        return client

    def of_custodian(self) -> Client:
        head = somebody(self.town.healthwatch, "chief_executive")
        custodian = somebody(self.town.healthwatch, "safeguarding_lead")
        with acting_for([self.body]):
            name_custodian("safeguarding_lead", actor=head, reason="Rings.", as_of=clock.now())
        client = Client()
        assert custodian.user is not None
        client.force_login(custodian.user)
        return client


@pytest.fixture
def voice(
    db: None, server: Listening, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Voice:
    monkeypatch.setenv("CANDOUR_NOW", NOW)
    settings.CANDOUR_MAIL_REPLIES = "case@voice.example"
    town = opened(make_town())
    contact = {"contact_name": NAME, "contact_email": MAIL}
    Filling().all(reply={"reply": "yes"}, contact=contact)
    with acting_for([town.healthwatch.pk]):
        told = Told.objects.get()
        number = write_to_voice(
            told.experience_id,
            town.healthwatch.pk,
            key="told/1/question",
            subject=f"A question for {NAME}",
            text=f"Dear {NAME},\n\nwhich ward was it?\n",
            reason="Staff asked something",
            as_of=clock.now(),
        )
    assert number is not None
    deliver(number, town.healthwatch.pk, clock.now())
    return Voice(town, told, server.postbox.taken[-1], number)


def kept(voice: Voice) -> str:
    """Return what the tables of mail and messages hold of it, as text."""
    with acting_for([voice.body]):
        tables = (MailReceived, MailReceivedPart, Message, MailMessage)
        return str([row for table in tables for row in table._default_manager.values()]).lower()


def test_an_answer_stands_clean_with_what_they_told_and_names_nobody(voice: Voice) -> None:
    quoted = f"On 30 March 2026, Healthwatch wrote:\n> Dear {NAME},\n> which ward was it?\n"
    text = f"Ward 3, where my son Cadfael lay.\n\nBest wishes,\nGwenllian\n\n{quoted}"
    assert voice.answers(text, files=True) is Filed.TO_VOICE
    assert voice.said == ["Ward 3, where my son [name] lay.\n\nBest wishes,\n[name]"]
    (row,) = voice.came
    assert (row.place, row.sort, row.voice) == (Place.FILED, Sort.REPLY, voice.told.experience_id)
    assert (row.sender_email, row.sender_name, row.subject, row.text) == ("", "", "", "")
    assert not any(secret in kept(voice) for secret in ("prydderch", "gwenllian", "cadfael", MAIL))
    with acting_for([voice.body]):
        assert sealed_for([of_letter(row.pk)], Purpose.LETTER)
        parts = [(p.name, p.refused, p.content_id) for p in MailReceivedPart.objects.order_by("pk")]
    assert parts == [("1", "sealed", None), ("2", "sealed", None)]


def test_it_is_found_by_where_it_was_sent_when_nothing_else_says_so(voice: Voice) -> None:
    bare = reply(str(voice.letter.message["Reply-To"]), "Ward 4.\n", From=MAIL)
    assert file_message(read(bytes(bare)), clock.now()) is Filed.TO_VOICE
    assert voice.said == ["Ward 4."]


def test_the_same_message_again_is_nothing_new(voice: Voice) -> None:
    assert voice.answers() is Filed.TO_VOICE
    assert voice.answers() is Filed.KNOWN
    assert (voice.said, len(voice.came)) == (["Ward 3, I think."], 1)


def test_it_is_looked_through_for_signs_that_somebody_is_not_safe(voice: Voice) -> None:
    voice.answers("Now a nurse hit me.\n")
    with acting_for([voice.body]):
        assert ExperienceSign.objects.get(experience=voice.told.experience_id).state == "waiting"


def test_it_answers_the_question_that_has_no_answer_yet(voice: Voice) -> None:
    actor = voice.town.actor(voice.town.sam, "lead_officer")
    ask(voice.told, Message.Sort.QUESTION, "Which?", key=KEY, actor=actor, as_of=clock.now())  # type: ignore[arg-type]  # as a string
    voice.answers()
    with acting_for([voice.body]):
        answer = Message.objects.get(sort=Message.Sort.ANSWER)
    assert str(answer.to_id) == KEY
    voice.answers("And ward 4.\n", message_id="<2@post.example>")
    with acting_for([voice.body]):
        assert Message.objects.get(sort=Message.Sort.ADDED).words == "And ward 4."


def test_signs_in_it_put_what_they_told_on_the_list(voice: Voice) -> None:
    voice.answers("Since then a carer slapped my mum.\n")
    with acting_for([voice.body]):
        sign = ExperienceSign.objects.get()
    assert (sign.experience_id, sign.sorts) == (voice.told.experience_id, ["abuse"])


def test_files_alone_are_said_to_be_files(voice: Voice) -> None:
    voice.answers("", files=True)
    assert voice.said == ["[files alone]"]


def test_a_holiday_notice_is_sealed_and_put_aside(voice: Voice) -> None:
    assert voice.answers(f"{NAME} is away.\n", auto_submitted="auto-replied") is Filed.ASIDE
    assert voice.said == []
    assert "prydderch" not in kept(voice)


def test_what_comes_after_they_took_it_back_waits_clean_in_the_tray(voice: Voice) -> None:
    withdraw(voice.told, as_of=clock.now())
    assert voice.answers(f"This is {NAME}, who are you?\n") is Filed.IN_TRAY
    (row,) = voice.came
    assert (row.place, row.unfiled) == (Place.UNFILED, "taken_back")
    assert row.text == "This is [name] [name], who are you?"
    client = voice.of_staff()
    assert (
        f"The person who told experience {row.voice}"
        in client.get("/mail/unfiled/").content.decode()
    )
    page = client.get(f"/mail/unfiled/{row.pk}/").content.decode()
    assert "This is [name] [name], who are you?" in page
    assert "are sealed" in page
    assert NAME not in page


def test_filed_by_hand_the_case_learns_the_clean_words_alone(voice: Voice) -> None:
    withdraw(voice.told, as_of=clock.now())
    voice.answers(f"This is {NAME}, who are you?\n", files=True)
    case = open_at(voice.town, NOW)
    add(voice.town, case, "concern_raised", "2026-03-30T09:00", CONCERN)
    with acting_for([voice.body, voice.town.council.pk]):
        actor = voice.town.actor(voice.town.sam, "lead_officer")
        file_by_hand(voice.came[0].pk, case.ref, actor=actor, as_of=clock.now())
        assert "prydderch" not in kept(voice)


def test_withdrawing_erases_what_waits_in_the_tray_or_lies_aside(voice: Voice) -> None:
    voice.answers("I am away.\n", auto_submitted="auto-replied")
    for number in range(MOST_A_DAY):
        voice.answers(f"Quagga {number}.\n", message_id=f"<{number + 2}@post.example>")
    assert voice.came[-1].text.startswith("Quagga")
    with pytest.raises(DatabaseError), acting_for([voice.body]), transaction.atomic():
        MailReceived.objects.filter(pk=voice.came[-1].pk).update(text="Others")
    withdraw(voice.told, as_of=clock.now())
    assert [(row.subject, row.text) for row in voice.came] == [("", "")] * (MOST_A_DAY + 1)
    assert "quagga" not in kept(voice)


def test_withdrawing_destroys_what_was_written_and_what_came(voice: Voice) -> None:
    voice.answers(files=True)
    (row,) = voice.came
    withdraw(voice.told, as_of=clock.now())
    with acting_for([voice.body]):
        assert not sealed_for([of_letter(row.pk)], Purpose.LETTER)
        assert not sealed_for(["mail/told/1/question"], Purpose.MAIL)
        assert MailMessage.objects.get().state == State.SENT
        log = SealedEvent.objects.filter(purpose=Purpose.LETTER)
        assert [(each.what, each.by_id) for each in log] == [(What.DESTROYED, None)]
    assert voice.said == []
    page = voice.of_staff().get(f"/mail/letters/{row.pk}/").content.decode()
    assert "Nothing is sealed here any more" in page


def test_very_many_in_a_day_wait_in_the_tray(voice: Voice) -> None:
    outcome = None
    for number in range(MOST_A_DAY + 1):
        outcome = voice.answers(f"Number {number}.\n", message_id=f"<{number}@post.example>")
    assert outcome is Filed.IN_TRAY
    assert len(voice.said) == MOST_A_DAY
    assert voice.came[-1].unfiled == "too_many"


# -- without a key -----------------------------------------------------------------------------


def test_without_the_key_it_stays_in_the_mailbox_and_comes_in_later(
    voice: Voice, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with mailbox() as box:
        box.put(voice.answer())
        box.put(
            bytes(
                reply("case@voice.example", "Somebody else.\n", **{"Message-ID": "<9@x.example>"})
            )
        )
        with monkeypatch.context() as without:
            without.setattr(masters, "kept_folder", lambda _name: tmp_path)
            with pytest.raises(KeyNotHere):
                voice.answers()
            came = reading.visit(box.settings, clock.now())
        assert box.lies_in("INBOX") == 1
        assert came.filed + came.aside == 1
        assert voice.said == []
        assert reading.visit(box.settings, clock.now() + timedelta(hours=1)).filed == 1
        assert box.lies_in("INBOX") == 0
    assert voice.said == ["Ward 3, I think."]


# -- opening -----------------------------------------------------------------------------------


def test_a_custodian_opens_it_with_a_reason_and_each_opening_is_logged(voice: Voice) -> None:
    voice.answers(files=True)
    (row,) = voice.came
    address, custodian = f"/mail/letters/{row.pk}/", voice.of_custodian()
    assert NAME not in custodian.get(address).content.decode()
    assert custodian.post(address, {"reason": "check"}).status_code == 422
    page = custodian.post(address, {"reason": WHY}).content.decode()
    assert all(secret in page for secret in (NAME, MAIL, "prydderch.pdf", "Ward 3, I think."))
    file = custodian.post(address, {"reason": WHY, "file": "1"})
    assert (file.content, file["Content-Type"]) == (PDF, "application/pdf")
    assert "attachment" in file["Content-Disposition"]
    for none in ("2", "3", "0", "x"):  # what is not safe to give, and what is not there
        assert custodian.post(address, {"reason": WHY, "file": none}).status_code == 404
    assert (
        custodian.get(f"/experiences/{voice.told.experience_id}/sealed/")
        .content.decode()
        .count(address)
        == 1
    )
    with acting_for([voice.body]):
        opened_by = SealedEvent.objects.filter(purpose=Purpose.LETTER, what=What.OPENED)
        assert {each.role for each in opened_by} == {"safeguarding_lead"}
        assert opened_by.count() >= 2


def test_nobody_else_opens_it(voice: Voice) -> None:
    voice.answers()
    (row,) = voice.came
    address, staff = f"/mail/letters/{row.pk}/", voice.of_staff()
    assert NAME not in staff.post(address, {"reason": WHY}).content.decode()
    other = Client()
    other.force_login(voice.town.olwen)
    assert other.get(address).status_code == 404
    with acting_for([voice.body]):
        assert not SealedEvent.objects.filter(what=What.OPENED).exists()


def test_no_page_costs_more_than_ten_queries_however_many_messages_came(
    voice: Voice, django_assert_max_num_queries: AtMost
) -> None:
    for number in range(MOST_A_DAY + 5):
        voice.answers(f"Number {number}.\n", files=True, message_id=f"<{number}@post.example>")
    client = voice.of_custodian()
    with acting_for([voice.body]):
        row = MailReceived.objects.filter(place=Place.UNFILED)[0]
    for address in (
        f"/mail/letters/{row.pk}/",
        f"/mail/unfiled/{row.pk}/",
        "/mail/unfiled/",
        f"/experiences/{voice.told.experience_id}/sealed/",
    ):
        with django_assert_max_num_queries(MOST_QUERIES + SAVEPOINT):
            assert client.get(address).status_code == 200


# -- what is theirs of it ----------------------------------------------------------------------

SENT = "Dear Gwen,\n\nwhich ward was it?\n\nHealthwatch\n"


@pytest.mark.parametrize(
    ("answer", "own"),
    [
        (
            "Ward 3.\n\nOn Mon, 30 Mar 2026 at 09:00, HW <a@b.example>\nwrote:\n> Dear Gwen,",
            "Ward 3.",
        ),
        ("Ward 3.\n\nAr ddydd Llun, ysgrifennodd HW:\n> Dear Gwen,\n", "Ward 3."),
        ("> Dear Gwen,\n> which ward was it?\n\nWard 3, of course.", "Ward 3, of course."),
        ("Ward 3.\n\n-----Original Message-----\nFrom: HW\nDear Gwen", "Ward 3."),
        ("Ward 3.\n\nFrom: HW\nSent: Monday\nTo: Gwen P\nSubject: x", "Ward 3."),
        ("Dear Gwen,\n\nwhich ward was it?\n\nThe third.\n\nHealthwatch", "The third."),
        (
            "On Monday I wrote to the ward: nobody answered.",
            "On Monday I wrote to the ward: nobody answered.",
        ),
        (
            "From: the ward to the car park it is a mile.\nDear me.",
            "From: the ward to the car park it is a mile.\nDear me.",
        ),
        ("", ""),
    ],
)
def test_what_a_program_repeats_is_left_out(answer: str, own: str) -> None:
    assert own_words(answer, SENT) == own
