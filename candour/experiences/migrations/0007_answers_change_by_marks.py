"""An answer changes only where words were taken out of it: what people said is not rewritten.

Whoever takes back what they told has it erased whole.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION experience_answer_by_marks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.answer IS DISTINCT FROM OLD.answer
        AND NOT EXISTS (SELECT FROM experience_mark WHERE experience_id = OLD.id)
        AND NOT (NEW.answer = '' AND NEW.out_because = 'withdrawn')
    THEN
        RAISE EXCEPTION 'What somebody said is not changed: no words were taken out of it.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$
"""
TRIGGER = """
CREATE TRIGGER experience_answer_kept BEFORE UPDATE OF answer ON experience
FOR EACH ROW EXECUTE FUNCTION experience_answer_by_marks()
"""


class Migration(migrations.Migration):
    """A trigger for what the right to update a column cannot say."""

    dependencies = [("experiences", "0006_imports")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION experience_answer_by_marks()"),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER experience_answer_kept ON experience"),
    ]
