"""Services and the local authorities with which they lie: told as soon as a name is somebody's."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from django.db import connection

from candour.directory.models import What

FIELD: Final = "host_authority"
TOLD: Final = f"""
INSERT INTO directory_change (service_id, what, field, before, after, at, by_id, intake_id)
SELECT id, '{What.CHANGED}', '{FIELD}', before, after, %(at)s, %(by)s, %(intake)s
FROM changed ORDER BY id
"""  # noqa: S608  # all of it is this module's own
# Where people said by hand with whom a service lies, that stays.
HOSTED: Final = f"""
WITH meant AS (
    SELECT DISTINCT ON (l.service_id) l.service_id, a.body_id
    FROM directory_authority a JOIN directory_listing l ON l.authority_id = a.id
    WHERE a.id = ANY (%(authorities)s) AND a.body_id IS NOT NULL
    ORDER BY l.service_id, l.listed_until DESC NULLS FIRST, l.id
), changed AS (
    UPDATE bodies_service s SET host_authority_id = b.id
    FROM meant JOIN bodies_body b ON b.id = meant.body_id
    WHERE s.id = meant.service_id AND s.host_authority_id IS NULL
    RETURNING s.id, '' AS before, b.name AS after
)
{TOLD}
"""  # noqa: S608  # the same
HOSTED_NO_MORE: Final = f"""
WITH changed AS (
    UPDATE bodies_service s SET host_authority_id = NULL
    FROM directory_authority a JOIN bodies_body b ON b.id = a.body_id
    WHERE a.id = ANY (%(authorities)s) AND s.host_authority_id = a.body_id AND EXISTS (
        SELECT FROM directory_listing l WHERE l.service_id = s.id AND l.authority_id = a.id)
    RETURNING s.id, b.name AS before, '' AS after
)
{TOLD}
"""  # noqa: S608  # the same


def host_services(
    authorities: Iterable[int], *, by: int | None, intake: int | None, as_of: datetime
) -> int:
    """Say of the services of these authorities with which body they lie, where nobody has.

    Args:
        authorities: ids of names; those without a body count for nothing.
        by: who matched them, by id; None where a file did.
        intake: the file that did, by id, or None.
        as_of: the present instant, for the history.

    Returns:
        How many services that changed.
    """
    return _changed(HOSTED, authorities, {"by": by, "intake": intake, "at": as_of})


def unhost_services(authority: int, *, by: int | None, as_of: datetime) -> int:
    """Take the body of a name away from its services, before the match is taken back.

    Returns:
        How many services that changed.
    """
    return _changed(HOSTED_NO_MORE, [authority], {"by": by, "intake": None, "at": as_of})


def _changed(sql: str, authorities: Iterable[int], values: Mapping[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"authorities": list(authorities), **values})
        return int(cursor.rowcount)
