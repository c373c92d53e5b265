"""What filed documents say, as it was read from them, for searching."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

import candour.database.text_search
from candour.database.row_security import enable

# Whoever sees a case could have its documents; whom a search shows their words is told by the entry.
IN_A_CASE = "EXISTS (SELECT 1 FROM case_file WHERE case_file.id = case_id)"
TABLES = ("filed_reading", "filed_piece")
# The worker learns which documents wait and for whom to act, and nothing else about them.
UNREAD = """
CREATE FUNCTION filed_documents_unread(readable text[], at_most integer)
RETURNS TABLE (document_id uuid, body_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT d.id, c.body_id FROM filed_document d JOIN case_file c ON c.id = d.case_id
    WHERE d.media_type = ANY (readable)
      AND NOT EXISTS (SELECT FROM filed_reading r WHERE r.document_id = d.id)
    ORDER BY d.kept_at LIMIT at_most
$$
"""


class Migration(migrations.Migration):
    """The tables, closed to all but the bodies that lead or share their cases."""

    dependencies = [
        ("attachments", "0002_never_altered"),
        ("cases", "0018_words_by_week"),
    ]

    operations = [
        migrations.CreateModel(
            name="DocumentReading",
            fields=[
                ("document", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name="reading", serialize=False, to="attachments.fileddocument")),
                ("outcome", models.TextField(choices=[("read", "Read"), ("beginning", "Only its beginning was read"), ("nothing", "It holds no words that can be read"), ("failed", "It could not be read")])),
                ("read_at", models.DateTimeField()),
                ("words", django.contrib.postgres.search.SearchVectorField()),
                ("case", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case")),
            ],
            options={
                "db_table": "filed_reading",
                "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["words"], name="filed_reading_words")],
            },
        ),
        migrations.CreateModel(
            name="DocumentPiece",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.IntegerField()),
                ("said", models.TextField()),
                ("words", models.GeneratedField(db_persist=True, expression=candour.database.text_search.AnswerWords(models.F("said")), output_field=django.contrib.postgres.search.SearchVectorField())),
                ("case", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case")),
                ("document", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="attachments.fileddocument")),
            ],
            options={
                "db_table": "filed_piece",
                "constraints": [models.UniqueConstraint(fields=("document", "place"), name="filed_piece_once")],
            },
        ),
        *(
            step
            for table in TABLES
            for step in enable(table, using=IN_A_CASE, rights=("SELECT", "INSERT"))
        ),
        migrations.RunSQL(
            [
                UNREAD,
                "REVOKE ALL ON FUNCTION filed_documents_unread(text[], integer) FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION filed_documents_unread(text[], integer) TO candour_app",
            ],
            "DROP FUNCTION filed_documents_unread(text[], integer)",
        ),
    ]
