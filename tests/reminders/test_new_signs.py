"""That somebody may not be safe reaches a postbox as it comes in: once, and in few words."""

from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from pytest_django import Settings

from candour.database.row_security import acting_for
from candour.experiences.actions import Account, tell, undo_import
from candour.experiences.actions.looking import look, look_at_more, put_on_list, set_watch
from candour.experiences.models import Experience, ExperienceSign, SignState
from candour.mail.configuration import backend_settings
from candour.mail.delivery import deliver, due_messages
from candour.people.actor import Actor
from candour.people.models import Post, User
from candour.reminders.new_signs import tell_of_new, untold
from tests.experiences.files import csv_text, take_in
from tests.support.casework import Town, london
from tests.support.smtp import Listening, listening

pytestmark = pytest.mark.django_db
NOW = london("2026-03-29T00:30")  # a Sunday, half an hour before the clocks change
SAID = "Sister Margaret slapped my mum Siân on Ward 4. She has bruises."
ONE = "Candour: a sign that somebody may not be safe came in"


@pytest.fixture
def server(settings: Settings) -> Iterator[Listening]:
    """A real mail server on loopback."""
    with listening() as found:
        for name, value in backend_settings(found.address(), Path("unused")).items():
            setattr(settings, name, value)
        yield found


def told_by(town: Town, words: str = SAID) -> ExperienceSign:
    with acting_for([town.council.pk]):
        account = Account(source="form", words=words)
        experience = tell(account, actor=Actor.system(town.council), as_of=NOW)
        return ExperienceSign.objects.select_related("experience__body").get(experience=experience)


def swept(server: Listening) -> list[EmailMessage]:
    """Do what the worker does, and return what arrived by it."""
    before = len(server.postbox.taken)
    for body in untold():
        tell_of_new(body, NOW)
    for number, body, _domain in due_messages(NOW, 100):
        deliver(number, body, NOW)
    return [arrived.message for arrived in server.postbox.taken[before:]]


def text_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return " ".join(part.get_content().split())


def to(mails: list[EmailMessage]) -> list[str]:
    return sorted(str(mail["To"].addresses[0].addr_spec) for mail in mails)


def test_whoever_leads_is_told_that_it_came_in_when_and_where_and_nothing_else(
    town: Town, server: Listening
) -> None:
    sign = told_by(town)
    (mail,) = swept(server)
    assert (to([mail]), mail["Subject"]) == (["mari@staff.example"], ONE)
    words = text_of(mail)
    assert "It came in at Sun 29 Mar 2026, 00:30." in words
    assert f"/experiences/signs/{sign.pk}/" in words
    for secret in ("slapped", "Margaret", "Siân", "mum", "Ward", "bruises", "abuse", "[name]"):
        assert secret.casefold() not in mail.as_string().casefold()


def test_it_is_told_once_whatever_people_do_with_it_afterwards(
    town: Town, server: Listening
) -> None:
    sign = told_by(town)
    assert len(swept(server)) == 1
    assert swept(server) == []
    actor = town.actor(town.mari, "lead_officer")
    with acting_for([town.council.pk]):
        look(sign, SignState.NO_CONCERN, reason="It was last year.", actor=actor, as_of=NOW)
        put_on_list(sign.experience, words="Read it again.", as_of=NOW)
    assert swept(server) == []


def test_more_of_it_is_told_again_once_somebody_has_looked_and_makes_nothing_later(
    town: Town, server: Listening
) -> None:
    sign, later = told_by(town), NOW + timedelta(days=3)
    assert len(swept(server)) == 1
    with acting_for([town.council.pk]):
        waits = look_at_more(sign.experience, "She hit her again.", as_of=later)
        assert waits is not None
        assert (waits.look_by, waits.raised_at) == (sign.look_by, sign.raised_at)
        put_on_list(sign.experience, words="Look soon", as_of=later)
        sign.refresh_from_db()
        assert sign.look_by == waits.look_by
    assert swept(server) == []
    with acting_for([town.council.pk]):
        actor = town.actor(town.mari, "lead_officer")
        look(sign, SignState.NO_CONCERN, reason="Ward rang", actor=actor, as_of=later)
        look_at_more(sign.experience, "She hit me too.", as_of=later)
    assert len(swept(server)) == 1


def test_what_somebody_looked_at_at_once_is_told_to_nobody(town: Town, server: Listening) -> None:
    sign = told_by(town)
    actor = town.actor(town.ieuan, "chair")
    with acting_for([town.council.pk]):
        look(sign, SignState.CONCERN, reason="I rang the ward.", actor=actor, as_of=NOW)
    assert swept(server) == []


def test_whoever_leads_on_safeguarding_comes_first_and_the_post_on_the_list_before_them(
    town: Town, server: Listening
) -> None:
    keeper = User.objects.create(username="keeper", email="keeper@staff.example", language="cy")
    Post.objects.create(user=keeper, body=town.council, role="safeguarding_lead")
    sign = told_by(town)
    (mail,) = swept(server)
    assert to([mail]) == ["keeper@staff.example"]
    assert "Daeth i mewn: Sul 29 Maw 2026, 00:30" in text_of(mail)
    assert mail["Content-Language"] == "cy"
    with acting_for([town.council.pk]):
        set_watch(
            town.council,
            role="contract_monitoring_officer",
            period="same day",
            actor=town.actor(town.mari, "lead_officer"),
            as_of=NOW,
        )
    assert told_by(town).pk > sign.pk
    assert to(swept(server)) == ["ieuan@staff.example"]


def test_where_the_post_has_no_address_whoever_leads_is_told(town: Town, server: Listening) -> None:
    User.objects.filter(pk=town.ieuan.pk).update(email="")
    with acting_for([town.council.pk]):
        set_watch(
            town.council,
            role="contract_monitoring_officer",
            period="same day",
            actor=town.actor(town.mari, "lead_officer"),
            as_of=NOW,
        )
    told_by(town)
    assert to(swept(server)) == ["mari@staff.example"]


def test_a_file_with_many_signs_is_one_message_with_their_number(
    town: Town, server: Listening, tmp_path: Path
) -> None:
    path = tmp_path / "many.csv"
    rows = [{"FFT answer": f"A nurse slapped my mum in bed {bed}."} for bed in range(60)]
    path.write_text(csv_text(*rows, {"FFT answer": "Kind staff."}), encoding="utf-8")
    assert take_in(path, body=town.council, dry_run=True).taken == 61
    assert swept(server) == []
    report = take_in(path, body=town.council)
    (mail,) = swept(server)
    assert mail["Subject"] == "Candour: 60 signs that somebody may not be safe came in"
    assert text_of(mail).startswith("60 of the things that your organisation was told")
    assert "/experiences/signs/ " in f"{text_of(mail)} "
    assert "slapped" not in mail.as_string()
    assert swept(server) == []
    assert report.batch is not None


def test_what_was_undone_before_anybody_was_told_is_not_told(
    town: Town, server: Listening, tmp_path: Path
) -> None:
    path = tmp_path / "undone.csv"
    path.write_text(csv_text({"FFT answer": "A nurse slapped my mum."}), encoding="utf-8")
    report = take_in(path, body=town.council)
    assert report.batch is not None
    undo_import(report.batch, actor=town.actor(town.mari, "lead_officer"), as_of=NOW)
    assert swept(server) == []
    with acting_for([town.council.pk]):
        assert Experience.objects.count() == 1


def test_each_body_is_told_of_its_own_alone(town: Town, server: Listening) -> None:
    told_by(town)
    User.objects.filter(pk=town.olwen.pk).update(email="olwen@staff.example")
    with acting_for([town.elsewhere.pk]):
        account = Account(source="form", words=SAID, in_danger=True)
        tell(account, actor=Actor.system(town.elsewhere), as_of=NOW)
    assert to(swept(server)) == ["mari@staff.example", "olwen@staff.example"]
