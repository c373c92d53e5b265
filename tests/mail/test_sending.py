"""Sending over real SMTP: what arrives, what is tried again, what fails, and when."""

import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from candour.database.row_security import acting_for
from candour.mail.delivery import deliver, due_messages
from candour.mail.models import MailAttempt, MailMessage, Outcome, State
from candour.mail.outbox import enqueue, message_id
from candour.mail.outgoing import Addressee, Attachment, CalendarPart
from candour.mail.patience import FEWEST_TRIES
from tests.mail.conftest import NOON, Senders, send_by
from tests.support.smtp import Listening, free_port, listening, papers

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
GREY = "450 4.2.0 Greylisted, come back in five minutes"
UNKNOWN = "550 5.1.1 No such person here"


def sent_at(council: Senders, number: int, as_of: datetime) -> MailMessage:
    deliver(number, council.council.pk, as_of)
    return MailMessage.objects.get(pk=number)


def tries(number: int) -> list[str]:
    found = MailAttempt.objects.filter(message_id=number).order_by("number")
    return list(found.values_list("outcome", flat=True))


def pursued(council: Senders, number: int, start: datetime) -> MailMessage:
    """Do what the worker would, with no waiting, until there is nothing to be done."""
    as_of = start
    for _ in range(60):
        message = sent_at(council, number, as_of)
        if message.next_at is None:
            return message
        assert message.next_at > as_of
        as_of = message.next_at
    pytest.fail("it is tried for ever")


def test_a_letter_arrives_with_all_its_parts_in_welsh(server: Listening, council: Senders) -> None:
    number = enqueue(
        council.letter(
            html='<html lang="cy"><p>Annwyl Siân,</p></html>',
            language="cy",
            also_to=(Addressee("Ŵan, Gruffydd", "w@ciw.example"),),
            attachments=(
                Attachment("canlyniad â’r ŷ.pdf", "application/pdf", b"%PDF-1.7 \x00\xff"),
            ),
            calendar=CalendarPart("REQUEST", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
        ),
        as_of=NOON,
    )
    message = sent_at(council, number, NOON)
    assert (message.state, message.settled_at, message.next_at) == (State.SENT, NOON, None)
    assert message.said == "250 2.0.0 Taken"
    (arrived,) = server.postbox.taken
    assert arrived.recipients == ("sian.powell@fern-care.example",)  # not who is in Cc
    read = arrived.message
    assert read["Subject"] == "Canlyniad y cyfarfod"
    assert read["To"].addresses[0].display_name == "Siân Powell"
    assert read["Cc"].addresses[0].display_name == "Ŵan, Gruffydd"
    assert read["From"].addresses[0].display_name == "Cyngor"
    assert read["Content-Language"] == "cy"
    assert arrived.id == message_id(council.council.pk, "letter/1")
    parts = {part.get_content_type(): part for part in read.walk()}
    assert "Dyma’r canlyniad." in parts["text/plain"].get_content()
    assert "Annwyl Siân" in parts["text/html"].get_content()
    assert parts["text/calendar"].get_param("method") == "REQUEST"
    assert parts["application/pdf"].get_filename() == "canlyniad â’r ŷ.pdf"
    assert parts["application/pdf"].get_content() == b"%PDF-1.7 \x00\xff"


def test_what_was_sent_is_not_sent_again(server: Listening, council: Senders) -> None:
    number = enqueue(council.letter(), as_of=NOON)
    for hours in range(3):
        sent_at(council, number, NOON + hours * HOUR)
    assert len(server.postbox.taken) == 1


def test_fifty_recipients_get_a_message_each_that_names_only_them(
    server: Listening, council: Senders
) -> None:
    names = [f"person{number}@body{number % 7}.example" for number in range(50)]
    for name in names:
        enqueue(council.letter(f"minutes/{name}", to=Addressee("", name)), as_of=NOON)
    due = due_messages(NOON, 500)
    assert [domain for *_, domain in due][:2] == ["body0.example", "body1.example"]
    for number, body_id, _domain in due:
        deliver(number, body_id, NOON)
    assert sorted(a.recipients for a in server.postbox.taken) == sorted((name,) for name in names)
    assert set(server.postbox.by_id.values()) == {1}
    assert due_messages(NOON + HOUR, 500) == []


def test_the_words_in_the_text_cannot_end_the_message(server: Listening, council: Senders) -> None:
    text = "One\n.\nMAIL FROM:<x@y.example>\n..\n.two"
    sent_at(council, enqueue(council.letter(text=text), as_of=NOON), NOON)
    (arrived,) = server.postbox.taken
    assert arrived.message.get_content().splitlines() == text.splitlines()


def test_a_greylisting_server_is_asked_again_and_takes_it_then(
    server: Listening, council: Senders
) -> None:
    server.postbox.to_recipient += [GREY, GREY, GREY]
    number = enqueue(council.letter(), as_of=NOON)
    first = sent_at(council, number, NOON)
    assert (first.state, first.said, first.next_at) == (State.WAITING, GREY, NOON + MINUTE)
    assert sent_at(council, number, NOON).tries == 1  # not before its time
    message = pursued(council, number, NOON + MINUTE)
    assert message.state == State.SENT
    assert message.settled_at == NOON + 8 * MINUTE  # after 1, 2 and 5 minutes
    assert tries(number) == ["deferred"] * 3 + ["sent"]


@pytest.mark.parametrize("where", ["to_recipient", "to_data"])
def test_a_refusal_for_good_fails_at_once_with_the_servers_words(
    server: Listening, council: Senders, where: str
) -> None:
    getattr(server.postbox, where).append(UNKNOWN)
    number = enqueue(council.letter(), as_of=NOON)
    message = sent_at(council, number, NOON)
    assert (message.state, message.said, message.tries) == (State.FAILED, UNKNOWN, 1)
    assert message.next_at is None
    assert MailAttempt.objects.get(message=message).code == 550
    assert not server.postbox.taken


def test_a_server_that_is_down_for_hours_loses_nothing(
    settings: Settings, council: Senders
) -> None:
    port = free_port()
    send_by(settings, f"smtp://127.0.0.1:{port}?tls=off")
    numbers = [enqueue(council.letter(f"letter/{n}"), as_of=NOON) for n in range(5)]
    as_of = NOON
    while as_of < NOON + 23 * HOUR:
        for number, body_id, _domain in due_messages(as_of, 500):
            assert deliver(number, body_id, as_of) == State.WAITING
        as_of += 20 * MINUTE
    assert "refused" in MailMessage.objects.get(pk=numbers[0]).said.lower()
    with listening(port=port) as found:
        for number, body_id, _domain in due_messages(as_of + HOUR, 500):
            assert deliver(number, body_id, as_of + HOUR) == State.SENT
        assert set(found.postbox.by_id.values()) == {1}
        assert len(found.postbox.taken) == 5


def test_after_a_day_of_trying_it_is_given_up_and_not_before(
    settings: Settings, council: Senders
) -> None:
    send_by(settings, f"smtp://127.0.0.1:{free_port()}?tls=off")
    number = enqueue(council.letter(), as_of=NOON)
    message = pursued(council, number, NOON)
    assert message.state == State.FAILED
    assert message.settled_at == NOON + 24 * HOUR
    assert set(tries(number)) == {"deferred"}


def test_a_worker_that_was_away_for_days_still_tries_often_enough(
    server: Listening, council: Senders
) -> None:
    server.postbox.always = GREY
    number = enqueue(council.letter(), as_of=NOON)
    sent_at(council, number, NOON)
    message = pursued(council, number, NOON + 72 * HOUR)
    assert (message.state, message.tries) == (State.FAILED, FEWEST_TRIES)


@pytest.mark.parametrize("how", ["close within", "close", "421 4.3.2 Shutting down"])
def test_a_server_that_hangs_up_in_the_middle_is_tried_again(
    server: Listening, council: Senders, how: str
) -> None:
    server.postbox.to_data.append(how)
    number = enqueue(council.letter(), as_of=NOON)
    assert sent_at(council, number, NOON).state == State.WAITING
    assert sent_at(council, number, NOON + MINUTE).state == State.SENT
    assert set(server.postbox.by_id.values()) == {1}


def test_a_slow_server_is_waited_for_only_so_long(
    server: Listening, council: Senders, settings: Settings
) -> None:
    settings.EMAIL_TIMEOUT = 0.3
    server.postbox.at_recipient = threading.Event()
    number = enqueue(council.letter(), as_of=NOON)
    message = sent_at(council, number, NOON)
    server.postbox.at_recipient.set()
    assert (message.state, "timed out" in message.said.lower()) == (State.WAITING, True)
    settings.EMAIL_TIMEOUT = 30
    assert sent_at(council, number, NOON + MINUTE).state == State.SENT


@pytest.mark.parametrize(
    ("tls", "scheme", "says"), [("starttls", "smtp", "starttls"), ("on", "smtps", "")]
)
def test_mail_leaves_over_tls_and_only_to_a_server_that_proves_who_it_is(
    settings: Settings,
    council: Senders,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    tls: str,
    scheme: str,
    says: str,
) -> None:
    certificate = papers(tmp_path)
    with listening(tls=tls, folder=tmp_path) as found:
        send_by(settings, found.address(tls=says, scheme=scheme))
        number = enqueue(council.letter(), as_of=NOON)
        unproven = sent_at(council, number, NOON)
        assert (unproven.state, "CERTIFICATE_VERIFY_FAILED" in unproven.said) == ("waiting", True)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert sent_at(council, number, NOON + MINUTE).state == State.SENT
        (arrived,) = found.postbox.taken
        assert arrived.secured


def test_a_server_that_offers_no_tls_gets_nothing_where_it_was_asked_for(
    server: Listening, council: Senders, settings: Settings
) -> None:
    send_by(settings, server.address(tls="starttls"))
    number = enqueue(council.letter(), as_of=NOON)
    message = sent_at(council, number, NOON)
    assert (message.state, "STARTTLS" in message.said) == (State.WAITING, True)
    assert not server.postbox.taken


def test_a_site_that_may_not_send_is_no_fault_of_the_message(
    settings: Settings, council: Senders, server: Listening
) -> None:
    send_by(settings, f"smtp://user:wrong@127.0.0.1:{server.port}?tls=off")
    number = enqueue(council.letter(), as_of=NOON)
    assert sent_at(council, number, NOON).state == State.WAITING


def test_files_are_written_once_whatever_happens(
    settings: Settings, council: Senders, tmp_path: Path
) -> None:
    for name, value in {
        "EMAIL_BACKEND": "candour.mail.sent_files.FileBackend",
        "EMAIL_FILE_PATH": str(tmp_path / "mail"),
    }.items():
        setattr(settings, name, value)
    number = enqueue(council.letter(), as_of=NOON)
    assert sent_at(council, number, NOON).state == State.SENT
    MailMessage.objects.filter(pk=number).update(state=State.SENDING, next_at=NOON)
    assert sent_at(council, number, NOON + MINUTE).state == State.SENT
    (file,) = (tmp_path / "mail").iterdir()
    assert file.name == f"{message_id(council.council.pk, 'letter/1')[1:-1]}.eml"
    assert b"Subject: Canlyniad y cyfarfod" in file.read_bytes()


def test_nobody_sends_in_the_name_of_another_body(server: Listening, council: Senders) -> None:
    number = enqueue(council.letter(), as_of=NOON)
    assert deliver(number, council.board.pk, NOON) is None
    assert not server.postbox.taken
    with acting_for([council.council.pk]):
        assert MailMessage.objects.get(pk=number).state == State.WAITING


def test_what_was_under_way_when_a_worker_died_says_so(server: Listening, council: Senders) -> None:
    number = enqueue(council.letter(), as_of=NOON)
    MailMessage.objects.filter(pk=number).update(state=State.SENDING, tries=2)
    for place, handed_over in enumerate((None, NOON), 1):
        MailAttempt.objects.create(
            body_id=council.council.pk,
            message_id=number,
            number=place,
            began_at=NOON,
            handed_over_at=handed_over,
        )
    assert sent_at(council, number, NOON + MINUTE).state == State.SENT
    assert tries(number) == [Outcome.CUT_SHORT, Outcome.UNKNOWN, Outcome.SENT]
