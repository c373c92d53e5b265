"""Words carry a mark of the week, and each sort has an index of its own: the newest are found alone."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

import candour.cases.words_rows


class Migration(migrations.Migration):
    """The column of words and its indexes, made anew from what was said."""

    dependencies = [("cases", "0017_registers_always_follow")]

    operations = [
        migrations.RemoveIndex("casewords", "case_words_index"),
        migrations.RemoveField("casewords", "words"),
        migrations.AddField(
            "casewords",
            "words",
            models.GeneratedField(
                db_persist=True,
                expression=candour.cases.words_rows.MarkedWords(
                    models.F("said"), models.F("body"), models.F("happened_at")
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        *(
            migrations.AddIndex(
                "casewords",
                django.contrib.postgres.indexes.GinIndex(
                    condition=models.Q(("sort", sort)),
                    fields=["words"],
                    gin_pending_list_limit=256,
                    name=f"case_words_in_{sort}",
                ),
            )
            for sort in ("case", "entry", "document")
        ),
    ]
