"""The outbox and the tray in a browser; the hook; and what the case and the worklist say."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from secrets import token_urlsafe

import pytest
from anymail.inbound import AnymailInboundMessage
from anymail.signals import AnymailInboundEvent, AnymailTrackingEvent
from django.test import Client
from pytest_django import Settings

from candour.database.row_security import acting_for
from candour.mail.actions import NotSentAgain, send_again
from candour.mail.addresses import reply_address
from candour.mail.delivery import deliver
from candour.mail.models import MailMessage, MailReceived, Place, State
from candour.mail.outbox import enqueue
from candour.mail.outgoing import Addressee, Outgoing
from candour.mail.overview import overview, retry_message
from candour.mail.reading import provider
from candour.mail.reading.filing import Filed, file_message
from candour.mail.reading.incoming import read as read_message
from candour.mail.trying import try_out
from candour.people.models import User
from candour.web.views.mail_hook import SENT_AT, SIGNATURE, signature
from tests.mail.conftest import send_by
from tests.mail.incoming import PDF, reply
from tests.mail.test_failures import Told
from tests.support.casework import london
from tests.support.smtp import Listening, free_port, listening
from tests.web.pages import read

SENT = london("2026-04-01T10:00")
LATER = SENT + timedelta(hours=3)
NOBODY = "550 5.1.1 No such person here"
Browser = Callable[[User], Client]


@pytest.fixture
def server(settings: Settings) -> Iterator[Listening]:
    with listening() as found:
        send_by(settings, found.address())
        yield found


@pytest.fixture(autouse=True)
def _site(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANDOUR_NOW", LATER.isoformat())
    settings.CANDOUR_MAIL_REPLIES = "case@council.example"
    settings.CANDOUR_MAIL_KEEPER = "cardiff"


@pytest.fixture
def told(db: None) -> Told:
    return Told()


@pytest.fixture
def failed(told: Told, server: Listening) -> Told:
    server.postbox.to_recipient.append(NOBODY)
    assert told.sent_at(SENT) == State.FAILED
    return told


def message(told: Told, number: int | None = None) -> MailMessage:
    with acting_for([told.body]):
        return MailMessage.objects.get(pk=number or told.message)


def test_the_case_and_the_worklist_say_what_did_not_arrive_and_what_to_do(
    failed: Told, signed_in: Browser
) -> None:
    browser = signed_in(failed.town.mari)
    case = read(browser.get(f"/cases/{failed.case.ref}/"))
    assert "It was sent, and did not reach Registered manager <manager@derwen.example>." in case
    assert "Send it again, or to another address" in case
    assert "was told by post or phone" in case
    assert "1 message did not arrive." in read(browser.get("/worklist/?whose=body"))


def test_the_outbox_shows_what_failed_with_the_servers_words(
    failed: Told, signed_in: Browser, django_assert_max_num_queries: Callable[..., object]
) -> None:
    browser = signed_in(failed.town.mari)
    with django_assert_max_num_queries(10):  # type: ignore[attr-defined]  # pytest-django's own
        page = read(browser.get("/mail/"))
    assert "After the meeting" in page
    assert NOBODY in page
    assert "Check the address and send it again" in page
    assert "Everything has arrived" in read(signed_in(failed.town.olwen).get("/mail/"))


def test_sent_again_to_the_right_address_the_duty_is_met_again(
    failed: Told, signed_in: Browser, server: Listening
) -> None:
    browser = signed_in(failed.town.mari)
    page = f"/mail/{failed.message}/"
    assert "The receiving server refused it for good." in read(browser.get(page))
    wrong = browser.post(page, {"email": "manager at derwen"})
    assert wrong.status_code == 422
    assert "Write an email address" in read(wrong)
    done = browser.post(page, {"email": "office@derwen.example"}, follow=True)
    assert "It is on its way again, to office@derwen.example." in done.content.decode()
    assert failed.letter_owed == "met"
    again = message(failed).again_id
    assert again is not None
    deliver(again, failed.body, LATER)
    (arrived,) = server.postbox.taken
    assert arrived.recipients == ("office@derwen.example",)
    assert arrived.id != message(failed).message_id
    assert browser.post(page, {"email": "office@derwen.example"}).status_code == 422
    assert message(failed, again).state == State.SENT


def test_that_they_were_told_by_post_is_recorded_from_there(
    failed: Told, signed_in: Browser
) -> None:
    browser = signed_in(failed.town.mari)
    page = browser.get(f"/mail/{failed.message}/").content.decode()
    (failure,) = failed.failed
    address = f"/cases/{failed.case.ref}/record/sent_again/?refers={failure.id}"
    assert address in page
    assert browser.get(address).status_code == 200


def test_the_outbox_does_not_show_the_secret_of_a_link_to_sign_by(
    told: Told, signed_in: Browser
) -> None:
    token = token_urlsafe(32)
    with acting_for([told.body]):
        number = enqueue(
            Outgoing(
                key="signing/link/1",
                body_id=told.body,
                case_id=told.case.pk,
                to=Addressee("Jane Roe", "jane@outside.example"),
                subject="Cardiff Council asks you to sign a document",
                text=f"Open it here: https://candour.example/sign/{token}/\n",
            ),
            as_of=SENT,
        )
    page = signed_in(told.town.mari).get(f"/mail/{number}/").content.decode()
    assert "https://candour.example/sign/…/" in page
    assert token not in page


def test_a_link_to_sign_by_is_sent_again_to_its_signatory_alone(told: Told) -> None:
    with acting_for([told.body]):
        number = enqueue(
            Outgoing(
                key="signing/link/1",
                body_id=told.body,
                case_id=told.case.pk,
                to=Addressee("Jane Roe", "jane@outside.example"),
                subject="Cardiff Council asks you to sign a document",
                text="Open it here",
            ),
            as_of=SENT,
        )
        MailMessage.objects.filter(pk=number).update(state=State.FAILED, next_at=None)
        actor = told.town.actor(told.town.mari, "lead_officer")
        with pytest.raises(NotSentAgain):
            send_again(number, "mari@cardiff.example", actor=actor, as_of=LATER)
        assert send_again(number, "Jane@outside.example", actor=actor, as_of=LATER)


def test_nobody_of_another_body_reaches_a_message(failed: Told, signed_in: Browser) -> None:
    stranger = signed_in(failed.town.olwen)
    assert stranger.get(f"/mail/{failed.message}/").status_code == 404
    assert stranger.post(f"/mail/{failed.message}/", {"email": "a@b.example"}).status_code == 404


def test_what_has_not_failed_is_not_sent_again(told: Told, server: Listening) -> None:
    actor = told.town.actor(told.town.mari, "lead_officer")
    with acting_for([told.body]), pytest.raises(NotSentAgain):
        send_again(told.message, "a@b.example", actor=actor, as_of=LATER)


# -- the tray --------------------------------------------------------------------------------------


def in_tray(told: Told) -> MailReceived:
    letter = reply("case@council.example")
    letter.add_attachment(PDF, maintype="application", subtype="pdf", filename="ateb.pdf")
    letter.add_attachment(b"MZ\x90\xff", maintype="image", subtype="png", filename="photo.png")
    assert file_message(read_message(bytes(letter)), SENT) is Filed.IN_TRAY
    with acting_for([told.body]):
        return MailReceived.objects.get()


def test_a_message_of_the_tray_is_read_and_filed_by_hand(told: Told, signed_in: Browser) -> None:
    waiting = in_tray(told)
    browser = signed_in(told.town.mari)
    assert "Re: After the meeting" in read(browser.get("/mail/unfiled/"))
    page = browser.get(f"/mail/unfiled/{waiting.pk}/")
    assert "We have read it." in read(page)
    assert "Not kept. It is of a sort that is not kept." in read(page)
    for nothing in ("CV-1", "CV\0-1"):
        answer = browser.post(f"/mail/unfiled/{waiting.pk}/", {"ref": nothing})
        assert answer.status_code == 422
    browser.post(f"/mail/unfiled/{waiting.pk}/", {"ref": told.case.ref.lower()})
    with acting_for([told.body]):
        filed = MailReceived.objects.get()
    assert (filed.place, filed.case_id, filed.filed_by) == (
        Place.FILED,
        told.case.pk,
        told.town.mari,
    )
    assert "Message received" in read(browser.get(f"/cases/{told.case.ref}/"))
    assert browser.get(f"/mail/unfiled/{waiting.pk}/").status_code == 404


def test_a_file_is_saved_and_never_shown_as_a_page(told: Told, signed_in: Browser) -> None:
    waiting = in_tray(told)
    with acting_for([told.body]):
        kept, refused = waiting.parts.order_by("place")
    answer = signed_in(told.town.mari).get(f"/mail/files/{kept.pk}/")
    assert answer.content == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="ateb.pdf"'
    assert "sandbox" in answer["Content-Security-Policy"]
    assert signed_in(told.town.mari).get(f"/mail/files/{refused.pk}/").status_code == 404
    assert signed_in(told.town.olwen).get(f"/mail/files/{kept.pk}/").status_code == 404


def test_what_belongs_nowhere_is_put_aside_and_kept(told: Told, signed_in: Browser) -> None:
    waiting = in_tray(told)
    stranger = signed_in(told.town.olwen)
    assert stranger.post(f"/mail/unfiled/{waiting.pk}/", {"aside": "yes"}).status_code == 404
    signed_in(told.town.mari).post(f"/mail/unfiled/{waiting.pk}/", {"aside": "yes"})
    with acting_for([told.body]):
        assert MailReceived.objects.get().place == Place.ASIDE
    assert "Nothing to file" in read(signed_in(told.town.mari).get("/mail/unfiled/"))


# -- the hooks -------------------------------------------------------------------------------------


def handed_over(raw: bytes, secret: str, sent_at: int) -> int:
    stamp = str(sent_at)
    headers = {SENT_AT: stamp, SIGNATURE: signature(secret, stamp, raw)}
    answer = Client().post("/mail/hook", raw, content_type="message/rfc822", headers=headers)
    return answer.status_code


def test_a_message_handed_over_with_a_signature_is_filed_once(
    told: Told, settings: Settings
) -> None:
    raw, at = bytes(reply(reply_address(told.case.ref))), int(LATER.timestamp())
    assert handed_over(raw, "secret", at) == 404  # no hook is set up
    settings.CANDOUR_MAIL_HOOK = "secret"
    assert handed_over(raw, "guess", at) == 403
    assert handed_over(raw, "secret", at - 400) == 403
    assert handed_over(raw, "secret", at) == 200
    assert handed_over(raw, "secret", at + 60) == 200
    with acting_for([told.body]):
        assert MailReceived.objects.get().place == Place.FILED
    settings.CANDOUR_MAIL_KEEPER = ""
    assert handed_over(bytes(reply("x@y.example")), "secret", at) == 422


def test_a_provider_brings_messages_and_says_what_came_back(told: Told, server: Listening) -> None:
    assert told.sent_at(SENT) == State.SENT
    brought = AnymailInboundMessage.parse_raw_mime(
        bytes(reply(reply_address(told.case.ref))).decode()
    )
    provider.came_in(AnymailInboundEvent(event_type="inbound", message=brought))
    with acting_for([told.body]):
        assert MailReceived.objects.get().place == Place.FILED
    for recipient in ("else@derwen.example", "Manager@derwen.example"):
        provider.was_told(
            AnymailTrackingEvent(
                event_type="bounced",
                recipient=recipient,
                metadata={"candour-message": str(told.message)},
                mta_response=NOBODY,
            )
        )
        bounced = recipient.startswith("Manager")
        assert message(told).state == (State.BOUNCED if bounced else State.SENT)
    assert told.letter_owed == "open"


# -- for whoever runs the site ---------------------------------------------------------------------


def test_trying_out_says_what_the_server_answers(server: Listening, settings: Settings) -> None:
    tried = try_out("me@council.example", LATER)
    assert (tried.sent, tried.said) == (True, "250 2.0.0 Taken")
    assert tried.by == f"localhost, port {server.port}, with no encryption"
    server.postbox.to_recipient.append(NOBODY)
    assert try_out("me@council.example", LATER).said == NOBODY
    assert "is not an email address" in try_out("me", LATER).said
    send_by(settings, f"smtp://user:hunter2@localhost:{free_port()}?tls=off")
    refused = try_out("me@council.example", LATER)
    assert not refused.sent
    assert "refused" in refused.said.lower()
    assert "hunter2" not in f"{refused}"


def test_what_failed_is_listed_and_sent_again_from_the_command_line(
    failed: Told, server: Listening
) -> None:
    found = overview()
    assert found.numbers["failed"] == 1
    assert [(m.number, m.to) for m in found.failed] == [(failed.message, "manager@derwen.example")]
    assert retry_message(failed.message, LATER) == ""
    assert "sent again already" in retry_message(failed.message, LATER)
    assert retry_message(10**9, LATER) == "there is no such message"
    assert failed.letter_owed == "met"
    assert overview().numbers["failed"] == 0
