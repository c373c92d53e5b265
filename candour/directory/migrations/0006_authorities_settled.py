"""What people said of names of authorities; why a file cannot be taken, in Welsh as well."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Who settled a name, when, which names are no body's; and the trouble of a file in Welsh."""

    dependencies = [
        ("directory", "0005_likenesses"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("intake", "trouble_cy", models.TextField(blank=True, default="")),
        migrations.AddField("authority", "aside", models.BooleanField(default=False)),
        migrations.AddField("authority", "settled_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "authority",
            "settled_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            "authority",
            models.CheckConstraint(
                condition=Q(aside=False) | Q(body=None), name="directory_authority_aside_has_none"
            ),
        ),
    ]
