"""What was taken out of people's words, and what in them somebody has to look at."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from candour.database.address import APP
from candour.database.row_security import enable

RIGHTS = ("SELECT", "INSERT", "UPDATE")

# The worker may not look into what bodies hold: it is told which signs nobody has looked at in
# time, and whose they are, and then acts for that body.
UNSEEN = """
CREATE FUNCTION safeguarding_unseen(as_of timestamptz, most integer)
RETURNS TABLE (sign_id bigint, sign_body bigint) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT id, body_id FROM experience_sign
    WHERE state = 'waiting' AND escalated_at IS NULL AND look_by <= as_of
    ORDER BY look_by, id LIMIT most
$$
"""
UNSEEN_SIGNATURE = "safeguarding_unseen(timestamptz, integer)"


class Migration(migrations.Migration):
    """Marks, signs, who looks at them, and the right to put words back."""

    dependencies = [
        ('bodies', '0001_initial'),
        ('experiences', '0003_source_rating_linked'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ExperienceMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort', models.TextField(choices=[('name', 'NAME'), ('nhs_number', 'NHS_NUMBER'), ('ni_number', 'NI_NUMBER'), ('postcode', 'POSTCODE'), ('phone', 'PHONE'), ('email', 'EMAIL'), ('birth_date', 'BIRTH_DATE')])),
                ('begin', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
                ('kept', models.BooleanField()),
                ('found_by', models.TextField(choices=[('rules', 'The rules'), ('person', 'A person')], default='rules')),
                ('state', models.TextField(choices=[('waiting', 'Nobody has looked at it'), ('confirmed', 'Stays out'), ('restored', 'Put back')], default='waiting')),
                ('body', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')),
                ('experience', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='experiences.experience')),
            ],
            options={
                'db_table': 'experience_mark',
            },
        ),
        migrations.CreateModel(
            name='ExperienceSign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sorts', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ('found', models.JSONField(default=list)),
                ('past', models.BooleanField(default=False)),
                ('raised_by', models.TextField(choices=[('rules', 'The words themselves'), ('teller', 'Whoever told us: somebody is in danger'), ('person', 'Somebody who read it')], default='rules')),
                ('raised_at', models.DateTimeField()),
                ('look_by', models.DateTimeField()),
                ('state', models.TextField(choices=[('waiting', 'Nobody has looked yet'), ('concern', 'It is a safeguarding concern'), ('no_concern', 'It is not')], default='waiting')),
                ('escalated_at', models.DateTimeField(null=True)),
                ('body', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')),
                ('experience', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='sign', to='experiences.experience')),
            ],
            options={
                'db_table': 'experience_sign',
            },
        ),
        migrations.CreateModel(
            name='MarkDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.TextField(choices=[('waiting', 'Nobody has looked at it'), ('confirmed', 'Stays out'), ('restored', 'Put back')])),
                ('at', models.DateTimeField()),
                ('body', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('mark', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='experiences.experiencemark')),
            ],
            options={
                'db_table': 'experience_mark_decision',
            },
        ),
        migrations.CreateModel(
            name='SafeguardingLook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.TextField(choices=[('waiting', 'Nobody has looked yet'), ('concern', 'It is a safeguarding concern'), ('no_concern', 'It is not')])),
                ('reason', models.TextField()),
                ('at', models.DateTimeField()),
                ('body', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='looks', to='experiences.experiencesign')),
            ],
            options={
                'db_table': 'safeguarding_look',
            },
        ),
        migrations.CreateModel(
            name='SafeguardingWatch',
            fields=[
                ('body', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='bodies.body')),
                ('role', models.TextField(blank=True)),
                ('period', models.TextField(default='same day')),
                ('set_at', models.DateTimeField()),
                ('set_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'safeguarding_watch',
            },
        ),
        migrations.AddIndex(
            model_name='experiencemark',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['body', 'experience'], name='experience_mark_waiting'),
        ),
        migrations.AddConstraint(
            model_name='experiencemark',
            constraint=models.UniqueConstraint(fields=('experience', 'begin'), name='experience_mark_once'),
        ),
        migrations.AddConstraint(
            model_name='experiencemark',
            constraint=models.CheckConstraint(condition=models.Q(('end__gt', models.F('begin'))), name='experience_mark_of_words'),
        ),
        migrations.AddIndex(
            model_name='experiencesign',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['body', 'past', 'raised_at'], name='experience_sign_waiting'),
        ),
        migrations.AddIndex(
            model_name='experiencesign',
            index=models.Index(condition=models.Q(('escalated_at__isnull', True), ('state', 'waiting')), fields=['look_by'], name='experience_sign_unseen'),
        ),
        migrations.AddConstraint(
            model_name='safeguardinglook',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='safeguarding_look_has_reason'),
        ),
        *enable("experience_mark", rights=RIGHTS),
        *enable("experience_sign", rights=RIGHTS),
        *enable("safeguarding_watch", rights=RIGHTS),
        *enable("experience_mark_decision", rights=("SELECT", "INSERT")),
        *enable("safeguarding_look", rights=("SELECT", "INSERT")),
        migrations.RunSQL(
            f"GRANT UPDATE (answer) ON experience TO {APP}",
            f"REVOKE UPDATE (answer) ON experience FROM {APP}",
        ),
        migrations.RunSQL(UNSEEN, f"DROP FUNCTION {UNSEEN_SIGNATURE}"),
        migrations.RunSQL(
            [
                f"REVOKE ALL ON FUNCTION {UNSEEN_SIGNATURE} FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION {UNSEEN_SIGNATURE} TO {APP}",
            ],
            migrations.RunSQL.noop,
        ),
    ]
