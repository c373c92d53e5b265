"""What somebody finds who gets past the program and writes SQL: as the site, and as the owner."""

import json
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from candour.cases import chain
from candour.cases.actions import Opened
from candour.cases.queries import entries, head
from candour.engine import canonical, payload
from tests.cases.conftest import World
from tests.cases.procedures import drafted

INSERT = """
    INSERT INTO case_entry (case_id, seq, payload, prev_hash, hash) VALUES (%s, %s, %s, %s, %s)
"""


def attack(sql: str, *values: Any) -> str:  # what a driver takes
    """Run SQL as the site's own account and return what the database says to it."""
    with pytest.raises(DatabaseError) as refused, transaction.atomic():  # noqa: SIM117  # one statement under test
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
    return str(refused.value)


def forged(case: Opened, seq: int, after: bytes, **changes: object) -> tuple[Any, ...]:
    """A row whose own hash is right."""
    facts = {**payload(case.recorded.entry), "id": str(uuid4()), "kind": "visit_made", **changes}
    text = json.dumps(facts, sort_keys=True, separators=(",", ":"))
    return case.case_id, seq, text, after, chain.link(after, text.encode())


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE case_entry SET role = 'head'",
        "UPDATE case_entry SET payload = '{}' WHERE false",
        "DELETE FROM case_entry",
        "TRUNCATE case_entry",
        "TRUNCATE case_file CASCADE",
        "DELETE FROM case_file",
        "UPDATE case_file SET seq = 0",
        "UPDATE case_file SET head_hash = ''",
        "UPDATE case_file SET body_id = 2",
        "UPDATE case_file SET ref = 'TL-2026-9999'",
        "UPDATE case_file SET shared_with = '{2}'",
        "UPDATE case_number SET last = 0",
        "ALTER TABLE case_entry DISABLE TRIGGER ALL",
        "ALTER TABLE case_entry DISABLE ROW LEVEL SECURITY",
        "DROP TRIGGER case_log_refuses ON case_entry",
        "CREATE OR REPLACE FUNCTION case_log_refuses() RETURNS trigger LANGUAGE sql AS 'SELECT 1'",
        "SET session_replication_role = replica",
        "SET ROLE candour_owner",
        "DROP TABLE case_entry CASCADE",
    ],
)
def test_the_site_itself_may_change_nothing_recorded(at_work: World, sql: str) -> None:
    case = at_work.open()
    said = attack(sql)
    assert "permission denied" in said or "must be owner" in said or "not permitted" in said, said
    assert entries(case.case_id) == (case.recorded.entry,)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE case_entry SET role = 'head'",
        "DELETE FROM case_entry",
        "TRUNCATE case_entry",
        "DELETE FROM case_file",
        "TRUNCATE case_file CASCADE",
    ],
)
def test_nor_may_the_tables_owner_who_is_told_how_to_correct(
    db: None, owner_cursor: psycopg.Cursor[Any], sql: str
) -> None:
    with pytest.raises(psycopg.errors.RestrictViolation) as refused:
        owner_cursor.execute(sql)
    assert "nothing recorded is ever changed" in str(refused.value)
    assert "correction_made" in (refused.value.diag.message_hint or "")


def test_no_session_setting_turns_the_triggers_off(
    db: None, owner_cursor: psycopg.Cursor[Any]
) -> None:
    owner_cursor.execute(
        "SELECT tgname, tgenabled FROM pg_trigger "
        "WHERE NOT tgisinternal AND tgrelid IN ('case_entry'::regclass, 'case_file'::regclass)"
    )
    assert set(owner_cursor) == {
        ("case_entry_fits", "A"),
        ("calendar_entry_waits", "A"),
        ("case_entry_moves_head", "A"),
        ("case_log_refuses", "A"),
        ("ratings_opened_opens", "A"),
        ("case_file_begins", "A"),
        ("case_registers_follow", "A"),
        ("case_words_handed", "A"),
    }


def test_an_entry_with_a_wrong_hash_is_refused(at_work: World) -> None:
    case = at_work.open()
    end = head(case.case_id).hash
    case_id, seq, text, after, _ = forged(case, 2, end)
    assert "is not that of its words" in attack(INSERT, case_id, seq, text, after, b"\x00" * 32)


@pytest.mark.parametrize("seq", [1, 2, 4, 0, -1])
def test_the_chain_cannot_be_forked_or_jumped(at_work: World, seq: int) -> None:
    case = at_work.open()
    fork = head(case.case_id).hash
    at_work.record(case.case_id, drafted("visit_made"))
    attack(INSERT, *forged(case, seq, fork))
    assert len(entries(case.case_id)) == 2


def test_an_entry_must_follow_the_last_ones_hash(at_work: World) -> None:
    case = at_work.open()
    said = attack(INSERT, *forged(case, 2, chain.start("TL-2026-0002")))
    assert "does not follow the last entry" in said


def test_no_entry_goes_into_another_bodys_case(world: World) -> None:
    with world.at_work():
        case = world.open()
        end = head(case.case_id).hash
    with world.at_work(world.board):
        assert "row-level security" in attack(INSERT, *forged(case, 2, end))
    with world.at_work():
        assert head(case.case_id).hash == end


def test_no_case_is_opened_for_another_body(world: World) -> None:
    sql = (
        "INSERT INTO case_file (ref, body_id, shared_with, title, procedure, version, step, seq,"
        " head_hash, opened_at, settled_at) VALUES ('X-1', %s, %s, '', '', '', '', 0, '',"
        " now(), now())"
    )
    with world.at_work(world.board):
        said = attack(sql, world.council.pk, [world.board.pk])
    assert "row-level security" in said


def test_a_new_case_begins_empty_whatever_its_row_says(at_work: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO case_file (ref, body_id, shared_with, title, procedure, version, step,"
            " seq, head_hash, opened_at, settled_at) VALUES ('X-1', %s, '{}', '', 'test_ladder',"
            " '1', 'intake', 7, 'x', now(), now()) RETURNING seq, head_hash",
            [at_work.council.pk],
        )
        assert cursor.fetchone() == (0, chain.start("X-1"))


def test_the_columns_of_an_entry_say_what_its_words_say(at_work: World) -> None:
    case = at_work.open()
    row = forged(case, 2, head(case.case_id).hash, author="system")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO case_entry (case_id, seq, payload, prev_hash, hash, id, kind, role,"
            " audience, happened_at, recorded_at, author_id) VALUES (%s, %s, %s, %s, %s, %s,"
            " 'case_closed', 'head', 'all', now(), now(), 1)"
            " RETURNING id::text, kind, role, audience, author_id",
            [*row, str(uuid4())],
        )
        written = json.loads(row[2])
        expected = (written["id"], "visit_made", "officer", "case", None)
        assert cursor.fetchone() == expected


def test_nobody_in_particular_sees_nothing(world: World) -> None:
    with world.at_work():
        world.open()
    with world.at_work(world.board), connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM case_file), (SELECT count(*) FROM case_entry),"
            " (SELECT count(*) FROM case_duty)"
        )
        assert cursor.fetchone() == (0, 0, 0)


def test_the_bytes_hashed_are_those_of_the_engine(at_work: World) -> None:
    case = at_work.open()
    with connection.cursor() as cursor:
        cursor.execute("SELECT payload::text, prev_hash, hash FROM case_entry")
        text, before, digest = cursor.fetchone()
    assert text.encode() == canonical(case.recorded.entry)
    assert before == chain.start(case.ref)
    assert digest == chain.link(before, text.encode()) == head(case.case_id).hash
