"""The words that the experiences at hand use: which sources they come from, how they were rated."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from candour.database.row_security import BODIES

MOST_WORDS = 100  # of each sort and body; nobody chooses from more

# Steps from each word in an index to the next, so that a million rows cost as little as a hundred.
STEPS = """
stepped_{column} (body_id, word, steps) AS (
    SELECT own.body_id, (
        SELECT min(e.{column}) FROM experience e WHERE e.body_id = own.body_id AND {in_use}
    ), 1 FROM own
    UNION ALL
    SELECT s.body_id, (
        SELECT min(e.{column}) FROM experience e
        WHERE e.body_id = s.body_id AND e.{column} > s.word AND {in_use}
    ), s.steps + 1
    FROM stepped_{column} s WHERE s.word IS NOT NULL AND s.steps < {most}
)
"""
COLUMNS = ("source", "rating")
# The second says no more than the first, and lets the index serve that keeps sources apart.
IN_USE = "e.out_since IS NULL AND e.out_because <> 'import_undone'"
WORDS = (
    f"WITH RECURSIVE own AS (SELECT unnest({BODIES}) AS body_id), "  # noqa: S608  # own names only
    + ", ".join(STEPS.format(column=column, most=MOST_WORDS, in_use=IN_USE) for column in COLUMNS)
    + " UNION ".join(
        f"SELECT '{column}', word FROM stepped_{column} WHERE word <> ''"  # noqa: S608  # own names
        for column in COLUMNS
    )
    + " ORDER BY 1, 2"
)


@dataclass(frozen=True, slots=True)
class WordsInUse:
    """What the experiences at hand call their sources and ratings, each in alphabetical order."""

    sources: Sequence[str]
    ratings: Sequence[str]


def words_in_use() -> WordsInUse:
    """Return the sources and ratings of the experiences that the caller may reach. One query."""
    with connection.cursor() as cursor:
        cursor.execute(WORDS)
        found = cursor.fetchall()
    return WordsInUse(
        sources=[word for column, word in found if column == "source"],
        ratings=[word for column, word in found if column == "rating"],
    )
