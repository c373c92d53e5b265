"""Tables for registers over all cases: restrictions as they stood, decisions, and what was said."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from candour.database.row_security import BODIES, enable, within_bodies

# As for the other tables that are drawn from the log.
SHARED = f"shared_with && {BODIES}::bigint[]"
DRAWN = f"({within_bodies('body_id')} OR case_id IN (SELECT id FROM case_file WHERE {SHARED}))"
TABLES = ("case_restriction_span", "case_decision")

# A case that goes on under another body takes its rows along.
FOLLOWS = """
CREATE FUNCTION case_registers_follow() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE case_restriction_span SET body_id = NEW.body_id WHERE case_id = NEW.id;
    UPDATE case_decision SET body_id = NEW.body_id WHERE case_id = NEW.id;
    RETURN NULL;
END $$
"""
TRIGGER = """
CREATE TRIGGER case_registers_follow AFTER UPDATE OF body_id ON case_file
FOR EACH ROW WHEN (OLD.body_id IS DISTINCT FROM NEW.body_id)
EXECUTE FUNCTION case_registers_follow()
"""


def of_case(name):
    return models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name=name, to='cases.case')


def of_body():
    return models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')


def names():
    return django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)


class Migration(migrations.Migration):
    """The tables, closed to all but the bodies that lead or share their cases."""

    dependencies = [
        ('bodies', '0001_initial'),
        ('cases', '0015_words_always_handed'),
    ]

    operations = [
        *(
            migrations.AddField('caserecipient', name, models.TextField(blank=True, default=''))
            for name in ('intends', 'intends_cy', 'said')
        ),
        migrations.CreateModel(
            name='CaseRestrictionSpan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.TextField()),
                ('imposed_by', models.UUIDField()),
                ('varied_by', models.TextField(blank=True)),
                ('begins', models.DateTimeField()),
                ('ends', models.DateTimeField(null=True)),
                ('since', models.DateTimeField()),
                ('reviewed_at', models.DateTimeField(null=True)),
                ('restriction', models.TextField()),
                ('scope', models.TextField()),
                ('care_types', names()),
                ('complexities', names()),
                ('units', names()),
                ('funders', names()),
                ('body', of_body()),
                ('case', of_case('spans')),
            ],
            options={
                'db_table': 'case_restriction_span',
                'indexes': [models.Index(fields=['body', 'begins', 'ends'], name='case_restriction_span_stood')],
                'constraints': [models.UniqueConstraint(fields=('case', 'key'), name='case_restriction_span_once')],
            },
        ),
        migrations.CreateModel(
            name='CaseDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_by', models.UUIDField()),
                ('made_at', models.DateTimeField()),
                ('what', models.TextField(blank=True)),
                ('what_cy', models.TextField(blank=True)),
                ('reason', models.TextField(blank=True)),
                ('decider', models.TextField(blank=True)),
                ('decider_cy', models.TextField(blank=True)),
                ('consulted', models.TextField(blank=True)),
                ('consulted_cy', models.TextField(blank=True)),
                ('public', models.BooleanField()),
                ('publish_by', models.DateField(null=True)),
                ('late_from', models.DateTimeField(null=True)),
                ('published_on', models.DateField(null=True)),
                ('body', of_body()),
                ('case', of_case('decisions')),
            ],
            options={
                'db_table': 'case_decision',
                'indexes': [
                    models.Index(fields=['body', '-made_at', '-id'], name='case_decision_newest'),
                    models.Index(condition=models.Q(('public', True)), fields=['body', '-made_at', '-id'], name='case_decision_public'),
                    models.Index(condition=models.Q(('late_from__isnull', False)), fields=['body', 'late_from'], name='case_decision_to_publish'),
                ],
                'constraints': [models.UniqueConstraint(fields=('case', 'made_by'), name='case_decision_once')],
            },
        ),
        *(step for table in TABLES for step in enable(table, using=DRAWN)),
        *(
            migrations.RunSQL(
                f"CREATE POLICY {table}_handed ON {table} FOR UPDATE TO candour_owner USING (true)",
                f"DROP POLICY {table}_handed ON {table}",
            )
            for table in TABLES
        ),
        migrations.RunSQL(
            [
                FOLLOWS,
                "REVOKE ALL ON FUNCTION case_registers_follow() FROM PUBLIC",
                TRIGGER,
            ],
            [
                "DROP TRIGGER case_registers_follow ON case_file",
                "DROP FUNCTION case_registers_follow()",
            ],
        ),
    ]
