"""The auditor's account reads who people are, and neither their passwords nor their sessions."""

from django.db import migrations

READABLE = (
    "id, username, first_name, last_name, email, is_active, is_staff, is_superuser, "
    "date_joined, last_login, display_name, language"
)


class Migration(migrations.Migration):
    """Narrows what the auditor's account may read."""

    dependencies = [("people", "0001_initial"), ("sessions", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "REVOKE ALL ON people_user FROM candour_auditor",
            "GRANT SELECT ON people_user TO candour_auditor",
        ),
        migrations.RunSQL(
            f"GRANT SELECT ({READABLE}) ON people_user TO candour_auditor",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            "REVOKE ALL ON django_session FROM candour_auditor",
            "GRANT SELECT ON django_session TO candour_auditor",
        ),
    ]
