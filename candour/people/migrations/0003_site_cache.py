"""What every process of a site counts together, such as tries to sign in.

The columns are those that Django's database cache expects.
"""

from django.db import migrations

MAKE = """
    CREATE TABLE site_cache (
        cache_key varchar(255) PRIMARY KEY,
        value text NOT NULL,
        expires timestamptz NOT NULL
    );
    CREATE INDEX site_cache_expires ON site_cache (expires);
    REVOKE ALL ON site_cache FROM candour_auditor;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0002_auditor_sees_no_secrets")]
    operations = [migrations.RunSQL(MAKE, "DROP TABLE site_cache")]
