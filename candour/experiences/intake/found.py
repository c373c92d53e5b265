"""What was found in the words of an import's rows: kept beside the experiences they became.

The words as given stand in the staging table only, which no backup or log of the database ever
holds and which is gone when the transaction ends; what is kept of them is sealed.
"""

from collections.abc import Iterator

from django.db import connection

from candour.experiences.intake.report import ImportReport, Sightings
from candour.experiences.intake.staging import Shared
from candour.experiences.models import Import
from candour.experiences.watching import look_by
from candour.sealing.errors import KeyNotHere
from candour.sealing.keeping import keep, of_experience, seal_many
from candour.sealing.models import Purpose

New = tuple[int, str, int]
"""What tells the rows of one import: body, source and the import's number."""

AT_ONCE = 1_000
NOT_KEPT = (
    "what was taken out of it could not be kept, because there is no key on this machine, and so "
    "cannot be put back"
)
# By the columns of the index that knows a row by its id, so that no query reads the whole import.
NEW = """
JOIN experience e ON e.body_id = %s AND e.source = %s AND e.source_ref = s.source_ref
AND e.out_because <> 'import_undone' AND e.batch_id = %s
"""
QUICK = "CREATE INDEX ON experience_staged (line) WHERE marks IS NOT NULL"
GIVEN = f"""
SELECT s.line, e.id, s.given FROM experience_staged s {NEW}
WHERE s.marks IS NOT NULL AND s.line > %s ORDER BY s.line LIMIT {AT_ONCE}
"""  # noqa: S608  # the names are this module's own
MARK = f"""
INSERT INTO experience_mark (body_id, experience_id, sort, begin, "end", kept, found_by, state)
SELECT e.body_id, e.id, m.sort, m."from", m."to", %s, 'rules', 'waiting'
FROM experience_staged s {NEW}
CROSS JOIN LATERAL jsonb_to_recordset(s.marks) AS m (sort text, "from" integer, "to" integer)
WHERE s.marks IS NOT NULL ORDER BY s.line, m."from"
"""  # noqa: S608  # the names are this module's own
SIGN = f"""
INSERT INTO experience_sign
    (body_id, experience_id, sorts, found, past, raised_by, raised_at, look_by, state)
SELECT e.body_id, e.id, ARRAY(SELECT jsonb_array_elements_text(s.signs -> 'sorts')),
    s.signs -> 'found', (s.signs ->> 'past')::boolean, 'rules', %s, %s, 'waiting'
FROM experience_staged s {NEW}
WHERE s.signs IS NOT NULL ORDER BY s.line
"""  # noqa: S608  # the names are this module's own


def keep_found(batch: Import, shared: Shared, report: ImportReport) -> None:
    """Keep the marks and signs of the rows that an import has just inserted; seal their words.

    Without a key the clean text is taken all the same, and the report says what was not kept.
    """
    new = (shared.body_id, shared.source, shared.batch_id)
    with connection.cursor() as cursor:
        cursor.execute(QUICK)
    sealed = report.dry_run or _seal(batch, new, report)
    with connection.cursor() as cursor:
        cursor.execute(MARK, [sealed, *new])
        soon = look_by(batch.body, batch.imported_at)
        cursor.execute(SIGN, [batch.imported_at, soon, *new])


def _seal(batch: Import, new: New, report: ImportReport) -> bool:
    """Seal the words as given of every row that has a mark; return whether they could be."""
    try:
        texts = ((of_experience(number), given.encode()) for _line, number, given in _given(new))
        keep(seal_many(batch.body_id, Purpose.WORDS, texts, as_of=batch.imported_at))
    except KeyNotHere:
        report.noted[NOT_KEPT] = _lines(new)
        return False
    return True


def _given(new: New) -> Iterator[tuple[int, int, str]]:
    """Yield line, experience and words as given, some at a time, so that memory stays small."""
    line = -1
    while True:
        with connection.cursor() as cursor:
            cursor.execute(GIVEN, [*new, line])
            rows = cursor.fetchall()
        yield from rows
        if len(rows) < AT_ONCE:
            return
        line = rows[-1][0]


def _lines(new: New) -> Sightings:
    seen = Sightings()
    for line, _number, _given_words in _given(new):
        seen.add(line)
    return seen
