"""An index of the cases that are closed, which are few where a search asks for them alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """It is small while cases are young, and saves a look at all of them."""

    dependencies = [("cases", "0020_partners")]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(condition=models.Q(("closed_at__isnull", False)), fields=["body"], name="case_file_closed"),
        ),
    ]
