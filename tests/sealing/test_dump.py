"""A stranger has the whole database, and not the key: nothing in it tells who spoke."""

import base64
import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.test import Client
from psycopg import sql
from pytest_django import Settings

from candour.database.address import administrator_parameters
from candour.database.row_security import acting_for
from candour.experiences.models import Experience
from candour.mail.delivery import deliver
from candour.mail.voices import write_to_voice
from candour.sealing import masters
from candour.sealing.custody import name_custodian
from candour.sealing.keeping import of_experience, sealed_for, unsealed
from candour.sealing.masters import make_master
from candour.sealing.models import Purpose
from candour.sealing.opening import open_person
from candour.sealing.rotating import rotate
from candour.sealing.tasks import seal_anew
from candour.site import clock
from candour.telling.gate import Gate
from candour.web import tell_gate
from candour.web.presenters.tell_receipt import receipt_page
from tests.mail.conftest import send_by
from tests.sealing.conftest import WHY, somebody
from tests.support.casework import make_town
from tests.support.databases import clone_name
from tests.support.smtp import listening
from tests.telling.conftest import Filling, opened

pytestmark = pytest.mark.django_db(transaction=True)
NAME, MAIL, PHONE = "Gwenllian Prydderch", "gwenllian.prydderch@post.example", "07700 900461"
WORDS = "My name is Gwenllian Prydderch and the night nurse was rude; ring me on 07700 900461."


def dumped() -> Iterator[bytes]:
    """Yield everything that stands in every table, sequence and large object of the database."""
    with psycopg.connect(**administrator_parameters() | {"dbname": clone_name()}) as connection:
        tables = connection.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN "
            "('pg_catalog', 'information_schema')"
        ).fetchall()
        assert len(tables) > 60
        for schema, table in tables:
            copy = sql.SQL("COPY {}.{} TO STDOUT").format(
                sql.Identifier(schema), sql.Identifier(table)
            )
            with connection.cursor().copy(copy) as rows:
                for row in rows:
                    yield bytes(row)


def guesses() -> Iterator[tuple[str, bytes]]:
    """Yield each secret in every form in which it could stand, or be recognised by trying."""
    digits = PHONE.replace(" ", "")
    plain = [NAME, "Gwenllian", "Prydderch", MAIL, PHONE, digits, digits[1:], f"+44{digits[1:]}"]
    plain += [WORDS, "ring me on 0"]
    for secret in plain:
        for written in {secret, secret.lower(), secret.upper(), secret[::-1], repr(secret)}:
            raw = written.encode()
            yield secret, raw
            yield secret, raw.hex().encode()
            yield secret, base64.b64encode(raw).rstrip(b"=")[: max(len(raw) - 2, 8)]
            for name in ("md5", "sha1", "sha256", "sha512", "blake2b"):
                made = hashlib.new(name, raw).digest()
                yield secret, made.hex().encode()
                yield secret, base64.b64encode(made).rstrip(b"=")


@pytest.fixture
def told(
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    transactional_db: None,
    caplog: pytest.LogCaptureFixture,
) -> Experience:
    """Somebody told us something, was written to, opened, sealed anew; all of it is committed."""
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-30T09:00")
    monkeypatch.setattr(tell_gate, "gate", Gate())
    caplog.set_level("DEBUG")
    town = opened(make_town())
    body = town.healthwatch
    head, custodian = somebody(body, "chief_executive"), somebody(body, "safeguarding_lead")
    filling = Filling()
    filling.all(
        what={"what": WORDS},
        reply={"reply": "yes"},
        contact={"contact_name": NAME, "contact_email": MAIL, "contact_phone": PHONE},
        sharing={"consent": ["provider"]},
    )
    filling.send("what", what=f"{WORDS} And more, that I am still writing.")
    with acting_for([body.pk]):
        name_custodian("safeguarding_lead", actor=head, reason="Rings people.", as_of=clock.now())
        experience = Experience.objects.get()
        context = of_experience(experience.pk)
        open_person(body.pk, context, actor=custodian, reason=WHY, as_of=clock.now())
        client = Client()
        assert custodian.user is not None
        client.force_login(custodian.user)
    shown = client.post(
        f"/experiences/{experience.pk}/sealed/", {"what": "person", "reason": WHY}
    ).content.decode()
    assert NAME in shown
    write(experience, settings)
    rotate(make_master(), clock.now())
    seal_anew([body.pk])  # the job waits in the queue, with its arguments
    return experience


def write(experience: Experience, settings: Settings) -> None:
    """Write to whoever told it, at the second try."""
    body, now = experience.body_id, clock.now()
    with acting_for([body]):
        number = write_to_voice(
            experience.pk,
            body,
            key="told/1/reply",
            subject=f"For {NAME}",
            text=f"Dear {NAME}, we rang {PHONE}.",
            reason="A reply came in",
            as_of=now,
        )
    assert number is not None
    with listening() as server:
        send_by(settings, server.address())
        server.postbox.to_recipient = [f"450 {MAIL} come back later"]
        deliver(number, body, now)
        deliver(number, body, now + timedelta(hours=2))
        assert server.postbox.taken[0].recipients == (MAIL,)


def test_nothing_in_the_database_tells_who_spoke(
    told: Experience, caplog: pytest.LogCaptureFixture
) -> None:
    kept = b"\n".join(dumped())
    assert b"the night nurse was rude" in kept  # what they said is there
    found = {secret for secret, form in guesses() if form in kept}
    assert not found
    ours = [each for each in caplog.get_records("setup") if each.name != "mail.log"]  # the server's
    written = "\n".join(f"{each.getMessage()} {each.exc_info}" for each in ours).encode()
    assert b"was not sent: 450" in written
    assert not {secret for secret, form in guesses() if form in written}


def test_the_guesses_would_find_it(told: Experience) -> None:
    """Else the test before this one would prove nothing."""
    digest = hashlib.sha256(PHONE.replace(" ", "").encode()).hexdigest()
    for kept in (
        f"x {NAME} x",
        MAIL.encode().hex(),
        digest,
        base64.b64encode(MAIL.encode()).decode(),
    ):
        assert {secret for secret, form in guesses() if form in kept.encode()}


def test_with_the_key_it_is_all_there(told: Experience) -> None:
    with acting_for([told.body_id]):
        context = of_experience(told.pk)
        person = unsealed(told.body_id, Purpose.PERSON, context).decode()
        assert all(secret in person for secret in (NAME, MAIL, PHONE))
        assert WORDS in unsealed(told.body_id, Purpose.WORDS, context).decode()


def test_without_the_key_nothing_told_is_lost(
    monkeypatch: pytest.MonkeyPatch, transactional_db: None, tmp_path: Path
) -> None:
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-30T09:00")
    monkeypatch.setattr(tell_gate, "gate", Gate())
    town = opened(make_town())
    reached = {"reply": {"reply": "yes"}, "contact": {"contact_name": NAME, "contact_email": MAIL}}
    Filling().all(**reached)
    monkeypatch.setattr(masters, "kept_folder", lambda _name: tmp_path)
    leads = Filling().all(what={"what": WORDS}, **reached)
    assert leads
    with acting_for([town.healthwatch.pk]):
        lost = Experience.objects.order_by("-pk")[0]
        assert "the night nurse was rude" in lost.answer
        assert NAME not in lost.answer
        assert not sealed_for([of_experience(lost.pk)], Purpose.PERSON)
        page = receipt_page(lost.told, "en", clock.now())
        assert any("no way to reach you" in step.title for step in page.steps)
        first = Experience.objects.order_by("pk")[0]
        kept = receipt_page(first.told, "en", clock.now())
        assert not any("no way to reach you" in step.title for step in kept.steps)
