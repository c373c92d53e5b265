"""What was sent stays as it was sent, is seen by those who see the case, and is checked by seal."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, connections

from candour.cases import queries
from candour.cases.models import Case
from candour.cli.verify import command
from candour.database.row_security import acting_for
from candour.letters.actions import Sent, send
from candour.letters.models import LetterDraft, SentFile, SentLetter
from candour.letters.verification import verify_letters
from candour.mail.models import MailMessage
from tests.cases.tampering import tamper
from tests.support.casework import Town
from tests.support.letters import (
    AFTER,
    all_of,
    begun,
    confirmed,
    officer,
    pressing,
    sent,
    work_on,
)

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "auditor"])
TABLES = ("letter_sent", "letter_file", "letter_own_text", "letter_house_style")


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("act", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_nothing_sent_is_altered_even_by_the_owner(
    town: Town, case: Case, owner_cursor: object, table: str, act: str
) -> None:
    sent(town, case)
    with pytest.raises(Exception, match="never changed or removed"):
        owner_cursor.execute(act.format(table))  # type: ignore[attr-defined]  # a cursor of psycopg


def test_the_application_may_not_even_try(town: Town, case: Case) -> None:
    sent(town, case)
    with acting_for([case.body_id]), pytest.raises(DatabaseError, match="permission denied"):
        SentLetter.objects.update(delivery="post")


def test_words_that_do_not_fit_their_seal_are_not_taken(town: Town, case: Case) -> None:
    letter = sent(town, case).letter
    forged = letter.sealed.replace("Gwenllian", "Gwenhwyfar")
    with acting_for([case.body_id]), pytest.raises(DatabaseError, match="not that of its words"):
        SentLetter.objects.create(
            id="00000000-0000-4000-8000-000000000001",
            case=case,
            body=town.council,
            template="x",
            sent_at=AFTER,
            sent_by=town.mari,
            sealed=forged,
            seal=letter.seal,
        )


def test_another_body_sees_neither_draft_nor_letter(town: Town, case: Case) -> None:
    sent(town, case)
    begun(town, case)
    with acting_for([town.elsewhere.pk]):
        assert not LetterDraft.objects.exists()
        assert not SentLetter.objects.exists()
        assert not SentFile.objects.exists()
    assert not SentLetter.objects.exists()
    with acting_for([case.body_id]):
        assert SentFile.objects.count() == 2


def test_untouched_letters_are_as_sent(town: Town, case: Case) -> None:
    sent(town, case)
    assert verify_letters() == (1, ())
    assert verify_letters(case.ref.lower()) == (1, ())
    told = CliRunner().invoke(command, [])
    assert told.exit_code == 0, told.output
    assert "1 letter is as sent" in told.output


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (
            "UPDATE letter_sent SET sealed = replace(sealed::text, 'Gwenllian', 'Gwen')::json",
            "not those that were sealed",
        ),
        (
            "UPDATE letter_sent SET sealed = replace(sealed::text, 'Plas Derwen', 'Ty Coch')::json,"
            " seal = encode(sha256(convert_to("
            "replace(sealed::text, 'Plas Derwen', 'Ty Coch'), 'UTF8')), 'hex')",
            "is not the one that its hash stands for",
        ),
        ("UPDATE letter_file SET content = '%PDF-another'", "is not the one that was sealed"),
        ("DELETE FROM letter_file", "a file of it is missing"),
        ("UPDATE letter_sent SET template = 'another'", "its columns say other things"),
        ("DELETE FROM letter_file; DELETE FROM letter_sent", "a letter that is gone"),
    ],
    ids=["words", "fact, sealed anew", "PDF", "files", "columns", "letter"],
)
def test_what_was_altered_is_found(town: Town, case: Case, act: str, said: str) -> None:
    sent(town, case)
    tamper(*act.split("; "))
    _, faults = verify_letters()
    assert any(said in str(fault) for fault in faults), faults
    told = CliRunner().invoke(command, [])
    assert told.exit_code == 1
    assert said in told.output


def test_pressed_by_two_at_the_same_instant_it_is_sent_once(town: Town, case: Case) -> None:
    draft = begun(town, case)
    ready = confirmed(town, draft, all_of(work_on(draft)))
    both, outcomes = Barrier(2), []

    def press() -> None:
        try:
            both.wait()
            with acting_for([case.body_id]):
                outcomes.append(send(actor=officer(town), pressing=pressing(ready), as_of=AFTER))
        finally:
            connections.close_all()

    _at_once(press, press)
    repeated = [outcome.repeated for outcome in outcomes if isinstance(outcome, Sent)]
    assert sorted(repeated) == [False, True], outcomes
    with acting_for([case.body_id]):
        assert MailMessage.objects.count() == 2
        standing = queries.standing(case.pk)
    assert len(standing.by_kind["notice_sent"]) == 1


def _at_once(*acts: Callable[[], None]) -> None:
    threads = [Thread(target=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
