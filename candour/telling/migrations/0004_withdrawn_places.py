"""Where it happened, in the person's own words, goes with the rest when they take it back."""

from django.db import migrations

KEPT = """
CREATE FUNCTION experience_place_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.service_name IS DISTINCT FROM OLD.service_name
        AND NOT (NEW.service_name = '' AND NEW.out_because = 'withdrawn')
    THEN
        RAISE EXCEPTION 'Where it happened is not changed; who takes it back has it erased.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$
"""
KEEPING = """
CREATE TRIGGER experience_place_kept BEFORE UPDATE OF service_name ON experience
FOR EACH ROW EXECUTE FUNCTION experience_place_kept()
"""


class Migration(migrations.Migration):
    """One more column that withdrawing may empty, and nothing else may change."""

    dependencies = [
        ("telling", "0003_withdrawn_words"),
        ("experiences", "0007_answers_change_by_marks"),
    ]

    operations = [
        migrations.RunSQL(KEPT, "DROP FUNCTION experience_place_kept()"),
        migrations.RunSQL(KEEPING, "DROP TRIGGER experience_place_kept ON experience"),
        migrations.RunSQL(
            "GRANT UPDATE (service_name) ON experience TO candour_app",
            "REVOKE UPDATE (service_name) ON experience FROM candour_app",
        ),
    ]
