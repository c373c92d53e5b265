"""Row security: a body sees the rows it owns, and nobody sees anything by default.

The application's account may only reach rows whose body is named in the setting
``candour.bodies`` (ids separated by commas), which lasts for one transaction. Unset or empty means
no rows at all. A few rows are one person's alone: those go by ``candour.person`` beside it.
Migrations ask for this with `enable`; a request, a job or a command says for which bodies it acts
with `acting_for`.

Two things to know when writing queries over such a table:

* PostgreSQL applies the body's condition first, and lets an index serve a further condition only
  when its operator is marked leakproof. Comparing numbers, dates and text is; full-text search and
  arrays are not. Those need a function of the owner's that names the bodies itself.
* ``COPY … FROM`` into such a table is refused: copy into a temporary table, then insert.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connections, transaction
from django.db.migrations import RunSQL
from psycopg.pq import TransactionStatus

from candour.database.address import APP, AUDITOR, OWNER

SETTING = "candour.bodies"
PERSON_SETTING = "candour.person"

# As a sub-select it is worked out once a statement, and indexes on the column still serve.
BODIES = f"(SELECT string_to_array(nullif(current_setting('{SETTING}', true), ''), ',')::bigint[])"
PERSON = f"(SELECT nullif(current_setting('{PERSON_SETTING}', true), '')::bigint)"
ALL_RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE")


def within_bodies(column: str) -> str:
    """Return the SQL condition that this column names a body the transaction acts for."""
    return f"{column} = ANY ({BODIES}::bigint[])"


def enable(
    table: str,
    *,
    using: str | None = None,
    check: str | None = None,
    body_column: str = "body_id",
    rights: Sequence[str] = ALL_RIGHTS,
) -> list[RunSQL]:
    """Return the migration operations that close a table to all but the bodies acted for.

    The auditor's account may read every row and write none; so may the owner's, which functions
    that sweep across bodies run as.

    Args:
        table: the table's name.
        using: the SQL condition on a row to be seen, changed or deleted; by default that
            ``body_column`` names a body the transaction acts for. `within_bodies` helps to write
            one.
        check: the SQL condition on a row to be written; the same as ``using`` by default.
        body_column: the column that names the owning body.
        rights: what the application's account may do to the rows it reaches.
    """
    seen = using or within_bodies(body_column)
    conditions = f"USING ({seen}) WITH CHECK ({check or seen})"
    statements = [*_policies(table, conditions), *_rights(table, ", ".join(rights))]
    return [RunSQL(sql, reverse_sql=reverse) for sql, reverse in statements]


def _policies(table: str, conditions: str) -> list[tuple[str, str]]:
    """Return the statements, each with its reverse, by which rows are closed."""
    return [
        (
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        ),
        (
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
        ),
        (
            f"CREATE POLICY {table}_own ON {table} TO {APP} {conditions}",
            f"DROP POLICY {table}_own ON {table}",
        ),
        (
            f"CREATE POLICY {table}_read ON {table} FOR SELECT TO {AUDITOR}, {OWNER} USING (true)",
            f"DROP POLICY {table}_read ON {table}",
        ),
    ]


def _rights(table: str, granted: str) -> list[tuple[str, str]]:
    """Return the statements, each with its reverse, by which accounts reach a table at all."""
    return [
        (
            f"REVOKE ALL ON {table} FROM PUBLIC, {APP}, {AUDITOR}",
            f"GRANT {', '.join(ALL_RIGHTS)} ON {table} TO {APP}",
        ),
        (f"GRANT {granted} ON {table} TO {APP}", RunSQL.noop),
        (f"GRANT SELECT ON {table} TO {AUDITOR}", RunSQL.noop),
    ]


@contextmanager
def acting_for(
    body_ids: Iterable[int], *, person: int | None = None, using: str = "default"
) -> Iterator[None]:
    """Open a transaction that reaches the rows of these bodies and of no others.

    Inside another transaction it is a savepoint, and what was acted for before holds again after.

    Args:
        body_ids: the bodies' ids; none of them means that no row is reached.
        person: the id of the person who acts, for the few rows that are theirs alone; nobody's
            are reached without one.
        using: the connection's alias.
    """
    wanted = ",".join(str(int(body_id)) for body_id in sorted(set(body_ids)))
    whose = "" if person is None else str(int(person))
    within_another = connections[using].in_atomic_block
    with transaction.atomic(using=using):
        if not within_another:
            with connections[using].execute_wrapper(_SaidFirst(wanted, whose)):
                yield
            return
        before = _current(using)
        _set((wanted, whose), using)
        yield
        # A savepoint that is rolled back takes its setting with it; one that is kept does not.
        if not transaction.get_rollback(using):
            _set(before, using)


@contextmanager
def reading_for(body_ids: Iterable[int], *, using: str = "default") -> Iterator[None]:
    """Reach the rows of these bodies for a while, inside a transaction that acts for others.

    Two statements and no savepoint, so only to read: what acted before holds again afterwards,
    whatever is raised meanwhile. An error of the database ends the transaction, setting and all.
    """
    wanted = ",".join(str(int(body_id)) for body_id in sorted(set(body_ids)))
    before = _swapped(wanted, using)
    try:
        yield
    finally:
        if connections[using].connection.info.transaction_status is not TransactionStatus.INERROR:
            _swapped(before, using)


class _SaidFirst:
    """Says for whom a transaction acts, together with its first statement.

    By itself it would cost every request, job and entry one more journey to the server. Until it is
    said no row is reached, so a statement that went round this would find nothing.
    """

    def __init__(self, bodies: str, person: str) -> None:
        self._waiting: str | None = (
            f"SELECT set_config('{SETTING}', '{bodies}', true), "
            f"set_config('{PERSON_SETTING}', '{person}', true)"
        )

    def __call__(  # the arguments are Django's
        self,
        execute: Callable[..., Any],
        sql: Any,  # noqa: ANN401  # text, or what psycopg composes
        params: Any,  # noqa: ANN401
        many: bool,  # noqa: FBT001
        context: Mapping[str, Any],
    ) -> Any:  # noqa: ANN401
        """Execute a statement, the first one after the setting."""
        setting, self._waiting = self._waiting, None
        if setting is None:
            return execute(sql, params, many, context)
        cursor = context["cursor"]
        if many or not isinstance(sql, str) or getattr(cursor.cursor, "name", None):
            with context["connection"].cursor() as another:
                another.execute(setting)
            return execute(sql, params, many, context)
        outcome = execute(f"{setting}; {sql}", params, many, context)
        cursor.nextset()  # past the answer to the setting
        return outcome


def _swapped(bodies: str, using: str) -> str:
    """Act for these bodies from now on, and return for which it was until then."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "WITH held AS MATERIALIZED (SELECT current_setting(%s, true) AS bodies) "
            "SELECT held.bodies, set_config(%s, %s, true) FROM held",
            [SETTING, SETTING, bodies],
        )
        (before, _now) = cursor.fetchone()
        return before or ""


def _current(using: str) -> tuple[str, str]:
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT current_setting(%s, true), current_setting(%s, true)", [SETTING, PERSON_SETTING]
        )
        bodies, person = cursor.fetchone()
        return bodies or "", person or ""


def _set(values: tuple[str, str], using: str) -> None:
    bodies, person = values
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT set_config(%s, %s, true), set_config(%s, %s, true)",
            [SETTING, bodies, PERSON_SETTING, person],
        )
