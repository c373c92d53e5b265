"""Planned actions: what is to be done in each case, by whom, and how it stands."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

from candour.database.row_security import BODIES, enable, within_bodies

BEFORE = import_module("candour.cases.migrations.0010_handing_over")

# As for the other tables that are drawn from the log.
SHARED = f"shared_with && {BODIES}::bigint[]"
DRAWN = f"({within_bodies('body_id')} OR case_id IN (SELECT id FROM case_file WHERE {SHARED}))"

HAND_OVER = BEFORE.HAND_OVER.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
HAND_OVER_TOO = HAND_OVER.replace(
    "    UPDATE case_recipient SET body_id = heir WHERE case_id = the_case;\n",
    "    UPDATE case_recipient SET body_id = heir WHERE case_id = the_case;\n"
    "    UPDATE case_action SET body_id = heir WHERE case_id = the_case;\n",
)


class Migration(migrations.Migration):
    """The table of actions, closed to all but the bodies that lead or share its case."""

    dependencies = [("bodies", "0001_initial"), ("cases", "0010_handing_over")]

    operations = [
        migrations.CreateModel(
            name="CaseAction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("action", models.UUIDField()),
                ("plan", models.TextField(blank=True)),
                ("number", models.IntegerField()),
                ("what", models.TextField()),
                ("owner", models.TextField()),
                ("owner_key", models.TextField()),
                ("first_due", models.DateField(null=True)),
                ("due_on", models.DateField(null=True)),
                ("late_from", models.DateTimeField(null=True)),
                ("stands", models.TextField()),
                ("extended", models.BooleanField()),
                ("said_done_on", models.DateField(null=True)),
                ("asked_until", models.DateField(null=True)),
                ("sent_back", models.BooleanField()),
                ("unable", models.BooleanField()),
                ("done_on", models.DateField(null=True)),
                ("evidence", models.IntegerField()),
                ("sorts_at", models.DateTimeField()),
                ("body", models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="bodies.body")),
                ("case", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="actions", to="cases.case")),
            ],
            options={
                "db_table": "case_action",
                "indexes": [
                    models.Index(condition=models.Q(("stands", "open")), fields=["body", "sorts_at", "id"], name="case_action_open"),
                    models.Index(condition=models.Q(("said_done_on__isnull", False), ("stands", "open")), fields=["body", "sorts_at", "id"], name="case_action_said_done"),
                    models.Index(condition=models.Q(("stands", "open"), _negated=True), fields=["body", "sorts_at", "id"], name="case_action_closed"),
                ],
                "constraints": [models.UniqueConstraint(fields=("case", "action"), name="case_action_once")],
            },
        ),
        *enable("case_action", using=DRAWN),
        migrations.RunSQL(
            "CREATE POLICY case_action_handed ON case_action FOR UPDATE TO candour_owner USING (true)",
            "DROP POLICY case_action_handed ON case_action",
        ),
        migrations.RunSQL(HAND_OVER_TOO, HAND_OVER),
    ]
