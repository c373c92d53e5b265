"""What could not be delivered is said in the case, once, and what it had met is owed again."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from pytest_django import Settings

from candour.cases import standings
from candour.cases.models import Case, CaseDuty
from candour.cases.queries import standing
from candour.database.row_security import acting_for
from candour.engine import Entry
from candour.mail import failures
from candour.mail.delivery import deliver, due_messages
from candour.mail.models import MailMessage, State
from candour.mail.outbox import enqueue
from candour.mail.outgoing import Addressee, Outgoing
from tests.mail.conftest import send_by
from tests.support.casework import Town, add, hold_ppm, london, make_town, open_at, to_ppm
from tests.support.smtp import Listening, free_port

AT = "2026-04-01T10:00"
LETTER = {"notice": "provider_status", "to": ["Registered manager"]}
HOUR = timedelta(hours=1)


class Told:
    """A case in which the provider was written to after the PPM, by mail."""

    def __init__(self) -> None:
        self.town: Town = make_town()
        self.case: Case = open_at(self.town, "2026-03-10T09:00")
        to_ppm(self.town, self.case)
        hold_ppm(self.town, self.case)
        self.entry = add(self.town, self.case, "notice_sent", AT, LETTER).entry
        self.body = self.town.council.pk
        with acting_for([self.body]):
            self.message = enqueue(
                Outgoing(
                    key="letter/ppm",
                    body_id=self.body,
                    case_id=self.case.pk,
                    entry_id=UUID(self.entry.id),
                    to=Addressee("Registered manager", "manager@derwen.example"),
                    subject="After the meeting",
                    text="Dear manager,",
                ),
                as_of=london(AT),
            )

    def sent_at(self, as_of: datetime) -> str:
        deliver(self.message, self.body, as_of)
        with acting_for([self.body]):
            return MailMessage.objects.get(pk=self.message).state

    @property
    def letter_owed(self) -> str:
        with acting_for([self.body]):
            return CaseDuty.objects.get(case=self.case, duty_id="ppm_letter").state

    @property
    def failed(self) -> list[Entry]:
        standings.forget_all()
        with acting_for([self.body]):
            return list(standing(self.case.pk).by_kind.get("delivery_failed", ()))


@pytest.fixture
def told(db: None) -> Told:
    return Told()


def test_a_refused_letter_is_recorded_and_its_duty_is_open_again(
    server: Listening, told: Told
) -> None:
    server.postbox.to_recipient.append("550 5.1.1 No such person here")
    assert told.letter_owed == "met"
    assert told.sent_at(london(AT)) == State.FAILED
    (failed,) = told.failed
    assert failed.refers_to == (told.entry.id,)
    assert failed.data == {
        "to": ["Registered manager <manager@derwen.example>"],
        "why": "refused",
        "said": "550 5.1.1 No such person here",
    }
    assert (failed.author, failed.happened_at) == ("system", london(AT))
    assert told.letter_owed == "open"
    assert due_messages(london(AT) + 48 * HOUR, 10) == []


def test_a_day_of_trying_is_said_once_and_the_clocks_did_not_move(
    settings: Settings, told: Told
) -> None:
    send_by(settings, f"smtp://127.0.0.1:{free_port()}?tls=off")
    with acting_for([told.body]):
        due_on = CaseDuty.objects.get(case=told.case, duty_id="ppm_letter").due_on
    for minutes in range(0, 25 * 60, 10):
        told.sent_at(london(AT) + timedelta(minutes=minutes))
    (failed,) = told.failed
    assert failed.data["why"] == "not_reached"
    assert failed.happened_at == london(AT) + 24 * HOUR
    with acting_for([told.body]):
        duty = CaseDuty.objects.get(case=told.case, duty_id="ppm_letter")
    assert (duty.state, duty.due_on) == ("open", due_on)


def test_a_worker_that_died_before_it_told_the_case_tells_it_when_it_is_back(
    server: Listening, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.postbox.always = "550 5.1.1 No such person here"

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("candour.mail.delivery.tell_the_case", dies)
        with pytest.raises(KeyboardInterrupt):
            deliver(told.message, told.body, london(AT))
    assert told.failed == []
    ((number, body, _domain),) = due_messages(london(AT), 10)
    for _ in range(2):
        deliver(number, body, london(AT) + HOUR)
    assert len(told.failed) == 1
    assert due_messages(london(AT) + 48 * HOUR, 10) == []


def test_where_the_case_cannot_take_it_the_outbox_still_says_so(
    server: Listening, told: Told, caplog: pytest.LogCaptureFixture
) -> None:
    server.postbox.always = "550 5.1.1 No such person here"
    with acting_for([told.body]):
        number = enqueue(
            Outgoing(
                key="letter/other",
                body_id=told.body,
                case_id=told.case.pk,
                entry_id=UUID(int=7),
                to=Addressee("", "nobody@derwen.example"),
                subject="About nothing on record",
                text="Dear manager,",
            ),
            as_of=london(AT),
        )
    assert deliver(number, told.body, london(AT)) == State.FAILED
    assert "cannot be recorded" in caplog.text
    assert told.failed == []
    assert failures.tell_the_case(number, told.body, london(AT) + HOUR) is False
