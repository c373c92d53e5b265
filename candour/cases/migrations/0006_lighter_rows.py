"""Fewer indexes on what every entry writes, and room beside a row for its next version.

A new version of a row that finds room on the row's own page needs no new place in the indexes.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Lighter rows."""

    dependencies = [
        ('bodies', '0001_initial'),
        ('cases', '0005_owners_functions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='case',
            name='live_key',
            field=models.TextField(null=True),
        ),
        migrations.AlterField(
            model_name='case',
            name='ref',
            field=models.TextField(),
        ),
        migrations.AlterField(
            model_name='caseentry',
            name='author',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.UniqueConstraint(fields=('ref',), name='case_file_ref_once'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.UniqueConstraint(fields=('live_key',), name='case_file_one_live'),
        ),
        migrations.RunSQL(
            "ALTER TABLE case_file SET (fillfactor = 60)",
            "ALTER TABLE case_file RESET (fillfactor)",
        ),
        migrations.RunSQL(
            "ALTER TABLE case_duty SET (fillfactor = 80)",
            "ALTER TABLE case_duty RESET (fillfactor)",
        ),
    ]
