"""Mail to whoever told something says to which experience it belongs, and answers are sealed."""

from importlib import import_module

from django.db import migrations, models

before = import_module("candour.mail.migrations.0004_received_own_rows")

OURS = """
CREATE FUNCTION mail_ours(numbers bigint[], message_ids text[])
RETURNS TABLE (message_id bigint, body_id bigint, case_id bigint, entry_id uuid, to_email text,
               sealed boolean, voice bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT m.id, m.body_id, m.case_id, m.entry_id, m.to_email, m.sealed, m.voice FROM mail_message m
    WHERE m.id = ANY (numbers) OR m.message_id = ANY (message_ids) ORDER BY m.id DESC LIMIT 20
$$
"""
SIGNATURE = "mail_ours(bigint[], text[])"


def instead(sql: str) -> list[str]:
    """Return the statements that put a function in the place of the one that is there."""
    return [
        f"DROP FUNCTION {SIGNATURE}",
        sql,
        f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC",
        f"GRANT EXECUTE ON FUNCTION {SIGNATURE} TO candour_app",
    ]


class Migration(migrations.Migration):
    """Two columns on what came, one on what goes, and the question that reads them."""

    dependencies = [
        ("mail", "0006_sealed"),
        ("sealing", "0004_letters"),
    ]

    operations = [
        migrations.AddField("mailmessage", "voice", models.BigIntegerField(null=True)),
        migrations.AddField("mailreceived", "sealed", models.BooleanField(default=False)),
        migrations.AddField("mailreceived", "voice", models.BigIntegerField(null=True)),
        migrations.AddIndex(
            "mailmessage",
            models.Index(
                fields=["voice"],
                name="mail_message_to_voice",
                condition=models.Q(voice__isnull=False),
            ),
        ),
        migrations.AddIndex(
            "mailreceived",
            models.Index(
                fields=["voice", "-id"],
                name="mail_received_of_voice",
                condition=models.Q(voice__isnull=False),
            ),
        ),
        migrations.AlterField(
            "mailreceived",
            "unfiled",
            models.TextField(
                blank=True,
                choices=[
                    ("", "It was"),
                    ("unsigned", "It does not say which case it is about"),
                    ("forged", "Its address was not made by this site"),
                    ("no_case", "The case is not here"),
                    ("too_many", "Too many came in about this case in a day"),
                    ("not_taken", "The case could not take it"),
                    ("taken_back", "What it is about was taken back"),
                ],
            ),
        ),
        migrations.RunSQL(instead(OURS), instead(before.OURS)),
    ]
