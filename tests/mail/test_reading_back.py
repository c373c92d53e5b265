"""Answers, returned mail and strangers' letters, read from a mailbox and put where they belong."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from imap_tools.errors import MailboxLoginError
from pytest_django import Settings

from candour.cases import standings
from candour.cases.queries import standing
from candour.database.row_security import acting_for
from candour.mail.addresses import named_in, reply_address, return_address
from candour.mail.delivery import deliver
from candour.mail.models import MailMessage, MailReceived, MailReceivedPart, Place, Sort, State
from candour.mail.outbox import enqueue
from candour.mail.outgoing import Addressee, Outgoing
from candour.mail.reading import mailbox as reading
from candour.mail.reading.filing import MOST_A_DAY, Filed, file_message
from candour.mail.reading.incoming import read
from candour.mail.reading.mailbox import FILED, NOBODYS, UNREADABLE, visit
from candour.people.models import Post
from tests.mail.incoming import PDF, bounce, reply
from tests.mail.test_failures import Told
from tests.support.casework import london
from tests.support.imap import Mailbox, mailbox
from tests.support.smtp import Arrived, Listening

SENT = london("2026-04-01T10:00")
NEXT_DAY = SENT + timedelta(days=1)


@pytest.fixture(scope="module")
def box() -> Iterator[Mailbox]:
    with mailbox() as found:
        yield found


@pytest.fixture(autouse=True)
def _answers_come_back(settings: Settings) -> None:
    settings.CANDOUR_MAIL_REPLIES = "case@council.example"
    settings.CANDOUR_MAIL_KEEPER = "cardiff"


@pytest.fixture
def told(db: None) -> Told:
    return Told()


def delivered(told: Told, server: Listening) -> Arrived:
    assert told.sent_at(SENT) == State.SENT
    return server.postbox.taken[-1]


def came(told: Told) -> list[MailReceived]:
    with acting_for([told.body]):
        return list(MailReceived.objects.order_by("id"))


def received(told: Told) -> list[dict[str, object]]:
    standings.forget_all()
    with acting_for([told.body]):
        return [dict(e.data) for e in standing(told.case.pk).by_kind.get("message_received", ())]


def state(told: Told) -> str:
    with acting_for([told.body]):
        return MailMessage.objects.get(pk=told.message).state


# -- answers -----------------------------------------------------------------------------------


def test_an_answer_to_the_signed_address_is_filed_in_its_case_with_its_files(
    told: Told, server: Listening, box: Mailbox
) -> None:
    letter = delivered(told, server)
    answer = reply(reply_address(told.case.ref), **{"In-Reply-To": letter.id})
    answer.add_attachment(PDF, maintype="application", subtype="pdf", filename="ateb.pdf")
    answer.add_attachment(b"MZ\x90\x00", maintype="application", subtype="pdf", filename="x.pdf")
    box.put(bytes(answer))
    assert visit(box.settings, NEXT_DAY).filed == 1
    (entry,) = received(told)
    (row,) = came(told)
    assert entry == {
        "sender": "Gŵyn Parry <gwyn@derwen.example>",
        "subject": "Re: After the meeting",
        "text": "We have read it.",
        "sort": "reply",
        "attachments": ["ateb.pdf", "x.pdf"],
        "message": str(row.pk),
    }
    assert (row.place, row.about_id, row.case_id) == (Place.FILED, told.message, told.case.pk)
    with acting_for([told.body]):
        kept, refused = MailReceivedPart.objects.select_related("content").order_by("place")
    assert kept.content is not None
    assert (bytes(kept.content.content), kept.type) == (PDF, "application/pdf")
    assert (refused.content, refused.refused) == (None, "other")
    assert box.lies_in("INBOX") == 0
    assert told.letter_owed == "met"  # an answer meets and undoes nothing


def test_whoever_the_log_must_not_name_answers_unnamed(
    told: Told, server: Listening, box: Mailbox
) -> None:
    with acting_for([told.body]):
        number = enqueue(
            Outgoing(
                key="letter/reporter",
                body_id=told.body,
                case_id=told.case.pk,
                to=Addressee("Gŵyn Parry", "gwyn@family.example"),
                subject="Your concern",
                text="Dear Gŵyn,",
                in_log="Whoever reported it",
            ),
            as_of=SENT,
        )
    deliver(number, told.body, SENT)
    answer = reply(reply_address(told.case.ref), **{"In-Reply-To": server.postbox.taken[-1].id})
    box.put(bytes(answer))
    visit(box.settings, NEXT_DAY)
    (entry,) = received(told)
    assert entry["sender"] == "Whoever reported it"


def test_it_refers_to_the_letter_that_it_answers(
    told: Told, server: Listening, box: Mailbox
) -> None:
    letter = delivered(told, server)
    box.put(bytes(reply(reply_address(told.case.ref), References=f"<x@y> {letter.id}")))
    visit(box.settings, NEXT_DAY)
    with acting_for([told.body]):
        (entry,) = standing(told.case.pk).by_kind["message_received"]
    assert entry.refers_to == (told.entry.id,)


def test_a_message_that_is_met_again_is_filed_once(told: Told, box: Mailbox) -> None:
    """As when a worker is killed between filing it and moving it out of the way."""
    same = bytes(reply(reply_address(told.case.ref)))
    box.put(same, b"Received: from elsewhere\r\n" + same)
    visit(box.settings, NEXT_DAY)
    box.put(same)
    visit(box.settings, NEXT_DAY)
    assert len(received(told)) == 1
    assert len(came(told)) == 1


def test_an_out_of_office_notice_is_recorded_as_such(told: Told, box: Mailbox) -> None:
    box.put(bytes(reply(reply_address(told.case.ref), Auto_Submitted="auto-replied")))
    visit(box.settings, NEXT_DAY)
    (entry,) = received(told)
    assert entry["sort"] == "automatic"
    (row,) = came(told)
    assert row.sort == Sort.AUTOMATIC


def test_an_html_answer_is_kept_as_its_words(told: Told, box: Mailbox) -> None:
    answer = reply(reply_address(told.case.ref))
    answer.set_content(
        "<html><head><title>t</title><style>p{}</style></head><body><script>steal()</script>"
        "<p>Yes,&nbsp;we <b>agree</b> &lt;all&gt;.</p><img src=http://x.example/p.gif>"
        "<div>Gŵyn</div></body></html>",
        subtype="html",
    )
    box.put(bytes(answer))
    visit(box.settings, NEXT_DAY)
    (entry,) = received(told)
    assert entry["text"] == "Yes, we agree <all>.\n\nGŵyn"


def test_a_flood_about_one_case_ends_in_the_tray(told: Told) -> None:
    address = reply_address(told.case.ref)
    for number in range(MOST_A_DAY + 2):
        message = reply(address, **{"Message-ID": f"<{number}@loop.example>"})
        outcome = file_message(read(bytes(message)), NEXT_DAY)
        assert outcome is (Filed.IN_CASE if number < MOST_A_DAY else Filed.IN_TRAY)
    assert file_message(read(bytes(reply(address))), NEXT_DAY + timedelta(days=2)) is Filed.IN_CASE


# -- what nobody signed ------------------------------------------------------------------------


@pytest.mark.parametrize("made_up", [False, True])
def test_what_carries_no_signature_of_ours_waits_in_the_tray_of_the_body(
    told: Told, box: Mailbox, made_up: bool
) -> None:
    ref = told.case.ref.lower()
    address = f"case+{ref}.{'a' * 16}@council.example" if made_up else "case@council.example"
    box.put(bytes(reply(address)))
    visit(box.settings, NEXT_DAY)
    assert received(told) == []
    (row,) = came(told)
    assert (row.place, row.unfiled) == (Place.UNFILED, "forged" if made_up else "unsigned")
    with acting_for([told.town.elsewhere.pk]):
        assert not MailReceived.objects.exists()


def test_what_belongs_to_no_body_stays_in_the_mailbox(
    told: Told, box: Mailbox, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.CANDOUR_MAIL_KEEPER = ""  # and three bodies have people here
    assert Post.objects.values("body").distinct().count() == 3
    box.put(bytes(reply("case@council.example")))
    assert visit(box.settings, NEXT_DAY).aside == 1
    assert came(told) == []
    assert box.lies_in(NOBODYS) == 1
    assert "belongs to no body" in caplog.text
    assert "@" not in caplog.text  # whoever wrote may be somebody who told us something


def test_what_cannot_be_read_is_put_aside_and_the_rest_is_filed(
    told: Told, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LARGEST", 2_000)
    too_large = reply(reply_address(told.case.ref), text="x" * 4_000)
    box.put(bytes(too_large), bytes(reply(reply_address(told.case.ref))))
    before = box.lies_in(FILED)
    assert visit(box.settings, NEXT_DAY).filed == 1
    assert (box.lies_in(UNREADABLE), box.lies_in(FILED)) == (1, before + 1)


def test_a_mailbox_that_cannot_be_reached_loses_nothing(told: Told, box: Mailbox) -> None:
    box.put(bytes(reply(reply_address(told.case.ref))))
    with pytest.raises(MailboxLoginError):
        visit(replace(box.settings, password="wrong"), NEXT_DAY)
    with pytest.raises(ConnectionRefusedError):
        visit(replace(box.settings, port=1), NEXT_DAY)
    assert visit(box.settings, NEXT_DAY).filed == 1


# -- what came back ----------------------------------------------------------------------------


@pytest.mark.parametrize("by_address", [True, False])
def test_a_returned_letter_is_known_as_such_and_its_duty_is_open_again(
    told: Told, server: Listening, box: Mailbox, by_address: bool
) -> None:
    letter = delivered(told, server)
    assert letter.sender == return_address(told.message)
    box.put(bounce(letter, to="" if by_address else "postmaster@council.example"))
    visit(box.settings, NEXT_DAY)
    assert state(told) == State.BOUNCED
    (failed,) = told.failed
    assert failed.data["why"] == "returned"
    assert "5.1.1" in failed.data["said"]
    assert told.letter_owed == "open"
    (row,) = came(told)
    assert (row.sort, row.place) == (Sort.RETURNED, Place.ASIDE)
    box.put(bounce(letter))
    visit(box.settings, NEXT_DAY + timedelta(hours=1))
    assert len(told.failed) == 1


@pytest.mark.parametrize("action", ["delayed", "relayed", "delivered"])
def test_a_letter_that_is_only_late_has_not_failed(
    told: Told, server: Listening, box: Mailbox, action: str
) -> None:
    letter = delivered(told, server)
    box.put(bounce(letter, action=action))
    visit(box.settings, NEXT_DAY)
    assert state(told) == State.SENT
    assert told.failed == []


def test_a_return_that_speaks_of_another_recipient_changes_nothing(
    told: Told, server: Listening, box: Mailbox
) -> None:
    letter = delivered(told, server)
    box.put(bounce(letter).replace(b"manager@derwen", b"someone@else"))
    visit(box.settings, NEXT_DAY)
    assert state(told) == State.SENT


def test_a_return_in_plain_words_is_understood_by_its_address(
    told: Told, server: Listening, box: Mailbox
) -> None:
    letter = delivered(told, server)
    words = reply(letter.sender, "The mailbox is gone.", From="postmaster@old.example")
    box.put(bytes(words))
    visit(box.settings, NEXT_DAY)
    assert state(told) == State.BOUNCED
    with acting_for([told.body]):
        assert MailMessage.objects.get(pk=told.message).said == "The mailbox is gone."


def test_a_made_up_return_address_returns_nothing(
    told: Told, server: Listening, box: Mailbox
) -> None:
    letter = delivered(told, server)
    made_up = f"case+m{told.message}.{'a' * 16}@council.example"
    fake = bounce(letter, to=made_up).replace(letter.id.encode(), b"<guessed@council.example>")
    box.put(fake)
    visit(box.settings, NEXT_DAY)
    assert state(told) == State.SENT
    (row,) = came(told)
    assert row.unfiled == "forged"


# -- signed addresses --------------------------------------------------------------------------


def test_a_signed_address_survives_a_change_of_case_and_of_nothing_else() -> None:
    address = reply_address("CV-2026-0042")
    assert len(address.partition("@")[0]) <= 64
    named = named_in(address.upper())
    assert named is not None
    assert named.ref == "CV-2026-0042"
    for place in range(len("case+"), address.index("@")):
        other = "b" if address[place] != "b" else "c"
        assert named_in(f"{address[:place]}{other}{address[place + 1 :]}") is None


def test_an_address_signed_with_the_key_before_the_last_still_holds(settings: Settings) -> None:
    address, before = reply_address("CV-2026-0042"), settings.SECRET_KEY
    settings.SECRET_KEY = "another"
    assert named_in(address) is None
    settings.SECRET_KEY_FALLBACKS = [before]
    assert named_in(address) is not None
