"""Filters that people keep, and tables that left as files."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from candour.database.row_security import PERSON, enable


class Migration(migrations.Migration):
    """Both tables, closed to all but those they are for; what was taken out is never changed."""

    initial = True

    dependencies = [
        ('bodies', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='KeptFilter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.TextField()),
                ('name', models.CharField(max_length=80)),
                ('query', models.TextField(blank=True)),
                ('kept_at', models.DateTimeField()),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'finding_filter',
                'constraints': [models.UniqueConstraint(fields=('person', 'page', 'name'), name='finding_filter_once')],
            },
        ),
        migrations.CreateModel(
            name='TableTaken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField()),
                ('asked', models.TextField()),
                ('format', models.TextField(choices=[('xlsx', 'Excel'), ('csv', 'CSV')])),
                ('rows', models.PositiveIntegerField()),
                ('taken_at', models.DateTimeField()),
                ('body', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body')),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'finding_taken',
                'indexes': [models.Index(fields=['body', '-taken_at', '-id'], name='finding_taken_newest')],
            },
        ),
        *enable(
            "finding_filter",
            using=f"person_id = {PERSON}",
            rights=("SELECT", "INSERT", "UPDATE", "DELETE"),
        ),
        *enable("finding_taken", rights=("SELECT", "INSERT")),
    ]
