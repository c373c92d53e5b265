"""Whoever has a whole dump by pg_dump, and not the key, cannot tell who spoke."""

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import Settings

from candour.database.row_security import acting_for
from candour.experiences.models import Experience
from candour.mail.delivery import deliver
from candour.mail.models import MailReceived
from candour.mail.reading.filing import Filed, file_message
from candour.mail.reading.incoming import read
from candour.mail.voices import write_to_voice
from candour.sealing.custody import name_custodian
from candour.sealing.keeping import of_experience, of_letter, unsealed
from candour.sealing.models import Purpose
from candour.site import clock
from candour.telling.actions import ask
from candour.telling.gate import Gate
from candour.telling.models import Message, Told
from candour.web import tell_gate
from tests.experiences.files import csv_text, take_in
from tests.mail.conftest import send_by
from tests.mail.incoming import reply
from tests.sealing.conftest import WHY, somebody
from tests.support.casework import Town, make_town
from tests.support.dumping import pg_dump
from tests.support.smtp import listening
from tests.telling.conftest import Filling, opened
from tests.telling.test_receipts import code_on, comes_back
from tests.telling.test_staff import KEYED

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True)
class Person:
    """Somebody who must not be known: everything of theirs that must not be found."""

    name: str
    mail: str
    phone: str
    post: str
    more: tuple[str, ...] = field(default=())

    @property
    def secrets(self) -> Iterator[str]:
        yield from (self.name, self.mail, self.phone, self.post, *self.more)
        yield from self.name.split()
        yield from re.findall(r"[A-Z]{2}\d+ \d[A-Z]{2}", self.post)
        digits = self.phone.replace(" ", "")
        yield from (digits, digits[1:], f"+44{digits[1:]}")


TELLER = Person(
    "Gwenllian Prydderch",
    "gwenllian.prydderch@post.example",
    "07700 900461",
    "4 Rhodfa Cwcw, Aberystwyth SY23 9ZZ",
    ("Medwen-Tydfil", "prydderch-bill.pdf", "scanned for the Prydderch household"),
)
ON_PAPER = Person(
    "Osric Thistlewood", "osric.t@post.example", "029 2018 0461", "9 Fennel Row CF5 9ZY"
)
IN_A_FILE = Person("Ptolemy Vavasour", "ptolemy@vavasour.example", "07700 900777", "NP10 8XZ")
WHO_LEFT = Person(
    "Crisiant Llewelfryn",
    "crisiant@llew.example",
    "07700 900888",
    "LL57 9ZQ",
    ("Hafan Crisiant", "the first Monday of Lent"),
)
SURE = 8  # signs of base64
PEOPLE = (TELLER, ON_PAPER, IN_A_FILE, WHO_LEFT)


def forms(secret: str) -> Iterator[bytes]:
    """Yield a secret in every form in which it could stand: as text, hex, octal escapes, base64."""
    for written in {secret, secret.lower(), secret.upper(), secret[::-1]}:
        for raw in (written.encode(), written.encode("utf-16-le")):
            yield raw
            yield raw.hex().encode()
            yield raw.hex().upper().encode()
            yield "".join(f"\\{byte:03o}" for byte in raw).encode()
            yield from in_base64(raw)


def in_base64(raw: bytes) -> Iterator[bytes]:
    """Yield what base64 makes of some bytes wherever they stand in a text, but for its ends.

    What is left of a short one is so few signs that it could be there by chance.
    """
    for shift in range(3):
        for coded in (base64.b64encode(b"\0" * shift + raw), base64.urlsafe_b64encode(raw)):
            inner = coded[4 if shift else 0 : len(coded) - 4]
            if len(inner) >= SURE:
                yield inner


def told_in(dump: bytes) -> set[str]:
    """Return the secrets that a dump tells, in whatever form."""
    secrets = {secret for person in PEOPLE for secret in person.secrets}
    return {secret for secret in secrets if any(form in dump for form in forms(secret))}


@pytest.fixture
def lived(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, transactional_db: None, tmp_path: Path
) -> Town:
    """A town in which people told things in every way, went on, and one of them took it back."""
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-30T09:00")
    monkeypatch.setattr(tell_gate, "gate", Gate())
    settings.CANDOUR_MAIL_REPLIES = "case@voice.example"
    town = opened(make_town())
    staff = Client()
    staff.force_login(town.sam)
    by_the_form(town)
    on_paper(staff)
    in_a_file(town, tmp_path)
    by_mail(town, settings)
    and_leaves()
    return town


def contact(person: Person) -> dict[str, dict[str, Any]]:
    return {
        "reply": {"reply": "yes"},
        "contact": {
            "contact_name": person.name,
            "contact_email": person.mail,
            "contact_phone": person.phone,
            "contact_post": person.post,
            "contact_provider": "contact_provider",
        },
    }


def by_the_form(town: Town) -> None:
    """Somebody tells something, is asked, answers by their receipt; a custodian opens who it is."""
    filling = Filling()
    words = (
        f"My name is {TELLER.name} and the night nurse was rude; ring me on {TELLER.phone} or "
        f"write to {TELLER.mail}, {TELLER.post[-8:]}."
    )
    filling.all(what={"what": words}, **contact(TELLER))
    code = code_on(filling.get("sent"))
    body, key = town.healthwatch, uuid4()
    actor = town.actor(town.sam, "lead_officer")
    with acting_for([body.pk]):
        told = Told.objects.get()
    ask(told, Message.Sort.QUESTION, "Which ward?", key=key, actor=actor, as_of=clock.now())
    answer = f"Ward 3, says {TELLER.name}, {TELLER.phone}."
    comes_back(code, do="answer", question=str(key), words=answer, key=str(uuid4()))
    head, custodian = somebody(body, "chief_executive"), somebody(body, "safeguarding_lead")
    with acting_for([body.pk]):
        name_custodian("safeguarding_lead", actor=head, reason="Rings people.", as_of=clock.now())
    client = Client()
    assert custodian.user is not None
    client.force_login(custodian.user)
    for what in ("person", "words"):
        page = client.post(
            f"/experiences/{told.experience_id}/sealed/", {"what": what, "reason": WHY}
        )
        assert TELLER.name in page.content.decode()


def on_paper(staff: Client) -> None:
    what = f"I am {ON_PAPER.name}, {ON_PAPER.phone}. The lift was out for a week."
    keyed = KEYED | {
        "language": "en",
        "what": what,
        "reply": "1",
        "contact_name": ON_PAPER.name,
        "contact_email": ON_PAPER.mail,
        "contact_phone": ON_PAPER.phone,
        "contact_post": ON_PAPER.post,
    }
    page = staff.post("/experiences/keying/", keyed).content.decode()
    assert "The next form is ready." in page


def in_a_file(town: Town, folder: Path) -> None:
    words = (
        f"My father {IN_A_FILE.name} waited in the corridor. Write to {IN_A_FILE.mail}, "
        f"ring {IN_A_FILE.phone}, {IN_A_FILE.post}."
    )
    path = folder / "given.csv"
    path.write_text(csv_text({"FFT answer": words}), encoding="utf-8")
    assert take_in(path, body=town.healthwatch).taken == 1


def by_mail(town: Town, settings: Settings) -> None:
    """The one who told it is written to by mail, and answers with a file and all of it quoted."""
    body = town.healthwatch.pk
    with acting_for([body]):
        told = Told.objects.order_by("pk")[0]
        sent = write_to_voice(
            told.experience_id,
            body,
            key="told/1/reply",
            subject=f"For {TELLER.name}",
            text=f"Dear {TELLER.name},\nwe rang {TELLER.phone}.\n",
            reason="A reply came in",
            as_of=clock.now(),
        )
    assert sent is not None
    with listening() as server:
        send_by(settings, server.address())
        deliver(sent, body, clock.now())
        letter = server.postbox.taken[0]
    text = (
        "The ward has been kinder since, but the drip hurt.\n\nBest wishes,\nMedwen-Tydfil\n\n"
        f"On Mon, 30 Mar 2026 at 09:00, Healthwatch wrote to {TELLER.mail}:\n"
        f"> Dear {TELLER.name},\n> we rang {TELLER.phone}.\n"
    )
    answer = reply(
        str(letter.message["Reply-To"]),
        text,
        From=f"{TELLER.name} <{TELLER.mail}>",
        Subject=f"Re: For {TELLER.name}",
        **{"In-Reply-To": letter.id},
    )
    answer.add_attachment(
        b"%PDF-1.7 scanned for the Prydderch household",
        maintype="application",
        subtype="pdf",
        filename="prydderch-bill.pdf",
    )
    outcome = file_message(read(bytes(answer)), clock.now() + timedelta(hours=2))
    assert outcome is Filed.TO_VOICE


def and_leaves() -> None:
    """Somebody tells something of a place that only they call so, adds to it, takes it back."""
    filling = Filling()
    filling.all(
        what={"what": f"{WHO_LEFT.name} here. The soup was cold at noon."},
        where={"place": "Hafan Crisiant"},
        when={"when": "the first Monday of Lent"},
        **contact(WHO_LEFT),
    )
    code = code_on(filling.get("sent"))
    comes_back(code, do="add", words=f"Ring {WHO_LEFT.phone}.", key=str(uuid4()))
    page = comes_back(code, do="withdraw", sure="yes").content.decode()
    assert "You have taken it back." in page


def test_a_dump_tells_nobody_who_spoke(lived: Town) -> None:
    dump = pg_dump()
    for said in ("the night nurse was rude", "The lift was out", "waited in the corridor"):
        assert said.encode() in dump  # what they said is there
    assert b"kinder since, but the drip hurt" in dump
    assert b"The soup was cold" not in dump  # it was taken back
    assert told_in(dump) == set()


def test_the_search_would_find_each_of_them(lived: Town) -> None:
    """Else the test before this one would prove nothing."""
    for secret in (each for person in PEOPLE for each in person.secrets):
        raw = secret.encode()
        coded = [base64.b64encode(before + raw + b", we") for before in (b"", b"Dear ", b"{")]
        for written in (raw, raw.hex().encode(), *(coded if len(raw) > SURE + 3 else ())):
            assert secret in told_in(b"COPY x FROM stdin;\n" + written + b"\n\\.\n"), secret


def test_with_the_key_the_message_is_all_there(lived: Town) -> None:
    body = lived.healthwatch.pk
    with acting_for([body]):
        letter = MailReceived.objects.get()
        raw = unsealed(body, Purpose.LETTER, of_letter(letter.pk))
        opened = read(raw)
        assert (opened.sender_name, opened.sender_email) == (TELLER.name, TELLER.mail)
        assert opened.files[0].content == b"%PDF-1.7 scanned for the Prydderch household"
        first = Experience.objects.order_by("pk")[0]
        assert TELLER.phone in unsealed(body, Purpose.WORDS, of_experience(first.pk)).decode()
