"""What holds against everybody: what was sent is never altered, and each body reaches its own.

The triggers are set to fire ALWAYS, so that no session setting turns them off.
"""

from django.db import migrations

from candour.database.row_security import enable, within_bodies

# The columns by which a letter is found are read from what was sealed: they cannot say else.
CHECK_SEAL = """
CREATE FUNCTION letter_sent_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seal IS DISTINCT FROM
        encode(sha256(convert_to(NEW.sealed::text, 'UTF8')), 'hex') THEN
        RAISE EXCEPTION 'the seal of letter % is not that of its words', NEW.id
            USING ERRCODE = 'integrity_constraint_violation',
                  HINT = 'Send letters through candour.letters.actions.';
    END IF;
    NEW.id := NEW.sealed ->> 'id';
    NEW.template := NEW.sealed ->> 'template';
    NEW.delivery := NEW.sealed ->> 'delivery';
    NEW.sent_at := NEW.sealed ->> 'sent_at';
    NEW.sent_by_id := NEW.sealed ->> 'sent_by';
    RETURN NEW;
END $$
"""
CHECK_FILE = """
CREATE FUNCTION letter_file_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.sha256 := encode(sha256(NEW.content), 'hex');
    RETURN NEW;
END $$
"""
REFUSE = """
CREATE FUNCTION letter_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: what was sent or decided here is never changed or removed',
        TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation',
              HINT = 'Write another letter, or save another version.';
END $$
"""
FUNCTIONS = {"letter_sent_fits": CHECK_SEAL, "letter_file_fits": CHECK_FILE, "letter_kept": REFUSE}
KEPT = ("letter_sent", "letter_file", "letter_own_text", "letter_house_style")
TRIGGERS = [
    ("letter_sent", "letter_sent_fits", "BEFORE INSERT ON letter_sent FOR EACH ROW"),
    ("letter_file", "letter_file_fits", "BEFORE INSERT ON letter_file FOR EACH ROW"),
    *(
        (table, "letter_kept", f"BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT")
        for table in KEPT
    ),
]

# Whoever sees a case sees what was sent from it; whoever sends acts for the body it is sent by.
IN_A_CASE = "EXISTS (SELECT 1 FROM case_file WHERE case_file.id = case_id)"
OF_A_LETTER = "EXISTS (SELECT 1 FROM letter_sent WHERE letter_sent.id = letter_id)"
OWN = within_bodies("body_id")
ADDED = ("SELECT", "INSERT")


class Migration(migrations.Migration):
    """Row security, rights and triggers."""

    dependencies = [("letters", "0001_letters")]

    operations = [
        *(migrations.RunSQL(sql, f"DROP FUNCTION {name}()") for name, sql in FUNCTIONS.items()),
        *(
            migrations.RunSQL(
                [
                    f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {name}()",
                    f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
                ],
                f"DROP TRIGGER {name} ON {table}",
            )
            for table, name, when in TRIGGERS
        ),
        *enable(
            "letter_draft",
            using=f"({OWN} AND {IN_A_CASE})",
            rights=("SELECT", "INSERT", "UPDATE"),
        ),
        *enable("letter_sent", using=IN_A_CASE, check=f"({OWN} AND {IN_A_CASE})", rights=ADDED),
        *enable("letter_file", using=OF_A_LETTER, rights=ADDED),
        *enable("letter_own_text", rights=ADDED),
        *enable("letter_house_style", rights=ADDED),
    ]
