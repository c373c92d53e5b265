"""What a machine said of an answer holds words of it, and goes when the answer changes."""

from django.db import migrations

# The words of an answer change only when some are taken out, put back, or all are taken back.
FOLLOW = """
CREATE FUNCTION coding_follows_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM coding_suggested WHERE experience_id = NEW.id;
    IF FOUND AND NEW.out_since IS NULL THEN
        INSERT INTO coding_new (body_id, first, last)
        SELECT body_id, NEW.id, NEW.id FROM coding_watch WHERE body_id = NEW.body_id;
    END IF;
    RETURN NULL;
END $$
"""
FOLLOWING = """
CREATE TRIGGER experience_answer_for_coding AFTER UPDATE OF answer ON experience
FOR EACH ROW WHEN (OLD.answer IS DISTINCT FROM NEW.answer)
EXECUTE FUNCTION coding_follows_answer()
"""


class Migration(migrations.Migration):
    """A trigger on the experiences."""

    dependencies = [
        ("coding", "0001_code_lists_and_learning"),
        ("experiences", "0007_answers_change_by_marks"),
    ]

    operations = [
        migrations.RunSQL(FOLLOW, "DROP FUNCTION coding_follows_answer()"),
        migrations.RunSQL(FOLLOWING, "DROP TRIGGER experience_answer_for_coding ON experience"),
    ]
