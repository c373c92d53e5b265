"""Words: what each entry of each case says as it holds, for searching."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

import candour.cases.words_rows
from candour.database.row_security import BODIES, enable, within_bodies

# As for the other tables that are drawn from the log.
SHARED = f"shared_with && {BODIES}::bigint[]"
DRAWN = f"({within_bodies('body_id')} OR case_id IN (SELECT id FROM case_file WHERE {SHARED}))"

# A case that goes on elsewhere takes its words along.
HANDED = """
CREATE FUNCTION case_words_handed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE case_words SET body_id = NEW.body_id WHERE case_id = NEW.id;
    RETURN NULL;
END $$
"""
TRIGGER = """
CREATE TRIGGER case_words_handed AFTER UPDATE OF body_id ON case_file
FOR EACH ROW WHEN (NEW.body_id <> OLD.body_id) EXECUTE FUNCTION case_words_handed()
"""


class Migration(migrations.Migration):
    """The table of words, closed to all but the bodies that lead or share its case."""

    dependencies = [
        ('bodies', '0001_initial'),
        ('cases', '0011_actions'),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseWords',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField()),
                ('entry', models.UUIDField()),
                ('sort', models.TextField()),
                ('kind', models.TextField()),
                ('happened_at', models.DateTimeField()),
                ('kept', models.BooleanField()),
                ('said', models.TextField()),
                ('words', models.GeneratedField(db_persist=True, expression=candour.cases.words_rows.MarkedWords(models.F('said'), models.F('body'), models.F('sort')), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('body', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='words', to='cases.case')),
            ],
            options={
                'db_table': 'case_words',
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['words'], name='case_words_index'), models.Index(fields=['body', 'sort', '-happened_at', '-id'], name='case_words_newest')],
                'constraints': [models.UniqueConstraint(fields=('case', 'name'), name='case_words_once')],
            },
        ),
        *enable("case_words", using=DRAWN),
        migrations.RunSQL(
            [
                "CREATE POLICY case_words_handed ON case_words FOR UPDATE TO candour_owner "
                "USING (true)",
                HANDED,
                "REVOKE ALL ON FUNCTION case_words_handed() FROM PUBLIC",
                TRIGGER,
            ],
            [
                "DROP TRIGGER case_words_handed ON case_file",
                "DROP FUNCTION case_words_handed()",
                "DROP POLICY case_words_handed ON case_words",
            ],
        ),
    ]
