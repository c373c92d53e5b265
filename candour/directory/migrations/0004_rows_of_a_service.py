"""Which rows stand for one service: asked in SQL, so that whatever is about it follows a merge."""

from django.db import migrations

# From any of them up to the kept one, and down again to all that were merged into it. A merge is
# refused where the kept row was merged itself, so a circle cannot be made; the union ends one all
# the same.
ROWS_OF = """
CREATE FUNCTION directory_rows_of(service bigint) RETURNS bigint[]
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    WITH RECURSIVE up AS (
        SELECT service AS id
        UNION
        SELECT m.kept_id FROM up JOIN directory_merge m
            ON m.merged_id = up.id AND m.undone_at IS NULL
    ), kept AS (
        SELECT id FROM up WHERE NOT EXISTS (
            SELECT FROM directory_merge m WHERE m.merged_id = up.id AND m.undone_at IS NULL)
        LIMIT 1
    ), down AS (
        SELECT id, 0 AS depth FROM kept
        UNION
        SELECT m.merged_id, down.depth + 1 FROM down JOIN directory_merge m
            ON m.kept_id = down.id AND m.undone_at IS NULL
    )
    SELECT coalesce(array_agg(id ORDER BY depth, id), ARRAY[service]) FROM down
$$
"""


class Migration(migrations.Migration):
    """What the models cannot say."""

    dependencies = [("directory", "0003_predecessors")]

    operations = [
        migrations.RunSQL(ROWS_OF, "DROP FUNCTION directory_rows_of(bigint)"),
    ]
