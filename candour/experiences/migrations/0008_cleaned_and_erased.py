"""What was stored before words were cleaned is known; what a withdrawing person typed is erased.

Every row that stands here now may hold names: the worker goes through them all, and what it finds
clean stays as it is.
"""

from django.db import migrations, models

from candour.database.address import APP

TO_CLEAN = """
CREATE FUNCTION experiences_to_clean() RETURNS TABLE (body_id bigint, experiences bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT e.body_id, count(*) FROM experience e WHERE NOT e.cleaned GROUP BY 1 ORDER BY 1
$$
"""
ERASED = """
CREATE FUNCTION experience_typed_is_only_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.service_name IS DISTINCT FROM OLD.service_name
        OR NEW.happened_on IS DISTINCT FROM OLD.happened_on)
        AND NOT (
            NEW.out_because = 'withdrawn'
            AND NEW.service_name IN ('', OLD.service_name)
            AND (NEW.happened_on IS NULL OR NEW.happened_on = OLD.happened_on)
        )
    THEN
        RAISE EXCEPTION 'Where and when it was is not rewritten: it is erased when it is withdrawn.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$
"""
TRIGGER = """
CREATE TRIGGER experience_typed_kept BEFORE UPDATE OF service_name, happened_on ON experience
FOR EACH ROW EXECUTE FUNCTION experience_typed_is_only_erased()
"""
CHANGEABLE = "cleaned, service_name, happened_on"


class Migration(migrations.Migration):
    """A column that is false for what is there and true for what comes; two columns to erase."""

    dependencies = [("experiences", "0007_answers_change_by_marks")]

    operations = [
        migrations.AddField(
            "experience", "cleaned", models.BooleanField(default=True, db_default=False)
        ),
        migrations.AlterField(
            "experience", "cleaned", models.BooleanField(default=True, db_default=True)
        ),
        migrations.AddIndex(
            "experience",
            models.Index(
                fields=["body", "id"],
                name="experience_to_clean",
                condition=models.Q(cleaned=False),
            ),
        ),
        migrations.RunSQL(
            f"GRANT UPDATE ({CHANGEABLE}) ON experience TO {APP}",
            f"REVOKE UPDATE ({CHANGEABLE}) ON experience FROM {APP}",
        ),
        migrations.RunSQL(
            [
                TO_CLEAN,
                "REVOKE ALL ON FUNCTION experiences_to_clean() FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION experiences_to_clean() TO {APP}",
            ],
            "DROP FUNCTION experiences_to_clean()",
        ),
        migrations.RunSQL(ERASED, "DROP FUNCTION experience_typed_is_only_erased()"),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER experience_typed_kept ON experience"),
    ]
