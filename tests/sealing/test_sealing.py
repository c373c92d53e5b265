"""Sealing and opening: for its place alone, by a custodian alone, with a reason, and logged."""

import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from candour.database.row_security import acting_for
from candour.people.actor import Actor
from candour.sealing import machine
from candour.sealing.custody import (
    NotHead,
    TooManyCustodians,
    changes,
    custodians,
    end_custodian,
    is_head,
    name_custodian,
)
from candour.sealing.details import PersonDetails, Way
from candour.sealing.errors import DoesNotOpen, KeyNotHere, NoReason, NotCustodian, NothingSealed
from candour.sealing.keeping import (
    PADDED_TO,
    Sealed,
    destroy,
    keep,
    of_experience,
    seal,
    seal_many,
    sealed_for,
)
from candour.sealing.masters import make_master
from candour.sealing.models import DataKey, Purpose, SealedEvent, SealedIdentity, What
from candour.sealing.opening import open_person, open_sealed
from tests.sealing.conftest import NOON, PERSON, WHY, Place

CONTEXT = of_experience(7)
LATER = NOON + timedelta(hours=1)


def sealed(place: Place, context: str = CONTEXT, details: PersonDetails = PERSON) -> Sealed:
    found = seal(place.board.pk, Purpose.PERSON, details.to_bytes(), context=context, as_of=NOON)
    keep([found])
    return found


def opened(place: Place, actor: Actor | None = None, context: str = CONTEXT) -> PersonDetails:
    return open_person(
        place.board.pk, context, actor=actor or place.custodian, reason=WHY, as_of=LATER
    )


def test_what_is_sealed_opens_for_a_custodian_and_the_log_says_so(place: Place) -> None:
    sealed(place)
    assert opened(place) == PERSON
    (event,) = SealedEvent.objects.all()
    assert (event.what, event.purpose, event.context) == (What.OPENED, "person", CONTEXT)
    assert (event.by, event.role, event.at) == (place.custodian.user, "safeguarding_lead", LATER)
    assert event.reason == WHY


def test_nobody_else_opens_it_not_even_the_head(place: Place) -> None:
    sealed(place)
    for actor in (place.head, place.officer, place.stranger, Actor.system(place.board)):
        with pytest.raises(NotCustodian):
            opened(place, actor)
    assert not SealedEvent.objects.exists()


def test_without_a_reason_nobody_opens_it(place: Place) -> None:
    sealed(place)
    for reason in ("", "   ", "check", ".........................."):
        with pytest.raises(NoReason):
            open_sealed(
                place.board.pk,
                Purpose.PERSON,
                CONTEXT,
                actor=place.custodian,
                reason=reason,
                as_of=LATER,
            )
    assert not SealedEvent.objects.exists()


def test_a_custodian_who_is_one_no_more_opens_nothing(place: Place) -> None:
    sealed(place)
    end_custodian("safeguarding_lead", actor=place.head, reason="Moved on.", as_of=LATER)
    with pytest.raises(NotCustodian):
        opened(place)
    assert custodians(place.board.pk, LATER.date()) == []
    assert [change.named for change in changes(place.board.pk)] == [False, True]


def test_only_the_head_names_custodians_with_a_reason_and_few_of_them(place: Place) -> None:
    for actor in (place.officer, place.custodian, Actor.system(place.board)):
        with pytest.raises(NotHead):
            name_custodian("lead_officer", actor=actor, reason="I want to see.", as_of=LATER)
    with pytest.raises(NoReason):
        name_custodian("lead_officer", actor=place.head, reason=" ", as_of=LATER)
    for role in ("lead_officer", "chair"):
        name_custodian(role, actor=place.head, reason="Stands in.", as_of=LATER)
    name_custodian("chair", actor=place.head, reason="Again.", as_of=LATER)  # is one already
    with pytest.raises(TooManyCustodians):
        name_custodian("chief_executive", actor=place.head, reason="Me too.", as_of=LATER)
    named = {each.role: each.holders for each in custodians(place.board.pk, LATER.date())}
    assert named == {
        "safeguarding_lead": ("safeguarding_lead there",),
        "lead_officer": ("lead_officer there",),
        "chair": (),
    }


def test_a_chair_heads_a_body_that_nobody_else_heads(place: Place) -> None:
    day = NOON.date()
    assert is_head(["chief_executive"], place.board.pk, day)
    assert not is_head(["chair"], place.board.pk, day)
    assert is_head(["chair"], place.other.pk, day)
    assert not is_head(["lead_officer"], place.other.pk, day)


@pytest.mark.parametrize(
    "moved",
    [
        "UPDATE sealed_identity SET sealed = (SELECT sealed FROM sealed_identity WHERE context = "
        "'experience/8') WHERE context = 'experience/7'",
        "UPDATE sealed_identity SET sealed = set_byte(sealed, 40, 255 - get_byte(sealed, 40))",
        "UPDATE sealed_identity SET sealed = '\\x'",
        "UPDATE sealed_identity SET sealed = set_byte(sealed, 0, 2)",
        "UPDATE sealing_key SET wrapped = set_byte(wrapped, 20, 255 - get_byte(wrapped, 20))",
    ],
)
def test_what_was_moved_or_changed_does_not_open_and_says_so(place: Place, moved: str) -> None:
    sealed(place)
    sealed(place, of_experience(8), PersonDetails(name="Somebody else"))
    with connection.cursor() as cursor:
        cursor.execute(moved)
    with pytest.raises(DoesNotOpen, match="backup"):
        opened(place)


def test_neither_body_nor_purpose_nor_context_can_be_written_over(place: Place) -> None:
    sealed(place)
    for column, value in (("context", "'experience/9'"), ("purpose", "'mail'"), ("body_id", "1")):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE sealed_identity SET {column} = {value}")  # noqa: S608


def test_another_body_reaches_nothing_of_it(place: Place) -> None:
    sealed(place)
    with acting_for([place.other.pk]):
        assert not SealedIdentity.objects.exists()
        assert not DataKey.objects.exists()
        assert not SealedEvent.objects.exists()
        with pytest.raises(DatabaseError), transaction.atomic():
            keep([Sealed(place.board.pk, Purpose.PERSON, "x", 1, b"")])


def test_the_log_and_custody_only_grow_and_hold_to_the_rules(place: Place) -> None:
    sealed(place)
    opened(place)
    for change in (
        "UPDATE sealed_log SET reason = 'another'",
        "DELETE FROM sealed_log",
        "TRUNCATE sealed_log",
        "UPDATE sealed_custody SET named = false",
        "DELETE FROM sealed_custody",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    event = SealedEvent.objects.get()
    for wrong in (
        {"by_id": place.officer.user_id, "role": "lead_officer"},
        {"by_id": place.officer.user_id},
        {"by_id": None},
        {"reason": " "},
        {"role": "chief_executive"},
    ):
        facts = {
            name: getattr(event, name)
            for name in ("body_id", "what", "purpose", "context", "at", "by_id", "role", "reason")
        }
        with pytest.raises(DatabaseError, match="only a custodian"), transaction.atomic():
            SealedEvent.objects.create(**{**facts, **wrong})


def test_the_owner_itself_does_not_alter_the_log(
    transactional_db: None, owner_cursor: psycopg.Cursor[Any]
) -> None:
    for change in ("UPDATE sealed_log SET reason = ''", "TRUNCATE sealed_log CASCADE"):
        with pytest.raises(psycopg.Error, match="is refused"):
            owner_cursor.execute(change)
        owner_cursor.connection.rollback()


def test_the_auditor_reads_the_log_and_not_what_is_sealed(
    transactional_db: None, auditor_cursor: psycopg.Cursor[Any]
) -> None:
    auditor_cursor.execute("SELECT by_id, reason FROM sealed_log")
    auditor_cursor.execute("SELECT body_id, purpose, context, key_id FROM sealed_identity")
    for secret in ("SELECT sealed FROM sealed_identity", "SELECT wrapped FROM sealing_key"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            auditor_cursor.execute(secret)
        auditor_cursor.connection.rollback()


def test_its_length_does_not_tell_whose_it_is(place: Place) -> None:
    texts = (PersonDetails(name="Jo"), PERSON, PersonDetails(mail="a@b.example", way=Way.MAIL))
    lengths = {
        len(seal(place.board.pk, Purpose.PERSON, t.to_bytes(), context="x", as_of=NOON).sealed)
        for t in texts
    }
    assert len(lengths) == 1
    long = seal(place.board.pk, Purpose.WORDS, b"w" * 3_000, context="x", as_of=NOON).sealed
    assert (len(long) - lengths.pop()) % PADDED_TO == 0


def test_the_same_text_is_never_sealed_the_same(place: Place) -> None:
    made = {
        seal(place.board.pk, Purpose.PERSON, b"same", context="x", as_of=NOON).sealed
        for _ in range(50)
    }
    assert len(made) == 50


def test_many_are_sealed_by_one_query_and_kept_by_few(
    place: Place, django_assert_max_num_queries: Any
) -> None:
    seal(place.board.pk, Purpose.WORDS, b"the key is made", context="x", as_of=NOON)
    texts = [(of_experience(n), f"Words {n} of somebody".encode()) for n in range(5_000)]
    began = time.process_time()
    with django_assert_max_num_queries(6):
        number = keep(seal_many(place.board.pk, Purpose.WORDS, texts, as_of=NOON))
    assert number == 5_000
    assert (time.process_time() - began) / number < 500e-6  # it takes some 30 µs
    found = open_sealed(
        place.board.pk,
        Purpose.WORDS,
        of_experience(4_321),
        actor=place.custodian,
        reason=WHY,
        as_of=LATER,
    )
    assert found == b"Words 4321 of somebody"
    contexts = [of_experience(n) for n in (1, 4_999, 5_000)]
    assert sealed_for(contexts, Purpose.WORDS) == {of_experience(1), of_experience(4_999)}
    assert sealed_for(contexts, Purpose.PERSON) == set()


def test_what_is_kept_twice_under_one_name_is_refused_unless_meant(place: Place) -> None:
    sealed(place)
    with pytest.raises(DatabaseError), transaction.atomic():
        sealed(place)
    changed = PersonDetails(name="Corrected")
    keep(
        [seal(place.board.pk, Purpose.PERSON, changed.to_bytes(), context=CONTEXT, as_of=NOON)],
        anew=True,
    )
    assert opened(place) == changed


def test_without_the_key_nothing_opens_and_with_it_everything_does_again(
    place: Place, keys: Path
) -> None:
    sealed(place)  # the first key of a site is made by itself
    (key,) = keys.glob("*.key")
    key.rename(key.with_suffix(".away"))
    with pytest.raises(KeyNotHere, match=key.stem):
        opened(place)
    with pytest.raises(KeyNotHere):  # a lost key is not simply made anew
        sealed(place, of_experience(8))
    assert not SealedEvent.objects.exists()
    assert sealed_for([CONTEXT], Purpose.PERSON) == {CONTEXT}
    key.with_suffix(".away").rename(key)
    assert opened(place) == PERSON


def test_after_a_loss_a_new_key_seals_what_comes_and_the_old_opens_what_was(
    place: Place, keys: Path
) -> None:
    sealed(place)
    (lost,) = keys.glob("*.key")
    lost.rename(lost.with_suffix(".away"))
    make_master()
    other = of_experience(8)
    sealed(place, other)
    assert opened(place, context=other) == PERSON
    with pytest.raises(KeyNotHere):
        opened(place)
    lost.with_suffix(".away").rename(lost)
    assert opened(place) == PERSON


def test_nothing_there_is_said_plainly(place: Place) -> None:
    with pytest.raises(NothingSealed, match="experience/7"):
        opened(place)


def test_who_spoke_goes_with_a_line_in_the_log_and_not_otherwise(place: Place) -> None:
    sealed(place)
    with pytest.raises(DatabaseError, match="sealed_log"), transaction.atomic():
        SealedIdentity.objects.all().delete()
    gone = destroy(
        place.board.pk, Purpose.PERSON, CONTEXT, reason="Withdrawn.", by=None, as_of=LATER
    )
    assert gone
    assert not SealedIdentity.objects.exists()
    assert SealedEvent.objects.get().what == What.DESTROYED
    again = destroy(
        place.board.pk, Purpose.PERSON, CONTEXT, reason="Withdrawn.", by=None, as_of=LATER
    )
    assert not again


def test_a_program_opens_its_own_mail_and_of_a_person_the_address_alone(place: Place) -> None:
    board = place.board.pk
    machine.put_away(board, Purpose.MAIL, b"first", context="mail/1", as_of=NOON)
    machine.put_away(board, Purpose.MAIL, b"second", context="mail/1", as_of=NOON)
    assert machine.take_out(board, Purpose.MAIL, "mail/1") == b"second"
    assert not SealedEvent.objects.exists()
    assert machine.throw_away(board, Purpose.MAIL, "mail/1", as_of=NOON)
    sealed(place)
    with pytest.raises(ValueError, match="custodian"):
        machine.take_out(board, Purpose.PERSON, CONTEXT)
    by_mail, other = replace(PERSON, way=Way.MAIL), of_experience(8)
    sealed(place, other, by_mail)
    why = "A reply goes to them."
    for nobody in (CONTEXT, "experience/9"):  # who would be rung, and who left nothing
        assert machine.address_of(board, nobody, reason=why, as_of=LATER) is None
    assert machine.address_of(board, other, reason=why, as_of=LATER) == by_mail
    event = SealedEvent.objects.get()
    assert (event.what, event.by_id, event.role) == (What.ADDRESSED, None, "")


def test_nothing_of_a_person_shows_in_a_repr_and_a_later_field_is_left_out() -> None:
    shown = repr(PERSON) + str(PERSON)
    for secret in (PERSON.name, PERSON.mail, PERSON.phone, PERSON.address):
        assert secret not in shown
    later = PERSON.to_bytes().replace(b'{"name"', b'{"twitter": "@g", "name"')
    assert PersonDetails.from_bytes(later) == PERSON
    assert PersonDetails(way=Way.PHONE).empty
    assert not PERSON.empty
