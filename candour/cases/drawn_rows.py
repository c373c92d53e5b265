"""A table drawn from logs: what it is called, what stands in it, and how a case’s rows are kept."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

KEEP = """
    WITH gone AS (
        DELETE FROM {table} WHERE case_id = %(case)s AND {key} NOT IN (
            SELECT g.{key} FROM jsonb_to_recordset(%(rows)s::jsonb) AS g ({key} {key_type})
        )
    )
    INSERT INTO {table} (case_id, body_id, {names})
    SELECT %(case)s, %(body)s, r.* FROM jsonb_to_recordset(%(rows)s::jsonb) AS r ({typed})
    ON CONFLICT (case_id, {key}) DO UPDATE SET {changes}
"""


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """A table whose rows follow from the logs.

    Attributes:
        name: the table.
        columns: its columns with their types in SQL; the first tells a row from others of its case.
    """

    name: str
    columns: Mapping[str, str]

    @property
    def names(self) -> str:
        """The names of the columns, for a statement."""
        return ", ".join(self.columns)

    def keep(self, case_id: int, body_id: int, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write the rows of a case in place of those that were there. One statement."""
        key, *others = self.columns
        sql = KEEP.format(
            table=self.name,
            key=key,
            key_type=self.columns[key],
            names=self.names,
            typed=", ".join(f"{name} {sort}" for name, sort in self.columns.items()),
            changes=", ".join(f"{name} = excluded.{name}" for name in others),
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, {"case": case_id, "body": body_id, "rows": json.dumps(rows)})
