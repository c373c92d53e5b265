"""Which words of an answer a search found, so that a page can show them."""

from collections.abc import Iterable, Sequence

from django.db import connection

from candour.database.text_search import ACCENTED, UNACCENTED, unaccented
from candour.experiences.finding import LONGEST_SEARCH

START, STOP = "\x02", "\x03"
OPTIONS = f'HighlightAll=true, StartSel="{START}", StopSel="{STOP}"'
# Word for word is looked for without accents: that changes letters, and never their places.
HEADLINES = f"""
SELECT id, answer,
    ts_headline('english', answer, websearch_to_tsquery('english', %s), %s),
    ts_headline('simple', translate(answer, '{ACCENTED}', '{UNACCENTED}'),
        websearch_to_tsquery('simple', %s), %s)
FROM experience WHERE id = ANY (%s)
"""  # noqa: S608  # the letters are this project's own; what a person gives is a parameter

Span = tuple[int, int]
"""Where some letters of an answer begin, and where they end."""


def matches(ids: Iterable[int], search: str) -> dict[int, Sequence[Span]]:
    """Return, for each of these experiences, the places that the search found. One query.

    The places are in order and do not overlap. Without a search nothing is asked.
    """
    typed = search.replace("\0", "").strip()[:LONGEST_SEARCH]
    wanted = list(ids)
    if not typed or not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(HEADLINES, [typed, OPTIONS, unaccented(typed), OPTIONS, wanted])
        return {
            pk: joined([*spans(stems, len(answer)), *spans(plain, len(answer))])
            for pk, answer, stems, plain in cursor.fetchall()
        }


def spans(headline: str, length: int) -> list[Span]:
    """Return the places that a headline marks in a text of this length; none if they cannot fit."""
    found: list[Span] = []
    begun, place = -1, 0
    for letter in headline:
        if letter == START:
            begun = place
        elif letter == STOP and begun >= 0:
            found.append((begun, place))
            begun = -1
        else:
            place += 1
    # A text with such marks of its own, or one that PostgreSQL wrote anew, cannot be trusted.
    return found if place == length else []


def joined(found: Iterable[Span]) -> list[Span]:
    """Return the places in order, those that touch or overlap made into one."""
    whole: list[Span] = []
    for begin, end in sorted(found):
        if whole and begin <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((begin, end))
    return whole
