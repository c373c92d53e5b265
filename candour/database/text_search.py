"""Searching words in English and in Welsh: what people said, what cases and documents say.

PostgreSQL knows English word endings and no Welsh ones. So every text is indexed twice in one
column: by its English word stems, and word for word with accents taken off, which finds Welsh
words (and names) whether the searcher's keyboard has a circumflex or not.
"""

import re
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Func

ACCENTED = "âêîôûŵŷáéíóúẃýàèìòùẁỳäëïöüẅÿÂÊÎÔÛŴŶÁÉÍÓÚẂÝÀÈÌÒÙẀỲÄËÏÖÜẄŸ"
UNACCENTED = "aeiouwy" * 8
RULED_OUT = re.compile(r"(^|\s)-\S")


# Taking accents off is slow for PostgreSQL, so a text that is all ASCII is spared it.
WORDS = (
    "(to_tsvector('english'::regconfig, %(expressions)s) || to_tsvector('simple'::regconfig, "
    "CASE WHEN octet_length(%(expressions)s) = char_length(%(expressions)s) "
    "THEN %(expressions)s "
    f"ELSE translate(%(expressions)s, '{ACCENTED}', '{UNACCENTED}') END))"
)


def words_sql(text: str) -> str:
    """Return the SQL of the words of a text: English stems, then each word without accents.

    Args:
        text: SQL that gives the text.
    """
    return WORDS % {"expressions": text}


class AnswerWords(Func):
    """The words of an answer: English stems, then each word as it stands without accents."""

    template = WORDS
    output_field: "SearchVectorField[str, str]" = SearchVectorField()


def query_sql(search: str) -> tuple[str, list[Any]]:
    """Return the SQL of a text query for what a person typed, and its parameters.

    Quotation marks ask for a phrase, ``or`` for either, a leading ``-`` rules a word out. Ruled
    out words are looked for by stem alone: joined with "or", the word-for-word reading would let
    "-delay" through for an answer that says "delays".
    """
    english = "websearch_to_tsquery('english', %s)"
    if RULED_OUT.search(search):
        return english, [search]
    return f"({english} || websearch_to_tsquery('simple', %s))", [search, unaccented(search)]


def unaccented(words: str) -> str:
    """Return the words without the accents that the index leaves out."""
    return words.translate(str.maketrans(ACCENTED, UNACCENTED))
