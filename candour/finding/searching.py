"""Finding in cases and in their documents, for the bodies that the transaction acts for.

Which rows match is asked of functions in the database (see the migrations), which bound their own
work; what is then shown of them is read under row security.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final, Generic, TypeVar

from django.db import connection

from candour.database.text_search import ACCENTED, UNACCENTED
from candour.experiences.matching import START, STOP, joined, spans
from candour.finding.asking import Asked, SqlText

ENOUGH: Final = 1_000  # matches looked at; where there are more, the newest of them
AT_A_GLANCE: Final = 200  # of these on a page that shows some of everything
WITHIN: Final = 40  # thousandths of a second in which the index of words is asked for more weeks
NEWEST: Final = 12_000  # texts gone through from the newest on, where so many soon hold enough
FEW: Final = 20  # fewer found by the words as typed, and the last is taken for a beginning too
SHOWN_OF_EACH: Final = 3  # entries shown of one case
LONGEST_SHOWN: Final = 5_000  # letters of a text in which the place found is looked for
TOLD: Final = 4  # columns that say what holds of all that was found, the place in it first
TEXTS: Final = TOLD + 9  # and after those of a case, where those of its texts begin
OPTIONS: Final = f'HighlightAll=true, StartSel="{START}", StopSel="{STOP}"'

Span = tuple[int, int]
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class FoundText:
    """One text that was found: an entry of a case, or a document in it.

    Attributes:
        source: "entry", "letter", "paper", or "file" for the words in a filed document.
        id: that of the entry, or of the letter or paper; a letter’s or file’s is also that of its
            entry.
        what: the kind of the entry, the template or sort of the document, or its title.
        said: the beginning of its words, or all of them.
        places: where in them what was looked for stands.
    """

    source: str
    id: str
    ref: str
    title: str
    procedure: str
    what: str
    at: datetime
    said: str
    places: Sequence[Span]


@dataclass(frozen=True, slots=True)
class FoundCase:
    """A case in which something was found, with some of what was.

    Attributes:
        named: it was found by what it is called or about, not by an entry alone.
        number: how many of its entries were found.
    """

    ref: str
    title: str
    service: str
    procedure: str
    step: str
    opened_at: datetime
    closed_at: datetime | None
    named: bool
    number: int
    texts: tuple[FoundText, ...] = ()


@dataclass(frozen=True, slots=True)
class Found(Generic[Item]):
    """Some of what was found.

    Attributes:
        items: those of the page asked for.
        total: how many there are in all; of very common words only the newest are counted.
        more: there are more than `total` says.
        since: from this instant on everything was looked through, and nothing before, since that
            would have taken long; None where all of it was.
    """

    items: tuple[Item, ...]
    total: int
    more: bool
    since: datetime | None = None


# `named` cases come first, then those in which something was found most lately.
CASES = f"""
    WITH asked AS MATERIALIZED (SELECT {{query}} AS q),
    hits AS MATERIALIZED (
        SELECT f.found_id, f.of_case, f.at, true AS named
        FROM asked, finding_in_cases(asked.q, 'case', %(since)s, %(until)s, %(state)s,
                                     %(enough)s, %(newest)s, %(within)s) f
        UNION ALL
        SELECT f.found_id, f.of_case, f.at, false
        FROM asked, finding_in_cases(asked.q, 'entry', %(since)s, %(until)s, %(state)s,
                                     %(enough)s, %(newest)s, %(within)s) f
    ), grouped AS MATERIALIZED (
        SELECT of_case, bool_or(named) AS named, count(*) AS number,
               max(at) AS at,
               (array_agg(found_id ORDER BY named, at DESC, found_id DESC))[1:%(each)s] AS texts
        FROM hits WHERE found_id IS NOT NULL GROUP BY of_case
    ), page AS (
        SELECT g.*, row_number() OVER (ORDER BY named DESC, at DESC, of_case DESC) AS place
        FROM grouped g ORDER BY place LIMIT %(size)s OFFSET %(offset)s
    )
    SELECT p.place, (SELECT count(*) FROM grouped), (SELECT count(*) >= %(enough)s FROM hits),
           l.since, p.named, p.number, c.ref, c.title, coalesce(s.name, ''), c.procedure, c.step,
           c.opened_at, c.closed_at,
           w.entry::text, w.kind, w.happened_at, left(w.said, {LONGEST_SHOWN}), {{marks}}
    FROM (SELECT max(at) AS since FROM hits WHERE found_id IS NULL) AS l LEFT JOIN page p ON true
    LEFT JOIN case_file c ON c.id = p.of_case LEFT JOIN bodies_service s ON s.id = c.service_id
    LEFT JOIN case_words w ON w.id = ANY (p.texts)
    CROSS JOIN asked
    ORDER BY p.place, w.sort DESC, w.happened_at DESC, w.id DESC
"""  # noqa: S608  # our own numbers

DOCUMENTS = f"""
    WITH asked AS MATERIALIZED (SELECT {{query}} AS q),
    hits AS MATERIALIZED (
        SELECT DISTINCT ON (id) source, id, found_id, of_case, at FROM (
            SELECT 1 AS rank, source, f.found_id AS id, NULL::bigint AS found_id, of_case, f.at
            FROM asked, finding_in_papers(asked.q, %(since)s, %(until)s, %(state)s, %(enough)s) f
            UNION ALL
            SELECT 2, 'entry', f.entry, f.found_id, f.of_case, f.at
            FROM asked, finding_in_cases(asked.q, 'document', %(since)s, %(until)s, %(state)s,
                                         %(enough)s, %(newest)s, %(within)s) f
            UNION ALL
            SELECT 3, 'file', f.found_id, NULL, f.of_case, f.at
            FROM asked, finding_in_files(asked.q, %(since)s, %(until)s, %(state)s, %(enough)s) f
        ) AS every ORDER BY id, rank, found_id
    ), page AS (
        SELECT * FROM hits WHERE id IS NOT NULL ORDER BY at DESC, id
        LIMIT %(size)s OFFSET %(offset)s
    ), told AS (
        SELECT p.source, p.id::text, c.ref, c.title, c.procedure,
               CASE p.source WHEN 'file' THEN (
                   SELECT split_part(t.said, chr(10), 1) FROM case_words t
                   WHERE t.case_id = p.of_case AND t.entry = p.id ORDER BY t.kept LIMIT 1)
               ELSE coalesce(l.template, d.sort, w.kind, '') END AS what, p.at,
               left(CASE p.source
                   WHEN 'letter' THEN finding_read(finding_letter_said(l.sealed))
                   WHEN 'paper' THEN finding_read(finding_paper_said(d.sealed))
                   WHEN 'file' THEN (
                       SELECT f.said FROM filed_piece f WHERE f.document_id = p.id
                       ORDER BY f.words @@ asked.q DESC, f.place LIMIT 1)
                   ELSE w.said END, {LONGEST_SHOWN}) AS said
        FROM asked, page p JOIN case_file c ON c.id = p.of_case
        LEFT JOIN letter_sent l ON p.source = 'letter' AND l.id = p.id
        LEFT JOIN signing_document d ON p.source = 'paper' AND d.id = p.id
        LEFT JOIN case_words w ON w.id = p.found_id
    )
    SELECT t.source, (SELECT count(id) FROM hits), (SELECT count(*) >= %(enough)s FROM hits),
           e.since, t.source, t.id, t.ref, t.title, t.procedure, t.what, t.at, t.said, {{marks}}
    FROM (SELECT max(at) AS since FROM hits WHERE id IS NULL) AS e LEFT JOIN told t ON true
    CROSS JOIN asked ORDER BY t.at DESC, t.id
"""  # noqa: S608  # our own numbers

# Beginnings cost the more the commoner they are, so they are looked for only where they are needed.
WIDER = """
    CASE WHEN (SELECT count(found_id) >= %(few)s FROM finding_in_cases(
        {plain}, 'entry', %(since)s, %(until)s, %(state)s, %(few)s, %(newest)s, %(within)s))
    THEN {plain} ELSE {wide} END
"""
# Word for word is looked for without accents: that changes letters, and never their places.
MARKS = (
    "ts_headline('english', {said}, asked.q, %(options)s), ts_headline('simple', "
    f"translate({{said}}, '{ACCENTED}', '{UNACCENTED}'), asked.q, %(options)s)"
)


def in_cases(
    asked: Asked, *, size: int, offset: int = 0, enough: int | None = None
) -> Found[FoundCase]:
    """Return cases in which something was found, those found by name first. One query.

    Args:
        asked: what is looked for.
        size: how many cases at most.
        offset: how many to leave out, for the pages after the first.
        enough: how many matches are looked at, `ENOUGH` if left out.
    """
    told, rows = _rows(CASES, "w.said", asked, _Share(size, offset, enough or ENOUGH))
    items = tuple(_case([*of_one]) for _place, of_one in groupby(rows, key=lambda row: row[0]))
    return Found(items, *told)


def in_documents(
    asked: Asked, *, size: int, offset: int = 0, enough: int | None = None
) -> Found[FoundText]:
    """Return letters, minutes, signed papers and filed documents, the newest first. One query."""
    told, rows = _rows(DOCUMENTS, "t.said", asked, _Share(size, offset, enough or ENOUGH))
    return Found(tuple(_text(row[TOLD:]) for row in rows), *told)


@dataclass(frozen=True, slots=True)
class _Share:
    """Which of what is found is given, and how many matches are looked at for it."""

    size: int
    offset: int
    enough: int


def _rows(
    sql: str, said: str, asked: Asked, share: _Share
) -> tuple[tuple[int, bool, datetime | None], list[tuple[Any, ...]]]:
    """Return how many, whether more and since when was looked; and the rows of what was found."""
    if not asked.plain:
        return (0, False, None), []
    query, values = _query(asked)
    values |= {
        "since": asked.since,
        "until": asked.until,
        "state": asked.state,
        "enough": share.enough,
        "newest": NEWEST,
        "within": None if asked.far else WITHIN,
        "few": FEW,
        "each": SHOWN_OF_EACH,
        "size": share.size,
        "offset": share.offset,
        "options": OPTIONS,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql.format(query=query, marks=MARKS.format(said=said)), values)
        rows = list(cursor.fetchall())
    total, more, since = rows[0][1:TOLD]
    return (total, more, since), [row for row in rows if row[0] is not None]


def _query(asked: Asked) -> tuple[str, dict[str, Any]]:
    """Return the SQL of what is looked for, and its parameters by name."""
    plain, typed = _named("plain", asked.query())
    wider = asked.wider()
    if wider is None:
        return plain, typed
    wide, more = _named("wide", wider)
    return WIDER.format(plain=plain, wide=wide), typed | more


def _named(prefix: str, query: SqlText) -> tuple[str, dict[str, Any]]:
    sql, typed = query
    for place in range(len(typed)):
        sql = sql.replace("%s", f"%({prefix}_{place})s", 1)
    return sql, {f"{prefix}_{place}": value for place, value in enumerate(typed)}


def _case(rows: Sequence[tuple[Any, ...]]) -> FoundCase:
    """Return a case out of its rows, one for each text that is shown of it."""
    named, number, ref, title, service, procedure, step, opened_at, closed_at = rows[0][TOLD:TEXTS]
    return FoundCase(
        ref=ref,
        title=title,
        service=service,
        procedure=procedure,
        step=step,
        opened_at=opened_at,
        closed_at=closed_at,
        named=named,
        number=number,
        texts=tuple(
            _text(("entry", entry, ref, title, procedure, kind, at, said, *marks))
            for entry, kind, at, said, *marks in (row[TEXTS:] for row in rows)
            if entry
        ),
    )


def _text(columns: Sequence[Any]) -> FoundText:
    """Return a text out of its columns, the last two of which are its words with marks."""
    source, found_id, ref, title, procedure, what, at, said, stems, plain = columns
    places = joined([*spans(stems, len(said)), *spans(plain, len(said))])
    return FoundText(source, found_id, ref, title, procedure, what, at, said, places)
