"""What holds against everybody: rows are added and never changed, and each case reaches its own."""

from django.db import migrations

from candour.database.row_security import enable, within_bodies

REFUSE = """
CREATE FUNCTION filed_document_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: what was filed is never changed or removed',
        TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation',
              HINT = 'Withdraw the entry, and file the right document.';
END $$
"""
# Only beside its own entry, and saying what that says.
FITS = """
CREATE FUNCTION filed_document_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM case_entry e
        WHERE e.id = NEW.id AND e.case_id = NEW.case_id AND e.kind = 'document_filed'
          AND e.payload -> 'data' ->> 'sha256' = NEW.sha256
          AND (e.payload -> 'data' ->> 'size')::bigint = NEW.size
          AND e.payload -> 'data' ->> 'media_type' = NEW.media_type
    ) THEN
        RAISE EXCEPTION 'document % is not what its entry says', NEW.id
            USING ERRCODE = 'integrity_constraint_violation',
                  HINT = 'File documents through candour.attachments.actions.';
    END IF;
    RETURN NEW;
END $$
"""
FUNCTIONS = {"filed_document_kept()": REFUSE, "filed_document_fits()": FITS}
TRIGGERS = (
    ("filed_document_kept", "BEFORE UPDATE OR DELETE OR TRUNCATE", "STATEMENT"),
    ("filed_document_fits", "BEFORE INSERT", "ROW"),
)
# Whoever sees a case sees its documents; whoever files one acts for the body that it is filed by.
IN_A_CASE = "EXISTS (SELECT 1 FROM case_file WHERE case_file.id = case_id)"
OWN = within_bodies("body_id")


class Migration(migrations.Migration):
    """Row security, rights and triggers."""

    dependencies = [("attachments", "0001_initial")]

    operations = [
        *(migrations.RunSQL(sql, f"DROP FUNCTION {name}") for name, sql in FUNCTIONS.items()),
        *(
            migrations.RunSQL(
                [
                    f"CREATE TRIGGER {name} {when} ON filed_document FOR EACH {each} "
                    f"EXECUTE FUNCTION {name}()",
                    f"ALTER TABLE filed_document ENABLE ALWAYS TRIGGER {name}",
                ],
                f"DROP TRIGGER {name} ON filed_document",
            )
            for name, when, each in TRIGGERS
        ),
        *enable(
            "filed_document",
            using=IN_A_CASE,
            check=f"({OWN} AND {IN_A_CASE})",
            rights=("SELECT", "INSERT"),
        ),
    ]
