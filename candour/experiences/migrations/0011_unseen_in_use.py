"""A sign in what is out of use is nobody's to look at, and is not asked about again and again."""

from importlib import import_module

from django.db import migrations

UNSEEN = import_module("candour.experiences.migrations.0004_marks_and_signs").UNSEEN
ANEW = UNSEEN.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
IN_USE = """
    AND EXISTS (SELECT FROM experience e WHERE e.id = experience_id AND e.out_since IS NULL)
    ORDER BY look_by"""


class Migration(migrations.Migration):
    """The question that the worker asks, with one condition more."""

    dependencies = [("experiences", "0010_signs_told")]

    operations = [
        migrations.RunSQL(ANEW.replace("\n    ORDER BY look_by", IN_USE), ANEW),
    ]
