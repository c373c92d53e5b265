"""A quotation that was ticked loses its words when the answer loses them, and only then."""

from django.db import migrations

APART = "CREATE TRIGGER feedback_refuses BEFORE {} ON feedback_quotation FOR EACH STATEMENT EXECUTE FUNCTION feedback_refuses()"  # noqa: E501  # one statement
ALWAYS = "ALTER TABLE feedback_quotation ENABLE ALWAYS TRIGGER {}"
DROP = "DROP TRIGGER feedback_refuses ON feedback_quotation"

ONLY_ERASED = """
CREATE FUNCTION feedback_quotation_only_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.words <> ''
        OR (to_jsonb(NEW) - 'words') <> (to_jsonb(OLD) - 'words')
        OR EXISTS (
            SELECT FROM experience
            WHERE id = OLD.experience_id AND position(OLD.words IN answer) > 0
        )
    THEN
        RAISE EXCEPTION 'A quotation loses its words only once the answer has lost them'
            USING ERRCODE = 'restrict_violation', HINT = 'Say of it anew whether it is fit.';
    END IF;
    RETURN NEW;
END $$
"""
ERASED = """
CREATE TRIGGER feedback_quotation_erased BEFORE UPDATE ON feedback_quotation
FOR EACH ROW EXECUTE FUNCTION feedback_quotation_only_erased()
"""
FOLLOW = """
CREATE FUNCTION feedback_follows_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE feedback_quotation SET words = ''
    WHERE experience_id = NEW.id AND words <> '' AND position(words IN NEW.answer) = 0;
    RETURN NULL;
END $$
"""
FOLLOWING = """
CREATE TRIGGER experience_answer_for_feedback AFTER UPDATE OF answer ON experience
FOR EACH ROW WHEN (OLD.answer IS DISTINCT FROM NEW.answer)
EXECUTE FUNCTION feedback_follows_answer()
"""


class Migration(migrations.Migration):
    """The right to empty one column, and triggers that see to it."""

    dependencies = [
        ("feeding_back", "0002_rights"),
        ("experiences", "0007_answers_change_by_marks"),
    ]

    operations = [
        migrations.RunSQL(
            [DROP, APART.format("DELETE OR TRUNCATE"), ALWAYS.format("feedback_refuses")],
            [
                DROP,
                APART.format("UPDATE OR DELETE OR TRUNCATE"),
                ALWAYS.format("feedback_refuses"),
            ],
        ),
        migrations.RunSQL(ONLY_ERASED, "DROP FUNCTION feedback_quotation_only_erased()"),
        migrations.RunSQL(
            [ERASED, ALWAYS.format("feedback_quotation_erased")],
            "DROP TRIGGER feedback_quotation_erased ON feedback_quotation",
        ),
        migrations.RunSQL(
            "GRANT UPDATE (words) ON feedback_quotation TO candour_app",
            "REVOKE UPDATE (words) ON feedback_quotation FROM candour_app",
        ),
        migrations.RunSQL(FOLLOW, "DROP FUNCTION feedback_follows_answer()"),
        migrations.RunSQL(FOLLOWING, "DROP TRIGGER experience_answer_for_feedback ON experience"),
    ]
