"""Campaigns, engagements, what was gathered at them and populations, and who may reach them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from candour.database.row_security import enable

KEPT = ("SELECT", "INSERT")
CHANGED = ("SELECT", "INSERT", "UPDATE")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('bodies', '0003_changes_are_added'),
        ('experiences', '0006_imports'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Campaign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField()),
                ('theme', models.TextField(blank=True)),
                ('begins', models.DateField()),
                ('ends', models.DateField()),
                ('made_at', models.DateTimeField()),
                ('body', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')),
                ('made_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'outreach_campaign',
            },
        ),
        migrations.CreateModel(
            name='Census',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', models.TextField()),
                ('source', models.TextField()),
                ('year', models.PositiveSmallIntegerField()),
                ('sent_at', models.DateTimeField()),
                ('body', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')),
                ('sent_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'outreach_census',
            },
        ),
        migrations.CreateModel(
            name='Engagement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('theme', models.TextField(blank=True)),
                ('day', models.DateField()),
                ('place', models.TextField()),
                ('community', models.TextField(blank=True)),
                ('met_by', models.TextField(choices=[('officers', 'Engagement officers'), ('volunteers', 'Volunteers'), ('both', 'Engagement officers and volunteers')])),
                ('names', models.TextField()),
                ('people_met', models.PositiveIntegerField(null=True)),
                ('notes', models.TextField(blank=True)),
                ('recorded_at', models.DateTimeField()),
                ('body', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')),
                ('campaign', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='engagements', to='outreach.campaign')),
                ('recorded_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'outreach_engagement',
            },
        ),
        migrations.CreateModel(
            name='Gathered',
            fields=[
                ('experience', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='gathered', serialize=False, to='experiences.experience')),
                ('at', models.DateTimeField()),
                ('body', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('engagement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='gathered', to='outreach.engagement')),
            ],
            options={
                'db_table': 'outreach_gathered',
            },
        ),
        migrations.CreateModel(
            name='Phase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField()),
                ('begins', models.DateField()),
                ('ends', models.DateField()),
                ('body', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='phases', to='outreach.campaign')),
            ],
            options={
                'db_table': 'outreach_phase',
            },
        ),
        migrations.CreateModel(
            name='Population',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.TextField()),
                ('answer', models.TextField()),
                ('people', models.PositiveBigIntegerField()),
                ('body', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')),
                ('census', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='outreach.census')),
            ],
            options={
                'db_table': 'outreach_population',
            },
        ),
        migrations.AddIndex(
            model_name='campaign',
            index=models.Index(fields=['body', '-begins'], name='outreach_campaigns'),
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.CheckConstraint(condition=models.Q(('ends__gte', models.F('begins'))), name='outreach_campaign_days'),
        ),
        migrations.AddIndex(
            model_name='engagement',
            index=models.Index(fields=['body', '-day'], name='outreach_engagements'),
        ),
        migrations.AddConstraint(
            model_name='phase',
            constraint=models.CheckConstraint(condition=models.Q(('ends__gte', models.F('begins'))), name='outreach_phase_days'),
        ),
        migrations.AddConstraint(
            model_name='population',
            constraint=models.UniqueConstraint(fields=('census', 'question', 'answer'), name='outreach_population_once'),
        ),
        *enable("outreach_campaign", rights=CHANGED),
        *enable("outreach_phase", rights=KEPT),
        *enable("outreach_engagement", rights=CHANGED),
        *enable("outreach_gathered", rights=("SELECT", "INSERT", "DELETE")),
        *enable("outreach_census", rights=KEPT),
        *enable("outreach_population", rights=KEPT),
    ]
