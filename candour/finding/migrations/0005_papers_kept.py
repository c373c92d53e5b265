"""Keeps the words of letters and papers beside them, as they are sealed and never change.

An index of words does not know where they stand: whether they are a phrase is looked up in each text
that has them, and reading that out of a sealed letter anew takes a millisecond.
"""

import importlib

from django.db import migrations

before = importlib.import_module("candour.finding.migrations.0002_found")
KEPT = {"letter_sent": "finding_letter_words", "signing_document": "finding_paper_words"}


def in_papers():
    """Return the function of before, looking at the words that are kept."""
    sql = before.IN_PAPERS.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    for table, words in KEPT.items():
        alias = table[0] if table == "letter_sent" else "d"
        asked = f"{words}({alias}.sealed) @@ asked"
        assert asked in sql, asked
        sql = sql.replace(asked, f"{alias}.words @@ asked")
    return sql


class Migration(migrations.Migration):
    """A column that PostgreSQL fills by itself, which nobody can write."""

    dependencies = [("finding", "0004_in_files")]

    operations = [
        *(
            migrations.RunSQL(
                [
                    f"ALTER TABLE {table} ADD COLUMN words tsvector "
                    f"GENERATED ALWAYS AS ({words}(sealed)) STORED",
                    f"DROP INDEX {table}_words",
                    f"CREATE INDEX {table}_words ON {table} USING gin (words)",
                ],
                [
                    f"DROP INDEX {table}_words",
                    f"CREATE INDEX {table}_words ON {table} USING gin ({words}(sealed))",
                    f"ALTER TABLE {table} DROP COLUMN words",
                ],
            )
            for table, words in KEPT.items()
        ),
        migrations.RunSQL(
            in_papers(), before.IN_PAPERS.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
        ),
    ]
