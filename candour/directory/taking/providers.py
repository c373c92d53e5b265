"""Providers and local authorities of a register, and the bodies that they are."""

from collections import defaultdict
from typing import Any, Final

from django.db import connection

from candour.bodies.models import Body, BodyFunction, Function
from candour.directory.models import Authority, Intake
from candour.directory.reading.names import council_key
from candour.directory.taking.inserting import other_columns

KIND: Final = "Provider"
COUNCIL_FUNCTIONS: Final = (Function.COMMISSIONER, Function.SCRUTINY, Function.SAFEGUARDING)

NEW: Final = """
CREATE TEMPORARY TABLE directory_new_provider ON COMMIT DROP AS
SELECT DISTINCT ON (n.provider_number) n.provider_number AS number, n.provider_name AS name,
    directory_folded(n.provider_name) AS folded, NULL::bigint AS body, false AS made
FROM directory_staged n
WHERE n.intake_id = %(intake)s AND NOT EXISTS (
    SELECT FROM directory_provider p
    WHERE p.register = %(register)s AND p.number = n.provider_number)
ORDER BY n.provider_number, n.line
"""
# A body of the very same name is that provider, where there is one such and no other provider of
# this register is known to be it.
FOUND: Final = """
UPDATE directory_new_provider w SET body = known.id
FROM (
    SELECT directory_folded(b.name) AS folded, min(b.id) AS id FROM bodies_body b
    WHERE NOT EXISTS (SELECT FROM directory_provider p
        WHERE p.register = %(register)s AND p.body_id = b.id)
    GROUP BY 1 HAVING count(*) = 1
) AS known
WHERE known.folded = w.folded AND w.folded <> '' AND NOT EXISTS (
    SELECT FROM directory_new_provider o WHERE o.folded = w.folded AND o.number < w.number)
"""
NUMBERED: Final = """
UPDATE directory_new_provider SET made = true,
    body = nextval(pg_get_serial_sequence('bodies_body', 'id')) WHERE body IS NULL
"""
SLUG: Final = "trim(both '-' from left(replace(folded, ' ', '-'), 60) || '-' || body)"
LISTED: Final = """
INSERT INTO directory_provider (register, number, name, body_id)
SELECT %(register)s, number, name, body FROM directory_new_provider ORDER BY number
"""
RENAMED: Final = """
WITH told AS (
    SELECT DISTINCT ON (n.provider_number) n.provider_number AS number, n.provider_name AS name
    FROM directory_staged n WHERE n.intake_id = %(intake)s ORDER BY n.provider_number, n.line
), renamed AS (
    UPDATE directory_provider p SET name = told.name FROM told, directory_provider AS earlier
    WHERE p.register = %(register)s AND p.number = told.number AND p.name <> told.name
        AND earlier.id = p.id
    RETURNING p.body_id, earlier.name AS before, told.name AS after
)
UPDATE bodies_body b SET name = renamed.after FROM renamed
WHERE b.id = renamed.body_id AND b.name = renamed.before
"""
AUTHORITIES: Final = """
INSERT INTO directory_authority (name, body_id, aside)
SELECT DISTINCT n.authority, NULL::bigint, false FROM directory_staged n
WHERE n.intake_id = %(intake)s AND n.authority <> '' ORDER BY 1
ON CONFLICT (name) DO NOTHING
"""


def take_providers(intake: Intake, nation: str) -> None:
    """Make the file's new providers, as bodies or as the bodies that they are already."""
    values: dict[str, Any] = {"intake": intake.pk, "register": intake.register}
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.directory_new_provider")
        cursor.execute(NEW, values)
        cursor.execute(FOUND, values)
        cursor.execute(NUMBERED)
    _make_bodies(nation)
    _give_function()
    with connection.cursor() as cursor:
        cursor.execute(LISTED, values)


def rename_providers(intake: Intake) -> None:
    """Give providers the names that the file has for them; a body that people renamed keeps its."""
    with connection.cursor() as cursor:
        cursor.execute(RENAMED, {"intake": intake.pk, "register": intake.register})


def _make_bodies(nation: str) -> None:
    columns, places, values = other_columns(Body, ("id", "name", "nation", "kind", "slug"))
    sql = (
        f"INSERT INTO bodies_body (id, name, nation, kind, slug{columns}) "  # noqa: S608  # columns of models
        f"SELECT body, name, %s, %s, {SLUG}{places} FROM directory_new_provider "
        "WHERE made ORDER BY body"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [nation, KIND, *values])


def _give_function() -> None:
    columns, places, values = other_columns(BodyFunction, ("body_id", "function"))
    sql = (
        f"INSERT INTO bodies_bodyfunction (body_id, function{columns}) "  # noqa: S608  # the same
        f"SELECT DISTINCT body, %s{places} FROM directory_new_provider w WHERE NOT EXISTS ("
        "SELECT FROM bodies_bodyfunction f WHERE f.body_id = w.body AND f.function = %s)"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [Function.PROVIDER, *values, Function.PROVIDER])


def take_authorities(intake: Intake) -> list[Authority]:
    """Take in the file's local authorities, and return those of which nothing was known before.

    Those that are somebody's now have their body; names that people set aside are not among them.
    """
    with connection.cursor() as cursor:
        cursor.execute(AUTHORITIES, {"intake": intake.pk})
    unmatched = list(Authority.objects.filter(body=None, aside=False))
    known = _councils() if unmatched else {}
    for authority in unmatched:
        bodies = known.get(council_key(authority.name), set())
        if len(bodies) == 1:
            authority.body_id = next(iter(bodies))
            authority.save(update_fields=["body"])
    return unmatched


def _councils() -> dict[str, set[int]]:
    """Return the bodies that may be a local authority, by the place that they are of.

    Under another spelling of a name that a person matched stands the body that it was matched to.
    """
    found: dict[str, set[int]] = defaultdict(set)
    held = BodyFunction.objects.filter(function__in=COUNCIL_FUNCTIONS)
    for body in Body.objects.filter(pk__in=held.values("body")):
        words = f"{body.name} {body.kind}".casefold()
        if "council" in words or "authority" in words or "cyngor" in words:
            for name in filter(None, (body.name, body.name_cy)):
                found[council_key(name)].add(body.pk)
    settled = Authority.objects.filter(settled_at__isnull=False, body__isnull=False)
    for name, body_id in settled.values_list("name", "body"):
        found[council_key(name)] = {body_id}
    return found
