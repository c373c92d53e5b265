"""Lets whoever has just taken in a register have the database look at the sizes of its tables.

PostgreSQL does so by itself, but a minute later, and until then it may plan for tables that are nearly
empty: a count over 55,000 services that took a minute instead of a moment. Only a table's owner may ask
for it.
"""

from django.db import migrations

DIRECTORY = (
    "bodies_area, bodies_body, bodies_bodyfunction, bodies_contact, bodies_service, "
    "directory_authority, directory_likeness, directory_listing, directory_merge, "
    "directory_provider, directory_rating, directory_search, directory_word"
)
LOOKS = {
    "directory_sizes": DIRECTORY,
    "directory_staged_sizes": "directory_staged, directory_staged_rating",
}


def _made(name: str, tables: str) -> list[str]:
    return [
        f"""
        CREATE FUNCTION {name}() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = public, pg_temp AS $$
        BEGIN
            ANALYZE {tables};
        END $$
        """,
        f"REVOKE ALL ON FUNCTION {name}() FROM PUBLIC",
        f"GRANT EXECUTE ON FUNCTION {name}() TO candour_app",
    ]


class Migration(migrations.Migration):
    """Functions that run as the owner, take nothing and give nothing back."""

    dependencies = [("directory", "0006_authorities_settled")]

    operations = [
        migrations.RunSQL(_made(name, tables), f"DROP FUNCTION {name}()")
        for name, tables in LOOKS.items()
    ]
