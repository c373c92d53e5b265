"""Functions that run with the owner's rights: who may call them, and through what else."""

from typing import Any

import psycopg
import pytest

Cursor = psycopg.Cursor[tuple[Any, ...]]
OWNERS = """
    SELECT p.oid::regprocedure::text, p.proconfig,
           has_function_privilege('public', p.oid, 'EXECUTE'),
           has_function_privilege('candour_auditor', p.oid, 'EXECUTE')
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema')
"""


def test_each_sets_its_own_search_path_and_only_the_application_may_run_it(
    auditor_cursor: Cursor,
) -> None:
    found = auditor_cursor.execute(OWNERS).fetchall()
    assert len(found) >= 4
    for name, settings, everybody, auditor in found:
        path = [each for each in settings or [] if each.startswith("search_path=")]
        assert path, f"{name} runs with its caller's search path"
        assert path[0].endswith("pg_temp"), f"{name} looks into temporary tables first: {path}"
        assert not everybody, f"anybody may run {name}"
        assert not auditor, f"the auditor may run {name}"


@pytest.mark.parametrize("who", ["auditor_cursor", "app_cursor"])
def test_nobody_hangs_the_mover_of_log_ends_on_a_table_of_their_own(
    who: str, request: pytest.FixtureRequest
) -> None:
    """A temporary table with that trigger would move the end of any case's log, as the owner."""
    cursor: Cursor = request.getfixturevalue(who)
    cursor.execute(
        "CREATE TEMPORARY TABLE mine (case_id bigint, seq integer, hash bytea, prev_hash bytea, "
        "recorded_at timestamptz)"
    )
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        cursor.execute(
            "CREATE TRIGGER moves AFTER INSERT ON mine FOR EACH ROW "
            "EXECUTE FUNCTION case_entry_moves_head()"
        )
