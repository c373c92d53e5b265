"""Workers killed outright while they send: nothing is lost, and one message stays one message."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from subprocess import Popen

import pytest

from candour.database.row_security import acting_for
from candour.mail.models import MailAttempt, MailMessage, Outcome, State
from candour.mail.outbox import enqueue, message_id
from candour.mail.outgoing import Addressee
from candour.site.clock import now
from tests.mail.conftest import Senders, make_senders
from tests.support.processes import candour, kill, until
from tests.support.smtp import Listening, Postbox, listening

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, databases=["default", "auditor"]),
]

SOON = 60.0  # seconds: a worker starts and sweeps every five, on a busy machine
BACK = 120.0  # a killed worker's job is brought back once its silence is noticed

StartWorker = Callable[[], Popen[bytes]]


@pytest.fixture
def posting() -> Iterator[Listening]:
    with listening(Postbox()) as found:
        yield found


@pytest.fixture
def senders(transactional_db: None) -> Senders:
    return make_senders()


@pytest.fixture
def start_worker(
    posting: Listening, site_environment: dict[str, str], tmp_path: Path
) -> Iterator[StartWorker]:
    """A function that starts a worker which sends to the server of this test."""
    environment = site_environment | {"CANDOUR_MAIL": posting.address()}
    with ExitStack() as stack:
        yield lambda: stack.enter_context(
            candour("worker", environment=environment, log=tmp_path / "worker.log")
        )


def put(senders: Senders, number: int) -> None:
    with acting_for([senders.council.pk]):
        to = Addressee("", f"person{number}@body{number % 5}.example")
        enqueue(senders.letter(f"letter/{number}", to=to), as_of=now())


def states(senders: Senders) -> set[str]:
    with acting_for([senders.council.pk]):
        return set(MailMessage.objects.values_list("state", flat=True))


def outcomes(senders: Senders) -> list[str]:
    with acting_for([senders.council.pk]):
        return list(MailAttempt.objects.order_by("id").values_list("outcome", flat=True))


def test_killed_before_the_message_is_complete_it_is_sent_again_and_comes_once(
    posting: Listening, senders: Senders, start_worker: StartWorker
) -> None:
    posting.postbox.at_recipient = threading.Event()
    put(senders, 1)
    worker = start_worker()
    until(lambda: posting.postbox.asked, SOON)
    kill(worker)
    posting.postbox.at_recipient.set()
    start_worker()
    until(lambda: states(senders) == {State.SENT}, BACK)
    assert outcomes(senders) == [Outcome.CUT_SHORT, Outcome.SENT]
    assert posting.postbox.by_id == {message_id(senders.council.pk, "letter/1"): 1}


def test_killed_before_the_answer_came_it_is_not_lost_and_its_twin_is_the_same_message(
    posting: Listening, senders: Senders, start_worker: StartWorker
) -> None:
    """Nobody can know here whether it was taken; the Message-ID lets the receiver keep one."""
    posting.postbox.before_answer = threading.Event()
    put(senders, 1)
    worker = start_worker()
    until(lambda: posting.postbox.taken, SOON)
    kill(worker)
    posting.postbox.before_answer.set()
    start_worker()
    until(lambda: states(senders) == {State.SENT}, BACK)
    assert outcomes(senders) == [Outcome.UNKNOWN, Outcome.SENT]
    assert posting.postbox.by_id == {message_id(senders.council.pk, "letter/1"): 2}


def test_killed_at_any_moment_everything_arrives_and_nothing_twice_that_could_be_known(
    posting: Listening, senders: Senders, start_worker: StartWorker
) -> None:
    many = 60
    for number in range(many):
        put(senders, number)
    chance = random.Random(20261122)  # noqa: S311  # moments, not secrets
    for _ in range(3):
        worker = start_worker()
        before = len(posting.postbox.taken)
        until(lambda: len(posting.postbox.taken) > before, SOON + BACK, every=0.01)  # noqa: B023  # asked within its turn
        time.sleep(chance.uniform(0, 0.25))
        kill(worker)
    start_worker()
    until(lambda: states(senders) == {State.SENT}, BACK)
    by_id = posting.postbox.by_id
    assert set(by_id) == {message_id(senders.council.pk, f"letter/{n}") for n in range(many)}
    twins = sum(by_id.values()) - many
    assert twins <= outcomes(senders).count(Outcome.UNKNOWN)
