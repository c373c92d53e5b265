"""How what a file says differs from what the directory says: the same SQL for a look and the deed.

Every statement takes the same parameters: the intake, the register, the fields that the file has
columns for, whether it is whole, and which numbers are spared from having gone.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from candour.directory.models import Intake, What
from candour.directory.report import Differences, Report

# A service of the register as it stands, beside what the file says of it.
PAIRED: Final = """
    FROM directory_staged n
    JOIN directory_listing l ON l.register = %(register)s AND l.number = n.number
    JOIN directory_provider p ON p.id = l.provider_id
    LEFT JOIN directory_authority a ON a.id = l.authority_id
"""
FIELD_BY_FIELD: Final = f"""
    SELECT l.id AS listing, l.service_id, n.line, f.field, f.before, f.after
    {PAIRED}
    CROSS JOIN LATERAL (VALUES
        ('name', l.name, n.name),
        ('also_known_as', l.also_known_as, n.also_known_as),
        ('address', l.address, n.address),
        ('postcode', l.postcode, n.postcode),
        ('phone', l.phone, n.phone),
        ('website', l.website, n.website),
        ('kinds', array_to_string(l.kinds, '; '), array_to_string(n.kinds, '; ')),
        ('specialisms', array_to_string(l.specialisms, '; '), array_to_string(n.specialisms, '; ')),
        ('nursing', l.nursing::text, n.nursing::text),
        ('people', l.people, n.people),
        ('region', l.region, n.region),
        ('url', l.url, n.url),
        ('latest_check', coalesce(l.latest_check::text, ''), coalesce(n.latest_check::text, '')),
        ('provider_name', p.name || ' (' || p.number || ')',
            n.provider_name || ' (' || n.provider_number || ')'),
        ('authority', coalesce(a.name, ''), n.authority)
    ) AS f (field, before, after)
    WHERE n.intake_id = %(intake)s AND f.field = ANY (%(fields)s) AND f.before <> f.after
"""  # all of it is this module's own
ADDED: Final = """
    SELECT n.id, n.line, n.number, n.name FROM directory_staged n
    WHERE n.intake_id = %(intake)s AND NOT EXISTS (
        SELECT FROM directory_listing l WHERE l.register = %(register)s AND l.number = n.number)
"""
RETURNED: Final = f"""
    SELECT l.id AS listing, l.service_id, n.line, l.number, n.name, l.listed_until
    {PAIRED} WHERE n.intake_id = %(intake)s AND l.listed_until IS NOT NULL AND n.ended_on IS NULL
"""  # the same
# Listed as closed; or, of a whole list, not listed any more.
ENDED: Final = f"""
    SELECT l.id AS listing, l.service_id, n.line, l.number, n.name, n.ended_on
    {PAIRED} WHERE n.intake_id = %(intake)s AND l.listed_until IS NULL AND n.ended_on IS NOT NULL
    UNION ALL
    SELECT l.id, l.service_id, NULL, l.number, l.name, NULL::date FROM directory_listing l
    WHERE %(whole)s AND l.register = %(register)s AND l.listed_until IS NULL
        AND l.number <> ALL (%(spared)s) AND NOT EXISTS (
            SELECT FROM directory_staged n
            WHERE n.intake_id = %(intake)s AND n.number = l.number)
"""  # noqa: S608  # the same
# A rating without a day is new where the present one is another.
RATED: Final = """
    SELECT l.service_id, n.line, n.schema, n.question, n.rating, n.given_on,
        coalesce(t.rating, c.rating) AS before, coalesce(t.given_on, c.given_on) AS before_on
    FROM directory_staged_rating n
    JOIN directory_listing l ON l.register = %(register)s AND l.number = n.number
    LEFT JOIN directory_rating t ON t.service_id = l.service_id AND t.schema = n.schema
        AND t.question = n.question AND t.given_on = n.given_on
    LEFT JOIN directory_rating c ON c.service_id = l.service_id AND c.schema = n.schema
        AND c.question = n.question AND c.current
    WHERE n.intake_id = %(intake)s AND CASE WHEN n.given_on IS NULL
        THEN c.rating IS DISTINCT FROM n.rating ELSE t.rating IS DISTINCT FROM n.rating END
"""
COUNTED: Final = f"""
    WITH fields AS ({FIELD_BY_FIELD})
    SELECT (SELECT count(*) FROM ({ADDED}) AS added),
        (SELECT count(DISTINCT listing) FROM fields),
        (SELECT count(*) FROM ({ENDED}) AS ended),
        (SELECT count(*) FROM ({RETURNED}) AS returned),
        (SELECT coalesce(jsonb_object_agg(field, number), '{{}}'::jsonb) FROM (
            SELECT field, count(*) AS number FROM fields GROUP BY field) AS by_field),
        (SELECT count(*) FROM ({RATED}) AS rated)
            + (SELECT count(*) FROM directory_staged_rating n WHERE n.intake_id = %(intake)s
                AND EXISTS (SELECT FROM directory_staged s
                    WHERE s.intake_id = n.intake_id AND s.number = n.number)
                AND NOT EXISTS (SELECT FROM directory_listing l
                    WHERE l.register = %(register)s AND l.number = n.number)),
        (SELECT count(*) FROM directory_staged_rating n WHERE n.intake_id = %(intake)s
            AND NOT EXISTS (SELECT FROM directory_staged s
                WHERE s.intake_id = n.intake_id AND s.number = n.number)
            AND NOT EXISTS (SELECT FROM directory_listing l
                WHERE l.register = %(register)s AND l.number = n.number)),
        (SELECT count(DISTINCT n.provider_number) FROM directory_staged n
            WHERE n.intake_id = %(intake)s AND NOT EXISTS (SELECT FROM directory_provider p
                WHERE p.register = %(register)s AND p.number = n.provider_number))
"""  # noqa: S608  # the same


@dataclass(frozen=True, slots=True)
class Difference:
    """One line of a look at a file before it is taken.

    Attributes:
        line: where the file says so, or None where it says nothing any more.
        service: the service's id, or None where it is new.
        field, before, after: of a change: which field, and what it says.
    """

    line: int | None
    service: int | None
    number: str
    name: str
    field: str = ""
    before: str = ""
    after: str = ""


def parameters(intake: Intake, report: Report) -> dict[str, Any]:
    """Return what the statements of this module ask for."""
    return {
        "intake": intake.pk,
        "register": intake.register,
        "fields": report.fields,
        "whole": intake.whole and not report.unreadable,
        "spared": report.spared,
    }


def counted(intake: Intake, report: Report) -> Differences:
    """Return how many differences there are of each sort. One query."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, parameters(intake, report))
        added, changed, ended, returned, fields, rated, unrated, providers = cursor.fetchone()
    return Differences(
        added=added,
        changed=changed,
        ended=ended,
        returned=returned,
        same=max(report.staged - added - changed, 0) if report.fields else 0,
        fields=json.loads(fields),
        rated=rated,
        unrated=unrated,
        providers=providers,
    )


LOOKED_AT: Final[Mapping[str, str]] = {
    What.ADDED: f"""
        SELECT line, NULL, number, name, '', '', '' FROM ({ADDED}) AS added
        ORDER BY name, line LIMIT %(most)s""",  # noqa: S608  # the same
    What.CHANGED: f"""
        SELECT c.line, c.service_id, l.number, l.name, c.field, c.before, c.after
        FROM ({FIELD_BY_FIELD}) AS c JOIN directory_listing l ON l.id = c.listing
        ORDER BY l.name, c.listing, c.field LIMIT %(most)s""",  # noqa: S608  # the same
    What.ENDED: f"""
        SELECT line, service_id, number, name, '', '', coalesce(ended_on::text, '')
        FROM ({ENDED}) AS ended ORDER BY name, number LIMIT %(most)s""",  # noqa: S608  # the same
    What.RETURNED: f"""
        SELECT line, service_id, number, name, '', listed_until::text, ''
        FROM ({RETURNED}) AS returned ORDER BY name, line LIMIT %(most)s""",  # noqa: S608  # the same
    "rated": f"""
        SELECT r.line, r.service_id, l.number, l.name, r.question,
            concat_ws(' ', r.before, r.before_on), concat_ws(' ', r.rating, r.given_on)
        FROM ({RATED}) AS r
        JOIN directory_listing l ON l.service_id = r.service_id AND l.register = %(register)s
        ORDER BY l.name, r.question, r.line LIMIT %(most)s""",  # noqa: S608  # the same
}


def differences(intake: Intake, report: Report, sort: str, most: int) -> Iterator[Difference]:
    """Yield the first differences of one sort: a `What`, or "rated". One query."""
    with connection.cursor() as cursor:
        cursor.execute(LOOKED_AT[sort], {**parameters(intake, report), "most": most})
        yield from (Difference(*row) for row in cursor.fetchall())
