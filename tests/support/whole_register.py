"""A directory of the size of the regulator's, written by few statements: made-up names alone."""

from typing import Final

from django.db import connection

from candour.directory.taking.staging import look_at_sizes
from tests.support.care_directory import FIRST, KINDS, SECOND, THIRD, TOWNS

SERVICES: Final = 55_000
LARGEST_PROVIDER: Final = 1_000  # services that one provider runs
COUNCILS: Final = 150

BODIES: Final = """
INSERT INTO bodies_body (name, name_cy, nation, kind, slug)
SELECT CASE WHEN n <= %(councils)s THEN 'Made-up Council ' || n ELSE 'Made-up Care ' || n END,
    '', 'england', CASE WHEN n <= %(councils)s THEN 'Local authority' ELSE 'Provider' END,
    'made-up-' || n
FROM generate_series(1, %(bodies)s) AS n
"""
AREAS: Final = """
INSERT INTO bodies_area (code, name, name_cy, kind, nation)
SELECT 'E0900' || lpad(n::text, 4, '0'), 'Made-up ' || n, '', 'local_authority', 'england'
FROM generate_series(1, %(councils)s) AS n
"""
FUNCTIONS: Final = """
INSERT INTO bodies_bodyfunction (body_id, function, area, place_id, people)
SELECT b.id, f.function, '', a.id, 'both'
FROM bodies_body b JOIN bodies_area a ON b.name = replace(a.name, 'Made-up ', 'Made-up Council ')
CROSS JOIN (VALUES ('safeguarding'), ('commissioner'), ('scrutiny')) AS f (function)
UNION ALL
SELECT b.id, 'provider', '', NULL, 'both' FROM bodies_body b WHERE b.kind = 'Provider'
"""
DESKS: Final = """
INSERT INTO bodies_contact (body_id, role, name, name_cy, email, phone, hours)
SELECT b.id, r.role, r.role, '', '', '01632 960000', 'Mon to Fri 9am to 5pm'
FROM bodies_body b CROSS JOIN (VALUES ('safeguarding'), ('commissioning')) AS r (role)
WHERE b.kind = 'Local authority' AND b.slug LIKE 'made-up-%%'
"""
PROVIDERS: Final = """
INSERT INTO directory_provider (register, number, name, body_id)
SELECT 'cqc', '1-9' || id, name, id FROM bodies_body WHERE slug LIKE 'made-up-%%'
    AND kind = 'Provider'
"""
# The first provider runs very many services, the others about two each.
MADE: Final = """
INSERT INTO bodies_service (name, name_cy, provider_id, kind, nursing, people, host_authority_id,
    address, postcode, to_date)
SELECT (%(first)s::text[])[1 + n %% 30] || (%(second)s::text[])[1 + n / 30 %% 20] || ' '
        || (%(third)s::text[])[1 + n / 600 %% 14],
    '', p.ids[CASE WHEN n <= %(most)s THEN 1 ELSE 1 + n %% cardinality(p.ids) END],
    (%(kinds)s::text[])[1 + n %% 10], n %% 3 = 0, 'adults', c.ids[1 + n %% cardinality(c.ids)],
    n %% 300 || ' High Street, ' || (%(towns)s::text[])[1 + n / 7 %% 19],
    'LS' || 1 + n %% 29 || ' ' || n %% 10 || 'A' || chr(65 + n %% 26),
    CASE WHEN n %% 50 = 0 THEN DATE '2026-01-31' END
FROM generate_series(1, %(services)s) AS n,
    (SELECT array_agg(id ORDER BY id) AS ids FROM bodies_body
        WHERE kind = 'Provider' AND slug LIKE 'made-up-%%') AS p,
    (SELECT array_agg(id ORDER BY id) AS ids FROM bodies_body
        WHERE kind = 'Local authority' AND slug LIKE 'made-up-%%') AS c
"""
# One name in ten is nobody's.
NAMES: Final = """
INSERT INTO directory_authority (name, body_id, aside)
SELECT name, CASE WHEN id %% 10 > 0 THEN id END, false FROM bodies_body
WHERE kind = 'Local authority' AND slug LIKE 'made-up-%%'
"""
LISTED: Final = """
INSERT INTO directory_listing (register, number, service_id, provider_id, authority_id, name,
    also_known_as, address, postcode, phone, website, kinds, specialisms, nursing, people, region,
    url, first_listed, listed_until)
SELECT 'cqc', '1-' || s.id, s.id, p.id, a.id, s.name, '', s.address, s.postcode, '01632960000', '',
    ARRAY[s.kind], '{}', s.nursing, s.people, 'North', '', DATE '2020-01-01', s.to_date
FROM bodies_service s JOIN directory_provider p ON p.body_id = s.provider_id
JOIN bodies_body c ON c.id = s.host_authority_id JOIN directory_authority a ON a.name = c.name
"""
RATED: Final = """
INSERT INTO directory_rating (service_id, schema, question, rating, given_on, current, source)
SELECT service_id, 'cqc', 'overall',
    (ARRAY['outstanding', 'good', 'requires_improvement', 'inadequate'])[1 + service_id %% 4],
    DATE '2025-06-01', true, 'made-up.csv'
FROM directory_listing
"""
ALIKE: Final = """
INSERT INTO directory_likeness (one_id, other_id, why)
SELECT id, id + 1, 'name_and_place' FROM bodies_service
WHERE id %% 10 = 0 AND EXISTS (SELECT FROM bodies_service n WHERE n.id = bodies_service.id + 1)
"""
SENT: Final = """
INSERT INTO directory_intake (register, mapping, file_name, sha256, state, whole, sent_at,
    compared_after, report, trouble, trouble_cy)
SELECT 'cqc', 'cqc', 'file-' || n || '.csv', '', 'taken', true, TIMESTAMPTZ '2026-11-01 09:00Z',
    0, '{}', '', ''
FROM generate_series(1, 200) AS n
"""
STEPS: Final = (
    *(BODIES, AREAS, FUNCTIONS, DESKS, PROVIDERS, MADE, NAMES, LISTED, RATED, ALIKE, SENT),
)


def fill(services: int = SERVICES) -> None:
    """Write so many services, half as many bodies, and what a register says of each of them."""
    values: dict[str, int | list[str]] = {
        "services": services,
        "bodies": services // 2,
        "councils": COUNCILS,
        "most": LARGEST_PROVIDER,
        "first": list(FIRST),
        "second": list(SECOND),
        "third": list(THIRD),
        "towns": list(TOWNS),
        "kinds": list(KINDS),
    }
    with connection.cursor() as cursor:
        for step in STEPS:
            cursor.execute(step, values)
    look_at_sizes()
