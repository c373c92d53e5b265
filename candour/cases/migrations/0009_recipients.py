"""Recipients: whom something was put to in each case, and how they answered."""

import django.db.models.deletion
from django.db import migrations, models

from candour.database.row_security import BODIES, enable, within_bodies

# As for the other tables that are drawn from the log.
SHARED = f"shared_with && {BODIES}::bigint[]"
DRAWN = f"({within_bodies('body_id')} OR case_id IN (SELECT id FROM case_file WHERE {SHARED}))"


class Migration(migrations.Migration):
    """The table of recipients, closed to all but the bodies that lead or share its case."""

    dependencies = [
        ('bodies', '0001_initial'),
        ('cases', '0008_sealed_ratings'),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseRecipient',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('put_by', models.UUIDField()),
                ('name', models.TextField()),
                ('name_key', models.TextField()),
                ('basis', models.TextField(blank=True)),
                ('asked', models.TextField(blank=True)),
                ('received_on', models.DateField()),
                ('acknowledge_by', models.DateField(null=True)),
                ('acknowledged_on', models.DateField(null=True)),
                ('due_on', models.DateField(null=True)),
                ('because', models.TextField(blank=True)),
                ('because_cy', models.TextField(blank=True)),
                ('answered_on', models.DateField(null=True)),
                ('answered_late', models.BooleanField()),
                ('passed_to', models.TextField(blank=True)),
                ('state', models.TextField()),
                ('late_from', models.DateTimeField(null=True)),
                ('sorts_at', models.DateTimeField()),
                ('body', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='recipients', to='cases.case')),
            ],
            options={
                'db_table': 'case_recipient',
                'indexes': [models.Index(fields=['body', 'sorts_at', 'id'], name='case_recipient_all'), models.Index(condition=models.Q(('state__in', ('waited_for', 'not_responsible'))), fields=['body', 'sorts_at', 'id'], name='case_recipient_waited_for'), models.Index(condition=models.Q(('state__in', ('waited_for', 'not_responsible', 'unanswered'))), fields=['body', 'sorts_at', 'id'], name='case_recipient_not_answered'), models.Index(fields=['body', 'name_key', 'sorts_at', 'id'], name='case_recipient_named')],
                'constraints': [models.UniqueConstraint(fields=('case', 'put_by'), name='case_recipient_once')],
            },
        ),
        *enable("case_recipient", using=DRAWN),
    ]
