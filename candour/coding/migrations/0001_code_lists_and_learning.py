"""Code lists, coding, what is learned from it, and who may reach them."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from candour.database.address import APP
from candour.database.row_security import enable

KEPT = ("SELECT", "INSERT")
CHANGED = ("SELECT", "INSERT", "UPDATE")

# The worker may not look into what bodies hold: it is told who has something new, and acts for it.
DUE = """
CREATE FUNCTION coding_due(most integer)
RETURNS TABLE (due_body bigint) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT body_id FROM coding_new GROUP BY body_id ORDER BY min(id) LIMIT most
$$
"""
SIGNATURE = "coding_due(integer)"
COME_IN = """
CREATE FUNCTION coding_come_in() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO coding_new (body_id, first, last)
    SELECT body_id, min(id), max(id) FROM added
    WHERE body_id IN (SELECT body_id FROM coding_watch) GROUP BY body_id;
    RETURN NULL;
END $$
"""
COMING_IN = """
CREATE TRIGGER experience_comes_in_for_coding AFTER INSERT ON experience
REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION coding_come_in()
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('bodies', '0003_changes_are_added'),
        ('experiences', '0005_taken_out_of_use'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CodingWatch',
            fields=[
                ('body', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='bodies.body')),
            ],
            options={
                'db_table': 'coding_watch',
            },
        ),
        migrations.CreateModel(
            name='Code',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('theme', models.TextField()),
                ('title', models.TextField()),
                ('title_cy', models.TextField(blank=True)),
                ('family', models.TextField(blank=True)),
                ('covers', models.TextField(blank=True)),
                ('retired_at', models.DateTimeField(null=True)),
                ('made_at', models.DateTimeField()),
                ('became', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coding.code')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'coding_code',
            },
        ),
        migrations.CreateModel(
            name='AppliesAlone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('percent', models.PositiveSmallIntegerField()),
                ('set_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('body', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')),
                ('set_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('code', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coding.code')),
            ],
            options={
                'db_table': 'coding_applies_alone',
            },
        ),
        migrations.CreateModel(
            name='LearnedModel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('learned_at', models.DateTimeField()),
                ('examples', models.PositiveIntegerField()),
                ('card', models.JSONField()),
                ('machine', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')),
                ('learned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'coding_model',
            },
        ),
        migrations.CreateModel(
            name='Coding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('themes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, size=None)),
                ('sentiment', models.PositiveSmallIntegerField(null=True)),
                ('because', models.JSONField(blank=True, default=dict)),
                ('at', models.DateTimeField()),
                ('body', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('experience', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='codings', to='experiences.experience')),
                ('model', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coding.learnedmodel')),
            ],
            options={
                'db_table': 'coding',
            },
        ),
        migrations.CreateModel(
            name='Learning',
            fields=[
                ('body', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='bodies.body')),
                ('asked_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('fault', models.TextField(blank=True)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'coding_learning',
            },
        ),
        migrations.CreateModel(
            name='NewExperiences',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first', models.BigIntegerField()),
                ('last', models.BigIntegerField()),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')),
            ],
            options={
                'db_table': 'coding_new',
            },
        ),
        migrations.CreateModel(
            name='Suggested',
            fields=[
                ('experience', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='suggested', serialize=False, to='experiences.experience')),
                ('themes', models.JSONField(default=list)),
                ('sentiment', models.PositiveSmallIntegerField(null=True)),
                ('body', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')),
                ('model', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coding.learnedmodel')),
            ],
            options={
                'db_table': 'coding_suggested',
            },
        ),
        migrations.AddConstraint(
            model_name='code',
            constraint=models.UniqueConstraint(fields=('body', 'theme'), name='coding_code_once'),
        ),
        migrations.AddConstraint(
            model_name='code',
            constraint=models.CheckConstraint(condition=models.Q(('became__isnull', True), models.Q(('became', models.F('id')), _negated=True), _connector='OR'), name='coding_code_becomes_other'),
        ),
        migrations.AddConstraint(
            model_name='appliesalone',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('body', 'code'), name='coding_applies_alone_once'),
        ),
        migrations.AddConstraint(
            model_name='appliesalone',
            constraint=models.CheckConstraint(condition=models.Q(('percent__range', (50, 100))), name='coding_applies_alone_in_range'),
        ),
        migrations.AddIndex(
            model_name='learnedmodel',
            index=models.Index(models.F('body'), models.OrderBy(models.F('id'), descending=True), name='coding_model_newest'),
        ),
        migrations.AddIndex(
            model_name='coding',
            index=models.Index(models.F('experience'), models.OrderBy(models.F('id'), descending=True), name='coding_newest'),
        ),
        migrations.AddIndex(
            model_name='coding',
            index=models.Index(condition=models.Q(('by__isnull', False)), fields=['body', 'experience'], name='coding_by_people'),
        ),
        *enable("coding_code", rights=CHANGED),
        *enable("coding_model", rights=KEPT),
        *enable("coding_learning", rights=CHANGED),
        *enable("coding", rights=KEPT),
        *enable("coding_suggested"),
        *enable("coding_applies_alone", rights=CHANGED),
        *enable("coding_watch", rights=CHANGED),
        *enable("coding_new"),
        migrations.RunSQL(DUE, f"DROP FUNCTION {SIGNATURE}"),
        migrations.RunSQL(
            [
                f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION {SIGNATURE} TO {APP}",
            ],
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(COME_IN, "DROP FUNCTION coding_come_in()"),
        migrations.RunSQL(COMING_IN, "DROP TRIGGER experience_comes_in_for_coding ON experience"),
        migrations.RunSQL(
            "ALTER TABLE experience ENABLE ALWAYS TRIGGER experience_comes_in_for_coding",
            migrations.RunSQL.noop,
        ),
    ]
