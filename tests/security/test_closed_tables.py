"""Tables of which each row is some body's: the database closes every one to all others."""

import pytest
from django.db import connection

# What all bodies of a site share: who is who, and the posts that people hold.
SHARED = frozenset(
    {
        "bodies_bodyfunction",
        "bodies_closure",
        "bodies_contact",
        "bodies_groupmember",
        "directory_authority",
        "directory_provider",
        "people_post",
    }
)
OPEN = """
SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
    AND a.attname = 'body_id' AND NOT a.attisdropped
    AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
    AND has_table_privilege('candour_app', c.oid, 'SELECT')
ORDER BY 1
"""


@pytest.mark.django_db
def test_a_table_with_a_body_is_closed_unless_all_bodies_share_it() -> None:
    with connection.cursor() as cursor:
        cursor.execute(OPEN)
        found = {name for (name,) in cursor.fetchall()}
    assert found == SHARED
