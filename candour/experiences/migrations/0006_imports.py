"""Mappings that bodies make, files that wait to be taken in, and imports undone."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from candour.database.address import APP
from candour.database.row_security import BODIES, enable

# A case of any body may rest on an experience, seen or not, so this runs as the owner. It tells of
# the caller's own experiences alone, and not which case it is.
RESTED_ON = f"""
CREATE FUNCTION experiences_rested_on(batch bigint) RETURNS TABLE (experience_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT l.experience_id FROM case_experience l
    JOIN experience e ON e.id = l.experience_id
    WHERE e.batch_id = batch AND e.body_id = ANY ({BODIES}::bigint[])
$$
"""
RESTED_ON_SIGNATURE = "experiences_rested_on(bigint)"
ADDED_ONLY = ("SELECT", "INSERT")

class Migration(migrations.Migration):
    """Three tables, and an import that can be turned back."""

    dependencies = [
        ('bodies', '0003_changes_are_added'),
        ('experiences', '0005_taken_out_of_use'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='import',
            name='turning',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='import',
            name='undone_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name='ImportTurn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('undone', models.BooleanField()),
                ('moved', models.PositiveBigIntegerField()),
                ('kept', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='turns', to='experiences.import')),
                ('body', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'experience_import_turn',
            },
        ),
        migrations.CreateModel(
            name='BodyMapping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField()),
                ('version', models.PositiveIntegerField()),
                ('text', models.TextField()),
                ('made_at', models.DateTimeField()),
                ('body', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')),
                ('made_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'experience_mapping',
                'constraints': [models.UniqueConstraint(fields=('body', 'name', 'version'), name='experience_mapping_numbered')],
            },
        ),
        migrations.CreateModel(
            name='WaitingFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_name', models.TextField()),
                ('size', models.PositiveBigIntegerField()),
                ('pieces', models.PositiveIntegerField()),
                ('sheet', models.TextField(blank=True)),
                ('mapping', models.TextField(blank=True)),
                ('state', models.TextField(choices=[('settling', 'What its columns mean is being settled'), ('checking', 'It is being looked through'), ('checked', 'It was looked through'), ('taking', 'It is being taken in'), ('taken', 'It was taken in'), ('failed', 'It could not be taken')], default='settling')),
                ('stage', models.TextField(blank=True)),
                ('part', models.FloatField(default=0)),
                ('report', models.JSONField(null=True)),
                ('trouble', models.TextField(blank=True)),
                ('sent_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('batch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='experiences.import')),
                ('body', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')),
                ('sent_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'experience_file',
                'indexes': [models.Index(fields=['body', '-id'], name='experience_file_newest')],
            },
        ),
        *enable("experience_mapping", rights=ADDED_ONLY),
        *enable("experience_import_turn", rights=ADDED_ONLY),
        *enable("experience_file"),
        migrations.RunSQL(
            f"GRANT UPDATE (undone_at, turning) ON experience_import TO {APP}",
            f"REVOKE UPDATE (undone_at, turning) ON experience_import FROM {APP}",
        ),
        migrations.RunSQL(RESTED_ON, f"DROP FUNCTION {RESTED_ON_SIGNATURE}"),
        migrations.RunSQL(
            [
                f"REVOKE ALL ON FUNCTION {RESTED_ON_SIGNATURE} FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION {RESTED_ON_SIGNATURE} TO {APP}",
            ],
            migrations.RunSQL.noop,
        ),
    ]
