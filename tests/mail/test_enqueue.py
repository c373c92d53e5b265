"""Handing a message to the outbox: once a key, with the caller, refused in plain words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from candour.database.row_security import acting_for
from candour.mail.models import MailAttachment, MailContent, MailMessage
from candour.mail.outbox import enqueue, message_id
from candour.mail.outgoing import (
    MOST_BYTES,
    MOST_FILES,
    Addressee,
    Attachment,
    CalendarPart,
    MailRefused,
    MalformedMail,
    TooMuchAttached,
)
from tests.mail.conftest import NOON, Senders

PDF = Attachment("canlyniad.pdf", "application/pdf", b"%PDF-1.7 once")


def test_the_same_key_is_one_message_however_often_it_is_handed_over(council: Senders) -> None:
    letter = council.letter(attachments=(PDF,))
    first = enqueue(letter, as_of=NOON)
    assert enqueue(letter, as_of=NOON + timedelta(hours=1)) == first
    (row,) = MailMessage.objects.all()
    assert (row.pk, row.state, row.queued_at, row.next_at) == (first, "waiting", NOON, NOON)
    assert row.message_id == message_id(council.council.pk, "letter/1")
    assert MailAttachment.objects.count() == 1


def test_an_attachment_is_kept_once_however_many_messages_carry_it(council: Senders) -> None:
    for number in range(5):
        enqueue(council.letter(f"letter/{number}", attachments=(PDF, PDF)), as_of=NOON)
    (content,) = MailContent.objects.all()
    assert bytes(content.content) == PDF.content
    assert MailAttachment.objects.filter(content=content).count() == 10


def test_what_is_rolled_back_was_never_in_the_outbox(council: Senders) -> None:
    with transaction.atomic():
        enqueue(council.letter(attachments=(PDF,)), as_of=NOON)
        transaction.set_rollback(True)
    assert not MailMessage.objects.exists()
    assert not MailContent.objects.exists()


def test_it_waits_until_it_may_be_sent(council: Senders) -> None:
    tomorrow = NOON + timedelta(days=1)
    number = enqueue(council.letter(not_before=tomorrow), as_of=NOON)
    assert MailMessage.objects.get(pk=number).next_at == tomorrow


def test_another_body_sees_nothing_of_it_and_cannot_send_in_its_name(council: Senders) -> None:
    enqueue(council.letter(attachments=(PDF,)), as_of=NOON)
    with acting_for([council.board.pk]):
        assert not MailMessage.objects.exists()
        assert not MailContent.objects.exists()
        assert not MailAttachment.objects.exists()
    with (
        pytest.raises(DatabaseError, match="row-level security"),
        acting_for([council.board.pk]),
    ):
        enqueue(council.letter("letter/2"), as_of=NOON)


@pytest.mark.parametrize("column", ["subject", "text", "to_email", "message_id", "key"])
def test_what_a_message_says_is_never_changed(council: Senders, column: str) -> None:
    number = enqueue(council.letter(), as_of=NOON)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        MailMessage.objects.filter(pk=number).update(**{column: "something else"})
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        MailMessage.objects.filter(pk=number)._raw_delete("default")


BREAKS = ["\n", "\r", "\r\n", "\x00", "\u2028", "\x1b"]


@pytest.mark.parametrize("mark", BREAKS)
@pytest.mark.parametrize(
    "broken",
    [
        lambda bad: {"subject": f"Result{bad}Bcc: press@paper.example"},
        lambda bad: {"to": Addressee(f"Siân{bad}Bcc: x@y.example", "sian@fern.example")},
        lambda bad: {"to": Addressee("Siân", f"sian@fern.example{bad}")},
        lambda bad: {"also_to": (Addressee("A", f"a@b.example{bad}Bcc: c@d.example"),)},
        lambda bad: {"attachments": (Attachment(f"a{bad}.pdf", "application/pdf", b""),)},
    ],
)
def test_nothing_that_would_add_a_header_is_taken(
    council: Senders, broken: Callable[[str], dict[str, object]], mark: str
) -> None:
    with pytest.raises(MalformedMail, match="single line"):
        enqueue(council.letter("letter/1", **broken(mark)), as_of=NOON)
    assert not MailMessage.objects.exists()


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"to": Addressee("Nobody", "")}, "is not an email address"),
        ({"to": Addressee("Two", "a@b.example, c@d.example")}, "is not an email address"),
        ({"to": Addressee("", "siân@fern.example")}, "after the @ only"),
        ({"subject": "  "}, "has no subject"),
        ({"subject": "x" * 301}, "has 301 characters; at most 300"),
        ({"key": ""}, "needs a key"),
        ({"language": "fr"}, "en, cy"),
        ({"calendar": CalendarPart("DELETE", "")}, "REQUEST, CANCEL"),
        ({"text": "a\x00b"}, "Type it again"),
        ({"attachments": (Attachment("", "application/pdf", b""),)}, "needs a name and a type"),
        ({"attachments": (Attachment("a", "pdf; x=y", b""),)}, "needs a name and a type"),
    ],
)
def test_what_cannot_be_mail_is_refused_in_words_that_say_what_to_change(
    council: Senders, changed: dict[str, Any], says: str
) -> None:
    with pytest.raises(MalformedMail, match=says):
        enqueue(replace(council.letter(), **changed), as_of=NOON)


def test_too_large_is_refused_at_once_and_says_what_and_how_large(council: Senders) -> None:
    small = Attachment("map.png", "image/png", bytes(100_000))
    large = Attachment("scan.pdf", "application/pdf", bytes(MOST_BYTES))
    with pytest.raises(TooMuchAttached) as refused:
        enqueue(council.letter(attachments=(small, large)), as_of=NOON)
    assert "10.1 MB" in str(refused.value)
    assert "“scan.pdf” with 10.0 MB" in str(refused.value)
    enqueue(council.letter(attachments=(large,)), as_of=NOON)  # the most there may be goes


def test_too_many_are_refused(council: Senders) -> None:
    one = Attachment("map.png", "image/png", b"x")
    with pytest.raises(MailRefused, match="21 attachments; at most 20"):
        enqueue(council.letter(attachments=(one,) * (MOST_FILES + 1)), as_of=NOON)
