"""Changes of the directory are added in one's own name, and never altered or taken away."""

from django.db import migrations

from candour.database.row_security import PERSON, enable

# What holds no longer is ended, not deleted: a route of last year has to be found again.
KEPT = ("bodies_area", "bodies_areawithin", "bodies_group", "bodies_groupmember")


class Migration(migrations.Migration):
    """Narrows what the application's account may do to what is kept of the directory."""

    dependencies = [("bodies", "0002_who_is_who")]

    operations = [
        *enable(
            "bodies_directorychange",
            using="true",
            check=f"by_person IS NOT DISTINCT FROM {PERSON}",
            rights=("SELECT", "INSERT"),
        ),
        *[
            migrations.RunSQL(
                f"REVOKE DELETE, TRUNCATE ON {table} FROM candour_app",
                f"GRANT DELETE ON {table} TO candour_app",
            )
            for table in KEPT
        ],
    ]
