"""``candour mail`` and the worker's own reading, as whoever runs the site meets them."""

import logging
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django import Settings

from candour.database.row_security import acting_for
from candour.mail.models import MailMessage, MailReceived, State
from candour.mail.outbox import enqueue
from candour.mail.tasks import read_back
from candour.site.clock import now
from tests.mail.conftest import make_senders
from tests.mail.incoming import reply
from tests.support.imap import mailbox
from tests.support.smtp import free_port

URL = "imap://{user}:{password}@127.0.0.1:{port}?tls=off"


def run(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "candour", "mail", *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.slow
@pytest.mark.django_db(transaction=True, databases=["default", "auditor"])
def test_the_commands_try_mail_out_list_what_failed_and_send_it_again(
    site_environment: dict[str, str], tmp_path: Path
) -> None:
    senders = make_senders()
    with acting_for([senders.council.pk]):
        number = enqueue(senders.letter(), as_of=now())
        MailMessage.objects.filter(pk=number).update(
            state=State.FAILED, said="550 No such person", next_at=None
        )
    filed = site_environment | {"CANDOUR_MAIL": f"file:{tmp_path / 'post'}"}
    tried = run(filed, "test", "me@council.example")
    assert tried.returncode == 0, tried.stderr
    assert f"Mail leaves by files in {tmp_path / 'post'}." in tried.stdout
    assert len(list((tmp_path / "post").glob("*.eml"))) == 1
    down = site_environment | {"CANDOUR_MAIL": f"smtp://u:hunter2@localhost:{free_port()}?tls=off"}
    refused = run(down, "test", "me@council.example")
    assert refused.returncode == 1
    assert "It was not taken." in refused.stderr
    assert "hunter2" not in refused.stdout + refused.stderr
    listed = run(filed, "outbox").stdout
    assert f"{number}  failed" in listed
    assert "550 No such person" in listed
    assert run(filed, "retry").returncode == 2
    assert "in the outbox again" in run(filed, "retry", str(number)).stdout
    twice = run(filed, "retry", str(number))
    assert (twice.returncode, "sent again already" in twice.stderr) == (1, True)
    assert run(filed, "retry", "--all").returncode == 0  # nothing is left to be done


def test_the_worker_reads_the_mailbox_that_is_named(
    transactional_db: None, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    senders = make_senders()
    settings.CANDOUR_MAIL_REPLIES, settings.CANDOUR_MAIL_KEEPER = "case@council.example", "council"
    settings.CANDOUR_MAIL_IN = ""
    read_back(0)  # a site that reads nothing back
    with mailbox() as box:
        named = {"user": box.settings.user, "port": box.settings.port}
        settings.CANDOUR_MAIL_IN = URL.format(password="a%3Ab%2Fc%40d", **named)
        box.put(bytes(reply("case@council.example")))
        read_back(0)
    with acting_for([senders.council.pk]):
        assert MailReceived.objects.get().subject == "Re: After the meeting"
    with caplog.at_level(logging.ERROR, logger="candour.mail.tasks"):
        read_back(0)  # its server has gone
    assert "cannot be read" in caplog.text
    assert "a:b/c@d" not in caplog.text
