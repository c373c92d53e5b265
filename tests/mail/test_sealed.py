"""Mail to members of the public: the outbox tells neither to whom nor what, and it arrives."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from candour.database.row_security import acting_for
from candour.mail.actions import send_again
from candour.mail.delivery import deliver, due_messages
from candour.mail.models import MailAttempt, MailMessage, MailReceived, State
from candour.mail.outbox import enqueue
from candour.mail.outgoing import Addressee, Attachment, MalformedMail
from candour.mail.overview import overview
from candour.mail.reading.filing import Filed, file_message, returned
from candour.mail.reading.incoming import read
from candour.mail.voices import write_to_voice
from candour.people.actor import Actor
from candour.sealing.details import PersonDetails, Way
from candour.sealing.keeping import keep, of_experience, seal
from candour.sealing.models import Purpose, SealedEvent, What
from tests.mail.conftest import NOON, Senders
from tests.mail.incoming import bounce
from tests.support.smtp import Listening

MAIL = "gwenllian.ffowc@post.example"
SECRETS = (MAIL, "Gwenllian", "ffowc", "Eich stori chi", "y ward")


def to_the_public(senders: Senders, key: str = "told/1") -> int:
    message = senders.letter(
        key,
        to=Addressee("Gwenllian Ffowc", MAIL),
        subject="Eich stori chi",
        text="Annwyl Gwenllian, dyma beth a newidiodd ar y ward.",
        html="<p>Annwyl Gwenllian</p>",
        sealed=True,
    )
    return enqueue(message, as_of=NOON)


def everything_kept() -> str:
    """Return what stands in the tables of mail, as text."""
    kept = []
    with connection.cursor() as cursor:
        for table in ("mail_message", "mail_attempt", "mail_received", "mail_content"):
            cursor.execute(f"SELECT t::text FROM {table} t")  # noqa: S608  # names of ours
            kept += [row for (row,) in cursor.fetchall()]
    return "\n".join(kept)


def nothing_tells() -> bool:
    kept = everything_kept().lower()
    return not any(
        secret.lower() in kept or secret.lower().encode().hex() in kept for secret in SECRETS
    )


def test_it_arrives_and_the_outbox_never_knew(server: Listening, council: Senders) -> None:
    number = to_the_public(council)
    assert nothing_tells()
    assert to_the_public(council) == number  # handed over twice, it is one message
    assert due_messages(NOON, 5) == [(number, council.council.pk, "")]
    deliver(number, council.council.pk, NOON)
    (arrived,) = server.postbox.taken
    assert arrived.recipients == (MAIL,)
    assert arrived.message["To"].addresses[0].display_name == "Gwenllian Ffowc"
    assert arrived.message["Subject"] == "Eich stori chi"
    plain = arrived.message.get_body(("plain",))
    assert plain is not None
    assert "ar y ward" in plain.get_content()
    assert MailMessage.objects.get().state == State.SENT
    assert nothing_tells()


def test_what_the_server_says_of_the_address_is_not_kept(
    server: Listening, council: Senders
) -> None:
    server.postbox.to_recipient = [f"550 5.1.1 {MAIL} is unknown here"]
    number = to_the_public(council)
    deliver(number, council.council.pk, NOON)
    message = MailMessage.objects.get()
    assert (message.state, message.said) == (State.FAILED, "550")
    assert MailAttempt.objects.get().said == "550"
    assert nothing_tells()
    assert overview().failed[0].to == "(sealed)"
    again = send_again(number, "", actor=Actor.system(council.council), as_of=NOON)
    deliver(again, council.council.pk, NOON)
    assert server.postbox.taken[-1].recipients == (MAIL,)
    assert nothing_tells()


def test_a_server_that_is_not_there_leaves_no_trace_either(
    council: Senders, server: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = to_the_public(council)

    def refuse(*_: object) -> None:
        raise ConnectionError(f"cannot reach the server of {MAIL}")

    monkeypatch.setattr("candour.mail.smtp.SmtpBackend.open", refuse)
    deliver(number, council.council.pk, NOON)
    message = MailMessage.objects.get()
    assert (message.state, message.said) == (State.WAITING, "ConnectionError")
    assert nothing_tells()


def test_it_waits_for_the_key_and_says_so(
    server: Listening, council: Senders, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    number = to_the_public(council)
    with monkeypatch.context() as without:
        without.setattr("candour.sealing.masters.kept_folder", lambda _name: tmp_path)
        deliver(number, council.council.pk, NOON)
        message = MailMessage.objects.get()
        assert message.state == State.WAITING
        assert "is not here" in message.said
        assert message.next_at is not None
    deliver(number, council.council.pk, NOON + timedelta(hours=1))
    assert server.postbox.taken[0].recipients == (MAIL,)


def test_it_comes_back_and_nothing_is_kept_of_where_from(
    server: Listening, council: Senders
) -> None:
    number = to_the_public(council)
    deliver(number, council.council.pk, NOON)
    came = bounce(server.postbox.taken[0])
    assert MAIL.encode() in came
    assert file_message(read(came), NOON) == Filed.RETURNED
    with acting_for([council.council.pk]):
        assert MailMessage.objects.get().state == State.BOUNCED
        assert MailReceived.objects.get().about_id == number
        assert nothing_tells()


def test_a_provider_tells_that_it_came_back(server: Listening, council: Senders) -> None:
    number = to_the_public(council)
    deliver(number, council.council.pk, NOON)
    assert returned(number, MAIL, f"550 {MAIL} unknown", NOON)
    assert MailMessage.objects.get().state == State.BOUNCED
    assert nothing_tells()


def test_what_cannot_be_sealed_is_refused(council: Senders) -> None:
    whole = council.letter(sealed=True)
    for wrong in (
        {"attachments": (Attachment("a.txt", "text/plain", b"a"),)},
        {"also_to": (Addressee("", "b@c.example"),)},
        {"case_id": 1},
    ):
        with pytest.raises(MalformedMail):
            enqueue(replace(whole, **wrong), as_of=NOON)
    assert not MailMessage.objects.exists()


def test_whoever_told_something_is_written_to_and_nobody_saw_where(
    server: Listening, council: Senders
) -> None:
    body = council.council.pk
    people = {
        1: PersonDetails(name="Gwenllian Ffowc", mail=MAIL, way=Way.MAIL, language="cy"),
        2: PersonDetails(name="Gwenllian Ffowc", mail=MAIL, phone="07700 900461", way=Way.PHONE),
    }
    keep(
        seal(body, Purpose.PERSON, who.to_bytes(), context=of_experience(n), as_of=NOON)
        for n, who in people.items()
    )
    said = {"subject": "Eich stori chi", "text": "Dyma beth a newidiodd.", "reason": "A reply came"}
    written = {
        n: write_to_voice(n, body, key=f"told/{n}/reply", as_of=NOON, **said) for n in (1, 2, 3)
    }
    assert [n for n, number in written.items() if number is not None] == [1]
    event = SealedEvent.objects.get()
    assert (event.what, event.by_id, event.context) == (What.ADDRESSED, None, of_experience(1))
    deliver(written[1] or 0, body, NOON)
    assert server.postbox.taken[0].recipients == (MAIL,)
    assert server.postbox.taken[0].message["Content-Language"] == "cy"
    assert nothing_tells()
