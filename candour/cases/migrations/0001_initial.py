"""The tables of the case log, and those drawn from it."""

import candour.cases.models
import datetime
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('bodies', '0001_initial'),
        ('experiences', '0002_rights_and_counts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.TextField(unique=True)),
                ('shared_with', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None)),
                ('title', models.TextField()),
                ('procedure', models.TextField()),
                ('version', models.TextField()),
                ('step', models.TextField()),
                ('seq', models.IntegerField()),
                ('head_hash', models.BinaryField()),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('settled_at', models.DateTimeField()),
                ('next_change', models.DateTimeField(null=True)),
                ('live_key', models.TextField(null=True, unique=True)),
                ('body', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')),
                ('service', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.service')),
            ],
            options={
                'db_table': 'case_file',
            },
        ),
        migrations.CreateModel(
            name='CaseDuty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.TextField()),
                ('duty_id', models.TextField()),
                ('title', models.TextField()),
                ('title_cy', models.TextField(blank=True)),
                ('owner_role', models.TextField()),
                ('started_by', models.UUIDField()),
                ('started_at', models.DateTimeField()),
                ('cycle', models.IntegerField()),
                ('due_on', models.DateField(null=True)),
                ('due_at', models.DateTimeField(null=True)),
                ('late_from', models.DateTimeField(null=True)),
                ('state', models.TextField(choices=[('open', 'Open'), ('met', 'Met'), ('cancelled', 'No longer owed')])),
                ('met_at', models.DateTimeField(null=True)),
                ('sorts_at', models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Coalesce('late_from', models.Value(datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.timezone.utc))), output_field=models.DateTimeField())),
                ('body', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='duties', to='cases.case')),
            ],
            options={
                'db_table': 'case_duty',
            },
        ),
        migrations.CreateModel(
            name='CaseEntry',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('seq', models.IntegerField()),
                ('kind', models.TextField()),
                ('happened_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('role', models.TextField()),
                ('audience', models.TextField()),
                ('payload', candour.cases.models.CanonicalJson()),
                ('prev_hash', models.BinaryField()),
                ('hash', models.BinaryField()),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
            ],
            options={
                'db_table': 'case_entry',
            },
        ),
        migrations.CreateModel(
            name='CaseExperience',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('linked_by', models.UUIDField()),
                ('body', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='experience_links', to='cases.case')),
                ('experience', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='experiences.experience')),
            ],
            options={
                'db_table': 'case_experience',
            },
        ),
        migrations.CreateModel(
            name='CaseNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('prefix', models.TextField()),
                ('year', models.IntegerField()),
                ('last', models.IntegerField()),
            ],
            options={
                'db_table': 'case_number',
                'constraints': [models.UniqueConstraint(fields=('prefix', 'year'), name='case_number_once')],
            },
        ),
        migrations.CreateModel(
            name='CaseRestriction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('imposed_by', models.UUIDField()),
                ('restriction', models.TextField()),
                ('scope', models.TextField()),
                ('since', models.DateTimeField()),
                ('reviewed_at', models.DateTimeField(null=True)),
                ('body', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='restrictions', to='cases.case')),
            ],
            options={
                'db_table': 'case_restriction',
            },
        ),
        migrations.CreateModel(
            name='CaseSuggestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('auto_id', models.TextField()),
                ('title', models.TextField()),
                ('title_cy', models.TextField(blank=True)),
                ('to_role', models.TextField(blank=True)),
                ('body', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='suggestions', to='cases.case')),
            ],
            options={
                'db_table': 'case_suggestion',
            },
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('next_change__isnull', False)), fields=['next_change'], name='case_file_wakes'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['body', '-opened_at'], name='case_file_of_body'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('service__isnull', False)), fields=['service'], name='case_file_of_service'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('shared_with', []), _negated=True), fields=['id'], name='case_file_shared'),
        ),
        migrations.AddIndex(
            model_name='caseduty',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['body', 'sorts_at', 'id'], include=('case',), name='case_duty_due'),
        ),
        migrations.AddIndex(
            model_name='caseduty',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['body', 'owner_role', 'sorts_at', 'id'], include=('case',), name='case_duty_due_from'),
        ),
        migrations.AddConstraint(
            model_name='caseduty',
            constraint=models.UniqueConstraint(fields=('case', 'key'), name='case_duty_once'),
        ),
        migrations.AddConstraint(
            model_name='caseentry',
            constraint=models.UniqueConstraint(fields=('case', 'seq'), name='case_entry_in_order'),
        ),
        migrations.AddConstraint(
            model_name='caseexperience',
            constraint=models.UniqueConstraint(fields=('case', 'experience'), name='case_experience_once'),
        ),
        migrations.AddConstraint(
            model_name='caserestriction',
            constraint=models.UniqueConstraint(fields=('case', 'imposed_by'), name='case_restriction_once'),
        ),
        migrations.AddIndex(
            model_name='casesuggestion',
            index=models.Index(fields=['body', '-id'], name='case_suggestion_newest'),
        ),
        migrations.AddIndex(
            model_name='casesuggestion',
            index=models.Index(fields=['body', 'to_role', '-id'], name='case_suggestion_newest_to'),
        ),
        migrations.AddConstraint(
            model_name='casesuggestion',
            constraint=models.UniqueConstraint(fields=('case', 'auto_id'), name='case_suggestion_once'),
        ),
    ]
