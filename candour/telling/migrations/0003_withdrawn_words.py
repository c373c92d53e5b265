"""When it happened, in the person's own words, goes with the rest when they take it back."""

from django.db import migrations


class Migration(migrations.Migration):
    """One more column that withdrawing may empty."""

    dependencies = [
        ("telling", "0002_rights"),
        ("experiences", "0005_taken_out_of_use"),
        ("sealing", "0002_closed"),
    ]

    operations = [
        migrations.RunSQL(
            "GRANT UPDATE (when_words) ON telling_told TO candour_app",
            "REVOKE UPDATE (when_words) ON telling_told FROM candour_app",
        )
    ]
