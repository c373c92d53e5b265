"""Services of a register: added, changed, ended, returned; each with its line of history."""

from datetime import date, datetime
from typing import Any, Final

from django.db import connection

from candour.bodies.models import ServedPeople, Service
from candour.directory.models import Intake, What
from candour.directory.report import Report
from candour.directory.taking.comparing import ADDED, ENDED, FIELD_BY_FIELD, RETURNED, parameters
from candour.directory.taking.inserting import other_columns

# A service of the very same name and postcode that no register lists yet is the one meant.
NEW: Final = f"""
CREATE TEMPORARY TABLE directory_new ON COMMIT DROP AS
SELECT added.id AS staged, known.id AS service, false AS made FROM ({ADDED}) AS added
LEFT JOIN LATERAL (
    SELECT min(s.id) AS id FROM directory_staged n JOIN bodies_service s
        ON s.postcode = n.postcode AND lower(s.name) = lower(n.name)
    WHERE n.id = added.id AND n.postcode <> '' AND NOT EXISTS (
        SELECT FROM directory_listing l WHERE l.service_id = s.id)
    HAVING count(*) = 1
) AS known ON true
"""  # noqa: S608  # all of it is this module's own
ONE_EACH: Final = """
UPDATE directory_new w SET service = NULL WHERE EXISTS (
    SELECT FROM directory_new o WHERE o.service = w.service AND o.staged < w.staged)
"""
NUMBERED: Final = """
UPDATE directory_new SET made = true,
    service = nextval(pg_get_serial_sequence('bodies_service', 'id')) WHERE service IS NULL
"""
SERVICES: Final = """
INSERT INTO bodies_service (id, name, provider_id, kind, nursing, people, host_authority_id,
    address, postcode, to_date{columns})
SELECT w.service, n.name, p.body_id, coalesce(n.kinds[1], ''), n.nursing,
    coalesce(nullif(n.people, ''), %s), a.body_id, n.address, n.postcode, n.ended_on{places}
FROM directory_new w JOIN directory_staged n ON n.id = w.staged
JOIN directory_provider p ON p.register = %s AND p.number = n.provider_number
LEFT JOIN directory_authority a ON a.name = n.authority
WHERE w.made ORDER BY w.service
"""
LISTINGS: Final = """
INSERT INTO directory_listing (register, number, service_id, provider_id, authority_id, name,
    also_known_as, address, postcode, phone, website, kinds, specialisms, nursing, people, region,
    url, latest_check, first_listed, listed_until)
SELECT %(register)s, n.number, w.service, p.id, a.id, n.name, n.also_known_as, n.address,
    n.postcode, n.phone, n.website, n.kinds, n.specialisms, n.nursing, n.people, n.region, n.url,
    n.latest_check, %(day)s, n.ended_on
FROM directory_new w JOIN directory_staged n ON n.id = w.staged
JOIN directory_provider p ON p.register = %(register)s AND p.number = n.provider_number
LEFT JOIN directory_authority a ON a.name = n.authority
ORDER BY w.service
"""
HISTORY: Final = """
INSERT INTO directory_change (service_id, what, field, before, after, at, by_id, intake_id)
"""
TOLD_ADDED: Final = f"""
{HISTORY} SELECT w.service, '{What.ADDED}', '', '', %(register)s || ' ' || n.number, %(at)s,
    %(by)s, %(intake)s
FROM directory_new w JOIN directory_staged n ON n.id = w.staged ORDER BY n.line
"""  # noqa: S608  # all of it is this module's own
CHANGED: Final = f"""
CREATE TEMPORARY TABLE directory_changed ON COMMIT DROP AS {FIELD_BY_FIELD}
"""
TOLD_CHANGED: Final = f"""
{HISTORY} SELECT service_id, '{What.CHANGED}', field, before, after, %(at)s, %(by)s, %(intake)s
FROM directory_changed ORDER BY line, field
"""  # noqa: S608  # the same
# Only what changed in the register changes here: what people put right by hand stays until then.
SERVICE_CHANGED: Final = """
UPDATE bodies_service s SET
    name = CASE WHEN 'name' = ANY (c.fields) THEN n.name ELSE s.name END,
    address = CASE WHEN 'address' = ANY (c.fields) THEN n.address ELSE s.address END,
    postcode = CASE WHEN 'postcode' = ANY (c.fields) THEN n.postcode ELSE s.postcode END,
    kind = CASE WHEN 'kinds' = ANY (c.fields) THEN coalesce(n.kinds[1], '') ELSE s.kind END,
    nursing = CASE WHEN 'nursing' = ANY (c.fields) THEN n.nursing ELSE s.nursing END,
    people = CASE WHEN 'people' = ANY (c.fields) AND n.people <> '' THEN n.people
        ELSE s.people END,
    provider_id = CASE WHEN 'provider_name' = ANY (c.fields) THEN p.body_id
        ELSE s.provider_id END,
    host_authority_id = CASE WHEN 'authority' = ANY (c.fields) THEN a.body_id
        ELSE s.host_authority_id END
FROM (SELECT listing, service_id, array_agg(field) AS fields FROM directory_changed GROUP BY 1, 2)
    AS c
JOIN directory_listing l ON l.id = c.listing
JOIN directory_staged n ON n.intake_id = %(intake)s AND n.number = l.number
JOIN directory_provider p ON p.register = %(register)s AND p.number = n.provider_number
LEFT JOIN directory_authority a ON a.name = n.authority
WHERE s.id = c.service_id
"""
KEPT: Final = (
    *("name", "also_known_as", "address", "postcode", "phone", "website", "kinds"),
    *("specialisms", "nursing", "people", "region", "url", "latest_check"),
)
LISTING_CHANGED: Final = f"""
UPDATE directory_listing l SET
    {
    ", ".join(
        f"{field} = CASE WHEN '{field}' = ANY (c.fields) THEN n.{field} ELSE l.{field} END"
        for field in KEPT
    )
},
    provider_id = CASE WHEN 'provider_name' = ANY (c.fields) THEN p.id ELSE l.provider_id END,
    authority_id = CASE WHEN 'authority' = ANY (c.fields) THEN a.id ELSE l.authority_id END
FROM (SELECT listing, array_agg(field) AS fields FROM directory_changed GROUP BY 1) AS c
JOIN directory_listing o ON o.id = c.listing
JOIN directory_staged n ON n.intake_id = %(intake)s AND n.number = o.number
JOIN directory_provider p ON p.register = %(register)s AND p.number = n.provider_number
LEFT JOIN directory_authority a ON a.name = n.authority
WHERE l.id = c.listing
"""  # noqa: S608  # the same
# The last day on which it was listed is the day before the file that has it no more.
GONE: Final = f"""
CREATE TEMPORARY TABLE directory_gone ON COMMIT DROP AS
SELECT listing, service_id, coalesce(ended_on, %(day)s::date - 1) AS until FROM ({ENDED}) AS e
"""  # noqa: S608  # the same
LISTING_ENDED: Final = """
UPDATE directory_listing l SET listed_until = g.until FROM directory_gone g WHERE l.id = g.listing
"""
# A service that another register lists goes on; so does one whose end somebody wrote already.
SERVICE_ENDED: Final = """
UPDATE bodies_service s SET to_date = greatest(g.until, s.from_date) FROM directory_gone g
WHERE s.id = g.service_id AND s.to_date IS NULL AND NOT EXISTS (
    SELECT FROM directory_listing l WHERE l.service_id = s.id AND l.listed_until IS NULL)
"""
TOLD_ENDED: Final = f"""
{HISTORY} SELECT service_id, '{What.ENDED}', '', '', until::text, %(at)s, %(by)s, %(intake)s
FROM directory_gone ORDER BY listing
"""  # noqa: S608  # the same
BACK: Final = f"CREATE TEMPORARY TABLE directory_back ON COMMIT DROP AS {RETURNED}"
SERVICE_RETURNED: Final = """
UPDATE bodies_service s SET to_date = NULL FROM directory_back b
WHERE s.id = b.service_id AND s.to_date = greatest(b.listed_until, s.from_date)
"""
LISTING_RETURNED: Final = """
UPDATE directory_listing l SET listed_until = NULL FROM directory_back b WHERE l.id = b.listing
"""
TOLD_RETURNED: Final = f"""
{HISTORY} SELECT service_id, '{What.RETURNED}', '', listed_until::text, %(day)s::text, %(at)s,
    %(by)s, %(intake)s
FROM directory_back ORDER BY listing
"""  # noqa: S608  # the same
WORK_TABLES: Final = ("directory_new", "directory_changed", "directory_gone", "directory_back")
STEPS: Final = (
    *(CHANGED, GONE, BACK, NEW, ONE_EACH, NUMBERED),
    *(TOLD_CHANGED, SERVICE_CHANGED, LISTING_CHANGED),
    *(LISTING_ENDED, SERVICE_ENDED, TOLD_ENDED),
    *(SERVICE_RETURNED, LISTING_RETURNED, TOLD_RETURNED),
)


def take_services(intake: Intake, report: Report, *, day: date, as_of: datetime) -> None:
    """Make the directory say of every service what the file says.

    Everything is compared before anything is changed, so that no step sees what another did.

    Args:
        intake: the file, staged; its providers and authorities are in.
        report: what was read of it.
        day: the day on which it was produced.
        as_of: the present instant, for the history.
    """
    values: dict[str, Any] = {
        **parameters(intake, report),
        "day": day,
        "at": as_of,
        "by": intake.sent_by_id,
    }
    columns, places, defaults = other_columns(Service, SERVICE_COLUMNS)
    with connection.cursor() as cursor:
        for table in WORK_TABLES:
            cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}")
        for step in STEPS:
            cursor.execute(step, values)
        made = SERVICES.format(columns=columns, places=places)
        # Places of the defaults stand in the SELECT's list, before the register in its FROM.
        cursor.execute(made, [ServedPeople.ADULTS, *defaults, intake.register])
        cursor.execute(LISTINGS, values)
        cursor.execute(TOLD_ADDED, values)


SERVICE_COLUMNS: Final = (
    *("id", "name", "provider_id", "kind", "nursing", "people", "host_authority_id"),
    *("address", "postcode", "to_date"),
)
